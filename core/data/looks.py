"""What a column looks like from its first values: numbers, times, ids, words."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

_EARLIEST, _LATEST = 631_152_000, 4_102_444_800  # 1990 and 2100, in seconds
_MOST_WORDS = 20  # different values of a column of words such as kinds of events
_MOST_RATINGS = 21  # half stars from 0 to 10
_LONGEST_ID = 64


@dataclass(frozen=True)
class Looks:
    """What a column may be."""

    numeric: bool = False
    whole: bool = False
    time: bool = False
    rating_like: bool = False
    id_like: bool = False
    many: bool = False  # not only a few values that come again and again
    few_words: bool = False
    words: tuple[str, ...] = ()  # its different values, where they are few


def looks(column: pd.Series) -> Looks:
    """What the values of a column allow it to be."""
    there = column.dropna()
    if pd.api.types.is_datetime64_any_dtype(there.dtype):
        return Looks(time=len(there) > 0)
    texts = there.astype("str").str.strip()
    texts = texts[texts != ""]
    if not len(texts):
        return Looks()
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64)
    numeric = bool(np.isfinite(numbers).all())
    whole = numeric and bool((numbers == np.round(numbers)).all())
    different = texts.unique()
    few = len(different) <= _MOST_WORDS
    rating = numeric and len(different) <= _MOST_RATINGS and bool(((numbers >= 0) & (numbers <= 10)).all())
    time = _times(numbers) if numeric else _dates(texts)
    short = bool((texts.str.len() <= _LONGEST_ID).all())
    spaced = float(texts.str.contains(" ", regex=False).mean())
    ids = (whole or not numeric) and not time and short and spaced < 0.1 and len(different) > 1
    return Looks(
        numeric=numeric,
        whole=whole,
        time=time,
        rating_like=rating and len(different) > 1,
        id_like=ids,
        many=len(different) > min(_MOST_WORDS, len(texts) // 10),
        few_words=few and not numeric,
        words=tuple(map(str, different)) if few else (),
    )


def _times(numbers: np.ndarray) -> bool:
    """Whether all numbers are moments between 1990 and 2100, in seconds or a finer unit."""
    return any(
        bool(((numbers >= _EARLIEST * unit) & (numbers <= _LATEST * unit)).all())
        for unit in (1, 1e3, 1e6, 1e9)
    )


def _dates(texts: pd.Series) -> bool:
    some = texts.head(50)
    if not some.str.contains(r"\d{4}.?\d{1,2}.?\d{1,2}|\d{1,2}/\d{1,2}/\d{4}", regex=True).all():
        return False
    return bool(pd.to_datetime(some, errors="coerce", format="mixed", utc=True).notna().all())


def headless(rows: list[list[str]]) -> bool:
    """Whether the first row is data: a header has no number where the rows below have numbers.

    >>> headless([["1", "10", "5"], ["2", "20", "4"]]), headless([["user", "item"], ["1", "10"]])
    (True, False)
    """
    if not rows:
        return False
    first, below = rows[0], [row for row in rows[1:] if len(row) == len(rows[0])]
    if not any(map(_number, first)):
        return False
    if not below:
        return all(map(_number, first)) and len(first) > 1
    return any(
        _number(field) and all(_number(row[at]) or row[at].strip() == "" for row in below)
        for at, field in enumerate(first)
    )


def _number(text: str) -> bool:
    try:
        float(text.strip().strip('"'))
    except ValueError:
        return False
    return True
