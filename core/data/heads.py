"""The head of a file: what its first 64 KB show, so that a reader can tell whether it is its own."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from core.data.decoding import decode, lines_of
from core.data.delimited import delimiter_of
from core.work.errors import BadInput

HEAD_BYTES = 64 * 1024
DEEPEST = 3  # folders inside one another
MOST_FILES = 2_000
_LINES = 200
_GZIP, _PARQUET = b"\x1f\x8b", b"PAR1"
_BEYOND = {"truth"}  # folders that hold no table of a data set


@dataclass(frozen=True)
class Head:
    """The beginning of a file: its names of columns, and its first lines where it is text."""

    path: Path
    kind: str  # parquet, json (an object a line), text; "" for anything else
    columns: tuple[str, ...]  # names, or the fields of the first line
    lines: tuple[str, ...] = ()  # whole lines, blank ones left out

    def rows(self, delimiter: str | None = None) -> list[list[str]]:
        """The lines as fields, quotes taken for plain characters."""
        sign = delimiter or self.delimiter
        return [line.split(sign) for line in self.lines]

    @property
    def delimiter(self) -> str:
        """What separates the fields of the first line."""
        return delimiter_of(self.lines[0]) if self.lines else ","


def heads(path: Path, deep: bool = False) -> list[Head]:
    """The heads of a file, or of the files of a folder in order of name (`deep`: also of its folders)."""
    if path.is_file():
        return [head(path)]
    return [head(file) for file in files_of(path) if deep or file.parent == path]


def files_of(path: Path) -> list[Path]:
    """The files that a source may consist of, in order of name: a folder's, and those of folders in it."""
    if path.is_file():
        return [path]
    found: list[Path] = []
    waiting = [(path, 1)]
    while waiting and len(found) < MOST_FILES:
        folder, depth = waiting.pop()
        try:
            inside = sorted(folder.iterdir())
        except OSError:
            continue
        found += [one for one in inside if one.is_file()]
        if depth < DEEPEST:
            waiting += [(one, depth + 1) for one in inside if one.is_dir() and one.name not in _BEYOND]
    return sorted(found[:MOST_FILES])


def head(path: Path) -> Head:
    """The head of one file; of kind "" where nothing can be made of it."""
    try:
        with path.open("rb") as file:
            raw = file.read(HEAD_BYTES)
        if raw[:4] == _PARQUET:
            return Head(path, "parquet", tuple(map(str, pq.read_schema(path).names)))
        if raw[:2] == _GZIP:
            raw = zlib.decompressobj(31).decompress(raw, HEAD_BYTES)
        kind, columns, lines = _seen(raw, len(raw) < HEAD_BYTES)
    except (OSError, BadInput, pa.ArrowException, zlib.error, ValueError, RecursionError):
        return Head(path, "", ())
    return Head(path, kind, columns, lines)


@lru_cache(maxsize=256)
def _seen(raw: bytes, whole: bool) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Kind, columns and lines of the first bytes of a text file."""
    text, _ = decode(raw, "", whole=False)
    if not text.strip() or "\0" in text:
        return "", (), ()
    lines = lines_of(text)
    if not whole and len(lines) > 1:
        lines = lines[:-1]  # the last one is cut
    kept = tuple(line for line in lines[: 2 * _LINES] if line.strip())[:_LINES]
    if kept[0].lstrip().startswith("{") and (names := _keys(kept)):
        return "json", names, kept
    first = kept[0]
    return "text", tuple(name.strip().strip('"') for name in first.split(delimiter_of(first))), kept


def _keys(lines: Iterable[str]) -> tuple[str, ...]:
    """Names of the fields of objects, one a line; () where the first line is no object."""
    names: dict[str, None] = {}
    for at, line in enumerate(lines):
        try:
            found = json.loads(line)
        except ValueError:
            if at == 0:
                return ()
            continue
        if isinstance(found, dict):
            names |= dict.fromkeys(map(str, found))
    return tuple(names)
