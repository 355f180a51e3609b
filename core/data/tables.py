"""One table out of one file: CSV, TSV, JSON lines or Parquet, plain or gzipped, told apart by content."""

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from core.data.dataset import Did, FileRead
from core.data.decoding import decode
from core.data.delimited import delimited
from core.data.heads import HEAD_BYTES, head
from core.data.objects import objects
from core.data.parquet import read_parquet
from core.data.refusing import refuse
from core.work.errors import BadInput

__all__ = ["HEAD_BYTES", "Table", "head_columns", "plain_bytes", "read_table"]

_GZIP, _ZIP, _PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"PAR1"
_BEGINS = 64  # bytes that tell what a file is


@dataclass(frozen=True)
class Table:
    """A file's rows as they stand in it: text columns from text files, typed ones from Parquet."""

    frame: pd.DataFrame
    file: FileRead
    did: tuple[Did, ...] = ()


def read_table(
    path: Path,
    header: list[str] | None = None,
    limit: int | None = None,
    delimiter: str | None = None,
    quotes: bool = True,
    nested: bool = False,
) -> Table:
    """The table in a file. `header` names the columns of a file without a header line.

    `limit` bounds the unpacked bytes; `delimiter` is told from the first line where it is not given;
    without `quotes` they are plain characters; `nested` keeps lists and records.
    Raises BadInput that names the file and the cause.
    """
    with path.open("rb") as file:
        magic = file.read(8)
    if not magic:
        raise BadInput(f"{path.name} is empty.", "a table with a header and rows.", "check the export.")
    if magic[:4] == _PARQUET:
        frame, names, did = read_parquet(path, nested)
        if frame.empty:
            raise BadInput(
                f"{path.name} has no rows.", "at least two people and two items.", "check the export."
            )
        return Table(frame, FileRead(path.name, len(frame), names), did)
    raw = plain_bytes(path, limit)
    text, did = decode(raw, path.name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise zero_byte(path.name, line)
    if header is None and text.lstrip()[:1] in ("{", "["):
        frame, names, more = objects(text, path.name, nested)
    else:
        frame, names, more = delimited(text, path.name, header, delimiter, quotes)
    return Table(frame, FileRead(path.name, len(frame), names), (*did, *more))


def plain_bytes(path: Path, limit: int | None = None) -> bytes:
    """The bytes of a text file, unpacked; raises BadInput for what is no text."""
    with path.open("rb") as file:
        begins = file.read(_BEGINS)
    refuse(begins, path.name)
    if begins.startswith(_ZIP):
        raise BadInput(f"{path.name} is a zip archive.", "a table.", "unpack it and give the file inside.")
    raw = _unzip(path, limit) if begins.startswith(_GZIP) else path.read_bytes()
    refuse(raw[:_BEGINS], path.name)
    return raw


def head_columns(path: Path) -> list[str]:
    """The column names of a table file from its first 64 KB, [] where it is no table."""
    return list(head(path).columns)


def zero_byte(name: str, line: int) -> BadInput:
    """What to say of a text with a zero byte."""
    return BadInput(
        f"{name} is no text: line {line} holds a zero byte.",
        "CSV or TSV in UTF-8, or Parquet.",
        "export it again; UTF-16 needs its byte order mark.",
    )


def damaged_gzip(name: str, error: Exception) -> BadInput:
    """What to say of a gzip file that ends too early or holds rubbish."""
    return BadInput(
        f"{name} is a damaged gzip file ({error}).", "a whole gzip file.", "copy or download it again."
    )


def _unzip(path: Path, limit: int | None) -> bytes:
    try:
        with gzip.open(path) as file:
            raw = file.read(-1 if limit is None else limit + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise damaged_gzip(path.name, error) from error
    if limit is not None and len(raw) > limit:
        raise BadInput(
            f"{path.name} unpacks to more than {limit / 1e6:,.0f} MB.",
            "a smaller file.",
            "give a sample, or raise the limit.",
        )
    return raw
