"""A part of the people, with all their rows: a part of the rows would cut their histories."""

from dataclasses import replace

import numpy as np
import pandas as pd

from core.data.dataset import Did
from core.data.door import PEOPLE
from core.data.ids import as_ids, hashes
from core.data.readers.base import Raw
from core.work.errors import BadInput


def sampled(raw: Raw, many: int) -> Raw:
    """The tables with the rows of so many people, as `first` chooses them; all where there are fewer."""
    logs = [raw.tables[table]["user"] for table in ("interactions", "impressions") if table in raw.tables]
    everybody = sorted(set().union(*(as_ids(column).categories for column in logs)))
    chosen = first(pd.Index(everybody), many)
    if len(chosen) == len(everybody):  # also where the reader has chosen them already
        return raw
    tables = {}
    for table, frame in raw.tables.items():
        kept = np.ones(len(frame), dtype=bool)
        for column in [name for name in PEOPLE.get(table, ()) if name in frame]:
            ids = as_ids(frame[column])
            kept &= np.append(ids.categories.isin(chosen), np.False_)[np.asarray(ids.codes)]
        tables[table] = frame[kept].reset_index(drop=True)
    origin = replace(raw.origin, cleaning=(*raw.origin.cleaning, said(many, len(everybody))))
    return replace(raw, tables=tables, origin=origin)


def first(ids: pd.Index, many: int) -> pd.Index:
    """The `many` ids with the smallest hashes: the same on every machine, and a larger part holds a smaller.

    >>> list(first(pd.Index(["ann", "bob", "cat"]), 2))
    ['ann', 'cat']
    """
    return ids[np.sort(np.argsort(hashes(ids, seed=0), kind="stable")[:many])]


def said(many: int, everybody: int) -> Did:
    """The record of a sample."""
    return Did(
        "people sampled", many, f"of {everybody:,}, chosen by a hash of the id, each with all their rows"
    )


def number_of(text: str) -> int:
    """How many people are asked for, 0 = everybody; raises BadInput for text that is no such number."""
    if not text.strip():
        return 0
    if not text.strip().isdigit() or int(text) < 2:
        raise BadInput(f"{text[:40]!r} is no number of people.", "a whole number from 2.", "mend --people.")
    return int(text)
