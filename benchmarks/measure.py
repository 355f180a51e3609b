"""How a measurement is taken and written down."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, against what, and the bound it has to keep."""

    what: str
    ours: str  # figure with its unit
    peer: str  # figure with its unit and the peer's name, or the limit
    ratio: float | None  # ours / peer; None where there is no peer
    bound: float | None  # the largest ratio that is allowed
    note: str = ""

    @property
    def kept(self) -> bool:
        """Whether the bound is kept; a row without a bound is information."""
        return self.bound is None or (self.ratio is not None and self.ratio <= self.bound)


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Median wall-clock seconds of several runs, after one that warms caches and compiled code."""
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def paired(ours: Callable[[], object], peer: Callable[[], object], times: int = 7) -> tuple[float, float]:
    """Median seconds of both, taken in turns so that a busy machine slows both alike."""
    ours(), peer()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for work, to in zip((ours, peer), taken, strict=True):
            began = time.perf_counter()
            work()
            to.append(time.perf_counter() - began)
    return statistics.median(taken[0]), statistics.median(taken[1])


def milliseconds(value: float) -> str:
    """Seconds as milliseconds with three significant digits."""
    return f"{value * 1000:.3g} ms"
