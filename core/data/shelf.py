"""The shelf: data sets that were opened on this machine, under short keys that may stand in a URL.

A URL never names a path: a link from a stranger can only ask for what somebody here opened before.
"""

import re
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.data import downloads
from core.data.load import Source, samples, source_fingerprint
from core.work import kept_json
from core.work.errors import BadInput
from core.work.plugins import unknown
from core.work.settings import settings

PASSING = "upload-"  # begins the keys of files that go with the process
MOST = 200  # of remembered data sets; the oldest go
_KEY = re.compile(r"[a-z0-9-]{1,80}")


class Shelf:
    """Sources by key. Those of files that stay are kept in a file; uploads live as long as the process."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._kept = _read(file)
        self._passing: dict[str, Source] = {}

    def put(self, source: Source, name: str, passing: bool = False) -> str:
        """The key of a source; `passing` for files that go with the process.

        Raises BadInput without files.
        """
        word = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "data"
        found = source_fingerprint(source)
        key = f"{PASSING}{word}-{found[:24]}" if passing else f"{word}-{found[:8]}"
        with self._lock:
            if passing:
                self._passing[key] = source
                return key
            self._kept.pop(key, None)
            self._kept[key] = source
            self._kept = dict(list(self._kept.items())[-MOST:])
            _write(self._file, self._kept)
        return key

    def get(self, key: str) -> Source:
        """The source of a key, or of the name of a sample or fetched set; raises BadInput for other text."""
        if key in samples() or downloads.is_fetched(key):
            return Source(data=key)
        with self._lock:
            found = self._passing.get(key) or self._kept.get(key)
        if found is None or not _KEY.fullmatch(key):
            if key.startswith(PASSING):
                raise BadInput(
                    "This upload isn't on this server: uploads are kept only while their server runs.",
                    "a file that was uploaded here.",
                    "upload the file again on the Data page.",
                )
            raise unknown("data set", key, [*samples(), *downloads.fetched(), *self.keys()])
        return found

    def forget(self, marks: frozenset[str]) -> int:
        """Takes off every source that is read from files with these marks; returns how many."""
        with self._lock:
            before = len(self._kept) + len(self._passing)
            self._passing = {key: one for key, one in self._passing.items() if not _is_of(one, marks)}
            kept = {key: one for key, one in self._kept.items() if not _is_of(one, marks)}
            if len(kept) < len(self._kept):
                self._kept = kept
                _write(self._file, kept)
            return before - len(self._kept) - len(self._passing)

    def sources(self) -> list[Source]:
        """What is on the shelf and stays, the latest first."""
        with self._lock:
            return list(reversed(self._kept.values()))

    def keys(self) -> list[str]:
        """Keys of what is on the shelf besides the samples, the latest first.

        Uploads are not among them: only who has an upload's key can reach it.
        """
        with self._lock:
            return list(reversed(self._kept))


def shelf_file() -> Path:
    """Where this installation keeps its shelf."""
    return settings().home / "shelf.json"


def _is_of(source: Source, marks: frozenset[str]) -> bool:
    try:
        return not marks.isdisjoint(source.lineage)
    except BadInput:  # an upload that is gone
        return True


def _read(file: Path) -> dict[str, Source]:
    """What the file holds; a damaged one is an empty shelf, for the data sets can be opened again."""
    return kept_json.read(file, _made, {})


def _made(found: Any) -> dict[str, Source]:
    return {
        str(key): Source(**{name: str(text) for name, text in values.items()})
        for key, values in found.items()
    }


def _write(file: Path, kept: dict[str, Source]) -> None:
    kept_json.write(
        file,
        {key: asdict(source) for key, source in kept.items()},
        do="free some space; the data set stays open until the server stops.",
    )
