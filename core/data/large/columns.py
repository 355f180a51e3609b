"""A log's columns under fixed names and types, so that every statement that follows is a constant."""

import gzip
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from core.data.columns import INTERACTION, ITEM, LOG, need, unrepeated
from core.data.dataset import Did
from core.data.delimited import delimiter_of
from core.data.heads import Head, head
from core.data.large.duck import Duck, is_file_of, quoted, readable
from core.data.looks import headless
from core.data.mapping import BY_CONTENT, SAMPLE, Guess, Mapping, chosen, guess, numbered
from core.work.errors import BadInput

if TYPE_CHECKING:
    import duckdb

# A quote that does not close takes lines with it, up to the longest that DuckDB takes for one row.
_SWALLOWED = """
SELECT count(*) > 0 FROM reject_errors WHERE error_type = 'LINE SIZE OVER MAXIMUM'
  OR (error_type = 'UNQUOTED VALUE' AND contains(rtrim(csv_line, chr(10) || chr(13)), chr(10)))
"""
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
    mapping: Mapping  # what was said of its columns

    @property
    def tells_of_items(self) -> bool:
        """Whether rows say more of an item than its id."""
        return any(role in self.roles for role in ITEM if role != "item")

    @property
    def rest(self) -> list[str]:
        """Columns that are no part of an interaction."""
        return [name for name in self.columns if name not in {self.roles.get(role) for role in INTERACTION}]


def open_log(duck: Duck, path: Path, mapping: Mapping, quotes: bool = True) -> Log:
    """Makes the view `source` of a file's rows, and says what its columns are.

    Without `quotes` they are plain characters of a text.
    Raises BadInput where the file is no table, or has no people or items.
    """
    seen = head(path)
    relation = _parquet(duck, path) if seen.kind == "parquet" else _text(duck, path, seen, quotes)
    nested = [
        name
        for name, kind in _types(relation).items()
        if kind.endswith("]") or kind.startswith(("STRUCT", "MAP"))
    ]
    columns = tuple(name for name in relation.columns if name not in nested)
    relation.project(", ".join(map(quoted, columns))).create_view("source", replace=True)
    with readable(path.name):
        sample = relation.project(", ".join(map(quoted, columns))).limit(SAMPLE).to_arrow_table().to_pandas()
    guesses = guess(pd.DataFrame(sample), mapping, path.name, LOG)
    found = chosen(guesses, LOG)
    did = [_told(guesses, path.name), _left_out(nested, path.name)]
    if seen.kind == "text" and headless(seen.rows()):
        did.append(Did("no header", 1, f"{path.name}: its columns are numbered from 1"))
    if "user" not in found and "session" in found:
        found["user"] = found["session"]
        did.append(Did("sessions", 1, f"{path.name} knows no people: each session stands for a person"))
    for role in ("user", "item"):
        need(found, role, columns, path.name)
    kinds = _types(relation)
    numbers = frozenset(name for name in columns if _is_number(kinds[name]))
    times = frozenset(name for name in columns if kinds[name].startswith(("TIMESTAMP", "DATE")))
    told = tuple(one for one in did if one)
    return Log(path, columns, found, numbers, times, told, seen.kind == "parquet", mapping)


def mended(duck: Duck, log: Log) -> Log | None:
    """The log opened anew with plain quotes, if the rows that were read show that one swallowed lines.

    None where none did. What is made of `source` is to be made again then.
    """
    if log.parquet or not duck.row(_SWALLOWED)[0]:
        return None
    duck.run("DELETE FROM reject_errors")
    again = open_log(duck, log.path, log.mapping, quotes=False)
    told = Did("quotes", 1, f"{log.path.name}: quotes don't close; they were read as plain characters")
    return replace(again, did=(*again.did, told))


def standard(log: Log, known: bool, units: bool) -> tuple[str, str]:
    """Two projections of `source`, one upon the other, to fixed names: ids, times, values, the rest.

    `known`: whole numbers may stand for themselves. `units`: those of times are told by their size. Texts
    that are no plain number or moment are left for Python, which sees each of them once.
    """
    parts = [*_id("user", log, known), *_id("item", log, known=True), *_time(log), *_number("value", log)]
    parts += [*_number("order", log), *_label("kind", log), *_label("session", log)]
    rest = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in log.rest)
    parts.append(f"hash({rest}) AS rest" if rest else "CAST(NULL AS UBIGINT) AS rest")
    return ", ".join(parts), _TOLD.format(times=_BY_SIZE if units else _IN_SECONDS)


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


def _text(duck: Duck, path: Path, seen: Head, quotes: bool) -> "duckdb.DuckDBPyRelation":
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
        quotechar='"' if quotes else "",
        escapechar='"' if quotes else "",
        compression="gzip" if packed else "none",
        auto_detect=False,
        ignore_errors=True,
        store_rejects=True,
        rejects_limit=0,
    )


def _lines_above(path: Path, seen: Head, packed: bool) -> int:
    """Blank lines above the header."""
    with gzip.open(path) if packed else path.open("rb") as file:
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
    """Microseconds since 1970 where that is sure; else a whole number in a unit to be told; and the text."""
    name = log.roles.get("timestamp")
    if name is None:
        return _three("time", "NULL", "NULL", "NULL")
    column = quoted(name)
    if name in log.times:
        return _three("time", f"epoch_us(CAST({column} AS TIMESTAMP))", "NULL", "NULL")
    if name in log.numbers:
        there = f"CASE WHEN NOT isnan(CAST({column} AS DOUBLE)) THEN {column} END"
        whole = f"CASE WHEN {column} = floor({column}) THEN TRY_CAST({column} AS BIGINT) END"
        return _three("time", "NULL", whole, f"CAST({there} AS VARCHAR)")
    looks = f"length({column}) BETWEEN 19 AND 20 AND regexp_matches({column}, '{_MOMENT}')"
    moment = f"CASE WHEN {looks} THEN epoch_us(TRY_CAST(left({column}, 19) AS TIMESTAMP)) END"
    return _three("time", moment, f"TRY_CAST({column} AS BIGINT)", column)


def _number(role: str, log: Log) -> list[str]:
    name = log.roles.get(role)
    if name is None:
        return _three(role, "NULL", "NULL", "NULL")
    column = quoted(name)
    if name in log.numbers:
        fine = f"CASE WHEN isfinite(CAST({column} AS DOUBLE)) THEN CAST({column} AS DOUBLE) END"
        return _three(role, fine, "NULL", f"CAST({column} AS VARCHAR)")
    return _three(role, "NULL", f"TRY_CAST({column} AS BIGINT)", f"CAST({column} AS VARCHAR)")


def _three(role: str, sure: str, whole: str, text: str) -> list[str]:
    kind = "BIGINT" if role == "time" else "DOUBLE"
    return [
        f"CAST({sure} AS {kind}) AS {role}_sure",
        f"CAST({whole} AS BIGINT) AS {role}_whole",
        f"CAST({text} AS VARCHAR) AS {role}_given",
    ]


# A text is a whole number where writing the number gives the text; "12.5", " 12" and "1_2" are for Python.
# Seconds, milliseconds and microseconds are told by their size.
_IN_SECONDS = "WHEN abs(time_whole) < 1e10 THEN time_whole * 1000000"
_BY_SIZE = f"""{_IN_SECONDS}
  WHEN abs(time_whole) BETWEEN 1e11 AND 1e13 THEN time_whole * 1000
  WHEN abs(time_whole) BETWEEN 1e14 AND 1e16 THEN time_whole"""
_TOLD = """
user_number, user_text, item_number, item_text, kind_text, session_text, rest,
coalesce(time_sure, CASE WHEN CAST(time_whole AS VARCHAR) <> replace(time_given, '.0', '') THEN NULL
  {times} END) AS time,
CASE WHEN time IS NULL THEN time_given END AS time_text,
coalesce(value_sure, CASE WHEN CAST(value_whole AS VARCHAR) = value_given THEN value_whole END)
  AS value_number,
CASE WHEN value_number IS NULL THEN value_given END AS value_text,
coalesce(order_sure, CASE WHEN CAST(order_whole AS VARCHAR) = order_given THEN order_whole END)
  AS order_number,
CASE WHEN order_number IS NULL THEN order_given END AS order_text
"""


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
