"""Which files are read in pieces: those that need more memory than reading may take."""

from pathlib import Path

from core.work.errors import BadInput
from core.work.settings import settings

# Memory that reading takes for each byte of a file, about: text becomes columns of text.
NEEDS = {"parquet": 10.0, "packed": 15.0, "text": 4.0}


def needs_gb(path: Path) -> float:
    """About how much memory reading a file takes, in GB; 0 for a folder, which is read file by file."""
    if not path.is_file():
        return 0.0
    with path.open("rb") as file:
        begins = file.read(4)
    if begins[:2] == b"PK":  # an archive, which is unpacked and looked at then
        return 0.0
    kind = "parquet" if begins == b"PAR1" else "packed" if begins[:2] == b"\x1f\x8b" else "text"
    return NEEDS[kind] * path.stat().st_size / 1e9


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
