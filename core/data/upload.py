"""Uploads: kept for a while under names that nobody gave, and never read in this process."""

import json
import re
import shutil
import threading
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.work import farewell
from core.work.errors import BadInput
from core.work.files import RealFiles
from core.work.scratch import fresh_name
from core.work.settings import settings

PREFIX = "upload:"
MOST_FILES = 10
KEPT = 20  # uploads of this process; the oldest go first
_TOKEN = re.compile(r"[0-9a-f]{32}")
FOLDER, _NAMES = "files", "names.json"
_CHUNK = 1 << 20
_NAME_LENGTH = 80

_lock = threading.Lock()
_mine: list[Path] = []  # folders of this process, the oldest first


@dataclass(frozen=True)
class Given:
    """A file as somebody gave it: its name, which is only ever shown, and its content."""

    name: str
    content: BinaryIO
    bytes: int


def keep(given: Iterable[Given]) -> str:
    """Keeps files in a folder of their own until this process ends; returns their address, `upload:…`.

    The address is a random token: who does not know it can't reach the files. Raises BadInput where
    there is no file, too many, one above the limit, or no room.
    """
    files = list(given)
    _check(files)
    folder = settings().temporary_folder / fresh_name()
    try:
        RealFiles().make_folder(folder / FOLDER)
        with _lock:
            _mine.append(folder)
        names = {f"{uuid.uuid4().hex}.txt": one for one in files}
        for name, one in names.items():
            _copy(one.content, folder / FOLDER / name)
        with RealFiles().create(folder / _NAMES) as file:
            file.write(json.dumps({name: shown(one.name) for name, one in names.items()}).encode())
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise BadInput(
            f"The upload can't be kept ({error.strerror or error}).",
            "room and leave to write in the temporary folder.",
            "free some space, or give the file by its path.",
        ) from error
    _shed()
    return PREFIX + folder.name.rpartition("-")[2]


def is_upload(data: str) -> bool:
    """Whether this is the address of an upload, of whatever server."""
    return data.startswith(PREFIX)


def path_of(data: str) -> Path:
    """The file of an upload, or the folder of its files; raises BadInput where it is not on this server."""
    token = data.removeprefix(PREFIX)
    found = sorted(settings().temporary_folder.glob(f"*-{token}")) if _TOKEN.fullmatch(token) else []
    files = sorted(found[0].glob(f"{FOLDER}/*")) if found else []
    if not files:
        raise BadInput(
            "This upload isn't on this server: uploads are kept only while their server runs.",
            "a file that was uploaded here.",
            "upload the file again on the Data page.",
        )
    return files[0] if len(files) == 1 else files[0].parent


def names_of(data: str) -> dict[str, str]:
    """For an upload: the names as they were given, cleaned for showing, by the names they are kept under."""
    path = path_of(data)
    above = path.parent if path.is_dir() else path.parent.parent
    try:
        found = json.loads((above / _NAMES).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(name): str(given) for name, given in found.items()}


def discard(data: str) -> None:
    """Deletes an upload of this process."""
    token = data.removeprefix(PREFIX)
    with _lock:
        gone = [folder for folder in _mine if folder.name.rpartition("-")[2] == token]
        _mine[:] = [folder for folder in _mine if folder not in gone]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)


def shown(name: str) -> str:
    r"""A given name in a form that is safe to show: the last part, no control characters, not long.

    >>> shown("../../etc/passwd"), shown("C:\\secret\\log.csv"), shown("a\x00b\n.csv"), shown("../")
    ('passwd', 'log.csv', 'ab.csv', 'upload')
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(char for char in last if unicodedata.category(char)[0] != "C").strip(" .")
    return kept[:_NAME_LENGTH] or "upload"


def _check(files: list[Given]) -> None:
    limit = settings().max_upload_mb
    if not files:
        raise BadInput("No file was given.", "one file, or interactions and items.", "choose a file.")
    if len(files) > MOST_FILES:
        raise BadInput(
            f"{len(files)} files were given at once.",
            f"at most {MOST_FILES}.",
            "give the log, and the tables beside it.",
        )
    for one in files:
        if one.bytes > limit * 1e6:
            raise BadInput(
                f"{shown(one.name)} has {one.bytes / 1e6:,.1f} MB.",
                f"at most {limit:g} MB.",
                "give it by its path on the server, or upload a sample of the people.",
            )


def _copy(content: BinaryIO, path: Path) -> None:
    content.seek(0)
    with RealFiles().create(path) as file:
        while chunk := content.read(_CHUNK):
            file.write(chunk)


def _shed() -> None:
    with _lock:
        gone, _mine[:] = _mine[:-KEPT], _mine[-KEPT:]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)


@farewell.at_end
def _leave_nothing() -> None:
    with _lock:
        gone, _mine[:] = list(_mine), []
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
