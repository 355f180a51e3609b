"""Temporary folders that say whose they are, so that those of dead processes can be swept."""

import contextlib
import hashlib
import os
import shutil
import socket
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from core.work.files import RealFiles

_OLD_SECONDS = 7 * 24 * 3600  # a process id may be used again, and says nothing of other machines


def fresh_name() -> str:
    """A name nobody else uses: this machine, this process, and something random."""
    return f"{_machine()}-{os.getpid()}-{uuid.uuid4().hex}"


_own: list[Path] = []  # in a child: its folder, which its parent removes however it ends


def stay_within(folder: Path) -> None:
    """Passing folders of this process lie in this one from now on."""
    _own[:] = [folder]


@contextlib.contextmanager
def passing_folder(above: Path) -> Iterator[Path]:
    """A folder of our own inside another, gone when the context ends.

    Where the other can't be written, it lies in the system's temporary folder.
    """
    above = next(iter(_own), above)
    try:
        RealFiles().make_folder(above)
        folder = above / fresh_name()
        folder.mkdir(mode=0o700)
    except OSError:  # the home can't be written: the system's temporary folder has to do
        folder = Path(tempfile.mkdtemp(prefix="touchstone-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Removes what dead processes of this machine left in the folder, and what is over a week old."""
    try:
        left = list(folder.iterdir())
    except OSError:
        return
    for path in left:
        if _is_abandoned(path):
            shutil.rmtree(path, ignore_errors=True)


def _is_abandoned(path: Path) -> bool:
    try:
        if time.time() - path.stat().st_mtime > _OLD_SECONDS:
            return True
    except OSError:
        return False
    machine, _, rest = path.name.partition("-")
    process = rest.partition("-")[0]
    return machine == _machine() and process.isdigit() and not _is_alive(int(process))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
