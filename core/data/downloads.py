"""Fetching known data sets: licence first, then the archive, checked and unpacked, all or nothing."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.data.archive import unpack
from core.data.known import KNOWN, Known, known
from core.data.transfer import Patience, discard, transfer
from core.work import scratch
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.files import RealFiles
from core.work.report import Report, within
from core.work.settings import settings
from core.work.steps import step

_PARTIAL = ".partial"  # what isn't whole yet; never looked at for data


@artifact
@dataclass(frozen=True)
class Accepted:
    """Whether the person has accepted the licence that they were shown."""

    licence: bool = False


def folder_of(name: str) -> Path:
    """Where a fetched data set lies, or would."""
    return settings().home / "data" / name


def is_fetched(name: str) -> bool:
    """Whether the data set is there, whole."""
    return name in KNOWN and folder_of(name).is_dir()


def fetched() -> list[str]:
    """Names of the known data sets that are there."""
    return [name for name in KNOWN if is_fetched(name)]


@step(version=1, kept=False)
def fetch_set(name: str, *, settings: Accepted, report: Report) -> str:
    """Download and unpack a data set."""
    return str(fetch(name, settings.licence, report))


def fetch(name: str, accept_licence: bool, report: Report, patience: Patience | None = None) -> Path:
    """The folder of a known data set, fetched unless it is there.

    Raises BadInput where the licence was not accepted, and where the archive can't be had or is not what
    it should be; Cancelled as `report` does. What came before is kept for the next try.
    """
    wanted, folder = known(name), folder_of(name)
    if folder.is_dir():
        return folder
    if not accept_licence:
        raise BadInput(
            f"{wanted.title} comes under a licence that was not accepted yet. {wanted.licence}",
            "your consent before anything is fetched.",
            f"python -m core fetch {name} --accept-licence, if you accept it.",
        )
    with _alone(name) as archive:
        if folder.is_dir():  # another process was faster
            return folder
        transfer(wanted.address, archive, wanted.most, within(report, 0.0, 0.8), patience)
        report(0.8, "Checking")
        _check(archive, wanted)
        _unpack(archive, wanted, within(report, 0.85, 1.0))
        discard(archive)
    return folder


def remove(name: str) -> None:
    """Deletes a fetched data set, what came of it so far, and the note of where it came from."""
    shutil.rmtree(folder_of(name), ignore_errors=True)
    partial = folder_of(_PARTIAL) / f"{name}.zip"
    discard(partial)
    for path in (_note(name), partial.with_suffix(".lock")):
        path.unlink(missing_ok=True)


@contextmanager
def _alone(name: str) -> Iterator[Path]:
    """The path of the archive in the making; only one process at a time gets it."""
    partial = folder_of(_PARTIAL)
    try:
        RealFiles().make_folder(partial)
        scratch.sweep(partial)
        lock = os.open(partial / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise BadInput(
            f"{partial.parent} can't be written ({error.strerror or error}).",
            "a folder that can be written.",
            "set TOUCHSTONE_HOME to one.",
        ) from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BadInput(
                f"{name} is being fetched by another process.", "one at a time.", "wait until it is done."
            ) from error
        yield partial / f"{name}.zip"
    finally:
        os.close(lock)


def _check(archive: Path, wanted: Known) -> None:
    """Compares the archive with its published checksum; a wrong one is thrown away."""
    if not wanted.checksum:
        return
    kind, _, digest = wanted.checksum.partition(":")
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, lambda: hashlib.new(kind, usedforsecurity=False)).hexdigest()
    if found != digest.lower():
        discard(archive)
        raise BadInput(
            f"The archive of {wanted.title} has the {kind.upper()} checksum {found}.",
            f"{digest}, as published.",
            "fetch it again; if TOUCHSTONE_DOWNLOADS names another packing, write its checksum behind the"
            f" address as #{kind}=….",
        )


def _unpack(archive: Path, wanted: Known, report: Report) -> None:
    """Unpacks aside, looks whether all is there, and only then gives it its place."""
    aside = archive.parent / scratch.fresh_name()
    try:
        aside.mkdir(mode=0o700)
        names = unpack(archive, aside, report)
        missing = [name for name in wanted.files if name not in names]
        if missing:
            raise BadInput(
                f"The archive of {wanted.title} lacks {', '.join(missing)}.",
                f"{', '.join(wanted.files)}.",
                "check its address in TOUCHSTONE_DOWNLOADS.",
            )
        about = {
            "name": wanted.name,
            "address": wanted.address,
            "checksum": wanted.checksum,
            "licence": wanted.licence,
            "accepted": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        _note(wanted.name).write_text(json.dumps(about, indent=1) + "\n", "utf-8")
        aside.rename(folder_of(wanted.name))
    except BadInput:
        discard(archive)  # going on with it would end the same way
        raise
    except OSError as error:
        raise BadInput(
            f"{wanted.title} can't be unpacked ({error.strerror or error}).",
            f"about {5 * wanted.bytes / 1e6:,.0f} MB of room.",
            "free some space and fetch it again; the archive is kept.",
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _note(name: str) -> Path:
    """The file beside the data set that says where it came from and that its licence was accepted."""
    return folder_of(name).with_name(f"{name}.json")
