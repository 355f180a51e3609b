"""Any table with people and items: a file, or a folder of files; columns are guessed, and can be said."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from core.data.columns import INTERACTION, ITEM, LOG, need, roles
from core.data.dataset import Did, Origin
from core.data.heads import Head, head, heads
from core.data.looks import headless
from core.data.mapping import BY_CONTENT, BY_NAME, SAMPLE, WIDEST, Guess, Mapping, chosen, guess, numbered
from core.data.readers.base import Raw, Reader
from core.data.tables import Table, read_table
from core.work.report import Report

PART = re.compile(r"^(train|test)\b.*", re.IGNORECASE)
SESSIONS = "by_time(test=0.2,last=1)"  # the split of a log in which each session stands for a person
PARTED = "given(last=1)"  # of train and test files that share no person
_NAMED, _GUESSED, _ANY = 0.5, 0.3, 0.1  # how sure


class Generic(Reader):
    """A file of interactions, or a folder with one and with tables of items and users beside it."""

    name = "generic"
    label = "Table with user, item, rating, timestamp"

    def __init__(self, mapping: Mapping | None = None) -> None:
        self.mapping = mapping or Mapping()

    def sure(self, path: Path) -> float:
        found = [one for one in heads(path) if one.kind]
        if any(_kind(one) == "interactions" for one in found):
            return _NAMED
        if any({"user", "item"} <= set(chosen(_guesses(one, self.mapping), LOG)) for one in found):
            return _GUESSED
        return _ANY if path.is_file() else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        raw = Raw(path.stem if path.is_file() else path.name, Origin(path.name, self.name))
        files = {path: "interactions"} if path.is_file() else _chosen(heads(path), self.mapping)
        for at, (file, kind) in enumerate(files.items()):
            report(at / len(files), f"Reading {file.name}")
            add_file(raw, file, kind, _part(file, list(files)), self.mapping)
        if path.is_dir() and (did := left_out(path, {file.name for file in files})):
            raw.origin = replace(raw.origin, cleaning=(*raw.origin.cleaning, did))
        raw.origin = replace(raw.origin, split=raw.origin.split or _split(raw))
        return raw


def log_file(found: list[Head], mapping: Mapping) -> Path | None:
    """The file of a source that holds its log, where there is one."""
    if len(found) == 1:
        return found[0].path
    files = [file for file, kind in _chosen(found, mapping).items() if kind == "interactions"]
    return files[0] if files else None


def add_file(raw: Raw, file: Path, kind: str, part: str = "", mapping: Mapping | None = None) -> None:
    """Read one file into a table of `raw` (interactions, items or users)."""
    table = table_of(file)
    if kind == "interactions":
        add_log(raw, table, part, mapping or Mapping())
    elif kind == "items":
        raw.add("items", item_table(table), table)
    else:
        columns = roles(table.frame.columns, ("user",))
        raw.add("users", table.frame.rename(columns={columns["user"]: "user"}), table)


def table_of(file: Path) -> Table:
    """The table in a file; columns are numbered where it has no header."""
    seen = head(file)
    rows = seen.rows() if seen.kind == "text" else []
    if not headless(rows):
        return read_table(file)
    table = read_table(file, numbered(len(rows[0])))
    return replace(
        table, did=(*table.did, Did("no header", 1, f"{file.name}: its columns are numbered from 1"))
    )


def add_log(raw: Raw, table: Table, part: str = "", mapping: Mapping | None = None) -> None:
    """Add a log's interactions, and what it says of items and in words, to `raw`."""
    name, columns = table.file.name, table.frame.columns
    guesses = guess(table.frame.head(SAMPLE), mapping or Mapping(), name, LOG)
    found = chosen(guesses, LOG)
    did = _guessed(guesses, name)
    if "user" not in found and "session" in found:
        found["user"] = found["session"]
        did.append(Did("sessions", 1, f"{name} knows no people: each session stands for a person"))
        raw.origin = replace(raw.origin, split=SESSIONS if "timestamp" in found else raw.origin.split)
    for role in ("user", "item"):
        need(found, role, columns, name)
    log = pd.DataFrame({role: table.frame[found[role]] for role in INTERACTION if role in found})
    rest = [column for column in columns if column not in found.values()]
    rest += [found[role] for role in ("review", "price") if role in found]
    log = distinct(log, table.frame[rest])
    raw.add("interactions", log.assign(part=part) if part else log, replace(table, did=(*table.did, *did)))
    raw.origin = replace(raw.origin, columns={**raw.origin.columns, **found})
    if "review" in found:
        wanted = {
            "user": "user",
            "item": "item",
            "timestamp": "timestamp",
            "value": "rating",
            "review": "text",
        }
        raw.append(
            "reviews",
            pd.DataFrame({name: table.frame[found[role]] for role, name in wanted.items() if role in found}),
        )
    if about := [role for role in ITEM if role in found and role != "item"]:
        details = pd.DataFrame({role: table.frame[found[role]] for role in ("item", *about)})
        raw.details.append(details)


def distinct(log: pd.DataFrame, rest: pd.DataFrame) -> pd.DataFrame:
    """The log with a number that tells rows apart which differ only in columns that it does not take."""
    if rest.empty or not log.duplicated().any():
        return log
    return log.assign(rest=pd.util.hash_pandas_object(rest.astype("str"), index=False).to_numpy())


def item_table(table: Table) -> pd.DataFrame:
    """The item columns of a table under the Dataset's names; others stay under their own."""
    columns = table.frame.columns
    found = roles(columns, ITEM)
    need(found, "item", columns, table.file.name)
    return table.frame.rename(columns={column: role for role, column in found.items()})


def left_out(path: Path, used: Iterable[str]) -> Did | None:
    """Which files of a folder were not read."""
    known = set(used)
    names = sorted(file.name for file in path.iterdir() if file.is_file() and file.name not in known)
    detail = "files of the folder that were not read"
    return Did("files left out", len(names), detail, tuple(names[:3])) if names else None


def _guessed(guesses: list[Guess], file: str) -> list[Did]:
    """What was taken from the content of columns, since their names say nothing."""
    unsure = [one for one in guesses if one.role and one.certainty <= BY_CONTENT]
    detail = f"{file}: told by their content, not by their names; --columns says which column is what"
    examples = tuple(f"{one.column}: {one.role}" for one in unsure[:3])
    return [Did("columns guessed", len(unsure), detail, examples)] if unsure else []


@lru_cache(maxsize=256)
def _guesses(seen: Head, mapping: Mapping) -> tuple[Guess, ...]:
    """Guesses from the head of a text file; by names alone for any other."""
    if seen.kind != "text":
        return tuple(Guess(column, role, BY_NAME, ()) for role, column in roles(seen.columns, LOG).items())
    rows = seen.rows()
    names = numbered(len(rows[0])) if headless(rows) else list(seen.columns)
    body = [row for row in (rows if headless(rows) else rows[1:]) if len(row) == len(names)]
    if not 2 <= len(names) <= WIDEST or len(set(names)) < len(names) or not body:
        return ()
    said = Mapping(tuple((role, column) for role, column in mapping.said if column in names or not column))
    return tuple(guess(pd.DataFrame(body, columns=names, dtype="str"), said, seen.path.name, LOG))


def _chosen(found: list[Head], mapping: Mapping) -> dict[Path, str]:
    """The files to read and what each holds: train and test or the fullest log, and tables beside it."""
    kinds: dict[str, list[tuple[int, Path]]] = {"interactions": [], "items": [], "users": []}
    for one in found:
        if kind := _kind(one, mapping):
            rank = len(roles(one.columns, INTERACTION if kind == "interactions" else ITEM))
            kinds[kind].append((rank, one.path))
    if not kinds["interactions"]:
        told = [one.path for one in found if {"user", "item"} <= set(chosen(_guesses(one, mapping), LOG))]
        kinds["interactions"] = [(0, file) for file in told]
    logs = [file for _, file in kinds["interactions"]]
    if parted := [file for file in logs if _part(file, logs)]:
        files = dict.fromkeys(parted, "interactions")
    else:
        files = dict.fromkeys(_fullest(kinds["interactions"]), "interactions")
    for kind in ("items", "users"):
        files |= dict.fromkeys((file for file in _fullest(kinds[kind]) if file not in files), kind)
    return files


def _fullest(ranked: list[tuple[int, Path]]) -> list[Path]:
    return [file for _, file in sorted(ranked, key=lambda found: -found[0])[:1]]


def _kind(seen: Head, mapping: Mapping | None = None) -> str:
    """What a table holds by the names of its columns: interactions, items or users."""
    if not seen.kind:
        return ""
    names = set(roles(seen.columns, ("user", "item", "session")))
    names |= {role for role, column in (mapping or Mapping()).said if column in seen.columns}
    if "item" in names and names & {"user", "session"}:
        return "interactions"
    if "item" in names:
        return "items"
    return "users" if "user" in names else ""


def _part(file: Path, files: list[Path]) -> str:
    """Train or test, where there is a file of each."""
    parts = {match.group(1).lower() for other in files if (match := PART.match(other.name))}
    match = PART.match(file.name)
    return match.group(1).lower() if match and parts == {"train", "test"} else ""


def _split(raw: Raw) -> str:
    """Train and test files that share no person ask for a split that reveals a part of test people."""
    log = raw.tables.get("interactions")
    if log is None or "part" not in log:
        return ""
    test = (log["part"] == "test").to_numpy()
    shared = set(log["user"][test].dropna().unique()) & set(log["user"][~test].dropna().unique())
    return "" if shared or not test.any() else PARTED
