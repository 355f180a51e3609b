"""What a reader is: it looks at a source, says how sure it is, and turns it into raw tables."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

import pandas as pd

from core.data.dataset import Did, FileRead, Origin
from core.data.heads import files_of
from core.data.tables import Table
from core.work.errors import BadInput
from core.work.plugins import Registry
from core.work.report import Report


@dataclass
class Raw:
    """Tables as a reader found them, columns already under the names of the Dataset."""

    name: str
    origin: Origin
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    details: list[pd.DataFrame] = field(default_factory=list)  # what logs say of their items

    def add(self, table: str, found: pd.DataFrame, file: Table) -> None:
        """Add rows to a table, and what was done while reading them to the origin."""
        self.append(table, found)
        self.note(file.file, *file.did)

    def append(self, table: str, found: pd.DataFrame) -> None:
        """Add rows to a table."""
        before = [self.tables[table]] if table in self.tables else []
        self.tables[table] = pd.concat([*before, found], ignore_index=True)

    def note(self, file: FileRead, *did: Did) -> None:
        """Keep which file was read and what was done to it."""
        self.origin = replace(
            self.origin, files=(*self.origin.files, file), cleaning=(*self.origin.cleaning, *did)
        )

    def say(self, *did: Did) -> None:
        """Keep what was done to the tables."""
        self.origin = replace(self.origin, cleaning=(*self.origin.cleaning, *did))


def leave_out(raw: Raw, path: Path, used: Iterable[Path]) -> None:
    """Say which files of a folder were not read."""
    if not path.is_dir():
        return
    known = set(used)
    names = [str(file.relative_to(path)) for file in files_of(path) if file not in known]
    detail = "files of the folder that were not read"
    if names:
        raw.say(Did("files left out", len(names), detail, tuple(names[:3])))


class Reader(ABC):
    """One format. Subclasses are found by scanning the folder `readers/`."""

    name: ClassVar[str]
    label: ClassVar[str]

    @abstractmethod
    def sure(self, path: Path) -> float:
        """How sure it is, 0 (not mine) to 1 (certain), from names and the first 64 KB of each file."""

    @abstractmethod
    def read(self, path: Path, report: Report) -> Raw:
        """The tables of a source; raises BadInput that names file, row and column."""


READERS: Registry[Reader] = Registry("core.data.readers", Reader, "reader")


def choose(path: Path, name: str | None = None) -> Reader:
    """The reader of that name, else the one that is surest; raises BadInput where none is."""
    if name:
        return READERS.get(name)()
    if not path.exists():
        raise BadInput(
            f"{path} doesn't exist.", "a file or folder, or the name of a sample.", "check the path."
        )
    readers = [cls() for cls in READERS.all().values()]
    certainty = {reader.name: reader.sure(path) for reader in readers}
    best = max(readers, key=lambda reader: certainty[reader.name])
    if certainty[best.name] <= 0:
        raise BadInput(
            f"{path.name} isn't understood.",
            "a table with a user and an item column, or a folder of them.",
            "name the columns user, item, rating and timestamp.",
        )
    return best
