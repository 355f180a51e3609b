"""At the door, before anything else sees the rows: pseudonyms for people, and those who are left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from core.data import forgotten, pseudonyms
from core.data.dataset import Did, Origin
from core.data.ids import as_ids
from core.data.readers.base import Raw

PEOPLE = {
    "interactions": ("user",),
    "users": ("user",),
    "searches": ("user",),
    "reviews": ("user",),
    "relations": ("user", "other"),
    "impressions": ("user",),
}


@dataclass(frozen=True)
class Door:
    """What happens to ids of people in a source."""

    secret: bytes | None  # of pseudonyms; None = ids stay
    who: frozenset[str]  # hashes of those who are left out
    listed: forgotten.Forgotten

    @property
    def open(self) -> bool:
        """Whether ids pass as they are."""
        return self.secret is None and not self.who

    def named(self, ids: Sequence[str]) -> list[str]:
        """What each id becomes."""
        return list(ids) if self.secret is None else pseudonyms.pseudonyms(ids, self.secret)

    def kept(self, named: Sequence[str]) -> np.ndarray:
        """(n,) bool: who is not left out, by the names that they have behind the door."""
        if not self.who:
            return np.ones(len(named), dtype=bool)
        return np.array([one not in self.who for one in self.listed.hashes(named)], dtype=bool)


def door(places: Iterable[Path | str]) -> Door:
    """The door that stands before a source of these files and folders."""
    found = forgotten.read()
    return Door(pseudonyms.key(), found.at(places), found)


def state(places: Iterable[Path | str]) -> str:
    """Tells apart what the same files become behind different doors; "" where the door is open."""
    found = door(places)
    return "" if found.open else f"{pseudonyms.mark()}:{','.join(sorted(found.who))}"


def through(raw: Raw, places: Iterable[Path | str]) -> Raw:
    """The tables as they may be kept."""
    found = door(places)
    if found.open:
        return raw
    people: set[str] = set()
    tables = {}
    for table, frame in raw.tables.items():
        tables[table], gone = _through(frame, columns(table, raw.origin), found)
        people |= gone
    did = raw.origin.cleaning
    did = tuple(replace(one, examples=()) for one in did)  # of what a reader left out: rows of the file
    if found.secret is not None:
        did = (*did, Did("pseudonyms", 1, "ids of people were replaced by keyed hashes"))
    if people:
        did = (*did, Did("people forgotten", len(people), "left out, as they asked"))
    return replace(raw, origin=replace(raw.origin, cleaning=did), tables=tables)


def columns(table: str, origin: Origin) -> tuple[str, ...]:
    """The columns of a table that hold ids of people."""
    item = ("item",) if origin.items_are_people else ()
    return (*PEOPLE.get(table, ()), *item)


def _through(frame: pd.DataFrame, names: Iterable[str], found: Door) -> tuple[pd.DataFrame, set[str]]:
    """A table behind the door, and whom it lost."""
    kept = np.ones(len(frame), dtype=bool)
    people: set[str] = set()
    for column in [name for name in names if name in frame]:
        ids = as_ids(frame[column])
        named = found.named(ids.categories.tolist())
        stays = found.kept(named)
        people |= {one for one, there in zip(named, stays, strict=True) if not there}
        codes = np.asarray(ids.codes)
        kept &= np.append(stays, np.True_)[codes]
        fresh = pd.Categorical.from_codes(codes, categories=pd.Index(named, dtype="str"))
        frame = frame.assign(**{column: pd.Series(fresh, index=frame.index)})
    return (frame if kept.all() else frame[kept].reset_index(drop=True)), people
