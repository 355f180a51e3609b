"""Cleaning: from raw tables to a Dataset, step by step, each saying what it did."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from core.data import impressions
from core.data.cleaners import CLEANERS, as_numbers, code_of, kinds
from core.data.dataset import COLUMNS, INDEXED, OPTIONAL, Dataset, Did, empty
from core.data.ids import as_ids
from core.data.readers.base import Raw
from core.work.errors import BadInput
from core.work.plugins import unknown


def clean(raw: Raw, off: Iterable[str] = ()) -> Dataset:
    """The Dataset of raw tables: ids, times and numbers in their types, impossible rows dropped.

    `off` names the steps of cleaning that are left out. Raises BadInput for a step that there is not,
    and where no data set is left: no rows, fewer than two people or two items.
    """
    skipped = tuple(name for name in CLEANERS if name in set(off))
    did: list[Did] = list(raw.origin.cleaning)
    tables: dict[str, pd.DataFrame] = {}
    for table in COLUMNS:
        found = raw.tables.get(table)
        if found is None:
            tables[table] = empty(table)
            continue
        file = _file_of(raw, table)
        _complete(table, found, file)
        if table == "impressions":
            found, done = impressions.typed(found, file)
            did += done
        found = _labelled(table, found)
        for name, cleaner in CLEANERS.items():
            found, done = (cleaner.off if name in skipped else cleaner.on)(table, found)
            did += [replace(one, cleaner=name) for one in done]
        if table == "impressions":
            impressions.checked(found, file)
        tables[table] = _ordered(table, found)
    origin = replace(raw.origin, cleaning=tuple(did), off=skipped)
    dataset = Dataset(name=raw.name, origin=origin, **tables)
    _enough(dataset, raw)
    return dataset


def steps_off(text: str) -> tuple[str, ...]:
    """The steps that "duplicates, times" names; raises BadInput for one that there is not.

    >>> steps_off("times, duplicates")
    ('times', 'duplicates')
    """
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in names:
        if name not in CLEANERS:
            raise unknown("step of cleaning", name[:60], list(CLEANERS))
    return names


def _file_of(raw: Raw, table: str) -> str:
    """The file that holds a table, or the first with the table's name."""
    names = [file.name for file in raw.origin.files]
    own = next((name for name in names if name.split(".")[0] == table), "")
    return own or ", ".join([*names[:1], table])


def _complete(table: str, frame: pd.DataFrame, file: str) -> None:
    """Ids and counts must be there; other columns are filled where they are absent."""
    optional = OPTIONAL.get(table, {})
    for column, kind in kinds(table).items():
        if kind in ("id", "count") and column not in optional and column not in frame:
            raise BadInput(
                f"{file}: the {table} table has no {column} column; it has {', '.join(frame.columns[:12])}.",
                f"a column {column}.",
                "add it, or rename the one that holds it.",
            )


def _labelled(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Labels and counts in their types, absent columns filled; those of impressions are in theirs."""
    optional = OPTIONAL.get(table, {})
    for column, kind in kinds(table).items():
        if (column not in frame and column in optional) or kind not in ("label", "count"):
            continue
        if kind == "label":
            values = frame.get(column, pd.Series(_default(column, frame), index=frame.index, dtype="str"))
            frame = frame.assign(**{column: pd.Series(as_ids(values), index=frame.index)})
        else:
            numbers, bad = as_numbers(frame[column])
            whole = np.where(np.isfinite(numbers) & ~bad, numbers, -1).astype(np.int64)
            frame = frame.assign(**{column: whole})
    return frame


def _default(column: str, frame: pd.DataFrame) -> str | None:
    if column != "kind":
        return None
    return "rating" if "value" in frame and frame["value"].notna().any() else "interaction"


def _ordered(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Canonical order and columns, so that the order of rows in a file changes nothing."""
    if table in INDEXED:
        key = INDEXED[table]
        frame = frame.assign(**{key: frame[key].astype("str")}).set_index(key).sort_index()
        return frame
    known = [column for column in kinds(table) if column in frame]
    keys = ["slate", "position"] if table == "impressions" else known
    codes = [code_of(frame[column]) for column in keys]
    order = np.lexsort(codes[::-1]) if codes else np.arange(len(frame))
    sorted_already = bool((np.diff(order) == 1).all())
    return (frame[known] if sorted_already else frame[known].iloc[order]).reset_index(drop=True)


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
