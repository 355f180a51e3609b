"""Every finished comparison is kept as a run: experiment, data, thread count, what came out."""

import logging
import os

from core import VERSION
from core.evaluation.comparison import Comparison
from core.evaluation.record import comparison_json
from core.work.runs import RunBook
from core.work.settings import settings

_log = logging.getLogger(__name__)


def keep_run(comparison: Comparison, engine: str) -> int | None:
    """Keep a comparison in the run book and return its id.

    Where the database can't be used, the log says so and None is returned: the comparison stands.
    """
    book = RunBook(settings().runs_url)
    try:
        return book.keep(
            comparison.facts.name,
            comparison.experiment.to_json(),
            {comparison.facts.fingerprint} | comparison.experiment.source.lineage,
            comparison_json(comparison),
            engine=engine,
            version=VERSION,
            threads=blas_threads(),
            seconds=sum(entry.fit.seconds + entry.recommend.seconds for entry in comparison.entries),
            note=_log.warning,
        )
    finally:
        book.close()


def blas_threads() -> int:
    """The most threads that a loaded BLAS uses; the number of cores where none says."""
    from threadpoolctl import threadpool_info

    return max((int(pool["num_threads"]) for pool in threadpool_info()), default=os.cpu_count() or 1)
