"""Tables with user, item, rating and timestamp under their usual names: a file, or a folder of files."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from core.data.columns import INTERACTION, ITEM, need, roles
from core.data.dataset import Did, Origin
from core.data.readers.base import Raw, Reader
from core.data.tables import Table, head_columns, read_table
from core.work.report import Report

TABLES = re.compile(r".*\.(csv|tsv|txt|parquet|dat|inter)(\.gz)?$", re.IGNORECASE)
PART = re.compile(r"^(train|test)\b.*", re.IGNORECASE)


class Generic(Reader):
    """A file of interactions, or a folder with one and with tables of items and users beside it."""

    name = "generic"
    label = "Table with user, item, rating, timestamp"

    def sure(self, path: Path) -> float:
        found = [roles(head_columns(file), INTERACTION) for file in _files(path)]
        return 0.5 if any({"user", "item"} <= set(one) for one in found) else 0.1 if path.is_file() else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        raw = Raw(path.stem if path.is_file() else path.name, Origin(path.name, self.name))
        chosen = {path: "interactions"} if path.is_file() else _chosen(_files(path))
        for at, (file, kind) in enumerate(chosen.items()):
            report(at / len(chosen), f"Reading {file.name}")
            add_file(raw, file, kind, _part(file, list(chosen)))
        if path.is_dir() and (did := _left_out(path, {file.name for file in chosen})):
            raw.origin = replace(raw.origin, cleaning=(*raw.origin.cleaning, did))
        return raw


def add_file(raw: Raw, file: Path, kind: str, part: str = "") -> None:
    """Read one file into a table of `raw` (interactions, items or users)."""
    table = read_table(file)
    if kind == "interactions":
        raw.add("interactions", interactions(table, part), table)
    elif kind == "items":
        raw.add("items", item_table(table), table)
    else:
        columns = roles(table.frame.columns, ("user",))
        raw.add("users", table.frame.rename(columns={columns["user"]: "user"}), table)


def interactions(table: Table, part: str = "") -> pd.DataFrame:
    """The interaction columns of a table under the Dataset's names."""
    columns = table.frame.columns
    found = roles(columns, INTERACTION)
    for role in ("user", "item"):
        need(found, role, columns, table.file.name)
    frame = table.frame[list(found.values())].set_axis(list(found), axis=1)
    return frame.assign(part=part) if part else frame


def item_table(table: Table) -> pd.DataFrame:
    """The item columns of a table under the Dataset's names; others stay under their own."""
    columns = table.frame.columns
    found = roles(columns, ITEM)
    need(found, "item", columns, table.file.name)
    return table.frame.rename(columns={column: role for role, column in found.items()})


def _left_out(path: Path, used: set[str]) -> Did | None:
    """Which files of a folder were not read."""
    names = sorted(file.name for file in path.iterdir() if file.is_file() and file.name not in used)
    detail = "files of the folder that were not read"
    return Did("files left out", len(names), detail, tuple(names[:3])) if names else None


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.iterdir() if file.is_file() and TABLES.match(file.name))


def _chosen(files: list[Path]) -> dict[Path, str]:
    """The files to read and what each holds: train and test or the fullest log, and tables beside it."""
    kinds: dict[str, list[tuple[int, Path]]] = {"interactions": [], "items": [], "users": []}
    for file in files:
        columns = head_columns(file)
        if kind := _kind(columns):
            kinds[kind].append((len(roles(columns, INTERACTION if kind == "interactions" else ITEM)), file))
    logs = [file for _, file in kinds["interactions"]]
    if parted := [file for file in logs if _part(file, logs)]:
        chosen = dict.fromkeys(parted, "interactions")
    else:
        chosen = {
            file: "interactions" for _, file in sorted(kinds["interactions"], key=lambda found: -found[0])[:1]
        }
    for kind in ("items", "users"):
        chosen |= {file: kind for _, file in sorted(kinds[kind], key=lambda found: -found[0])[:1]}
    return chosen


def _kind(columns: list[str]) -> str:
    names = roles(columns, ("user", "item"))
    if {"user", "item"} <= set(names):
        return "interactions"
    if "item" in names:
        return "items"
    return "users" if "user" in names else ""


def _part(file: Path, files: list[Path]) -> str:
    """Train or test, where there is a file of each."""
    parts = {match.group(1).lower() for other in files if (match := PART.match(other.name))}
    match = PART.match(file.name)
    return match.group(1).lower() if match and parts == {"train", "test"} else ""
