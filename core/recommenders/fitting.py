"""Fitting as a step: what was learnt is kept under the training part and the settings, for all who ask."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer, with_parts
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.fingerprint import fingerprint
from core.work.plugins import code_of
from core.work.report import Report
from core.work.steps import step

_SAMPLE_SECONDS = 0.01


@artifact
@dataclass(frozen=True)
class Cost:
    """What a piece of work took."""

    seconds: float
    peak_mb: float  # highest resident memory of the process while it ran, MB


@artifact
@dataclass(frozen=True)
class Fitted:
    """A scorer and what fitting it took."""

    scorer: Scorer
    cost: Cost


@artifact
@dataclass(frozen=True)
class Fit:
    """What determines a fitted recommender beside the training part."""

    recommender: Recommender
    code: str  # SHA-256 of the source that defines it and its parts, and of what else these depend on


def fitting(recommender: Recommender) -> Fit:
    """The settings of the steps that fit."""
    parts = with_parts(recommender)
    codes = [code_of(type(one)) for one in parts] + [one.identity for one in parts if one.identity]
    return Fit(recommender, codes[0] if len(codes) == 1 else fingerprint(*codes))


@step(version=2)
def fit(train: Train, *, settings: Fit, report: Report) -> Fitted:
    """Fit a recommender."""
    from core import kernels  # noqa: F401  (compiled before the clock starts)

    with measured() as cost:
        scorer = settings.recommender.fit(train, report)
    if not isinstance(scorer, Scorer):
        raise BadInput(
            f"The fit of {settings.recommender.name} returned a {type(scorer).__name__}.",
            "a Scorer.",
            "mend the recommender.",
        )
    return Fitted(scorer, cost())


@contextmanager
def measured() -> Iterator["_Measure"]:
    """Measures the block's time and the process's highest resident memory while it runs."""
    measure = _Measure()
    measure.start()
    try:
        yield measure
    finally:
        measure.stop()


class _Measure:
    def __init__(self) -> None:
        self._process = psutil.Process()
        self._over = threading.Event()
        self._peak = 0
        self._seconds = 0.0

    def start(self) -> None:
        self._began = time.perf_counter()
        self._sample()
        self._thread = threading.Thread(target=self._watch, name="measure", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._seconds = time.perf_counter() - self._began
        self._sample()
        self._over.set()
        self._thread.join()

    def __call__(self) -> Cost:
        return Cost(self._seconds, self._peak / 1e6)

    def _watch(self) -> None:
        while not self._over.wait(_SAMPLE_SECONDS):
            self._sample()

    def _sample(self) -> None:
        self._peak = max(self._peak, self._process.memory_info().rss)
