"""The store: whole or not at all, never too large, and honest about damage."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

from core.work import scratch
from core.work.files import RealFiles
from core.work.store import Store

KEY, OTHER = "ab" + "0" * 62, "cd" + "0" * 62
VALUES = np.arange(1000)
ROOT = Path(__file__).parents[3]


class FullDisk(RealFiles):
    """A disk that fails at one operation, with one error."""

    def __init__(self, operation: str, code: int) -> None:
        self.operation, self.code = operation, code

    def _fail(self, operation: str) -> None:
        if operation == self.operation:
            raise OSError(self.code, os.strerror(self.code))

    def make_folder(self, path: Path) -> None:
        self._fail("make_folder")
        super().make_folder(path)

    def create(self, path: Path) -> BinaryIO:
        self._fail("create")
        return super().create(path)

    def settle(self, folder: Path) -> None:
        self._fail("settle")
        super().settle(folder)

    def rename(self, source: Path, target: Path) -> None:
        self._fail("rename")
        super().rename(source, target)


def parts(store: Store, key: str) -> dict[str, Path]:
    """The files of an artifact by what they are."""
    files = list((store.folder / key[:2] / key).iterdir())
    return {"array" if path.suffix == ".npy" else path.stem: path for path in files}


def test_a_result_comes_back(store: Store) -> None:
    assert store.get(KEY) is None
    store.put(KEY, {"values": VALUES}, {"data"}, name="step", version=2)
    assert (store.get(KEY)["values"] == VALUES).all()
    (entry,) = store.entries()
    assert (entry.key, entry.name, entry.version, entry.kind) == (KEY, "step", 2, "dict")
    assert entry.lineage == {"data"}
    assert entry.bytes > VALUES.nbytes


def test_only_the_owner_can_read_it(store: Store) -> None:
    store.put(KEY, VALUES)
    modes = {path: path.stat().st_mode & 0o777 for path in [store.folder, *store.folder.rglob("*")]}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def change(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut_in_half, change, Path.unlink], ids=["cut", "changed", "missing"])
@pytest.mark.parametrize("part", ["array", "value", "manifest"])
def test_a_damaged_artifact_is_removed_and_that_is_said(
    store: Store, part: str, damage: Callable[[Path], None]
) -> None:
    store.put(KEY, VALUES)
    damage(parts(store, KEY)[part])
    notes: list[str] = []
    assert store.get(KEY, notes.append) is None
    assert len(notes) == 1
    assert "damaged artifact" in notes[0]
    assert not store.has(KEY)
    store.put(KEY, VALUES)
    assert (store.get(KEY, notes.append) == VALUES).all()
    assert len(notes) == 1


def test_an_artifact_of_another_key_is_not_taken_for_it(store: Store) -> None:
    store.put(KEY, VALUES)
    (store.folder / OTHER[:2]).mkdir()
    (store.folder / KEY[:2] / KEY).rename(store.folder / OTHER[:2] / OTHER)
    assert store.get(OTHER) is None


@pytest.mark.parametrize("operation", ["make_folder", "create", "settle", "rename"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_fails_is_said_and_leaves_nothing(tmp_path: Path, operation: str, code: int) -> None:
    store = Store(tmp_path / "store", 1_000_000, FullDisk(operation, code))
    notes: list[str] = []
    store.put(KEY, VALUES, note=notes.append)
    assert notes == [f"The result was not kept: {os.strerror(code).lower()}."]
    assert not store.has(KEY)
    assert not list((tmp_path / "store").glob("tmp/*"))


def test_a_result_that_no_artifact_can_hold_leaves_nothing(store: Store) -> None:
    with pytest.raises(TypeError):
        store.put(KEY, [VALUES, object()])
    assert not list(store.folder.glob("tmp/*"))


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    store = Store(tmp_path, 10 * VALUES.nbytes)
    keys = [f"{at:02}" + "0" * 62 for at in range(12)]
    for at, key in enumerate(keys[:9]):
        store.put(key, VALUES)
        os.utime(parts(store, key)["manifest"], (at, at))
    store.get(keys[0])  # used again
    for key in keys[9:]:
        store.put(key, VALUES)
    kept = [key for key in keys if store.has(key)]
    assert sum(entry.bytes for entry in store.entries()) <= store.limit_bytes
    assert keys[0] in kept
    assert keys[1] not in kept
    assert kept[1:] == keys[-len(kept[1:]) :]


def test_pruning_says_what_went_and_takes_wrecks_along(store: Store) -> None:
    store.put(KEY, VALUES)
    store.put(OTHER, VALUES)
    parts(store, OTHER)["manifest"].write_text("{}")
    assert [entry.key for entry in store.prune(0)] == [KEY]
    assert not list(store.folder.glob("??/*"))


def test_forgetting_data_deletes_what_descends_from_it(store: Store) -> None:
    store.put(KEY, VALUES, {"data", "more"})
    store.put(OTHER, VALUES, {"more"})
    assert [entry.key for entry in store.forget("data")] == [KEY]
    assert [entry.key for entry in store.entries()] == [OTHER]


def test_two_stores_share_a_folder(store: Store) -> None:
    second = Store(store.folder, store.limit_bytes)
    store.put(KEY, VALUES)
    second.put(KEY, VALUES)
    assert (second.get(KEY) == VALUES).all()
    second.delete(KEY)
    notes: list[str] = []
    assert store.get(KEY, notes.append) is None
    assert notes == []  # gone is not damaged


def test_leftovers_are_swept_if_their_process_is_dead_or_they_are_old(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    mine, old = scratch.fresh_name(), scratch.fresh_name()
    machine = mine.split("-")[0]
    names = {"mine": mine, "old": old, "dead": f"{machine}-{dead.pid}-0", "elsewhere": f"0000-{dead.pid}-0"}
    for name in names.values():
        (tmp_path / "tmp" / name).mkdir(parents=True)
    long_ago = time.time() - 8 * 24 * 3600
    os.utime(tmp_path / "tmp" / old, (long_ago, long_ago))
    Store(tmp_path, 1)
    left = {path.name for path in (tmp_path / "tmp").iterdir()}
    assert left == {names["mine"], names["elsewhere"]}


WRITER = """
import os, signal, sys
from pathlib import Path
import numpy as np
from core.work.files import RealFiles
from core.work.store import Store

class Slow(RealFiles):
    def {operation}(self, *paths):
        if "{operation}" == "create" and paths[0].name != "{file}":
            return super().create(*paths)
        if "{operation}" == "create":
            super().create(*paths).write(b"half")
        print("now", flush=True)
        signal.pause()

Store(Path(sys.argv[1]), 10**6, Slow()).put(sys.argv[2], np.arange(1000))
"""


@pytest.mark.parametrize(
    ("operation", "file"),
    [("create", "001-value.npy"), ("create", "value.json"), ("create", "manifest.json"), ("settle", ""),
     ("rename", "")],
)  # fmt: skip
def test_killed_during_a_write_there_is_no_half_artifact(tmp_path: Path, operation: str, file: str) -> None:
    code = WRITER.format(operation=operation, file=file)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path), KEY], stdout=subprocess.PIPE, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"now\n"
        writer.send_signal(signal.SIGKILL)
    assert list(tmp_path.glob("tmp/*"))  # it was in the middle
    notes: list[str] = []
    store = Store(tmp_path, 10**6)
    assert not list(tmp_path.glob("tmp/*"))
    assert store.get(KEY, notes.append) is None
    store.put(KEY, VALUES, note=notes.append)
    assert (store.get(KEY, notes.append) == VALUES).all()
    assert notes == []


def test_a_manifest_names_every_file(store: Store) -> None:
    store.put(KEY, (VALUES, "text"))
    manifest = json.loads(parts(store, KEY)["manifest"].read_text())
    assert set(manifest["files"]) == {"001-0.npy", "value.json"}
