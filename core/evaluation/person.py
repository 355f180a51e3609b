"""One person as a page shows them: what they did, in order, and what they like."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.data.ids import rows_with
from core.evaluation.people import open_columns


@dataclass(frozen=True)
class Interest:
    """A category of the person's items: events there, and the share of theirs and of everybody's."""

    category: str
    events: int
    share: float
    everyone: float


def exists(dataset: Dataset, user: str) -> bool:
    """Whether the person occurs in interactions or impressions."""
    return user in dataset.user_ids


def attributes(dataset: Dataset, user: str) -> dict[str, str]:
    """What is known of a person in the columns that are not personal, empty values left out."""
    if user not in dataset.users.index:
        return {}
    row = dataset.users.loc[user]
    return {
        column: str(row[column])
        for column in open_columns(dataset)
        if pd.notna(row[column]) and str(row[column])
    }


def history(dataset: Dataset, user: str, before: int | None = None) -> pd.DataFrame:
    """Their interactions, the latest first: timestamp, item, title, category, kind, value, image, later.

    `later` is true from the split's moment on (microseconds since 1970), false everywhere without one.
    """
    rows = _theirs(dataset.interactions, user)
    rows = rows.assign(item=rows["item"].astype("str"), kind=rows["kind"].astype("str"))
    about = dataset.items.reindex(rows["item"])
    for column in ("title", "category", "image"):
        rows[column] = about[column].astype("str").fillna("").to_numpy() if column in about else ""
    times = rows["timestamp"]
    split = pd.Timestamp(before, unit="us", tz="UTC") if before is not None else None
    rows["later"] = (times >= split).to_numpy() if split is not None else np.zeros(len(rows), dtype=bool)
    rows = rows.sort_values("timestamp", ascending=False, kind="stable", na_position="last")
    return rows[["timestamp", "item", "title", "category", "kind", "value", "image", "later"]].reset_index(
        drop=True
    )


def searches(dataset: Dataset, user: str) -> pd.DataFrame:
    """Their searches, the latest first: timestamp, query."""
    rows = _theirs(dataset.searches, user)[["timestamp", "query"]]
    return rows.sort_values("timestamp", ascending=False, kind="stable").reset_index(drop=True)


def reviews(dataset: Dataset, user: str) -> pd.DataFrame:
    """Their reviews, the latest first: timestamp, item, title, rating, text."""
    rows = _theirs(dataset.reviews, user)
    rows = rows.assign(item=rows["item"].astype("str"))
    rows["title"] = dataset.items["title"].reindex(rows["item"]).astype("str").fillna("").to_numpy()
    rows = rows.sort_values("timestamp", ascending=False, kind="stable")
    return rows[["timestamp", "item", "title", "rating", "text"]].reset_index(drop=True)


def interests(dataset: Dataset, user: str, most: int = 6) -> list[Interest]:
    """The categories they touched most; an item with several (joined by |) counts in each."""
    items = dataset.items["category"].astype("str")
    mine = _categories(_theirs(dataset.interactions, user)["item"].astype("str").value_counts(), items)
    if mine.empty:
        return []
    all_of_them = _categories(dataset.interactions["item"].value_counts(), items)
    shares, everyone = mine / mine.sum(), all_of_them / all_of_them.sum()
    top = mine.sort_index().sort_values(ascending=False, kind="stable").head(most)
    return [
        Interest(str(name), int(count), float(shares[str(name)]), float(everyone[str(name)]))
        for name, count in top.items()
    ]


def _categories(counts: pd.Series, items: pd.Series) -> pd.Series:
    """Events per category from events per item."""
    named = items.reindex(counts.index.astype("str"))
    frame = pd.DataFrame({"category": named.str.split("|").to_numpy(), "events": counts.to_numpy()})
    frame = frame.dropna(subset=["category"]).explode("category")
    frame = frame[frame["category"].astype("str") != ""]
    return frame.groupby("category")["events"].sum()


def _theirs(table: pd.DataFrame, user: str) -> pd.DataFrame:
    return table[rows_with(table["user"], user)].copy()
