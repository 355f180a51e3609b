"""Steps that the tests start, some of them in a child process, and records that they store."""

import os
import sys
import threading
import time
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from core.work.errors import BadInput
from core.work.registry import artifact
from core.work.report import Report
from core.work.steps import step

MODULE = __name__


@artifact
class Colour(Enum):
    """An enum."""

    RED = "red"


@artifact
class Choice(BaseModel):
    """A frozen model with a text, a number and a tuple."""

    model_config = ConfigDict(frozen=True)
    name: str = "a"
    weight: float = 1.0
    parts: tuple[int, ...] = ()


class Finer(Choice):
    """Derives from a marked class, so it is marked too."""

    more: str = "b"


@artifact
@dataclass(frozen=True)
class Pair:
    """A record with a field that is computed."""

    left: Any
    right: Any
    both: str = field(init=False, default="computed")


class Unmarked(BaseModel):
    """Not marked with @artifact."""


class Calls:
    """What the steps below count and wait for; a test resets it."""

    count = 0
    gate = threading.Event()
    entered = threading.Event()


@step(isolated=True)
def where(*, settings: None, report: Report) -> str:
    """The folder in which it works."""
    return str(Path.cwd())


@step()
def doubled(values: np.ndarray, *, settings: Any, report: Report) -> np.ndarray:
    """Twice the values; counts its calls."""
    Calls.count += 1
    report(0.5, "doubling")
    return values * 2


@step()
def gated(values: np.ndarray, *, settings: Any, report: Report) -> np.ndarray:
    """Reports until the gate opens."""
    Calls.count += 1
    Calls.entered.set()
    while not Calls.gate.wait(0.01):
        report(0.25, "waiting")
    return values + 1


@step()
def deaf(values: np.ndarray, *, settings: Any, report: Report) -> np.ndarray:
    """Waits for the gate without ever reporting, so it ignores a cancel."""
    Calls.entered.set()
    Calls.gate.wait()
    return values + 1


@step()
def broken(values: np.ndarray, *, settings: Any, report: Report) -> np.ndarray:
    """Raises."""
    Calls.count += 1
    raise ValueError("no good")


@step()
def leaving(*, settings: Any, report: Report) -> int:
    """Tries to end the process."""
    Calls.count += 1
    sys.exit("no more")


@step(isolated=True)
def squared(values: np.ndarray, *, settings: Any, report: Report) -> tuple[np.ndarray, int]:
    """The squares, and the process that made them."""
    print("a library prints this")
    report(0.5, "squaring")
    return values**2, os.getpid()


@step(isolated=True)
def stuck(*, settings: str, report: Report) -> int:
    """Writes its process id to the file of that name and never ends."""
    Path(settings).write_text(str(os.getpid()))
    while True:
        time.sleep(1)


@step(isolated=True)
def greedy(*, settings: Any, report: Report) -> int:
    """Asks for 100 GB."""
    return int(np.ones(100_000_000_000, dtype=np.uint8)[-1])


@step(isolated=True)
def dying(*, settings: dict[str, int], report: Report) -> int:
    """Dies of a signal."""
    os.kill(os.getpid(), settings["signal"])
    return 0


@step(isolated=True)
def refusing(*, settings: Any, report: Report) -> int:
    """Raises BadInput, or ValueError if told so."""
    if settings:
        raise ValueError("no good")
    raise BadInput("The file is empty.", "rows.", "add some.")
