"""What each item says and shows, made ready for encoders."""

import html
import re
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.types import FloatArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.fingerprint import fingerprint

SAID = ("title", "text", "tags")  # the category is what encoders are judged by, so they are not told
MOST = 50_000  # characters of one item that are read
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_BLANK = re.compile(r"\s+")


@artifact
@dataclass(frozen=True)
class Content:
    """What is known of I items, in the order of their ids."""

    item_ids: TextArray  # (I,)
    texts: TextArray  # (I,) title, text and tags as plain text; "" where nothing is said
    categories: TextArray  # (I,) the first category; "" where there is none
    ratings: FloatArray  # (I,) mean rating among training events; NaN where there is none
    images: TextArray  # (I,) path of the picture below `folder`; "" where there is none
    folder: str

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        return fingerprint(self.item_ids, self.texts, self.categories, self.ratings, self.images, self.folder)

    def part(self, rows: IntArray) -> "Content":
        """The same of some of the items, in the order of `rows`."""
        columns = ("item_ids", "texts", "categories", "ratings", "images")
        return replace(self, **{column: getattr(self, column)[rows] for column in columns})

    def rated(self, items: TextArray, values: FloatArray) -> "Content":
        """The same with mean ratings from these events; items that are not here don't count."""
        rows = pd.Index(self.item_ids).get_indexer(pd.Index(items))
        known = (rows >= 0) & np.isfinite(values)
        many = np.bincount(rows[known], minlength=len(self.item_ids))
        total = np.bincount(rows[known], weights=values[known], minlength=len(self.item_ids))
        means = np.divide(total, many, out=np.full(len(many), np.nan), where=many > 0)
        return replace(self, ratings=means.astype(np.float32))


def content_of(dataset: Dataset) -> Content:
    """What a data set's catalogue says and shows; no ratings, see `Content.rated`."""
    return content_from(dataset.items.reindex(dataset.catalogue), dataset.origin.folder)


def content_from(items: pd.DataFrame, folder: str) -> Content:
    """What these items, by id, say and show; pictures lie in the folder."""
    return Content(
        item_ids=np.asarray(items.index, dtype=object),
        texts=np.array(said(items, SAID), dtype=object),
        categories=first_categories(items),
        ratings=np.full(len(items), np.nan, dtype=np.float32),
        images=_column(items, "image"),
        folder=folder,
    )


def said(items: pd.DataFrame, columns: tuple[str, ...]) -> list[str]:
    """One plain text for each row of `items`, from those columns that it has."""
    parts = [_column(items, column).tolist() for column in columns if column in items]
    if not parts:
        return [""] * len(items)
    return [clean(" ".join(_ended(part) for part in row if part)) for row in zip(*parts, strict=True)]


def _ended(part: str) -> str:
    return part if part.rstrip().endswith((".", "!", "?", "。", "！", "？")) else f"{part}."


def first_categories(items: pd.DataFrame) -> TextArray:
    """The first of each row's categories, which a | separates."""
    return np.array([text.split("|")[0].strip() for text in _column(items, "category")], dtype=object)


def clean(text: str) -> str:
    """Text without markup, with single blanks, and not endless.

    >>> clean("<b>Warm</b> &amp; dry|light")
    'Warm & dry light'
    """
    return _BLANK.sub(" ", html.unescape(_TAG.sub(" ", text[:MOST])).replace("|", " ")).strip()


def _column(items: pd.DataFrame, column: str) -> TextArray:
    if column not in items:
        return np.full(len(items), "", dtype=object)
    values = items[column].astype("object")
    return np.array(["" if value is None or value != value else str(value) for value in values], dtype=object)
