"""Touchstone's own folder: dataset.json and one Parquet file a table. The samples come in it."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from core.data.dataset import COLUMNS, FileRead, Origin
from core.data.readers.base import Raw, Reader
from core.work.errors import BadInput
from core.work.report import Report

SCHEMA = 1


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
            licence=about.get("licence", ""),
            description=about.get("description", ""),
            positive=about.get("positive", ""),
            split=about.get("split", ""),
            personal=tuple(about.get("personal", ())),
            nouns=about.get("nouns", {}),
            truth=str(path / "truth") if (path / "truth").is_dir() else "",
            folder=str(path),
        )
        raw = Raw(about.get("name", path.name), origin)
        for at, table in enumerate(COLUMNS):
            file = path / f"{table}.parquet"
            if not file.is_file():
                continue
            report(at / len(COLUMNS), f"Reading {file.name}")
            found = pq.read_table(file)
            raw.tables[table] = found.to_pandas()
            raw.note(FileRead(file.name, len(found), tuple(found.column_names)))
        return raw


def _about(file: Path) -> dict[str, Any]:
    try:
        about = json.loads(file.read_text("utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{file.name} can't be read ({error}).", "JSON.", "mend the file.") from error
    if not isinstance(about, dict) or about.get("schema") != SCHEMA:
        raise BadInput(
            f"{file.name} has schema {about.get('schema') if isinstance(about, dict) else None!r}.",
            f"schema {SCHEMA}.",
            "use the version of Touchstone that wrote it.",
        )
    return about
