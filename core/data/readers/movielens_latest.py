"""MovieLens latest, 20M, 25M and 32M (GroupLens): ratings.csv, movies.csv, tags.csv, links.csv."""

from pathlib import Path

import pandas as pd

from core.data.dataset import Did, Origin
from core.data.heads import Head, heads
from core.data.ids import as_ids
from core.data.readers.base import Raw, Reader, leave_out
from core.data.tables import read_table
from core.work.report import Report

LICENCE = (
    "GroupLens usage licence: research use, acknowledge the data set, no commercial use without permission;"
    " the conditions for redistribution stand in its README"
)
NOUNS = {"item": "film", "items": "films", "conversion": "rating"}
COLUMNS = {
    ("userId", "movieId", "rating", "timestamp"): "interactions",
    ("movieId", "title", "genres"): "items",
    ("userId", "movieId", "tag", "timestamp"): "tags",
    ("movieId", "imdbId", "tmdbId"): "links",
}
NAMES = {"userId": "user", "movieId": "item", "rating": "value", "genres": "category"}
MOST_TAGS = 20  # of a film, the most frequent


class MovieLensLatest(Reader):
    """The folder as GroupLens packs it; tags become text of films."""

    name = "movielens_latest"
    label = "MovieLens latest or 20M"

    def sure(self, path: Path) -> float:
        kinds = {_kind(one) for one in heads(path)}
        return 0.95 if {"interactions", "items"} <= kinds else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        raw = Raw(path.name, Origin(path.name, self.name, LICENCE, nouns=NOUNS))
        files = {one.path: kind for one in heads(path) if (kind := _kind(one))}
        tags = None
        for at, (file, kind) in enumerate(sorted(files.items(), key=lambda one: one[1])):
            report(at / len(files), f"Reading {file.name}")
            table = read_table(file)
            frame = table.frame.rename(columns=NAMES)
            if kind in ("interactions", "items"):
                raw.add(kind, frame, table)
                continue
            raw.note(table.file, *table.did)
            if kind == "tags":
                tags = frame
            else:
                _link(raw, frame)
        item_words(raw, tags)
        leave_out(raw, path, files)
        return raw


def item_words(raw: Raw, tags: pd.DataFrame | None) -> None:
    """Tags that people gave, joined to the films they gave them to: the most frequent first."""
    if tags is None or "items" not in raw.tables:
        return
    given = pd.DataFrame({"item": pd.Series(as_ids(tags["item"])).astype("str"), "tag": tags["tag"]}).dropna()
    given["tag"] = given["tag"].astype("str").str.strip().str.lower()
    given = given[given["tag"] != ""]
    counts = given.value_counts().rename("n").reset_index()
    counts = counts.sort_values(["item", "n", "tag"], ascending=[True, False, True])
    words = counts.groupby("item").head(MOST_TAGS).groupby("item")["tag"].agg("|".join)
    items = raw.tables["items"]
    ids = pd.Series(as_ids(items["item"]), index=items.index).astype("str")
    raw.tables["items"] = items.assign(tags=ids.map(words).fillna(""))
    strangers = sorted(set(words.index) - set(ids))
    detail = f"{len(given):,} tags joined to {len(words) - len(strangers):,} films, at most {MOST_TAGS} each"
    raw.say(Did("tags", len(given), detail, tuple(words.head(3))))


def _link(raw: Raw, links: pd.DataFrame) -> None:
    """Ids of films elsewhere, as text: imdbId keeps its leading zeros."""
    if "items" in raw.tables and links["item"].is_unique:
        raw.tables["items"] = raw.tables["items"].merge(links, on="item", how="left")


def _kind(seen: Head) -> str:
    return COLUMNS.get(seen.columns, "") if seen.kind == "text" else ""
