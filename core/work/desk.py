"""The desk: whoever asks for a result asks here, and everything is computed once."""

import logging
import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from core.work import here, isolated
from core.work.engines import Engine, Threads
from core.work.errors import BadInput
from core.work.fingerprint import fingerprint
from core.work.jobs import AnyJob, Job, Status
from core.work.lineage import Descent, Lineage, freeze
from core.work.report import Cancelled, Report, silent
from core.work.settings import settings as installation
from core.work.steps import Step
from core.work.store import Entry, Store

R = TypeVar("R")

_log = logging.getLogger(__name__)

_LIVE_JOBS = 100
_LIVE_BYTES = 1_500_000_000
_POLL_SECONDS = 0.05


class Desk:
    """Starts and runs steps; one computation per key, across threads and browser sessions.

    Results live in memory (a bounded number) and in the store. Failed and cancelled jobs start
    anew when they are asked for again; `find` looks without starting anything. So do results that
    call themselves `provisional`, since something outside failed that may be there again: these
    are not put into the store.
    """

    def __init__(self, store: Store, engine: Engine, loader: Engine | None = None) -> None:
        self.store, self.engine = store, engine
        self._loader = loader or engine  # so that kept results need not queue behind long work
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, AnyJob] = OrderedDict()  # the most recently used last
        self._descent = Descent()
        self._here = threading.local()

    def start(self, step: Step[R], *inputs: Any, settings: Any = None) -> Job[R]:
        """The job of that step on those inputs, returned at once; started unless it is under way."""
        job, compute, is_new = self._job(step, inputs, settings)
        job.want()
        if is_new and self.store.has(job.key):
            self._loader.submit(job.key, self._fetch, job, compute)
        elif is_new:
            self.engine.submit(job.key, self._attend, job, compute)
        return job

    def run(self, step: Step[R], *inputs: Any, settings: Any = None, report: Report = silent) -> R:
        """The result, computed in this thread unless it is kept or under way in another.

        For use inside steps and without pages. Raises what the step raises, and Cancelled as soon
        as `report` does.
        """
        job, compute, _ = self._job(step, inputs, settings)
        if job.claim():
            self._execute(job, compute, report)
            return job.result()
        job.want()
        try:
            while not job.finished:
                if job.claim():  # queued, or handed back: no need to wait for a free worker
                    self._execute(job, compute, report)
                    break
                with self.engine.waiting():
                    job.wait(_POLL_SECONDS)
                now = job.status()
                report(now.fraction, now.message)
        finally:
            job.unwant()
        return job.result()

    def find(self, step: Step[R], *inputs: Any, settings: Any = None) -> Job[R] | None:
        """The job of that step on those inputs in whatever state, or None; starts nothing."""
        return self.job(step.key([fingerprint(entry) for entry in inputs], settings))

    def job(self, key: str) -> AnyJob | None:
        """The job of that key, if the desk still knows it."""
        with self._lock:
            return self._jobs.get(key)

    def jobs(self) -> list[Status]:
        """Recent jobs that somebody asked for, the latest first; for the tray."""
        with self._lock:
            recent = list(self._jobs.values())
        return [job.status() for job in reversed(recent) if job.wanted]

    @contextmanager
    def descending(self, *values: Any) -> Iterator[None]:
        """What is asked for meanwhile, in this thread, also descends from what these values do.

        For work outside steps that makes new objects of data; inside a step it goes without saying.
        """
        self._outer().append(self._descent.of(values))
        try:
            yield
        finally:
            self._outer().pop()

    def forget(self, data: str) -> list[Entry]:
        """Cancels and deletes everything that descends from the data with that fingerprint.

        Returns what the store had of it.
        """
        with self._lock:
            gone = [job for job in self._jobs.values() if data in job.lineage]
            for job in gone:
                del self._jobs[job.key]
        for job in gone:
            job.cancel()
        return self.store.forget(data)

    def close(self) -> None:
        """Cancels what is under way and lets the workers go."""
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            job.cancel()
        self._loader.close()
        self.engine.close()

    def _job(
        self, step: Step[R], inputs: tuple[Any, ...], settings: Any
    ) -> tuple[Job[R], Callable[[Report], R], bool]:
        prints = [fingerprint(entry) for entry in inputs]
        key = step.key(prints, settings)
        if key in self._stack():
            raise RuntimeError(f"{step.title} waits for itself")
        call = isolated.call if step.isolated else Step.__call__

        def compute(report: Report) -> R:
            return call(step, *inputs, settings=settings, report=report)

        with self._lock:
            job = self._jobs.get(key)
            is_new = job is None or _over(job)
            lineage = frozenset(prints).union(self._descent.of(inputs), *self._outer())
            if job is None or is_new:
                job = self._jobs[key] = Job(key, step, lineage, self._let_go)
            elif not lineage <= job.lineage:  # it descends from other data just as well
                job.lineage |= lineage
                self.store.adopt(key, job.lineage)
            self._jobs.move_to_end(key)
        return job, compute, is_new

    def _fetch(self, job: Job[R], compute: Callable[[Report], R]) -> None:
        """In a loader's thread: loads a kept result; where it is damaged, the engine computes it."""
        if not job.claim():
            return
        try:
            if not self._load(job) and job.hand_back():
                self.engine.submit(job.key, self._attend, job, compute)
        except BaseException as error:
            self._fail(job, error)

    def _attend(self, job: Job[R], compute: Callable[[Report], R]) -> None:
        """In an engine's thread: computes the job, unless somebody else was faster."""
        if not job.claim():
            return
        try:
            self._execute(job, compute, silent)
        except Exception as error:  # the job holds it; its frames would hold the inputs
            traceback.clear_frames(error.__traceback__)

    def _execute(self, job: Job[R], compute: Callable[[Report], R], report: Report) -> None:
        """In the thread that claimed the job: loads or computes it. Raises what ended it."""
        outside: list[BaseException] = []

        def both(fraction: float, message: str) -> None:
            job.report(fraction, message)
            try:
                report(fraction, message)
            except BaseException as error:
                outside.append(error)
                raise

        self._stack().append(job.key)
        self._outer().append(job.lineage)
        try:
            if not self._load(job):
                self._compute(job, compute, both)
        except BaseException as error:
            # Whoever ran it was cancelled or interrupted: others may still want it.
            if (outside or isinstance(error, KeyboardInterrupt)) and job.hand_back():
                self.engine.submit(job.key, self._attend, job, compute)
            else:
                self._fail(job, error)
            raise
        finally:
            self._stack().remove(job.key)
            self._outer().pop()

    def _load(self, job: AnyJob) -> bool:
        result = self.store.get(job.key, job.note)
        if result is None:
            return False
        job.reused = True
        job.lineage |= self._descent.of(result)
        self.store.adopt(job.key, job.lineage)
        self._finish(job, result)
        return True

    def _compute(self, job: AnyJob, compute: Callable[[Report], Any], report: Report) -> None:
        with here.at(self):
            result = compute(report)
        report(1.0, "Keeping the result")
        job.lineage |= self._descent.of(result)
        if job.step.kept and not _provisional(result):
            self.store.put(job.key, result, job.lineage, job.step.name, job.step.version, job.note)
        if not self._finish(job, result):
            self.store.delete(job.key)  # cancelled meanwhile, perhaps because its data was deleted

    def _finish(self, job: AnyJob, result: Any) -> bool:
        job.bytes = freeze(result)
        self._descent.remember(result, job.lineage)
        ended = job.end(result)
        self._shed()
        return ended

    def _fail(self, job: AnyJob, error: BaseException) -> None:
        if isinstance(error, KeyboardInterrupt):
            error = Cancelled(f"{job.name} was interrupted")
        elif not isinstance(error, Exception):  # sys.exit in a step must not end whoever waits for it
            error = RuntimeError(f"{type(error).__name__}: {error}")
        if isinstance(error, BadInput):
            _log.info("%s: %s", job.name, error)
        elif not isinstance(error, Cancelled):
            _log.error("%s failed", job.name, exc_info=error)
        job.end(error=error)

    def _shed(self) -> None:
        with self._lock:
            ended = [job for job in self._jobs.values() if job.finished]
            size = sum(job.bytes for job in ended)
            for at, job in enumerate(ended[:-1]):
                if size <= _LIVE_BYTES and len(ended) - at <= _LIVE_JOBS:
                    return
                del self._jobs[job.key]
                size -= job.bytes

    def _stack(self) -> list[str]:
        """Keys of the jobs that this thread is in the middle of."""
        if not hasattr(self._here, "stack"):
            self._here.stack = []
        stack: list[str] = self._here.stack
        return stack

    def _outer(self) -> list[Lineage]:
        """What the work of this thread descends from: the steps that it is in the middle of."""
        if not hasattr(self._here, "outer"):
            self._here.outer = []
        outer: list[Lineage] = self._here.outer
        return outer

    def _let_go(self, key: str) -> None:
        self.engine.abandon(key)
        self._loader.abandon(key)


def _over(job: AnyJob) -> bool:
    """Whether a job starts anew when it is asked for again."""
    state = job.status().state
    return state in ("failed", "cancelled") or (
        state == "done" and (not job.step.kept or _provisional(job.result()))
    )


def _provisional(result: Any) -> bool:
    return bool(getattr(result, "provisional", False))


def default_desk(engine: Engine | None = None) -> Desk:
    """A new desk as the settings say; give `Inline()` where no threads are wanted."""
    chosen = installation()
    store = Store(chosen.store_folder, int(chosen.store_gb * 1e9))
    isolated.sweep()
    if engine is not None:
        return Desk(store, engine)
    return Desk(store, Threads(chosen.workers, "work"), Threads(2, "load"))
