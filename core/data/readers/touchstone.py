"""Touchstone's own folder: dataset.json and one Parquet file a table. The samples come in it."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from core.data.dataset import COLUMNS, FileRead, Origin
from core.data.parquet import read_parquet
from core.data.readers.base import Raw, Reader
from core.work.errors import BadInput
from core.work.report import Report

SCHEMA = 1


class _Policy(BaseModel):
    """What dataset.json says of a logging policy."""

    share_of_people: float = Field(0.0, ge=0, le=1)


class _About(BaseModel):
    """What dataset.json says of the tables; more may stand in it."""

    version: Literal[1] = Field(alias="schema")
    name: str = ""
    licence: str = ""
    description: str = ""
    positive: str = ""
    split: str = ""
    personal: tuple[str, ...] = ()
    nouns: dict[str, str] = Field(default_factory=dict)
    nouns_zh: dict[str, str] = Field(default_factory=dict)
    items_are_people: bool = False
    policies: dict[str, _Policy] = Field(default_factory=dict)


class Touchstone(Reader):
    """A folder whose dataset.json says what the tables mean."""

    name = "touchstone"
    label = "Touchstone folder"

    def sure(self, path: Path) -> float:
        return 1.0 if (path / "dataset.json").is_file() else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        about = _about(path / "dataset.json")
        origin = Origin(
            source=path.name,
            reader=self.name,
            licence=about.licence,
            description=about.description,
            positive=about.positive,
            split=about.split,
            personal=about.personal,
            nouns=about.nouns | {f"zh:{key}": noun for key, noun in about.nouns_zh.items()},
            items_are_people=about.items_are_people,
            policies={name: one.share_of_people for name, one in about.policies.items()},
            truth=str(path / "truth") if (path / "truth").is_dir() else "",
            folder=str(path),
        )
        raw = Raw(about.name or path.name, origin)
        for at, table in enumerate(COLUMNS):
            file = path / f"{table}.parquet"
            if not file.is_file():
                continue
            report(at / len(COLUMNS), f"Reading {file.name}")
            frame, names, did = read_parquet(file)
            raw.tables[table] = frame
            raw.note(FileRead(file.name, len(frame), names), *did)
        return raw


def _about(file: Path) -> _About:
    try:
        return _About.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        if where == "schema":
            given = None if first["type"] == "missing" else first["input"]
            raise BadInput(
                f"{file.name} has schema {given!r}.",
                f"schema {SCHEMA}.",
                "use the version of Touchstone that wrote it.",
            ) from error
        raise BadInput(
            f"{file.name} can't be read ({where + ': ' if where else ''}{first['msg']}).",
            "what a data set says of itself, as JSON.",
            "mend the file.",
        ) from error
