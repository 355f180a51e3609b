"""Impressions: what each row must hold, and pages of which it is not known what came of them."""

import numpy as np
import pandas as pd

from core.data.cleaners import as_numbers
from core.data.dataset import Did
from core.data.ids import as_ids
from core.types import BoolArray
from core.work.errors import BadInput

UNKNOWN = "pages of which clicks or purchases are not known"
YES = ("true", "t", "yes", "y", "是")
NO = ("false", "f", "no", "n", "否")
CHANCES = {
    "propensity": "the probability of showing that item there",
    "slate_propensity": "the probability of showing that page",
    "prefix_propensity": "the probability of showing what stands above, and that item",
}


def typed(frame: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[Did]]:
    """Slates, positions and flags in their types; pages of which a click is not known are left out.

    The frame has slates and positions. Raises BadInput, with the file and the row, for what is none, and for
    flags that say neither yes nor no.
    """
    positions, _ = as_numbers(frame["position"])
    _refuse(~(positions >= 1) | (positions % 1 != 0), frame["position"], file, "positions counted from 1")
    frame = frame.assign(position=positions.astype(np.int64), slate=_slates(frame["slate"], file))
    clicked, clicked_unknown = _flag(frame, "clicked", file)
    purchased, purchased_unknown = _flag(frame, "purchased", file)
    frame = frame.assign(clicked=clicked, purchased=purchased)
    unknown = clicked_unknown | (purchased_unknown & clicked)
    if not unknown.any():
        return frame, []
    pages = frame["slate"][unknown].unique()
    kept = ~frame["slate"].isin(pages).to_numpy()
    examples = tuple(f"row {row + 1}" for row in frame.index[unknown][:3])
    return frame[kept], [Did(UNKNOWN, len(pages), "left out", examples)]


def checked(frame: pd.DataFrame, file: str) -> None:
    """Raises BadInput, with the file and the row, for a propensity that is none."""
    for name, expected in CHANCES.items():
        if name in frame:
            chance = frame[name].to_numpy()
            _refuse((chance <= 0) | (chance > 1), frame[name], file, f"{expected}, above 0 and at most 1")


def _slates(column: pd.Series, file: str) -> pd.Series:
    """Pages as whole numbers; names of pages are numbered in the order of their texts."""
    numbers, named = as_numbers(column)
    if named.any():
        codes = as_ids(column).codes.astype(np.int64)
        _refuse(codes < 0, column, file, "the page of each impression")
        return pd.Series(codes, index=column.index)
    _refuse(~np.isfinite(numbers) | (numbers % 1 != 0), column, file, "the page of each impression")
    return pd.Series(numbers.astype(np.int64), index=column.index)


def _flag(frame: pd.DataFrame, name: str, file: str) -> tuple[BoolArray, BoolArray]:
    """(N,) where a column says yes, and where it does not tell; an absent column says no.

    Empty is no in a column that only ever says yes, and not known in one that says no elsewhere.
    """
    if name not in frame or frame[name].dtype == bool:
        said = frame[name].to_numpy() if name in frame else np.zeros(len(frame), dtype=bool)
        return said, np.zeros(len(frame), dtype=bool)
    column = frame[name]
    numbers, bad = as_numbers(column.replace({True: 1, False: 0}) if column.dtype == object else column)
    if bad.any():
        words = column[bad].astype("str").str.strip().str.lower()
        numbers = numbers.copy()
        numbers[bad] = np.select([words.isin(YES), words.isin(NO)], [1.0, 0.0], -1.0)
    _refuse(numbers < 0, column, file, "0 or 1, true or false, yes or no; empty where it is not known")
    unknown = np.isnan(numbers)
    yes: BoolArray = numbers > 0
    if not (numbers == 0).any():
        unknown = np.zeros(len(frame), dtype=bool)
    return yes, unknown


def _refuse(bad: BoolArray, column: pd.Series, file: str, expected: str) -> None:
    if not bad.any():
        return
    row = int(np.flatnonzero(bad)[0])
    value = column.iloc[row]
    said = "nothing" if pd.isna(value) else str(value)[:40]
    raise BadInput(
        f"{file}, row {int(column.index[row]) + 1}: {column.name} is {said} ({int(bad.sum()):,} such rows).",
        f"{expected}.",
        "mend the log; off-policy estimates would be wrong.",
    )
