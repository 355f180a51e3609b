"""Steps: top-level functions whose results are kept under a key of what determines them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from core.work.fingerprint import fingerprint
from core.work.report import Report

R = TypeVar("R")


class ChildFailed(Exception):
    """An isolated step failed in its child; the text says what it raised, or how the child ended."""


@dataclass(frozen=True)
class Step(Generic[R]):
    """A function `f(*inputs, settings, report) -> result`, known to the desk and the store."""

    function: Callable[..., R]
    name: str  # part of the key
    version: int  # part of the key: raised when the same inputs give another result
    isolated: bool  # runs in a child process that can be killed
    kept: bool = True  # False where the result only says what the disk holds: then it is asked anew
    # Environment variables with secrets that its child needs; it also gets the secrets that its inputs name.
    secrets: tuple[str, ...] = ()
    called: str = ""  # its name for people, where that of the function would puzzle them

    @property
    def address(self) -> str:
        """`module:qualname` of the function, by which a child finds it."""
        return f"{self.function.__module__}:{self.function.__qualname__}"

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.called or self.function.__name__.strip("_").replace("_", " ").capitalize()

    def key(self, inputs: Sequence[str], settings: Any = None) -> str:
        """SHA-256 of the name, the version, the inputs' fingerprints and the settings."""
        return fingerprint(self.name, self.version, inputs, settings)

    def __call__(self, *inputs: Any, settings: Any = None, report: Report) -> R:
        """Runs the function here and now; nothing is kept."""
        return self.function(*inputs, settings=settings, report=report)


def step(
    version: int = 1,
    isolated: bool = False,
    name: str | None = None,
    kept: bool = True,
    secrets: tuple[str, ...] = (),
    called: str = "",
) -> Callable[[Callable[..., R]], Step[R]]:
    """Makes a top-level function a step; see Step. Raises TypeError for an inner function.

    The name is the function's module and name unless given; give one where the function may move.
    """

    def decorate(function: Callable[..., R]) -> Step[R]:
        if "<locals>" in function.__qualname__:
            raise TypeError(f"{function.__qualname__} is not a top-level function")
        known_as = name or f"{function.__module__}.{function.__qualname__}"
        return Step(function, known_as, version, isolated, kept, secrets, called)

    return decorate
