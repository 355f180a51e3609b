"""Saved segments: people of a data set under a name that its pages know."""

import threading
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.data.load import Source
from core.work import kept_json
from core.work.errors import BadInput
from core.work.settings import settings

MOST = 500  # segments of an installation
LONGEST = 60  # characters of a name
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Saved:
    """A segment: the ids of its people, and where it came from."""

    name: str
    data: str  # the data set's key on the pages
    marks: tuple[str, ...]  # of the files that the data set is read from
    how: str  # in words: "lasso on the map by interactions", "age = 25-34"
    users: tuple[str, ...]  # sorted ids


def segments_file() -> Path:
    """Where this installation keeps its segments."""
    return settings().home / "segments.json"


def segments(data: str) -> list[Saved]:
    """The segments of a data set by name."""
    return sorted((one for one in _read() if one.data == data), key=lambda one: one.name.casefold())


def segment(data: str, name: str) -> Saved:
    """The segment of that name; raises BadInput where there is none."""
    for one in segments(data):
        if one.name == name:
            return one
    known = ", ".join(one.name for one in segments(data))
    raise BadInput(
        f"There is no segment named {name[:LONGEST]!r} of this data set.",
        f"one of {known}." if known else "a segment that was saved here.",
        "save it on the user map, or choose another.",
    )


def save(name: str, data: str, source: Source, how: str, users: Collection[str]) -> Saved:
    """Keeps a segment, in place of one of the same name. Raises BadInput without a name or people."""
    called = " ".join(name.split())[:LONGEST]
    if not called or not users:
        raise BadInput(
            "A segment needs a name and people.",
            "a name, and a selection.",
            "give it a name, or select people.",
        )
    made = Saved(called, data, tuple(sorted(source.lineage)), how, tuple(sorted(users)))
    with _LOCK:
        others = [one for one in _read() if (one.data, one.name) != (data, called)]
        _write([*others, made][-MOST:])
    return made


def remove(data: str, name: str) -> None:
    """Lets a segment go."""
    with _LOCK:
        _write([one for one in _read() if (one.data, one.name) != (data, name)])


def forget(marks: Collection[str]) -> int:
    """Lets go every segment of data with these marks; how many there were."""
    with _LOCK:
        before = _read()
        kept = [one for one in before if set(marks).isdisjoint(one.marks)]
        if len(kept) < len(before):
            _write(kept)
        return len(before) - len(kept)


def leave_out(users: Collection[str], marks: Collection[str] | None) -> None:
    """Takes people out of every segment of data with these marks; out of all where they are None."""
    with _LOCK:
        before = _read()
        after = [
            replace(one, users=tuple(user for user in one.users if user not in set(users)))
            if marks is None or not set(marks).isdisjoint(one.marks)
            else one
            for one in before
        ]
        after = [one for one in after if one.users]
        if after != before:
            _write(after)


def _read() -> list[Saved]:
    return kept_json.read(segments_file(), _made, [])


def _made(found: Any) -> list[Saved]:
    return [
        Saved(one["name"], one["data"], tuple(one["marks"]), one["how"], tuple(map(str, one["users"])))
        for one in found
    ]


def _write(kept: list[Saved]) -> None:
    kept_json.write(segments_file(), [asdict(one) for one in kept])
