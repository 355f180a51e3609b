"""Jobs: one computation, whoever waits for it. The desk starts and runs them."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from core.work.errors import BadInput
from core.work.report import Cancelled
from core.work.steps import ChildFailed, Step

R = TypeVar("R")
State = Literal["queued", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True)
class Status:
    """What can be said about a job at one moment."""

    key: str
    name: str  # for people
    state: State
    fraction: float  # 0 to 1
    message: str  # what it is doing
    elapsed: float  # seconds of work, 0 while it is queued
    error: str  # for the person, empty unless it failed
    notes: tuple[str, ...]  # sentences for the person: a damaged artifact, a full disk
    reused: bool  # the result was loaded, not computed


class Job(Generic[R]):
    """A result in the making. Made by the desk only; safe to use from any thread."""

    def __init__(
        self, key: str, step: Step[R], lineage: frozenset[str], on_cancel: Callable[[str], None]
    ) -> None:
        self.key, self.step, self.name, self.lineage = key, step, step.title, lineage
        self.wanted = 0  # how many want it, besides whoever runs it
        self.bytes = 0  # of the result in memory
        self.reused = False
        self._on_cancel = on_cancel
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self._state: State = "queued"
        self._progress: tuple[float, str] = (0.0, "")
        self._notes: tuple[str, ...] = ()
        self._result: R | None = None
        self._error: BaseException | None = None
        self._started = self._stopped = 0.0  # monotonic seconds

    def status(self) -> Status:
        """The state, progress, time and messages right now."""
        with self._lock:
            until = self._stopped or time.monotonic()
            fraction, message = self._progress
            return Status(
                key=self.key,
                name=self.name,
                state=self._state,
                fraction=fraction,
                message=message,
                elapsed=until - self._started if self._started else 0.0,
                error=describe(self.name, self._error) if self._state == "failed" else "",
                notes=self._notes,
                reused=self.reused,
            )

    @property
    def finished(self) -> bool:
        """Whether it is done, failed or cancelled."""
        return self._ended.is_set()

    def result(self, timeout: float | None = None) -> R:
        """The result, once it is there.

        Raises what the step raised (BadInput as it is), Cancelled, or TimeoutError after `timeout`
        seconds.
        """
        if not self._ended.wait(timeout):
            raise TimeoutError(f"{self.name} is not done yet")
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]

    def wait(self, seconds: float) -> bool:
        """Waits at most so long for the end; returns whether it has ended."""
        return self._ended.wait(seconds)

    def cancel(self) -> None:
        """Cancels it at once; a step that goes on regardless ends at its next report, unheard."""
        if self.end(error=Cancelled(f"{self.name} was cancelled")):
            self._on_cancel(self.key)

    def report(self, fraction: float, message: str) -> None:
        """The report of the step that computes it. Raises Cancelled once it has ended."""
        with self._lock:
            if self.finished:
                raise Cancelled(f"{self.name} was cancelled")
            self._progress = min(max(float(fraction), 0.0), 1.0), message

    def note(self, sentence: str) -> None:
        """Adds a sentence for the person."""
        with self._lock:
            self._notes += (sentence,)

    def want(self) -> None:
        """One more wants it."""
        with self._lock:
            self.wanted += 1

    def unwant(self) -> None:
        """One fewer wants it."""
        with self._lock:
            self.wanted -= 1

    def claim(self) -> bool:
        """Takes it from the queue; only one caller gets True, and then has to compute it."""
        with self._lock:
            if self._state != "queued":
                return False
            self._state, self._started = "running", time.monotonic()
            return True

    def hand_back(self) -> bool:
        """Puts it back into the queue if somebody still wants it; returns whether it did."""
        with self._lock:
            if self._state != "running" or self.wanted == 0:
                return False
            self._state, self._started = "queued", 0.0
            return True

    def end(self, result: R | None = None, error: BaseException | None = None) -> bool:
        """Ends it with a result or an error; returns False if it had ended before."""
        with self._lock:
            if self.finished:
                return False
            self._result, self._error = result, error
            self._stopped = time.monotonic()
            if error is None:
                self._state, self._progress = "done", (1.0, "")
            else:
                self._state = "cancelled" if isinstance(error, Cancelled) else "failed"
            self._ended.set()
            return True


def describe(name: str, error: BaseException | None) -> str:
    """An error in words for a person: in full if they can mend it, else in short."""
    if isinstance(error, BadInput):
        return str(error)
    text = str(error)[:300]
    if not isinstance(error, ChildFailed):
        text = f"{type(error).__name__}: {text}".removesuffix(": ")
    return f"{name} failed: {text}; details in the log."


AnyJob = Job[Any]
