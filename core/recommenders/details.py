"""Details of people as groups: values as they are, numbers in bins, nothing of fewer than 5 people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.types import IntArray
from core.work.artifacts import artifact
from core.work.errors import BadInput

FEWEST = 5  # people in a group: the protocol's least for what is said of personal columns
AGES = (18.0, 25.0, 35.0, 45.0, 55.0, 65.0)  # where the bins of ages begin, as surveys ask
_WHOLE = 30  # different numbers up to which they are values such as codes, and not binned
_BINS = 5
_MOST = 50  # values of a column, the most frequent ones


@artifact
@dataclass(frozen=True)
class Detail:
    """A column of people: the groups that have a say, each of at least FEWEST people of training."""

    column: str
    values: tuple[str, ...]  # as they are shown
    edges: tuple[float, ...] = ()  # where bins begin, for numbers; () where values are taken as they are
    bins: tuple[int, ...] = ()  # which bin each of the values is

    def place(self, column: pd.Series) -> IntArray:
        """(B,) int32: which of the values each entry has, -1 where none.

        >>> Detail("age", ("<18", "18–24"), (18.0, 25.0), (0, 1)).place(pd.Series(["7", "19", "30", None]))
        array([ 0,  1, -1, -1], dtype=int32)
        """
        if not self.edges:
            place = {value: at for at, value in enumerate(self.values)}
            return np.array([place.get(text, -1) for text in _texts(column)], dtype=np.int32)
        names = {value: at for at, value in enumerate(self.values)}  # a bin by its name, as forms give it
        numbers = _numbers(column)
        binned = np.digitize(numbers, self.edges)
        found = np.array([names.get(text, -1) for text in _texts(column)], dtype=np.int32)
        for at, one in enumerate(self.bins):
            found[np.isfinite(numbers) & (binned == one)] = at
        return found


def details_of(users: pd.DataFrame, only: Sequence[str] = ()) -> tuple[Detail, ...]:
    """The columns of people that can have a say; of those in `only`, where it names some.

    A column has one where at least two of its values are of FEWEST people each. Dates have none.
    Raises BadInput for a name that is no column.
    """
    for name in only:
        if name not in users:
            raise BadInput(
                f"People have no column {name[:60]!r}.",
                f"one of {', '.join(map(str, users.columns))[:200] or 'none: nothing is known of people'}.",
                "correct the name, or leave it out.",
            )
    chosen = [str(column) for column in users if not only or column in only]
    found = [_detail(column, users[column]) for column in chosen if not _is_date(users[column])]
    return tuple(detail for detail in found if len(detail.values) > 1)


def _detail(column: str, values: pd.Series) -> Detail:
    numbers = _numbers(values)
    is_age = column.casefold() == "age"
    if _is_numeric(values, numbers) and (is_age or len(np.unique(numbers[np.isfinite(numbers)])) > _WHOLE):
        edges = AGES if is_age else _edges(numbers[np.isfinite(numbers)])
        many = np.bincount(np.digitize(numbers, edges)[np.isfinite(numbers)], minlength=len(edges) + 1)
        kept = [int(at) for at in np.flatnonzero(many >= FEWEST)]
        return Detail(column, tuple(_bin(edges, at) for at in kept), edges, tuple(kept))
    counts = pd.Series([text for text in _texts(values) if text], dtype="str").value_counts()
    frequent = counts[counts >= FEWEST].sort_index().sort_values(ascending=False, kind="stable").head(_MOST)
    return Detail(column, tuple(sorted(map(str, frequent.index), key=_in_order)))


def _edges(numbers: np.ndarray) -> tuple[float, ...]:
    """Where bins of about as many people each begin, in round numbers."""
    inner = np.quantile(numbers, np.arange(1, _BINS) / _BINS)
    return tuple(float(f"{edge:.3g}") for edge in np.unique(inner))


def _bin(edges: Sequence[float], at: int) -> str:
    """A bin as it is shown.

    >>> [_bin((18.0, 25.0), at) for at in range(3)], _bin((0.5, 2.5), 1)
    (['<18', '18–24', '25+'], '0.5–2.5')
    """
    if at == 0:
        return f"<{edges[0]:g}"
    if at == len(edges):
        return f"{edges[-1]:g}+"
    low, high = edges[at - 1], edges[at]
    whole = low.is_integer() and high.is_integer()
    last = high - 1 if whole else high
    return f"{low:g}–{last:g}" if last > low else f"{low:g}"


def _in_order(text: str) -> tuple[bool, float, str]:
    """Numbers by size, then the others by name."""
    number = float(_numbers(pd.Series([text]))[0])
    return (not np.isfinite(number), number if np.isfinite(number) else 0.0, text)


def _is_numeric(values: pd.Series, numbers: np.ndarray) -> bool:
    said = np.array([bool(text) for text in _texts(values)])
    return bool(said.any() and np.isfinite(numbers[said]).all())


def _is_date(values: pd.Series) -> bool:
    return bool(pd.api.types.is_datetime64_any_dtype(values.dtype))


def _numbers(values: pd.Series) -> np.ndarray:
    """(B,) float64; NaN for what is no finite number."""
    found = pd.to_numeric(values.astype("object"), errors="coerce").to_numpy(
        dtype=np.float64, na_value=np.nan
    )
    return np.where(np.isfinite(found), found, np.nan)


def _texts(values: pd.Series) -> list[str]:
    return [
        "" if value is None or value != value else str(value).strip() for value in values.astype("object")
    ]
