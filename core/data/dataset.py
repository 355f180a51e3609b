"""The Dataset: what any source becomes, and what everything else starts from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from core.work.artifacts import artifact
from core.work.fingerprint import fingerprint

# What each table holds; ids are categoricals of text, times are UTC.
COLUMNS: dict[str, dict[str, str]] = {
    "interactions": {
        "user": "id",
        "item": "id",
        "timestamp": "time",
        "kind": "label",
        "value": "number",
        "session": "label",
    },
    "items": {
        "title": "text",
        "text": "text",
        "category": "label",
        "tags": "text",
        "price": "number",
        "image": "text",
        "language": "label",
    },
    "users": {},
    "searches": {"user": "id", "query": "text", "timestamp": "time"},
    "reviews": {"user": "id", "item": "id", "timestamp": "time", "rating": "number", "text": "text"},
    "relations": {"user": "id", "other": "id", "kind": "label"},
    "impressions": {
        "slate": "count",
        "user": "id",
        "timestamp": "time",
        "position": "count",
        "item": "id",
        "price": "number",
        "propensity": "number",
        "policy": "label",
        "clicked": "flag",
        "purchased": "flag",
    },
}
# Columns that a table may have beside these: `order` stands in for time within a person,
# `part` (train, test) is the split that came with the files.
OPTIONAL: dict[str, dict[str, str]] = {
    "interactions": {"order": "count", "part": "label"},
    "impressions": {"slate_propensity": "number", "prefix_propensity": "number"},
}
INDEXED = {"items": "item", "users": "user"}
DTYPES = {"text": "str", "number": "float64", "count": "int64", "flag": "bool", "time": "datetime64[us, UTC]"}


@artifact
@dataclass(frozen=True)
class Did:
    """What one step of reading or cleaning did: a count and up to three examples."""

    step: str
    count: int
    detail: str
    examples: tuple[str, ...] = ()
    cleaner: str = ""  # the step of cleaning that did it and can be switched off; "" for reading


@artifact
@dataclass(frozen=True)
class FileRead:
    """A file that was read: its name (no folder), rows and columns found in it."""

    name: str
    rows: int
    columns: tuple[str, ...]


@artifact
@dataclass(frozen=True)
class EventName:
    """A name of events in a file, what it means, and how many rows have it."""

    name: str
    meaning: str  # "" where it is not known: such rows keep their own name
    rows: int
    said: bool  # whether somebody said so; else it is proposed


@artifact
@dataclass(frozen=True)
class Origin:
    """Where a data set came from, what cleaning did to it, and how it wants to be read."""

    source: str
    reader: str
    licence: str = ""
    description: str = ""
    files: tuple[FileRead, ...] = ()
    cleaning: tuple[Did, ...] = ()
    positive: str = ""  # the data set's own default for what counts as a hit; "" = everything
    split: str = ""  # the data set's own default split; "" = the protocol's
    personal: tuple[str, ...] = ()  # columns of `users` that are never shown for one person
    nouns: Mapping[str, str] = field(default_factory=dict)  # item, items, people, conversion
    items_are_people: bool = False  # then nobody is shown themselves or a friend
    policies: Mapping[str, float] = field(default_factory=dict)  # share of people that each was to serve
    truth: str = ""  # folder with known truth, for simulated data
    folder: str = ""  # where pictures are looked up
    columns: Mapping[str, str] = field(default_factory=dict)  # role → the column of the log that holds it
    events: tuple[EventName, ...] = ()  # what the names of events in the file mean
    off: tuple[str, ...] = ()  # steps of cleaning that were switched off


@artifact
@dataclass(frozen=True)
class Dataset:
    """Frames in canonical order (sorted ids), so the order of rows in a file changes nothing."""

    name: str
    interactions: pd.DataFrame
    items: pd.DataFrame
    users: pd.DataFrame
    searches: pd.DataFrame
    reviews: pd.DataFrame
    relations: pd.DataFrame
    impressions: pd.DataFrame
    origin: Origin

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content of all tables and of what the origin says of their meaning."""
        tables = [getattr(self, table) for table in COLUMNS]
        return fingerprint(tables, self.origin.positive, self.origin.split, self.origin.personal)

    @cached_property
    def user_ids(self) -> pd.Index:
        """Sorted ids of the people who occur in interactions or impressions."""
        return _occurring(self.interactions["user"], self.impressions["user"])

    @cached_property
    def item_ids(self) -> pd.Index:
        """Sorted ids of the items that occur in interactions or impressions."""
        return _occurring(self.interactions["item"], self.impressions["item"])

    @cached_property
    def catalogue(self) -> pd.Index:
        """Sorted ids of every item there is: those that occur and those with metadata."""
        return self.item_ids.union(self.items.index, sort=False).sort_values()

    @property
    def counts(self) -> dict[str, int]:
        """users, items, interactions, as the protocol counts them."""
        rows = len(self.interactions) or len(self.impressions)
        return {"users": len(self.user_ids), "items": len(self.item_ids), "interactions": rows}

    @property
    def timed(self) -> float:
        """Share of interactions that have a time, 0 to 1."""
        return float(self.interactions["timestamp"].notna().mean()) if len(self.interactions) else 0.0

    def with_origin(self, **changes: object) -> "Dataset":
        """The same data set with parts of its origin replaced."""
        return replace(self, origin=replace(self.origin, **changes))  # type: ignore[arg-type]


def empty(table: str) -> pd.DataFrame:
    """A table of that name with no rows and its columns in their types."""
    columns = {name: pd.Series(dtype=_dtype(kind)) for name, kind in COLUMNS[table].items()}
    frame = pd.DataFrame(columns)
    if table in INDEXED:
        frame.index = pd.Index([], dtype="str", name=INDEXED[table])
    return frame


def _dtype(kind: str) -> pd.CategoricalDtype | str:
    if kind in ("id", "label"):
        return pd.CategoricalDtype(pd.Index([], dtype="str"))
    return DTYPES[kind]


def _occurring(*columns: pd.Series) -> pd.Index:
    found = [
        column.cat.categories[np.unique(codes[codes >= 0])]
        for column in columns
        if len(codes := column.cat.codes.to_numpy())
    ]
    ids = found[0] if found else pd.Index([], dtype="str")
    for more in found[1:]:
        ids = ids.union(more, sort=False)
    return ids.sort_values()
