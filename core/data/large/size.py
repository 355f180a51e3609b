"""Which files are read in pieces: those that need more memory than reading may take."""

import zipfile
import zlib
from pathlib import Path

from core.data.heads import HEAD_BYTES, files_of, head
from core.work.errors import BadInput
from core.work.settings import settings

_MOST = 20_000_000  # bytes that are unpacked to see how well a file is packed
# Memory that reading takes for each byte of a file, about: text becomes columns of text.
NEEDS = {"parquet": 10.0, "packed": 15.0, "text": 4.0}


def needs_gb(path: Path) -> float:
    """About how much memory reading a file takes, in GB; 0 for a folder, which is read file by file."""
    if not path.is_file():
        return 0.0
    with path.open("rb") as file:
        begins = file.read(4)
    if begins == b"PK\x03\x04":
        return _inside(path)
    if begins[:2] == b"\x1f\x8b":
        return max(NEEDS["packed"], NEEDS["text"] * _ratio(path)) * path.stat().st_size / 1e9
    kind = "parquet" if begins == b"PAR1" else "text"
    return NEEDS[kind] * path.stat().st_size / 1e9


def _ratio(path: Path) -> float:
    """How much larger the beginning of a gzip file is when it is unpacked; 1 where that can't be told."""
    with path.open("rb") as file:
        raw = file.read(HEAD_BYTES)
    unpacking = zlib.decompressobj(31)
    try:
        size = len(unpacking.decompress(raw, _MOST))
    except zlib.error:  # whoever unpacks it says what is wrong
        return 1.0
    return size / max(len(raw) - len(unpacking.unconsumed_tail) - len(unpacking.unused_data), 1)


def _inside(path: Path) -> float:
    """The same of the file in a zip archive; 0 where it holds several, which are looked at unpacked."""
    try:
        with zipfile.ZipFile(path) as opened:
            files = [info for info in opened.infolist() if not info.is_dir()]
            if len(files) != 1 or files[0].flag_bits & 1:
                return 0.0
            with opened.open(files[0]) as file:
                kind = "parquet" if file.read(4) == b"PAR1" else "text"
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return 0.0  # whoever unpacks it says what is wrong
    return NEEDS[kind] * files[0].file_size / 1e9


def is_large(path: Path) -> bool:
    """Whether a file needs more memory than reading may take."""
    return needs_gb(path) > settings().memory_gb


def too_large(path: Path) -> BadInput:
    """What to say where all of a large file is asked for at once."""
    allowed = settings().memory_gb
    return BadInput(
        f"{path.name} needs about {needs_gb(path):,.2g} GB of memory, and {allowed:g} GB are allowed.",
        "a log that fits, or a part of its people.",
        "take a part of the people, as --people 20000; or raise TOUCHSTONE_MEMORY_GB.",
    )


def refuse_large(path: Path) -> None:
    """Raises BadInput for a file that needs too much memory, and for a folder with such a table in it."""
    if path.is_file() and is_large(path):
        raise too_large(path)
    large = [file for file in files_of(path) if is_large(file)] if path.is_dir() else []
    found = [file for file in large if head(file).kind]  # others are no tables, and never read
    if found:
        raise BadInput(
            f"In {path.name}: {too_large(found[0]).wrong}",
            "tables that fit, or the log alone.",
            "give that file by its path, and details of items by --items; or raise TOUCHSTONE_MEMORY_GB.",
        )
