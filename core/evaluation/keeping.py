"""Every finished comparison is kept as a run: experiment, data, threads, versions, what came out."""

import logging
import os
import platform
from importlib.metadata import PackageNotFoundError, version

from core import VERSION
from core.evaluation.comparison import Comparison
from core.evaluation.record import comparison_json
from core.work.runs import run_book

_log = logging.getLogger(__name__)
# What computes numbers: another version may round otherwise.
_LIBRARIES = (
    "numpy",
    "scipy",
    "pandas",
    "numba",
    "scikit-learn",
    "implicit",
    "lightgbm",
    "torch",
    "faiss-cpu",
)


def keep_run(comparison: Comparison, engine: str) -> int | None:
    """Keep a comparison in the run book and return its id.

    Where the database can't be used, the log says so and None is returned: the comparison stands.
    """
    with run_book() as book:
        return book.keep(
            comparison.facts.name,
            comparison.experiment.to_json(),
            {comparison.facts.fingerprint} | comparison.experiment.source.lineage,
            comparison_json(comparison),
            engine=engine,
            version=VERSION,
            threads=blas_threads(),
            seconds=sum(entry.fit.seconds + entry.recommend.seconds for entry in comparison.entries),
            libraries=libraries(),
            note=_log.warning,
        )


def blas_threads() -> int:
    """The most threads that a loaded BLAS uses; the number of cores where none says."""
    from threadpoolctl import threadpool_info

    return max((int(pool["num_threads"]) for pool in threadpool_info()), default=os.cpu_count() or 1)


def libraries() -> dict[str, str]:
    """Versions of what computes numbers here, by name; of a BLAS also the processor that it is tuned for."""
    from threadpoolctl import threadpool_info

    blas = {
        " ".join(str(pool[name]) for name in ("internal_api", "version", "architecture") if pool.get(name))
        for pool in threadpool_info()
        if pool.get("user_api") == "blas"
    }
    found = {"python": platform.python_version(), "blas": ", ".join(sorted(blas))}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
