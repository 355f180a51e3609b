"""What is kept on this machine, where, and how to erase it."""

from dataclasses import dataclass
from pathlib import Path

from core.data import forgotten
from core.data.known import KNOWN
from core.data.shelf import shelf_file
from core.work.settings import settings


@dataclass(frozen=True)
class Kept:
    """One kind of thing that is kept."""

    name: str
    where: str  # a path, or the address of a database without its password
    what: str
    bytes: int  # 0 where it can't be said
    erase: str  # how


def kept() -> tuple[Kept, ...]:
    """Everything that this installation keeps; source files are their owner's and not among it."""
    chosen = settings()
    database = chosen.home / "runs.db"
    return (
        Kept(
            "artifacts",
            str(chosen.store_folder),
            "results and the data sets that they were made from, with ids of people",
            _size(chosen.store_folder),
            "python -m core forget --data PATH, forget --user ID, or store --prune --keep-gb 0",
        ),
        Kept(
            "runs",
            _database(chosen.runs_url),
            "each comparison: settings, names of files, numbers, its name and note; no ids of people",
            sum(_size(path) for path in chosen.home.glob("runs.db*")) if database.exists() else 0,
            "python -m core forget --data PATH",
        ),
        Kept(
            "fetched data sets",
            str(chosen.home / "data"),
            f"files from publishers ({', '.join(KNOWN)}) and what came of them so far",
            _size(chosen.home / "data"),
            "python -m core forget --data NAME",
        ),
        Kept(
            "opened data sets",
            str(shelf_file()),
            "paths of data sets that were opened on the pages",
            _size(shelf_file()),
            "python -m core forget --data PATH",
        ),
        Kept(
            "saved segments",
            str(chosen.home / "segments.json"),
            "names of segments and ids of their people",
            _size(chosen.home / "segments.json"),
            "python -m core forget --data PATH, or forget --user ID for one person",
        ),
        Kept(
            "names of topics",
            str(chosen.home / "topic_names.json"),
            "names that were given to topics, and the likeliest words of each",
            _size(chosen.home / "topic_names.json"),
            "python -m core forget --data PATH",
        ),
        Kept(
            "forgotten people",
            str(forgotten.file()),
            "keyed hashes of people who are left out, and in which data set",
            _size(forgotten.file()),
            "delete the file, and these people come back when their data is read again",
        ),
        Kept(
            "uploads and work in progress",
            str(chosen.temporary_folder),
            "uploaded files under random names, inputs of child processes",
            _size(chosen.temporary_folder),
            "gone when the server stops; what a crash left goes at the next start",
        ),
    )


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    total = 0
    for file in files:
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:  # gone meanwhile
            continue
    return total


def _database(address: str) -> str:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(address).render_as_string(hide_password=True)
    except ArgumentError:
        return "an address that can't be read"
