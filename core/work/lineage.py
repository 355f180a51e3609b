"""Where results come from: the fingerprints of the data that a result descends from."""

import weakref
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel
from scipy.sparse import csr_array

Lineage = frozenset[str]


class Descent:
    """Remembers, as long as they live, which data the results of steps descend from.

    An object made from a result outside any step can carry a `lineage` attribute of its own.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[weakref.ref[Any], Lineage]] = {}

    def remember(self, result: Any, lineage: Lineage) -> None:
        """Notes the lineage of a result and of everything inside it."""
        for part in walk(result):
            try:
                reference = weakref.ref(part, self._forgetter(id(part)))
            except TypeError:  # numbers, texts, tuples
                continue
            self._known[id(part)] = reference, lineage | self._of(part)

    def of(self, value: Any) -> Lineage:
        """The lineage of a value and everything inside it, its own fingerprints included."""
        return frozenset().union(*(self._of(part) for part in walk(value)))

    def _of(self, part: Any) -> Lineage:
        own, carried = getattr(part, "fingerprint", None), getattr(part, "lineage", None)
        found: Lineage = frozenset({own} if own and isinstance(own, str) else ())
        if isinstance(carried, frozenset):
            found |= carried
        reference, lineage = self._known.get(id(part), (None, found))
        return found | lineage if reference is not None and reference() is part else found

    def _forgetter(self, address: int) -> Any:
        known = self._known

        def forget(reference: weakref.ref[Any]) -> None:
            if address in known and known[address][0] is reference:
                del known[address]

        return forget


def walk(value: Any) -> Iterator[Any]:
    """The value and all values inside it: entries of lists, tuples, dicts; fields of records."""
    yield value
    if isinstance(value, list | tuple):
        inside: Any = value
    elif isinstance(value, dict):
        inside = value.values()
    elif isinstance(value, BaseModel):
        inside = (getattr(value, name) for name in type(value).model_fields)
    elif is_dataclass(value) and not isinstance(value, type):
        inside = (getattr(value, field.name, None) for field in fields(value))
    else:
        return
    for part in inside:
        if not isinstance(part, str | int | float | None):
            yield from walk(part)


def freeze(result: Any) -> int:
    """Makes the arrays of a result read-only, as those of a loaded one are; returns their bytes."""
    size = 0
    for part in walk(result):
        for array in _arrays(part):
            array.flags.writeable = False
            size += array.nbytes
        if isinstance(part, pd.DataFrame):
            size += int(part.memory_usage(index=True).sum())
        elif isinstance(part, bytes):
            size += len(part)
    return size


def _arrays(part: Any) -> tuple[np.ndarray, ...]:
    if isinstance(part, csr_array):
        return part.data, part.indices, part.indptr
    return (part,) if isinstance(part, np.ndarray) else ()
