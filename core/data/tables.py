"""One table out of one file: CSV, TSV or Parquet, plain or gzipped, told apart by content."""

import gzip
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from core.data.dataset import Did, FileRead
from core.data.delimited import delimited, delimiter_of, first_line
from core.data.parquet import read_parquet
from core.work.errors import BadInput

HEAD_BYTES = 64 * 1024
_GZIP, _ZIP, _PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"PAR1"
_REFUSED = {
    b"\x80\x02": "a pickle",
    b"\x80\x03": "a pickle",
    b"\x80\x04": "a pickle",
    b"\x80\x05": "a pickle",
}


@dataclass(frozen=True)
class Table:
    """A file's rows as they stand in it: text columns from text files, typed ones from Parquet."""

    frame: pd.DataFrame
    file: FileRead
    did: tuple[Did, ...] = ()


def read_table(path: Path, header: list[str] | None = None, limit: int | None = None) -> Table:
    """The table in a file. `header` names the columns of a file without a header line.

    `limit` bounds the unpacked bytes. Raises BadInput that names the file and the cause.
    """
    with path.open("rb") as file:
        magic = file.read(8)
    if not magic:
        raise BadInput(f"{path.name} is empty.", "a table with a header and rows.", "check the export.")
    if magic[:4] == _PARQUET:
        frame, names, did = read_parquet(path)
        if frame.empty:
            raise BadInput(
                f"{path.name} has no rows.", "at least two people and two items.", "check the export."
            )
        return Table(frame, FileRead(path.name, len(frame), names), did)
    if kind := _REFUSED.get(magic[:2]):
        raise BadInput(
            f"{path.name} is {kind}.", "CSV, TSV or Parquet.", "export it as Parquet: a pickle can run code."
        )
    if magic[:4] == _ZIP:
        raise BadInput(f"{path.name} is a zip archive.", "a table.", "unpack it and give the file inside.")
    raw = _unzip(path, limit) if magic[:2] == _GZIP else path.read_bytes()
    text, did = _decode(raw, path.name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadInput(
            f"{path.name} is no text: line {line} holds a zero byte.",
            "CSV or TSV in UTF-8, or Parquet.",
            "export it again; UTF-16 needs its byte order mark.",
        )
    frame, names, more = delimited(text, path.name, header)
    return Table(frame, FileRead(path.name, len(frame), names), (*did, *more))


def head_columns(path: Path) -> list[str]:
    """The column names of a table file from its first 64 KB, [] where it is no table."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        if head[:4] == _PARQUET:
            return [str(name) for name in pq.read_schema(path).names]
        if head[:2] == _GZIP:
            head = zlib.decompressobj(31).decompress(head, HEAD_BYTES)
        text, _ = _decode(head, path.name, whole=False)
    except (OSError, BadInput, pa.ArrowException, zlib.error, ValueError):
        return []
    line = first_line(text)
    return [name.strip().strip('"') for name in line.split(delimiter_of(line))]


def _unzip(path: Path, limit: int | None) -> bytes:
    try:
        with gzip.open(path) as file:
            raw = file.read(-1 if limit is None else limit + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadInput(
            f"{path.name} is a damaged gzip file ({error}).",
            "a whole gzip file.",
            "copy or download it again.",
        ) from error
    if limit is not None and len(raw) > limit:
        raise BadInput(
            f"{path.name} unpacks to more than {limit / 1e6:,.0f} MB.",
            "a smaller file.",
            "give a sample, or raise the limit.",
        )
    return raw


def _decode(raw: bytes, name: str, whole: bool = True) -> tuple[str, tuple[Did, ...]]:
    """Text of bytes: by its mark, else UTF-8, else GB18030 where that reads as Chinese, else latin-1."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding, "strict" if whole else "ignore"), ()
            except UnicodeDecodeError as error:
                raise BadInput(
                    f"{name} is marked {encoding} but isn't ({error.reason}).",
                    "UTF-8 text.",
                    "save it as UTF-8.",
                ) from error
    try:
        return raw.decode("utf-8", "strict" if whole else "ignore"), ()
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
    encoding = "gb18030" if _chinese(raw) else "latin-1"
    text = raw.decode(encoding, "replace")
    line = text.splitlines()[row - 1][:60] if row <= text.count("\n") + 1 else ""
    return text, (Did("encoding", 1, f"{name} is not UTF-8 (line {row}); read as {encoding}", (line,)),)


def _chinese(raw: bytes) -> bool:
    """Whether bytes beyond ASCII read as common Chinese characters under GB18030.

    Those have two high bytes; an accented letter of latin-1 has one, and takes its neighbour with it.
    """
    try:
        beyond = Counter(re.findall(r"[^\x00-\x7f]", raw.decode("gb18030")))
    except UnicodeDecodeError:
        return False
    common = [char for char in beyond if "\u4e00" <= char <= "\u9fff" and min(char.encode("gb18030")) > 0xA0]
    return sum(beyond[char] for char in common) > 0.8 * beyond.total()
