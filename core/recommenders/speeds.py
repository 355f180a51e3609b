"""How fast this machine is at the four kinds of work that a demand counts, measured once and kept."""

import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from core.recommenders.demand import Kind
from core.recommenders.products import csr_parts
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.settings import settings as installation
from core.work.steps import step

_SECONDS = 0.2  # for each kind


@artifact
@dataclass(frozen=True)
class Speeds:
    """Operations per second; `loop`, `sparse` and `network` of one thread, `dense` of all that BLAS uses."""

    dense: float
    sparse: float
    loop: float
    network: float

    def of(self, kind: Kind) -> float:
        """The speed of one kind."""
        return float(getattr(self, kind))


SLOWEST = Speeds(dense=1e9, sparse=5e6, loop=2e7, network=1e8)  # of any machine that is worth asking


def threads() -> int:
    """How many threads work at lists, or at parts of a fit, at the same time."""
    return max(1, min(installation().workers, os.cpu_count() or 1))


@cache
def machine() -> str:
    """What speeds are kept for: processor, cores, and the threads that BLAS may use."""
    limits = [os.environ.get(name, "") for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")]
    return f"{_processor()}, {platform.machine()}, {os.cpu_count()} cores, threads {'/'.join(limits)}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


@step(version=2, called="Measuring this machine")
def calibrated(*, settings: str, report: Report) -> Speeds:  # noqa: ARG001
    """The speeds of the machine of that name, which is this one; takes about a second."""
    works = (_dense, _sparse, _loop, _network)
    found = []
    for at, work in enumerate(works):
        report(at / len(works), "Measuring this machine")
        found.append(_speed(*work()))
    dense, *others = found
    return Speeds(dense * _blas_threads(), *others)


def _speed(work: Callable[[], object], operations: float) -> float:
    """Operations per second of this thread's own time, since others may be busy; the best of some turns."""
    work()
    best, until = float("inf"), time.thread_time() + _SECONDS
    while True:
        began = time.thread_time()
        work()
        ended = time.thread_time()
        best = min(best, ended - began)
        if ended > until:
            return operations / max(best, 1e-9)


Work = tuple[Callable[[], object], float]


def _dense() -> Work:
    """Products so small that BLAS works at each in one thread; larger ones are faster, inverses slower."""
    many, side = 100, 60
    square = np.random.default_rng(0).random((side, side), dtype=np.float32)

    def products() -> None:
        for _ in range(many):
            square @ square

    return products, many * 2.0 * side**3


def _sparse() -> Work:
    left = _liked(4_000, 2_000, 20)
    right = left.T.tocsr()
    steps = float((np.diff(left.indptr).astype(np.float64) ** 2).sum())
    return lambda: right @ left, steps


def _loop() -> Work:
    from core import kernels

    items, each = 1_000, 200
    people = _liked(300, items, each)
    by_item = people.T.tocsr()
    out = np.zeros((items, items), dtype=np.float32)
    rows, columns, ones = csr_parts(by_item), csr_parts(people), True
    many = np.diff(people.indptr).astype(np.float64)

    def pairs() -> None:
        kernels.pairs.lower_product(rows, columns, ones, 0, out)

    return pairs, float((many * (many + 1) / 2).sum())


def _network() -> Work:
    batch, width = 50, 64
    rng = np.random.default_rng(0)
    rows, weights = (rng.random(shape, dtype=np.float32) for shape in ((batch, width), (width, width)))

    def layers() -> None:
        for _ in range(100):
            np.maximum(rows @ weights, 0)

    return layers, 100 * 2.0 * batch * width**2


def _blas_threads() -> int:
    from threadpoolctl import threadpool_info

    found = (int(pool["num_threads"]) for pool in threadpool_info() if pool["user_api"] == "blas")
    return max(found, default=os.cpu_count() or 1)


def _liked(people: int, items: int, each: int) -> csr_array:
    """(people, items) float32 0/1 CSR: `each` or a few less of the items for each person."""
    columns = np.sort(np.random.default_rng(0).integers(0, items, (people, each)), axis=1)
    rows = np.repeat(np.arange(people), each)
    matrix = csr_array((np.ones(rows.size, dtype=np.float32), (rows, columns.ravel())), shape=(people, items))
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix
