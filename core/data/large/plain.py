"""A text file as DuckDB can read it: UTF-8 with one kind of newline, else a passing copy that is so."""

import codecs
import errno
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.data.dataset import Did
from core.data.decoding import Beyond, marked, not_utf8
from core.data.large.duck import is_file_of, too_little
from core.data.tables import damaged_gzip, zero_byte
from core.data.unpacking import unpacked
from core.work.errors import BadInput
from core.work.files import RealFiles
from core.work.report import Report, within
from core.work.scratch import passing_folder
from core.work.settings import settings

_CHUNK = 1 << 22
_SHOWN = 1_000  # bytes of a line of which the beginning is shown


@contextmanager
def plain(path: Path, report: Report) -> Iterator[tuple[Path, tuple[Did, ...]]]:
    """The file itself where it is Parquet or plain UTF-8, else a copy that is; and what was done.

    The copy goes when the context ends. Raises BadInput for a damaged gzip file, a zero byte, text that is
    not what its mark says, and where there is no room for the copy.
    """
    how = _As("utf-8", mixed=False) if is_file_of(path, b"PAR1") else _looked_at(path, report)
    if how.encoding == "utf-8" and not how.mixed:
        yield path, how.did
        return
    with passing_folder(settings().temporary_folder) as folder:
        try:
            _rewrite(path, how.encoding, folder / path.name, report)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise too_little("room on the disk", "TOUCHSTONE_HOME, to a folder on a larger disk") from error
        yield folder / path.name, how.did


@contextmanager
def opened(path: Path, report: Report) -> Iterator[tuple[Path, tuple[Did, ...]]]:
    """The one file of a large source as DuckDB can read it: out of a zip archive, in UTF-8."""
    with (
        unpacked(path, within(report, 0.0, 0.5)) as inside,
        plain(inside, within(report, 0.05, 0.1)) as found,
    ):
        yield found


@dataclass(frozen=True)
class _As:
    """How a text is written: its encoding, whether its lines end in different ways, and what to say of it."""

    encoding: str
    mixed: bool
    did: tuple[Did, ...] = ()


def _looked_at(path: Path, report: Report) -> _As:
    """How a whole text file is written, as smaller ones are told, but read piece by piece."""
    if mark := marked(next(_pieces(path, report), b"")):
        return _As(mark, mixed=False)  # it is rewritten anyway
    decoder = codecs.getincrementaldecoder("utf-8")()
    ends, row, at, start = _Ends(), 1, 0, 0  # of lines; the number, the place and the line's place
    for piece in _pieces(path, report):
        if b"\0" in piece:
            raise zero_byte(path.name, row + piece.count(b"\n", 0, piece.index(b"\0")))
        held = len(decoder.getstate()[0])
        try:
            if held or not piece.isascii():
                decoder.decode(piece)
        except UnicodeDecodeError as error:
            bad = max(error.start - held, 0)
            row, end = row + piece.count(b"\n", 0, bad), piece.rfind(b"\n", 0, bad)
            return _other(path, row, at + end + 1 if end >= 0 else start, report)
        ends.add(piece)
        row, at = row + piece.count(b"\n"), at + len(piece)
        start = at - len(piece) + piece.rfind(b"\n") + 1 if b"\n" in piece else start
    if decoder.getstate()[0]:
        return _other(path, row, start, report)
    return _As("utf-8", ends.mixed)


def _other(path: Path, row: int, start: int, report: Report) -> _As:
    """What a text is in that is not UTF-8, as the line of that number shows, which begins there."""
    encoding, line, at = _beyond(path, report).encoding, b"", 0
    for piece in _pieces(path, report):
        line += piece[max(start - at, 0) :] if at + len(piece) > start else b""
        at += len(piece)
        if b"\n" in line or len(line) > _SHOWN:
            break
    text = line.split(b"\n")[0].decode(encoding, "replace")[:60]
    return _As(encoding, mixed=False, did=(not_utf8(path.name, row, encoding, text),))


class _Ends:
    """How lines end, piece by piece: DuckDB takes the first way for that of all."""

    def __init__(self) -> None:
        self._lone, self._returns, self._both, self._cut = 0, 0, 0, False

    def add(self, piece: bytes) -> None:
        """The next bytes."""
        returns = piece.count(b"\r")
        both = (piece.count(b"\r\n") if returns else 0) + (self._cut and piece[:1] == b"\n")
        self._lone += piece.count(b"\n") - both
        self._returns += returns
        self._both += both
        self._cut = piece[-1:] == b"\r"

    @property
    def mixed(self) -> bool:
        """Whether there is more than one way."""
        return sum(map(bool, (self._lone, self._both, self._returns - self._both))) > 1


def _beyond(path: Path, report: Report) -> Beyond:
    found = Beyond()
    for piece in _pieces(path, report):
        found.add(piece)
        if found.impossible:
            break
    found.add(b"", final=True)
    return found


def _rewrite(path: Path, encoding: str, copy: Path, report: Report) -> None:
    """A copy in UTF-8, without a mark, whose lines end in one way."""
    marks = encoding.startswith("utf")
    inner = codecs.getincrementaldecoder(encoding)("strict" if marks else "replace")
    decoder = io.IncrementalNewlineDecoder(inner, translate=True)
    try:
        with RealFiles().create(copy) as file:
            for piece in _pieces(path, report):
                file.write(decoder.decode(piece).encode())
            file.write(decoder.decode(b"", final=True).encode())
    except UnicodeError as error:
        raise BadInput(
            f"{path.name} is marked {encoding} but isn't ({getattr(error, 'reason', error)}).",
            "UTF-8 text.",
            "save it as UTF-8.",
        ) from error


def _pieces(path: Path, report: Report) -> Iterator[bytes]:
    """The bytes of a file, unpacked where it is packed, so many at a time."""
    size = max(path.stat().st_size, 1)
    packed = is_file_of(path, b"\x1f\x8b")
    with path.open("rb") as raw:
        opened: BinaryIO = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
        while True:
            try:
                piece = opened.read(_CHUNK)
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise damaged_gzip(path.name, error) from error
            if not piece:
                return
            report(raw.tell() / size, f"Looking at {path.name}")
            yield piece
