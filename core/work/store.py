"""The artifact store: results on disk, one folder each, whole or not at all, and never too many.

`<key[:2]>/<key>/` holds the files of one result and `manifest.json`, which names them with size
and SHA-256. A folder is written under a temporary name, settled on the disk and then renamed, so
neither a crash nor a second process ever shows half an artifact.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.work import artifacts, scratch
from core.work.files import Files, RealFiles

MANIFEST = "manifest.json"
_FORMAT = 1

Note = Callable[[str], None]


class Damaged(Exception):
    """An artifact that is not what its manifest says."""


def ignore(note: str) -> None:
    """For those who do not want to hear of damage or a full disk."""


@dataclass(frozen=True)
class Entry:
    """What the store knows about one artifact without loading it."""

    key: str
    name: str  # of the step that made it
    version: int  # of the step
    kind: str  # type of the result
    bytes: int
    created: datetime
    used: datetime  # last time it was loaded or written
    lineage: frozenset[str]  # fingerprints of the data it descends from


class Store:
    """Results by key, in a folder of at most `limit_bytes`; the least recently used go first.

    Several processes may share one folder. A disk that fails loses no result: it is not kept,
    and the note says why.
    """

    def __init__(self, folder: Path, limit_bytes: int, files: Files | None = None) -> None:
        self.folder, self.limit_bytes = folder, limit_bytes
        self._files = files or RealFiles()
        self._temporary = folder / "tmp"
        self._bytes: int | None = None  # of all artifacts, as far as this process knows
        scratch.sweep(self._temporary)

    def has(self, key: str) -> bool:
        """Whether something is kept under the key (it may still turn out to be damaged)."""
        return (self._path(key) / MANIFEST).is_file()

    def get(self, key: str, note: Note = ignore) -> Any:
        """The result kept under the key, with read-only arrays, or None.

        A damaged artifact is removed; then `note` gets a sentence for the person.
        """
        folder = self._path(key)
        try:
            _verify(folder, key)
            result = artifacts.load(folder)
        except MemoryError:
            raise
        except Exception as error:  # whatever is wrong with it, it can be made again
            if folder.is_dir():  # else it is absent, or another process has just pruned it
                self.delete(key)
                note(f"A damaged artifact was found ({_reason(error)}) and was rebuilt.")
            return None
        with contextlib.suppress(OSError):
            os.utime(folder / MANIFEST)
        return result

    def put(
        self,
        key: str,
        result: Any,
        lineage: Iterable[str] = (),
        name: str = "",
        version: int = 1,
        note: Note = ignore,
    ) -> None:
        """Keeps the result, and prunes if the store has become too large.

        Where the disk does not take it, `note` gets a sentence that says why. Raises TypeError for
        a result that no artifact can hold.
        """
        if self.has(key):
            return
        temporary = self._temporary / scratch.fresh_name()
        try:
            self._files.make_folder(temporary)
            artifacts.save(result, lambda file: self._files.create(temporary / file))
            about = {"key": key, "name": name, "version": version, "kind": type(result).__qualname__}
            size = self._seal(temporary, {**about, "lineage": sorted(lineage)})
            self._files.make_folder(self._path(key).parent)
            self._files.rename(temporary, self._path(key))
        except OSError as error:
            if not self.has(key):  # else another process was faster
                note(f"The result was not kept: {_reason(error)}.")
            return
        finally:
            with contextlib.suppress(OSError):
                self._files.remove(temporary)
        self._bytes = self._total() if self._bytes is None else self._bytes + size
        if self._bytes > self.limit_bytes:
            self.prune(int(self.limit_bytes * 0.9))  # some air, so that not every write prunes

    def adopt(self, key: str, lineage: Iterable[str]) -> None:
        """Notes that an artifact, if there is one, also descends from this; a disk may refuse."""
        manifest = self._path(key) / MANIFEST
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            about = json.loads(manifest.read_bytes())
            more = set(lineage) - set(about["lineage"])
            if not more:
                return
            fresh = manifest.with_name(f"{MANIFEST}.{scratch.fresh_name()}")
            with self._files.create(fresh) as file:
                file.write(json.dumps({**about, "lineage": sorted({*about["lineage"], *more})}).encode())
            fresh.replace(manifest)

    def entries(self) -> list[Entry]:
        """What is kept, the most recently used first."""
        found = (_entry(path) for path in self._artifacts())
        return sorted((entry for entry in found if entry), key=lambda entry: entry.used, reverse=True)

    def prune(self, limit_bytes: int) -> list[Entry]:
        """Deletes the least recently used until at most `limit_bytes` are kept; returns what went."""
        for path in self._artifacts():
            if _entry(path) is None:
                self.delete(path.name)
        entries, gone = self.entries(), []
        total = sum(entry.bytes for entry in entries)
        while entries and total > limit_bytes:
            entry = entries.pop()
            self.delete(entry.key)
            gone.append(entry)
            total -= entry.bytes
        self._bytes = total
        return gone

    def forget(self, fingerprint: str) -> list[Entry]:
        """Deletes every artifact that descends from the data with that fingerprint; returns them."""
        gone = [entry for entry in self.entries() if fingerprint in entry.lineage]
        for entry in gone:
            self.delete(entry.key)
        self._bytes = None
        return gone

    def delete(self, key: str) -> None:
        """Deletes the artifact, if there is one. A disk that refuses is left alone."""
        aside = self._temporary / scratch.fresh_name()
        with contextlib.suppress(OSError):
            self._files.make_folder(self._temporary)
            self._files.rename(self._path(key), aside)  # gone at once, for all processes
            self._files.remove(aside)
            self._bytes = None

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _artifacts(self) -> list[Path]:
        return [path for path in self.folder.glob("??/*") if path.is_dir()]

    def _total(self) -> int:
        return sum(entry.bytes for entry in self.entries())

    def _seal(self, folder: Path, about: dict[str, Any]) -> int:
        files = {path.name: _measure(path) for path in sorted(folder.iterdir())}
        created = datetime.now(UTC).isoformat()
        with self._files.create(folder / MANIFEST) as file:
            file.write(json.dumps({"format": _FORMAT, **about, "created": created, "files": files}).encode())
        self._files.settle(folder)
        return sum(size for size, _ in files.values())


def _verify(folder: Path, key: str) -> None:
    manifest = json.loads((folder / MANIFEST).read_bytes())
    if manifest["format"] != _FORMAT or manifest["key"] != key or artifacts.TREE not in manifest["files"]:
        raise Damaged("its manifest is wrong")
    for name, (size, digest) in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise Damaged("a file is missing")
        if path.stat().st_size != size:
            raise Damaged("a file has the wrong size")
        if _measure(path) != (size, digest):
            raise Damaged("a file was changed")


def _measure(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), digest


def _entry(folder: Path) -> Entry | None:
    manifest = folder / MANIFEST
    try:
        about = json.loads(manifest.read_bytes())
        return Entry(
            key=about["key"],
            name=about["name"],
            version=about["version"],
            kind=about["kind"],
            bytes=sum(size for size, _ in about["files"].values()),
            created=datetime.fromisoformat(about["created"]),
            used=datetime.fromtimestamp(manifest.stat().st_mtime, UTC),
            lineage=frozenset(about["lineage"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, Damaged):
        return str(error)
    return (error.strerror or "the disk failed").lower() if isinstance(error, OSError) else "it can't be read"
