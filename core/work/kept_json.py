"""Small JSON files that an installation keeps: written whole or not at all, readable by the owner only."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from core.work.errors import BadInput
from core.work.files import RealFiles
from core.work.scratch import fresh_name

T = TypeVar("T")


def read(file: Path, made: Callable[[Any], T], nothing: T) -> T:
    """What `made` makes of the file's content; `nothing` where there is none, or a damaged one."""
    try:
        return made(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return nothing


def write(file: Path, value: Any, do: str = "free some space.") -> None:
    """Puts a value in the file's place; raises BadInput, with what to do, where the disk refuses."""
    fresh = file.with_name(f"{file.name}.{fresh_name()}")
    try:
        RealFiles().make_folder(file.parent)
        with RealFiles().create(fresh) as opened:
            opened.write(json.dumps(value).encode())
        fresh.replace(file)
    except OSError as error:
        raise BadInput(
            f"{file.name} can't be written ({error.strerror}).", "room on the disk.", do
        ) from error
