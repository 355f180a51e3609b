"""A log's columns under fixed names and types, so that every statement that follows is a constant."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from core.data.columns import INTERACTION, ITEM, LOG, need, unrepeated
from core.data.dataset import Did
from core.data.delimited import delimiter_of
from core.data.heads import Head, head
from core.data.large.duck import Duck, is_file_of, quoted
from core.data.looks import headless
from core.data.mapping import BY_CONTENT, SAMPLE, Guess, Mapping, chosen, guess, numbered
from core.work.errors import BadInput

if TYPE_CHECKING:
    import duckdb

_WHOLE = "^-?[0-9]{1,18}$"
_DECIMAL = "^-?[0-9]{1,15}([.][0-9]{1,9})?$"
_MOMENT = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}Z?$"


@dataclass(frozen=True)
class Log:
    """A file and which of its columns holds what."""

    path: Path
    columns: tuple[str, ...]  # all, in the order of the file, without nested ones
    roles: dict[str, str]  # role → column
    numbers: frozenset[str]  # columns that hold numbers, not text
    times: frozenset[str]  # columns that hold moments
    did: tuple[Did, ...]
    parquet: bool  # a file whose columns can be read again and again

    @property
    def tells_of_items(self) -> bool:
        """Whether rows say more of an item than its id."""
        return any(role in self.roles for role in ITEM if role != "item")

    @property
    def rest(self) -> list[str]:
        """Columns that are no part of an interaction."""
        return [name for name in self.columns if name not in {self.roles.get(role) for role in INTERACTION}]


def open_log(duck: Duck, path: Path, mapping: Mapping) -> Log:
    """Makes the view `source` of a file's rows, and says what its columns are.

    Raises BadInput where the file is no table, or has no people or items.
    """
    seen = head(path)
    relation = _parquet(duck, path) if seen.kind == "parquet" else _text(duck, path, seen)
    nested = [
        name
        for name, kind in _types(relation).items()
        if kind.endswith("]") or kind.startswith(("STRUCT", "MAP"))
    ]
    columns = tuple(name for name in relation.columns if name not in nested)
    relation.project(", ".join(map(quoted, columns))).create_view("source")
    sample = relation.project(", ".join(map(quoted, columns))).limit(SAMPLE).to_arrow_table().to_pandas()
    guesses = guess(pd.DataFrame(sample), mapping, path.name, LOG)
    found = chosen(guesses, LOG)
    did = [_told(guesses, path.name), _left_out(nested, path.name)]
    if "user" not in found and "session" in found:
        found["user"] = found["session"]
        did.append(Did("sessions", 1, f"{path.name} knows no people: each session stands for a person"))
    for role in ("user", "item"):
        need(found, role, columns, path.name)
    kinds = _types(relation)
    numbers = frozenset(name for name in columns if _is_number(kinds[name]))
    times = frozenset(name for name in columns if kinds[name].startswith(("TIMESTAMP", "DATE")))
    return Log(path, columns, found, numbers, times, tuple(one for one in did if one), seen.kind == "parquet")


def standard(log: Log, known: bool) -> str:
    """The projection of `source` to fixed names: ids as numbers or as text, times, values, the rest.

    `known`: whole numbers may stand for themselves. Texts that are no plain number or moment are left for
    Python, which sees each of them once.
    """
    parts = [*_id("user", log, known), *_id("item", log, known=True), *_time(log), *_number("value", log)]
    parts += [*_number("order", log), *_label("kind", log), *_label("session", log)]
    rest = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in log.rest)
    return ", ".join([*parts, f"hash({rest}) AS rest" if rest else "CAST(NULL AS UBIGINT) AS rest"])


def person(log: Log) -> str:
    """The projection of a row's person, as text."""
    return _id("user", log, known=False)[1]


def _parquet(duck: Duck, path: Path) -> "duckdb.DuckDBPyRelation":
    import duckdb

    try:
        relation = duck.connection.read_parquet(str(path))
        unrepeated([str(name) for name in relation.columns], path.name)
    except duckdb.Error as error:
        raise BadInput(
            f"{path.name} is a damaged Parquet file ({str(error)[:120]}).",
            "a whole Parquet file.",
            "write or copy it again.",
        ) from error
    return relation


def _text(duck: Duck, path: Path, seen: Head) -> "duckdb.DuckDBPyRelation":
    rows = seen.rows() if seen.kind == "text" else []
    if not rows or len(rows[0]) < 2:
        raise BadInput(
            f"{path.name} is larger than memory and is no table.",
            "CSV, TSV or Parquet with a user and an item column, plain or gzipped.",
            "export it as one of these.",
        )
    nameless = headless(rows)
    names = (
        numbered(len(rows[0])) if nameless else unrepeated([one.strip() for one in seen.columns], path.name)
    )
    packed = is_file_of(path, b"\x1f\x8b")
    above = 0 if nameless else _lines_above(path, seen, packed) + 1
    return duck.connection.read_csv(
        str(path),
        header=False,
        skiprows=above,
        columns=dict.fromkeys(names, "VARCHAR"),
        delimiter=delimiter_of(seen.lines[0]),
        quotechar='"',
        escapechar='"',
        compression="gzip" if packed else "none",
        auto_detect=False,
        ignore_errors=True,
        store_rejects=True,
        rejects_limit=0,
    )


def _lines_above(path: Path, seen: Head, packed: bool) -> int:
    """Blank lines above the header."""
    if packed:
        return 0
    with path.open("rb") as file:
        first = file.read(64 * 1024).decode("utf-8-sig", "replace")
    return first[: first.find(seen.lines[0])].count("\n")


def _types(relation: "duckdb.DuckDBPyRelation") -> dict[str, str]:
    return {str(name): str(kind) for name, kind in zip(relation.columns, relation.types, strict=True)}


def _is_number(kind: str) -> bool:
    return kind.removeprefix("U") in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE")


def _id(role: str, log: Log, known: bool) -> list[str]:
    column = quoted(log.roles[role])
    if log.roles[role] not in log.numbers:
        return [f"CAST(NULL AS BIGINT) AS {role}_number", f"CAST({column} AS VARCHAR) AS {role}_text"]
    whole = f"CASE WHEN {column} = floor({column}) THEN TRY_CAST({column} AS BIGINT) END"
    there = f"CASE WHEN NOT isnan(CAST({column} AS DOUBLE)) THEN {column} END"
    text = f"coalesce(CAST({whole} AS VARCHAR), CAST({there} AS VARCHAR))"
    if not known:
        return [f"CAST(NULL AS BIGINT) AS {role}_number", f"{text} AS {role}_text"]
    return [f"{whole} AS {role}_number", f"CASE WHEN {whole} IS NULL THEN {text} END AS {role}_text"]


def _time(log: Log) -> list[str]:
    """`time`: microseconds since 1970 where they can be told at once; `time_text`: what is left."""
    name = log.roles.get("timestamp")
    if name is None:
        return ["CAST(NULL AS BIGINT) AS time", "CAST(NULL AS VARCHAR) AS time_text"]
    column = quoted(name)
    if name in log.times:
        return [f"epoch_us(CAST({column} AS TIMESTAMP)) AS time", "CAST(NULL AS VARCHAR) AS time_text"]
    if name in log.numbers:
        number = f"CASE WHEN NOT isnan(CAST({column} AS DOUBLE)) THEN {column} END"
        return [
            f"{_micros(number)} AS time",
            f"CASE WHEN {_micros(number)} IS NULL THEN CAST({number} AS VARCHAR) END AS time_text",
        ]
    whole = f"CASE WHEN regexp_matches({column}, '{_WHOLE}') THEN TRY_CAST({column} AS BIGINT) END"
    parsed = f"epoch_us(TRY_CAST(left({column}, 19) AS TIMESTAMP))"
    moment = f"CASE WHEN regexp_matches({column}, '{_MOMENT}') THEN {parsed} END"
    fast = f"coalesce({_micros(whole)}, {moment})"
    return [f"{fast} AS time", f"CASE WHEN ({fast}) IS NULL THEN {column} END AS time_text"]


def _micros(number: str) -> str:
    """Whole numbers of seconds, milliseconds or microseconds, told by their size; others are left."""
    size, whole = f"abs({number})", f"CAST({number} AS BIGINT)"
    return (
        f"CASE WHEN {number} <> floor({number}) THEN NULL"
        f" WHEN {size} < 1e10 THEN {whole} * 1000000"
        f" WHEN {size} BETWEEN 1e11 AND 1e13 THEN {whole} * 1000"
        f" WHEN {size} BETWEEN 1e14 AND 1e16 THEN {whole} END"
    )


def _number(role: str, log: Log) -> list[str]:
    name = log.roles.get(role)
    if name is None:
        return [f"CAST(NULL AS DOUBLE) AS {role}_number", f"CAST(NULL AS VARCHAR) AS {role}_text"]
    column = quoted(name)
    if name in log.numbers:
        fine = f"CASE WHEN isfinite(CAST({column} AS DOUBLE)) THEN CAST({column} AS DOUBLE) END"
    else:
        fine = f"CASE WHEN regexp_matches({column}, '{_DECIMAL}') THEN TRY_CAST({column} AS DOUBLE) END"
    return [
        f"{fine} AS {role}_number",
        f"CASE WHEN ({fine}) IS NULL THEN CAST({column} AS VARCHAR) END AS {role}_text",
    ]


def _label(role: str, log: Log) -> list[str]:
    name = log.roles.get(role)
    return [
        f"CAST({quoted(name)} AS VARCHAR) AS {role}_text" if name else f"CAST(NULL AS VARCHAR) AS {role}_text"
    ]


def _told(guesses: list[Guess], file: str) -> Did | None:
    unsure = [one for one in guesses if one.role and one.certainty <= BY_CONTENT]
    detail = f"{file}: told by their content, not by their names; --columns says which column is what"
    examples = tuple(f"{one.column}: {one.role}" for one in unsure[:3])
    return Did("columns guessed", len(unsure), detail, examples) if unsure else None


def _left_out(nested: list[str], file: str) -> Did | None:
    detail = f"{file}: columns that hold lists or records were left out"
    return Did("nested columns", len(nested), detail, tuple(nested[:3])) if nested else None
