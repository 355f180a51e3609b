"""A store of four departments with words of their own, and what its Topics page shows."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from core.data.load import Source
from pages.parts import session
from tests.pages.conftest import html

DEPARTMENTS = (
    "kettle leaf steam brew saucer teapot",
    "tent rope summit trail lantern canvas",
    "novel chapter print author paper shelf",
    "seed soil bloom garden petal prune",
)
EACH = 12  # items of a department


def made(folder: Path) -> str:
    """The key of 64 people, each taking 8 items of one of the departments."""
    rng = np.random.default_rng(0)
    rows = [
        (f"u{at:03}", f"i{at % 4}{item:02}", 1_600_000_000 + 86_400 * int(day) + at)
        for at in range(64)
        for day, item in enumerate(rng.permutation(EACH)[:8])
    ]
    log = pd.DataFrame(rows, columns=["user", "item", "timestamp"]).assign(kind="view")
    log["timestamp"] = pd.to_datetime(log["timestamp"], unit="s", utc=True)
    log.to_parquet(folder / "interactions.parquet", index=False)
    items = [
        (f"i{place}{at:02}", " ".join(rng.permutation(words.split())[:4]))
        for place, words in enumerate(DEPARTMENTS)
        for at in range(EACH)
    ]
    pd.DataFrame(items, columns=["item", "title"]).to_parquet(folder / "items.parquet", index=False)
    users = pd.DataFrame({"user": [f"u{at:03}" for at in range(64)]})
    users["club"] = [("tea", "tents", "books", "gardens")[at % 4] for at in range(64)]
    users["town"] = ["Ulva" if at < 60 else "Morrow" for at in range(64)]
    users["motto"] = [f"motto {at}" for at in range(64)]
    users["age"] = 34
    users.to_parquet(folder / "users.parquet", index=False)
    about = {"schema": 1, "name": "Store", "personal": ["age"], "split": "leave_last(n=1)"}
    (folder / "dataset.json").write_text(json.dumps(about))
    return session.shelf().put(Source(data=str(folder)), "store")


def rows(at: AppTest) -> list[str]:
    """The labels of the topics' rows."""
    return [one.label for one in at.button if str(one.key).startswith("topic_row_")]


def shown(at: AppTest) -> str:
    """The name of the topic that is shown."""
    found = re.search(r'class="ts-topic"><h2>(.*?)</h2>', html(at))
    return found[1] if found else ""


def captions(at: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in at.caption]


def department(name: str) -> int:
    """The department that a topic's first word is of."""
    return next(at for at, words in enumerate(DEPARTMENTS) if name.strip("*").split(",")[0] in words)


def renamed(at: AppTest, name: str) -> AppTest:
    field = next(one for one in at.text_input if str(one.key).startswith("topic_name_"))
    field.set_value(name)
    at.button(key="topic_save").click()
    return at.run()
