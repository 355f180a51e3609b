"""One table out of one file: CSV, TSV or Parquet, plain or gzipped, told apart by content."""

import gzip
import io
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv as csv
import pyarrow.parquet as pq

from core.data.dataset import Did, FileRead
from core.work.errors import BadInput

HEAD_BYTES = 64 * 1024
DELIMITERS = (",", "\t", ";", "|", "::")
_GZIP, _ZIP, _PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"PAR1"
_REFUSED = {
    b"\x80\x02": "a pickle",
    b"\x80\x03": "a pickle",
    b"\x80\x04": "a pickle",
    b"\x80\x05": "a pickle",
}
_MOST_COLUMNS = 2_000


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
        return _parquet(path)
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
    return _delimited(text, path.name, header, did)


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
    except (OSError, BadInput, pa.ArrowException, zlib.error):
        return []
    line = next(iter(text.splitlines()), "")
    return [name.strip().strip('"') for name in line.split(_delimiter(line))]


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
    """Whether bytes beyond ASCII read as common Chinese characters under GB18030."""
    try:
        beyond = re.findall(r"[^\x00-\x7f]", raw.decode("gb18030"))
    except UnicodeDecodeError:
        return False
    return sum("\u4e00" <= char <= "\u9fff" for char in beyond) > 0.8 * len(beyond)


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=lambda delimiter: (line.count(delimiter) * len(delimiter), delimiter == "::"))


def _delimited(text: str, name: str, header: list[str] | None, did: tuple[Did, ...]) -> Table:
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise BadInput(f"{name} is empty.", "a table with a header and rows.", "check the export.")
    if not header and text.strip() == first.strip():
        _header(first, _delimiter(first), name)
        raise _no_rows(name)
    delimiter = _delimiter(first)
    if delimiter == "::":
        text, delimiter = text.replace("::", "\t"), "\t"
        first = first.replace("::", "\t")
    names = header or _header(first, delimiter, name)
    bad: list[str] = []

    def skip(row: csv.InvalidRow) -> str:
        bad.append(f"line {row.number or '?'}: {row.actual_columns} fields: {row.text[:60]}")
        return "skip"

    try:
        table = csv.read_csv(
            io.BytesIO(text.encode()),
            read_options=csv.ReadOptions(column_names=names, skip_rows=0 if header else 1, use_threads=False),
            parse_options=csv.ParseOptions(
                delimiter=delimiter, newlines_in_values='"' in text, invalid_row_handler=skip
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid as error:
        raise BadInput(
            f"{name} can't be read as a table: {str(error)[:160]}.",
            f"{len(names)} fields a row, separated by {delimiter!r}.",
            "check that row and its quotes.",
        ) from error
    if bad:
        did = (
            *did,
            Did(
                "malformed rows",
                len(bad),
                f"{name}: rows that don't have {len(names)} fields were left out",
                tuple(bad[:3]),
            ),
        )
    if not len(table) and bad:
        raise BadInput(
            f"{name}: no row has the {len(names)} fields of the header ({bad[0]}).",
            f"{len(names)} fields a row, separated by {delimiter!r}.",
            "check the delimiter.",
        )
    if not len(table):
        raise _no_rows(name)
    return Table(table.to_pandas(), FileRead(name, len(table), tuple(names)), did)


def _no_rows(name: str) -> BadInput:
    return BadInput(
        f"{name} has a header but no rows.", "at least two people and two items.", "check the export."
    )


def _header(first: str, delimiter: str, name: str) -> list[str]:
    fields = pd.read_csv(io.StringIO(first), sep=delimiter, header=None, dtype="str", keep_default_na=False)
    names = [str(field).strip() for field in fields.iloc[0]]
    if len(names) > _MOST_COLUMNS:
        raise BadInput(
            f"{name} has {len(names):,} columns.",
            f"at most {_MOST_COLUMNS:,}.",
            "keep the columns that matter.",
        )
    if len(names) == 1:
        raise BadInput(
            f"{name} has only one column ({names[0][:60]!r}).",
            "columns separated by comma, tab, semicolon or |.",
            "check the delimiter.",
        )
    return _unrepeated(names, name)


def _unrepeated(names: list[str], name: str) -> list[str]:
    twice = sorted({column for column in names if names.count(column) > 1})
    if twice:
        raise BadInput(
            f"{name} has the column {twice[0]!r} twice.", "each column once.", "rename or remove one of them."
        )
    return names


def _parquet(path: Path) -> Table:
    try:
        file = pq.ParquetFile(path)
        names = _unrepeated([str(name) for name in file.schema_arrow.names], path.name)
        if len(names) > _MOST_COLUMNS:
            raise BadInput(
                f"{path.name} has {len(names):,} columns.",
                f"at most {_MOST_COLUMNS:,}.",
                "keep those that matter.",
            )
        flat = [column.name for column in file.schema_arrow if not pa.types.is_nested(column.type)]
        table = file.read(columns=flat)
    except (pa.ArrowException, OSError) as error:
        raise BadInput(
            f"{path.name} is a damaged Parquet file ({str(error)[:120]}).",
            "a whole Parquet file.",
            "write or copy it again.",
        ) from error
    nested = tuple(name for name in names if name not in flat)
    did = (
        Did(
            "nested columns",
            len(nested),
            f"{path.name}: columns that hold lists or records were left out",
            nested[:3],
        ),
    )
    if not len(table):
        raise BadInput(f"{path.name} has no rows.", "at least two people and two items.", "check the export.")
    return Table(_with_nan_kept(table), FileRead(path.name, len(table), tuple(names)), did if nested else ())


def _with_nan_kept(table: pa.Table) -> pd.DataFrame:
    """Pandas columns in which a NaN of the file (not finite) is told from a null (absent)."""
    columns = {}
    for name in table.column_names:
        column = table[name]
        has_nan = pa.types.is_floating(column.type) and bool(
            pa.compute.any(pa.compute.is_nan(column)).as_py()
        )
        columns[name] = column.cast(pa.string()).to_pandas() if has_nan else column.to_pandas()
    return pd.DataFrame(columns)
