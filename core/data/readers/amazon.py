"""Amazon reviews, 2014 to 2023 (McAuley lab): JSON lines, or the same columns as Parquet or CSV."""

import html
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from core.data.dataset import Did, Origin
from core.data.heads import Head, heads
from core.data.ids import as_ids
from core.data.readers.base import Raw, Reader, leave_out
from core.data.tables import Table, read_table
from core.work.report import Report

LICENCE = "none stated; the data set's authors give it for research use"
NOUNS = {"item": "product", "items": "products", "conversion": "review"}
# Role → names of the column in the years' forms, the first that is there is taken.
REVIEW = {
    "user": ("reviewerID", "user_id", "user"),
    "item": ("parent_asin", "asin", "item"),
    "value": ("overall", "rating"),
    "timestamp": ("unixReviewTime", "timestamp", "sort_timestamp"),
    "summary": ("summary", "title"),
    "text": ("reviewText", "text", "review_text"),
}
ITEM = {
    "item": ("parent_asin", "asin", "item"),
    "title": ("title",),
    "text": ("description",),
    "features": ("feature", "features"),
    "category": ("main_cat", "main_category", "category", "categories"),
    "tags": ("category", "categories"),
    "brand": ("brand", "store"),
    "price": ("price",),
    "image": ("imageURL", "imageURLHighRes", "image_url", "imUrl", "images"),
}
_PRICE = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Amazon(Reader):
    """Reviews as ratings and as texts, and details of products."""

    name = "amazon"
    label = "Amazon reviews"

    def sure(self, path: Path) -> float:
        return 0.9 if any(_kind(one) == "reviews" for one in heads(path)) else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        raw = Raw(
            path.stem if path.is_file() else path.name, Origin(path.name, self.name, LICENCE, nouns=NOUNS)
        )
        files = {one.path: kind for one in heads(path) if (kind := _kind(one))}
        for at, (file, kind) in enumerate(files.items()):
            report(at / len(files), f"Reading {file.name}")
            table = read_table(file, nested=True)
            if kind == "items":
                raw.add("items", _items(table.frame), table)
            else:
                _reviews(raw, table)
        _once(raw)
        leave_out(raw, path, files)
        return raw


def _reviews(raw: Raw, table: Table) -> None:
    found = _columns(table.frame, REVIEW)
    raw.add("interactions", found[["user", "item", "value", "timestamp"]].assign(kind="rating"), table)
    texts = found["text"].fillna("").astype("str").map(html.unescape)
    summaries = found["summary"].fillna("").astype("str").map(html.unescape)
    # Rows that differ in their words alone are reviews of their own, not repetitions.
    words = pd.util.hash_pandas_object(texts + "\n" + summaries, index=False).to_numpy()
    raw.tables["interactions"] = raw.tables["interactions"].assign(
        rest=[*raw.tables["interactions"].get("rest", [])[: -len(found)], *words]
    )
    joined = (summaries + "\n" + texts).str.strip()
    raw.append("reviews", found[["user", "item", "timestamp"]].assign(rating=found["value"], text=joined))
    pairs = found.duplicated(["user", "item"])
    examples = found[pairs].head(3)
    shown = tuple(
        f"user {user}, item {item}" for user, item in zip(examples["user"], examples["item"], strict=True)
    )
    if pairs.any():
        detail = "a person reviewed an item again: each review is an event, the matrix counts the pair once"
        raw.say(Did("repeated pairs", int(pairs.sum()), detail, shown))


def _items(frame: pd.DataFrame) -> pd.DataFrame:
    found = _columns(frame, ITEM)
    for column in ("text", "features"):
        found[column] = [_joined(value, " ") for value in found[column]]
    found["text"] = (found["text"] + " " + found["features"]).str.strip()
    found["tags"] = [_joined(value, "|") for value in found["tags"]]
    found["category"] = [_joined(value, "|").split("|")[0] for value in found["category"]]
    for column in ("title", "brand"):
        found[column] = [_joined(value, " ") for value in found[column]]
    found["price"] = [_price(value) for value in found["price"]]
    found["image"] = [_picture(value) for value in found["image"]]
    return found.drop(columns="features")


def _once(raw: Raw) -> None:
    """Metadata files repeat products: the first of each is kept."""
    items = raw.tables.get("items")
    if items is None:
        return
    ids = pd.Series(as_ids(items["item"]), index=items.index)
    again = ids.duplicated() & ids.notna()
    if again.any():
        raw.tables["items"] = items[~again].reset_index(drop=True)
        shown = tuple(ids[again].astype("str").head(3))
        raw.say(Did("repeated products", int(again.sum()), "the first of each is kept", shown))


def _columns(frame: pd.DataFrame, wanted: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """The wanted columns, empty where none of their names is there."""
    found = {role: [name for name in names if name in frame] for role, names in wanted.items()}
    return pd.DataFrame(
        {
            role: frame[names[0]] if names else pd.Series(None, index=frame.index, dtype=object)
            for role, names in found.items()
        }
    )


def _joined(value: Any, sign: str) -> str:
    """Text of a text, of a list of texts, or of a list of lists."""
    if isinstance(value, str):
        return html.unescape(value).strip()
    if isinstance(value, Iterable) and not isinstance(value, dict):
        return sign.join(filter(None, (_joined(one, sign) for one in value)))
    return ""


def _price(value: Any) -> float | None:
    if isinstance(value, int | float):
        return float(value)
    found = _PRICE.search(value) if isinstance(value, str) else None
    return float(found[0].replace(",", "")) if found else None


def _picture(value: Any) -> str:
    if isinstance(value, str):
        return value
    first = next(iter(value), "") if isinstance(value, Iterable) and not isinstance(value, dict) else ""
    if isinstance(first, dict):
        return str(first.get("large") or first.get("thumb") or "")
    return first if isinstance(first, str) else ""


def _kind(seen: Head) -> str:
    """Reviews have a person, a product, a rating and words; details have a title and no person."""
    there = set(seen.columns)
    if not seen.kind:
        return ""
    person = there & {"reviewerID", "user_id", "user"}
    product = there & {"asin", "parent_asin", "item"}
    words = there & {"reviewText", "text", "review_text"}
    if person and product and words and there & {"overall", "rating"} and there & {"summary", "title"}:
        return "reviews"
    if product and not person and "title" in there and there & {"brand", "store", "also_buy", "imUrl"}:
        return "items"
    return ""
