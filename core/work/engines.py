"""Engines: where work runs. `Inline` does it at once; `Threads` in a few daemon threads."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Protocol, TypeVar

import numpy as np

P = TypeVar("P")
R = TypeVar("R")

_log = logging.getLogger(__name__)


class Engine(Protocol):
    """What the desk asks of an engine."""

    workers: int

    def submit(self, key: str, work: Callable[..., object], *args: Any) -> None:
        """Runs the work, now or when a worker is free. The work deals with its own exceptions."""

    def abandon(self, key: str) -> None:
        """The work of that key is no longer wanted: it shall not hold up other work."""

    def waiting(self) -> AbstractContextManager[None]:
        """The thread that enters waits for other work: meanwhile it takes nobody's place."""

    def map(self, work: Callable[..., R], parts: Sequence[P], *shared: Any) -> list[R]:
        """`work(part, *shared)` for each part, in order. Raises the first exception."""

    def share(self, array: np.ndarray) -> np.ndarray:
        """The array, read-only, in the form in which many calls can use it."""

    def close(self) -> None:
        """Lets the workers go."""


class Inline:
    """No threads: work is done before `submit` returns. For tests and the command line."""

    workers = 1

    def submit(self, key: str, work: Callable[..., object], *args: Any) -> None:
        work(*args)

    def abandon(self, key: str) -> None:
        pass

    def waiting(self) -> AbstractContextManager[None]:
        return nullcontext()

    def map(self, work: Callable[..., R], parts: Sequence[P], *shared: Any) -> list[R]:
        return [work(part, *shared) for part in parts]

    def share(self, array: np.ndarray) -> np.ndarray:
        return _read_only(array)

    def close(self) -> None:
        pass


class Threads:
    """At most `workers` daemon threads, started when there is work and gone when there is none.

    Abandoned work cannot be stopped, but its worker is replaced (at most `workers` times at once). Nor does a
    worker count that waits for the work of another: it goes on as soon as that is done, beside all others.
    """

    def __init__(self, workers: int, name: str = "work") -> None:
        self.workers, self._name = workers, name
        self._lock = threading.Lock()
        self._waiting: deque[tuple[str, Callable[..., object], tuple[Any, ...]]] = deque()
        self._running: dict[threading.Thread, str] = {}
        self._abandoned: set[threading.Thread] = set()
        self._waiters: set[threading.Thread] = set()

    def submit(self, key: str, work: Callable[..., object], *args: Any) -> None:
        with self._lock:
            self._waiting.append((key, work, args))
            self._hire()

    def abandon(self, key: str) -> None:
        with self._lock:
            stuck = [thread for thread, running in self._running.items() if running == key]
            self._abandoned.update(stuck[: self.workers - len(self._abandoned)])
            self._hire()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        me = threading.current_thread()
        with self._lock:
            if me in self._running:
                self._waiters.add(me)
                self._hire()
        try:
            yield
        finally:
            with self._lock:
                self._waiters.discard(me)

    def map(self, work: Callable[..., R], parts: Sequence[P], *shared: Any) -> list[R]:
        todo = _Todo(work, parts, shared)
        for _ in range(min(self.workers, len(parts)) - 1):
            self.submit("", todo.work_on)
        todo.work_on()  # this thread helps, so a map inside a worker always gets done
        return todo.results()

    def share(self, array: np.ndarray) -> np.ndarray:
        return _read_only(array)

    def close(self) -> None:
        """Drops what waits and joins the idle; a thread that is in the middle ends with its work."""
        with self._lock:
            self._waiting.clear()
            running = list(self._running)
        for thread in running:
            if thread is not threading.current_thread():
                thread.join(timeout=1)

    def _hire(self) -> None:
        # The lock is held.
        away = len(self._abandoned | self._waiters)
        if self._waiting and len(self._running) - away < self.workers:
            thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._running[thread] = ""
            thread.start()

    def _work(self) -> None:
        me = threading.current_thread()
        while True:
            with self._lock:
                if me in self._abandoned or not self._waiting:
                    del self._running[me]
                    self._abandoned.discard(me)
                    self._hire()
                    return
                key, work, args = self._waiting.popleft()
                self._running[me] = key
            try:
                work(*args)
            except BaseException:  # even sys.exit in a step must not take the worker along
                _log.exception("work %s broke its worker", key)
            del work, args


class _Todo:
    """Parts that several threads take one after the other."""

    def __init__(self, work: Callable[..., Any], parts: Sequence[Any], shared: tuple[Any, ...]) -> None:
        self._work, self._parts, self._shared = work, parts, shared
        self._lock = threading.Condition()
        self._next = self._at_work = 0
        self._done: list[Any] = [None] * len(parts)
        self._error: BaseException | None = None

    def work_on(self) -> None:
        while True:
            with self._lock:
                if self._error is not None or self._next == len(self._parts):
                    return
                at, self._next, self._at_work = self._next, self._next + 1, self._at_work + 1
            try:
                self._done[at] = self._work(self._parts[at], *self._shared)
            except BaseException as error:
                self._error = self._error or error
            finally:
                with self._lock:
                    self._at_work -= 1
                    self._lock.notify_all()

    def results(self) -> list[Any]:
        with self._lock:
            self._lock.wait_for(lambda: self._at_work == 0)
        if self._error is not None:
            raise self._error
        return self._done


def _read_only(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array
