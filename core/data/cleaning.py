"""Cleaning: from raw tables to a Dataset, step by step, each saying what it did."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from core.data.dataset import COLUMNS, INDEXED, OPTIONAL, Dataset, Did, empty
from core.data.ids import as_ids
from core.data.readers.base import Raw
from core.data.times import as_times
from core.types import BoolArray
from core.work.errors import BadInput

KEYED = ("user", "item", "timestamp", "kind", "value", "session", "order", "part")
Step = Callable[[str, pd.DataFrame], tuple[pd.DataFrame, list[Did]]]


def clean(raw: Raw) -> Dataset:
    """The Dataset of raw tables: ids, times and numbers in their types, impossible rows dropped.

    Raises BadInput where no data set is left: no rows, fewer than two people or two items.
    """
    did: list[Did] = list(raw.origin.cleaning)
    tables: dict[str, pd.DataFrame] = {}
    for table in COLUMNS:
        found = raw.tables.get(table)
        if found is None:
            tables[table] = empty(table)
            continue
        for step in (_complete, _ids, _times, _numbers, _labels, _duplicates, _checked):
            found, done = step(table, found)
            did += done
        tables[table] = _ordered(table, found)
    dataset = Dataset(name=raw.name, origin=replace(raw.origin, cleaning=tuple(did)), **tables)
    _enough(dataset, raw)
    return dataset


def _kinds(table: str) -> dict[str, str]:
    return COLUMNS[table] | OPTIONAL.get(table, {}) | ({INDEXED[table]: "id"} if table in INDEXED else {})


def _complete(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    """Ids and counts must be there; other columns are filled where they are absent."""
    optional = OPTIONAL.get(table, {})
    for column, kind in _kinds(table).items():
        if kind in ("id", "count") and column not in optional and column not in frame:
            raise BadInput(
                f"The {table} table has no {column} column; it has {', '.join(frame.columns[:12])}.",
                f"a column {column}.",
                "add it, or rename the one that holds it.",
            )
    return frame, []


def _ids(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    """Ids as text; rows without one are dropped."""
    did = []
    for column in [name for name, kind in _kinds(table).items() if kind == "id" and name in frame]:
        ids = as_ids(frame[column])
        frame = frame.assign(**{column: ids})
        missing = np.asarray(ids.codes) < 0
        frame, done = _drop(table, frame, missing, f"rows without a {column} id")
        did += done
    return frame, did


def _times(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    """Times in UTC from seconds, milliseconds or ISO text; what is no time is left empty."""
    if "timestamp" not in COLUMNS[table]:
        return frame, []
    if "timestamp" not in frame:
        return frame.assign(timestamp=pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us, UTC]")), []
    times, unreadable = as_times(frame["timestamp"])
    examples = tuple(map(str, frame["timestamp"][unreadable].head(3)))
    did = [
        Did(f"{table}: unreadable times", int(unreadable.sum()), "left empty, the rows are kept", examples)
    ]
    return frame.assign(timestamp=times), did if unreadable.any() else []


def _numbers(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    """Numbers as float64; a row whose rating is there but is no finite number is dropped."""
    did = []
    for column, kind in _kinds(table).items():
        if kind != "number":
            continue
        if column not in frame:
            frame = frame if column in OPTIONAL.get(table, {}) else frame.assign(**{column: np.nan})
            continue
        numbers, bad = as_numbers(frame[column])
        texts = frame[column]
        frame = frame.assign(**{column: numbers})
        if column in ("value", "rating"):
            frame, done = _drop(table, frame, bad, "rows whose rating is not a finite number", texts)
            did += done
    return frame, did


def as_numbers(column: pd.Series) -> tuple[np.ndarray, BoolArray]:
    """float64 values (NaN where absent), and where something stands that is no finite number."""
    if pd.api.types.is_numeric_dtype(column.dtype):
        numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
        return numbers, np.isinf(numbers)
    texts = column.astype("str").str.strip()
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    present = (column.notna() & (texts != "")).to_numpy(dtype=bool)
    return numbers, present & ~np.isfinite(numbers)


def _labels(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    """Labels, text, counts and flags in their types, absent columns filled."""
    optional = OPTIONAL.get(table, {})
    for column, kind in _kinds(table).items():
        if (column not in frame and column in optional) or kind in ("id", "time", "number"):
            continue
        if kind == "label":
            values = frame.get(column, pd.Series(_default(column, frame), index=frame.index, dtype="str"))
            frame = frame.assign(**{column: pd.Series(as_ids(values), index=frame.index)})
        elif kind == "text":
            values = frame.get(column, pd.Series("", index=frame.index))
            frame = frame.assign(**{column: values.astype("str").where(values.notna(), "").astype("str")})
        elif kind == "count":
            numbers, bad = as_numbers(frame[column])
            whole = np.where(np.isfinite(numbers) & ~bad, numbers, -1).astype(np.int64)
            frame = frame.assign(**{column: whole})
        else:
            frame = frame.assign(**{column: _flags(frame[column]) if column in frame else False})
    return frame, []


def _flags(column: pd.Series) -> pd.Series:
    """True where a column says so; a missing value does not."""
    if column.dtype == bool:
        return column
    numbers, _ = as_numbers(column.replace({True: 1, False: 0}) if column.dtype == object else column)
    return pd.Series(numbers > 0, index=column.index)


def _default(column: str, frame: pd.DataFrame) -> str | None:
    if column != "kind":
        return None
    return "rating" if "value" in frame and frame["value"].notna().any() else "interaction"


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
    codes = [_code(frame[column]) for column in KEYED if column in frame]
    order = np.lexsort(codes[::-1])
    same = np.ones(max(len(frame) - 1, 0), dtype=bool)
    for code in codes:
        same &= np.diff(code[order]) == 0
    repeated = np.zeros(len(frame), dtype=bool)
    repeated[order[1:][same]] = True
    return _drop(table, frame, repeated, "rows that repeat another in every column")


def _checked(table: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Did]]:
    """Impressions must be possible: positions from 1, propensities above 0 and at most 1."""
    if table == "impressions":
        propensity = frame["propensity"].to_numpy()
        for bad, wrong, expected in (
            (frame["position"].to_numpy() < 1, "a position below 1", "positions counted from 1."),
            (
                (propensity <= 0) | (propensity > 1),
                "a propensity outside (0, 1]",
                "the probability of showing that item there.",
            ),
        ):
            if bad.any():
                row = int(frame.index[bad][0])
                raise BadInput(
                    f"impressions, row {row + 1}: {wrong} ({int(bad.sum()):,} such rows).",
                    expected,
                    "mend the log; off-policy estimates would be wrong.",
                )
    return frame, []


def _ordered(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Canonical order and columns, so that the order of rows in a file changes nothing."""
    if table in INDEXED:
        key = INDEXED[table]
        frame = frame.assign(**{key: frame[key].astype("str")}).set_index(key).sort_index()
        return frame
    known = [column for column in _kinds(table) if column in frame]
    keys = ["slate", "position"] if table == "impressions" else known
    codes = [_code(frame[column]) for column in keys]
    order = np.lexsort(codes[::-1]) if codes else np.arange(len(frame))
    sorted_already = bool((np.diff(order) == 1).all())
    return (frame[known] if sorted_already else frame[known].iloc[order]).reset_index(drop=True)


def _code(column: pd.Series) -> np.ndarray:
    """Numbers that sort and compare as the column does, absent values first."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy()
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column.astype("int64").to_numpy()
    if pd.api.types.is_numeric_dtype(column.dtype) or column.dtype == bool:
        return np.nan_to_num(column.to_numpy(dtype=np.float64), nan=np.finfo(np.float64).min)
    return pd.factorize(column, sort=True)[0]


def _drop(
    table: str, frame: pd.DataFrame, bad: BoolArray, what: str, shown: pd.Series | None = None
) -> tuple[pd.DataFrame, list[Did]]:
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


def _enough(dataset: Dataset, raw: Raw) -> None:
    counts = dataset.counts
    files = ", ".join(file.name for file in raw.origin.files[:3]) or raw.name
    dropped = [one for one in dataset.origin.cleaning if one.detail == "dropped"]
    lost = "; ".join(f"{one.step}: {one.count:,} dropped ({one.examples[0]})" for one in dropped)
    if not counts["interactions"]:
        raise BadInput(
            f"{files}: no row is left after cleaning.",
            "rows with a user and an item.",
            f"mend the rows that were left out: {lost}." if lost else "check the export.",
        )
    for what, one_of_it in (("users", "person"), ("items", "item")):
        if counts[what] < 2:
            raise BadInput(
                f"{files}: only {counts[what]} {one_of_it} is there.",
                "at least two people and two items.",
                f"mend the rows that were left out: {lost}." if lost else "give more of the log.",
            )
