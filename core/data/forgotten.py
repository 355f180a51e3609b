"""Who is left out whenever a file is read: a list of keyed hashes, for source files are their owner's."""

import hmac
import json
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.work.errors import BadInput
from core.work.files import RealFiles
from core.work.scratch import fresh_name
from core.work.settings import settings

EVERYWHERE = ""
_SCHEMA = 1


@dataclass(frozen=True)
class Forgotten:
    """For each place (a path, a database on a server, or EVERYWHERE), the hashes of who is left out there."""

    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    places: dict[str, frozenset[str]] = field(default_factory=dict)

    def at(self, places: Iterable[Path | str]) -> frozenset[str]:
        """The hashes that hold for a source of these files, folders and databases."""
        found = list(map(_written, places))
        return frozenset().union(*(who for place, who in self.places.items() if _holds(place, found)))

    def hashes(self, ids: Sequence[str]) -> list[str]:
        """The hash under which each id would stand in the list."""
        key = bytes.fromhex(self.salt)
        return [hmac.digest(key, text.encode(), "sha256").hex()[:32] for text in ids]


def file() -> Path:
    """Where the list is kept."""
    return settings().home / "forgotten.json"


def read() -> Forgotten:
    """The list. Raises BadInput where it is damaged: an empty one would bring people back."""
    path = file()
    if not path.exists():
        return Forgotten()
    try:
        found = json.loads(path.read_bytes())
        places = {str(place): frozenset(map(str, who)) for place, who in found["places"].items()}
        bytes.fromhex(found["salt"])
        return Forgotten(str(found["salt"]), places)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"{path} can't be read ({error}): it lists the people who are left out of data sets.",
            "the list as it was written.",
            "restore it from a backup, or delete it and forget these people again.",
        ) from error


def add(ids: Sequence[str], places: Iterable[Path | str] | None) -> None:
    """Leave these people out of sources at these places from now on; None = of every source."""
    before = read()
    found = dict(before.places)
    for place in [EVERYWHERE] if places is None else map(_written, places):
        found[place] = found.get(place, frozenset()) | frozenset(before.hashes(ids))
    _write(Forgotten(before.salt, found))


def drop(places: Iterable[Path | str]) -> None:
    """Deletes the entries of these places: their data set is gone altogether."""
    before, gone = read(), set(map(_written, places))
    if gone & before.places.keys():
        _write(
            Forgotten(before.salt, {place: who for place, who in before.places.items() if place not in gone})
        )


def _written(place: Path | str) -> str:
    return str(place.resolve()) if isinstance(place, Path) else place


def _holds(place: str, asked: Sequence[str]) -> bool:
    """Whether an entry of that place holds for one of those asked: the same, within it, or around it."""
    if place == EVERYWHERE or place in asked:
        return True
    there = Path(place)
    # The name of a database is no absolute path, so it lies within nothing and around nothing.
    others = [Path(one) for one in asked if Path(one).is_absolute()] if there.is_absolute() else []
    return any(there in path.parents or path in there.parents for path in others)


def _write(forgotten: Forgotten) -> None:
    path = file()
    fresh = path.with_name(f"{path.name}.{fresh_name()}")
    about = {
        "schema": _SCHEMA,
        "salt": forgotten.salt,
        "places": {place: sorted(who) for place, who in forgotten.places.items()},
    }
    try:
        RealFiles().make_folder(path.parent)
        with RealFiles().create(fresh) as opened:
            opened.write(json.dumps(about, indent=1).encode())
            opened.flush()
            os.fsync(opened.fileno())
        fresh.replace(path)
    except OSError as error:
        raise BadInput(
            f"{path} can't be written ({error.strerror or error}); nobody was forgotten.",
            "room and leave to write there.",
            "free some space and ask again.",
        ) from error
