"""The steps of cleaning: each takes a table and returns it with what it did; each can be switched off."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.data.dataset import COLUMNS, INDEXED, OPTIONAL, Did
from core.data.ids import as_ids, changed
from core.data.numbers import to_numbers
from core.data.times import as_times
from core.types import BoolArray
from core.work.errors import BadInput

KEYED = ("user", "item", "timestamp", "kind", "value", "session", "order", "part", "rest")
Step = Callable[[str, pd.DataFrame], tuple[pd.DataFrame, list[Did]]]
_TO_DO = r"^\s|\s$|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[^\x00-\x7f]"  # text that may change


@dataclass(frozen=True)
class Cleaner:
    """A step of cleaning, and what is done in its place where it is switched off."""

    name: str
    does: str
    on: Step
    off: Step


def kinds(table: str) -> dict[str, str]:
    """What each column of a table holds, its key and the optional ones included."""
    return COLUMNS[table] | OPTIONAL.get(table, {}) | ({INDEXED[table]: "id"} if table in INDEXED else {})


def _ids(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    """Ids as text without outer blanks, in one form of Unicode; rows without one are dropped."""
    did = []
    for column in _of_kind(table, frame, "id"):
        count, examples = changed(frame[column])
        if count:
            did.append(Did(f"{table}: {column} ids in another form", count, "written in one form", examples))
    frame, dropped = _with_ids(table, frame, normal=True)
    return frame, did + dropped


def _ids_as_written(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    return _with_ids(table, frame, normal=False)


def _with_ids(table: str, frame: pd.DataFrame, normal: bool) -> tuple[pd.DataFrame, list[Did]]:
    did = []
    for column in _of_kind(table, frame, "id"):
        ids = as_ids(frame[column], normal)
        frame = frame.assign(**{column: ids})
        missing = np.asarray(ids.codes) < 0
        frame, done = drop(table, frame, missing, f"rows without a {column} id")
        did += done
    return frame, did


def _times(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    """Times in UTC from seconds, milliseconds or ISO text; what is no time is left empty."""
    return _with_times(table, frame, units=True)


def _times_in_seconds(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    return _with_times(table, frame, units=False)


def _with_times(table: str, frame: pd.DataFrame, units: bool) -> tuple[pd.DataFrame, list[Did]]:
    if "timestamp" not in COLUMNS[table]:
        return frame, []
    if "timestamp" not in frame:
        return frame.assign(timestamp=pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us, UTC]")), []
    times, unreadable = as_times(frame["timestamp"], units)
    examples = tuple(map(str, frame["timestamp"][unreadable].head(3)))
    did = [
        Did(f"{table}: unreadable times", int(unreadable.sum()), "left empty, the rows are kept", examples)
    ]
    return frame.assign(timestamp=times), did if unreadable.any() else []


def _values(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    """A row whose rating is there but is no finite number is dropped; a price below 0 is left empty."""
    did = []
    for column in _of_kind(table, frame, "number"):
        numbers, bad = as_numbers(frame[column])
        texts = frame[column]
        if column == "price":
            below = (numbers < 0) | np.isinf(numbers)
            numbers = np.where(below, np.nan, numbers)
            examples = tuple(map(str, texts[below].head(3)))
            if below.any():
                did.append(Did(f"{table}: impossible prices", int(below.sum()), "left empty", examples))
        frame = frame.assign(**{column: numbers})
        if column in ("value", "rating"):
            frame, done = drop(table, frame, bad, "rows whose rating is not a finite number", texts)
            did += done
    return _all_numbers(table, frame), did


def _values_as_they_are(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    for column in _of_kind(table, frame, "number"):
        numbers, bad = as_numbers(frame[column])
        frame = frame.assign(**{column: np.where(bad, np.nan, numbers)})
    return _all_numbers(table, frame), []


def _all_numbers(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Absent columns of numbers, empty."""
    optional = OPTIONAL.get(table, {})
    missing = [name for name, kind in kinds(table).items() if kind == "number" and name not in frame]
    return frame.assign(**{name: np.nan for name in missing if name not in optional})


def as_numbers(column: pd.Series) -> tuple[np.ndarray, BoolArray]:
    """float64 values (NaN where absent), and where something stands that is no finite number."""
    numbers = to_numbers(column)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return numbers, np.isinf(numbers)
    bad = ~np.isfinite(numbers) & column.notna().to_numpy(dtype=bool)
    rows = np.flatnonzero(bad)
    bad[rows] = (column.iloc[rows].astype("str").str.strip() != "").to_numpy(dtype=bool)
    return numbers, bad


def _text(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    """Text in one form of Unicode, without control characters and outer blanks."""
    frame, _ = _text_as_it_is(table, frame)
    did = []
    for column in [name for name in _of_kind(table, frame, "text") if name != "image"]:
        rows = np.flatnonzero(frame[column].str.contains(_TO_DO, regex=True).to_numpy(dtype=bool))
        before = frame[column].iloc[rows].tolist()
        after = [_tidy(text) for text in before]
        touched = [at for at, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        if touched:
            texts = frame[column].to_numpy(dtype=object, copy=True)
            texts[rows] = after
            frame = frame.assign(**{column: pd.Series(texts, index=frame.index, dtype="str")})
            examples = tuple(repr(before[at][:60]) for at in touched[:3])
            did.append(
                Did(f"{table}: {column} in another form", len(touched), "written in one form", examples)
            )
    return frame, did


def _text_as_it_is(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    for column, kind in kinds(table).items():
        if kind == "text":
            values = frame.get(column, pd.Series("", index=frame.index))
            frame = frame.assign(**{column: values.astype("str").where(values.notna(), "").astype("str")})
    return frame, []


def _tidy(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(char for char in composed if char in "\n\t" or unicodedata.category(char) != "Cc").strip()


def _duplicates(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    """Rows of the log that repeat another in every column are dropped; an id twice is bad input."""
    if table in INDEXED:
        twice = frame[INDEXED[table]][frame[INDEXED[table]].duplicated()]
        if len(twice):
            raise BadInput(
                f"The {table} table has the id {str(twice.iloc[0])[:60]!r} twice ({len(twice)} such rows).",
                "each id once.",
                "merge or remove the repeated rows.",
            )
        return frame, []
    if table != "interactions":
        return frame, []
    codes = [code_of(frame[column]) for column in KEYED if column in frame]
    order = np.lexsort(codes[::-1])
    same = np.ones(max(len(frame) - 1, 0), dtype=bool)
    for code in codes:
        same &= np.diff(code[order]) == 0
    repeated = np.zeros(len(frame), dtype=bool)
    repeated[order[1:][same]] = True
    return drop(table, frame, repeated, "rows that repeat another in every column")


def nothing(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:  # noqa: ARG001
    """The table as it is."""
    return frame, []


def _repeated_ids_only(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    return _duplicates(table, frame) if table in INDEXED else (frame, [])


CLEANERS: dict[str, Cleaner] = {
    one.name: one
    for one in (
        Cleaner("ids", "ids without outer blanks, in one form of Unicode", _ids, _ids_as_written),
        Cleaner(
            "times", "times from seconds, milliseconds and finer by their size", _times, _times_in_seconds
        ),
        Cleaner(
            "values", "rows with an impossible rating go, impossible prices too", _values, _values_as_they_are
        ),
        Cleaner("text", "text without control characters, in one form of Unicode", _text, _text_as_it_is),
        Cleaner("duplicates", "rows that repeat another go", _duplicates, _repeated_ids_only),
    )
}


def _of_kind(table: str, frame: pd.DataFrame, kind: str) -> list[str]:
    return [name for name, one in kinds(table).items() if one == kind and name in frame]


def code_of(column: pd.Series) -> np.ndarray:
    """Numbers that sort and compare as the column does, absent values first."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy()
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column.astype("int64").to_numpy()
    if pd.api.types.is_numeric_dtype(column.dtype) or column.dtype == bool:
        return np.nan_to_num(column.to_numpy(dtype=np.float64), nan=np.finfo(np.float64).min)
    return pd.factorize(column, sort=True)[0]


def drop(
    table: str, frame: pd.DataFrame, bad: BoolArray, what: str, shown: pd.Series | None = None
) -> tuple[pd.DataFrame, list[Did]]:
    """The table without the bad rows, and which these were."""
    if not bad.any():
        return frame, []
    rows = np.flatnonzero(bad)[:3]
    examples = tuple(_example(frame, int(row), shown) for row in rows)
    return frame[~bad], [Did(f"{table}: {what}", int(bad.sum()), "dropped", examples)]


def _example(frame: pd.DataFrame, row: int, shown: pd.Series | None) -> str:
    cells = {name: frame[name].iloc[row] for name in ("user", "item", "timestamp") if name in frame}
    cells |= {} if shown is None else {str(shown.name): shown.iloc[row]}
    return f"row {frame.index[row] + 1}: " + ", ".join(
        f"{name} {str(value)[:40]}" for name, value in cells.items()
    )
