"""Temporary folders that say whose they are, so that those of dead processes can be swept."""

import hashlib
import os
import shutil
import socket
import time
import uuid
from pathlib import Path

_OLD_SECONDS = 7 * 24 * 3600  # a process id may be used again, and says nothing of other machines


def fresh_name() -> str:
    """A name nobody else uses: this machine, this process, and something random."""
    return f"{_machine()}-{os.getpid()}-{uuid.uuid4().hex}"


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
