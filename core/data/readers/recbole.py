"""RecBole's atomic files: .inter, .item and .user, tables whose header says the type of each column."""

import re
from dataclasses import replace
from pathlib import Path

from core.data.columns import ITEM, plain, roles
from core.data.dataset import Origin
from core.data.heads import Head, heads
from core.data.readers.base import Raw, Reader, leave_out
from core.data.readers.generic import add_log
from core.data.tables import read_table
from core.work.report import Report

_FIELD = re.compile(r"[^:]+:(token|float)(_seq)?")


class RecBole(Reader):
    """Interactions, and details of items and people; sequences are words with blanks between."""

    name = "recbole"
    label = "RecBole atomic files"

    def sure(self, path: Path) -> float:
        return 0.95 if any(_kind(one) == "interactions" for one in heads(path)) else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        raw = Raw(path.stem if path.is_file() else path.name, Origin(path.name, self.name))
        files = {one.path: kind for one in heads(path) if (kind := _kind(one))}
        for at, (file, kind) in enumerate(files.items()):
            report(at / len(files), f"Reading {file.name}")
            table = read_table(file, delimiter="\t", quotes=False)
            lists = [name for name in table.frame if str(name).endswith("token_seq")]
            frame = table.frame.rename(columns=lambda name: str(name).rpartition(":")[0] or str(name))
            if kind == "interactions":
                add_log(raw, replace(table, frame=frame))
                continue
            for name in (str(name).rpartition(":")[0] for name in lists):
                if plain(name) in ("genre", "genres", "categories", "tags", "class"):
                    frame[name] = frame[name].str.replace(" ", "|", regex=False)
            if kind == "items":
                found = roles(frame.columns, ITEM)
                raw.add(
                    "items", frame.rename(columns={column: role for role, column in found.items()}), table
                )
            else:
                column = roles(frame.columns, ("user",))["user"]
                raw.add("users", frame.rename(columns={column: "user"}), table)
        raw.origin = replace(raw.origin, personal=_personal(raw))
        leave_out(raw, path, files)
        return raw


def _personal(raw: Raw) -> tuple[str, ...]:
    return tuple(str(name) for name in raw.tables.get("users", ()) if name != "user")


def _kind(seen: Head) -> str:
    """What the columns of a typed header hold."""
    if seen.kind != "text" or not seen.columns or not all(map(_FIELD.fullmatch, seen.columns)):
        return ""
    found = set(roles(seen.columns, ("user", "item")))
    return {("user", "item"): "interactions", ("item",): "items", ("user",): "users"}.get(
        tuple(role for role in ("user", "item") if role in found), ""
    )
