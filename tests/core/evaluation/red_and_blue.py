"""A world that can be checked by head: women like red things, men blue ones, and some search for them."""

import pandas as pd

from core.data.dataset import Dataset
from tests.making import dataset

PEOPLE, ITEMS = 60, 15  # items of each colour
EACH = 8


def red_and_blue(searches: bool = True, users: bool = True) -> Dataset:
    """30 women who each like 8 of 15 red things, and 30 men with blue ones; they search before that."""
    rows, asked, about = [], [], []
    for at in range(PEOPLE):
        woman = at % 2 == 0
        colour = "red" if woman else "blue"
        about.append({"user": f"u{at:02}", "gender": "woman" if woman else "man", "age": 20 + at})
        asked.append({"user": f"u{at:02}", "query": f"{colour} thing", "timestamp": 1_000_000})
        for step in range(EACH):
            item = (at // 2 * 3 + step * 7) % ITEMS
            rows.append(
                {"user": f"u{at:02}", "item": f"{colour}{item}", "timestamp": 2_000_000 + 1_000 * step + at}
            )
    items = [
        {"item": f"{colour}{at}", "title": f"{colour} thing number {at}", "category": colour}
        for colour in ("red", "blue")
        for at in range(ITEMS)
    ]
    tables = {"items": pd.DataFrame(items)}
    if users:
        tables["users"] = pd.DataFrame(about)
    if searches:
        tables["searches"] = pd.DataFrame(asked)
    return dataset(pd.DataFrame(rows), **tables)
