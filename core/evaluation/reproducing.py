"""Running the experiment of a run again from nothing, and whether every number is the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan, nan

from core import VERSION
from core.data.dataset import Dataset
from core.data.load import samples
from core.evaluation.comparison import Comparison
from core.evaluation.experiment import Experiment, with_content
from core.evaluation.keeping import blas_threads, libraries
from core.evaluation.protocol import compared, dataset_in_child, dataset_of
from core.evaluation.record import comparison_json
from core.evaluation.recorded import Figure, Recorded, beside_data, figures_of
from core.work import here, scratch
from core.work.artifacts import artifact
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.report import Report, within
from core.work.runs import Run, run_book
from core.work.settings import settings as installation
from core.work.steps import step
from core.work.store import Store

ENDS = ("mean", "low", "high", "n")


@artifact
@dataclass(frozen=True)
class Off:
    """A number that is another than the record says; NaN where it is not defined or not there."""

    recommender: str
    metric: str
    variant: str
    k: int
    what: str  # mean, low, high or n
    before: float
    now: float


@artifact
@dataclass(frozen=True)
class Changed:
    """Something that is not as it was, and so may be why: data, content, threads, touchstone, a library."""

    what: str
    before: str  # "" where the record does not say
    now: str


@artifact
@dataclass(frozen=True)
class Reproduced:
    """What running an experiment again gave, beside its record."""

    run: int
    numbers: int  # of the record, each looked at
    off: tuple[Off, ...]
    failed: tuple[str, ...]  # recommenders that took no part this time, and why
    changed: tuple[Changed, ...]
    seconds: float  # of fitting and of making lists

    @property
    def same(self) -> bool:
        """Whether every number is the same to the last digit."""
        return not self.off

    @property
    def largest(self) -> float:
        """The largest difference of a number that is defined both times; 0 where there is none."""
        return max(
            (abs(one.now - one.before) for one in self.off if not isnan(one.now - one.before)), default=0.0
        )


@step(kept=False, called="Reproducing a run")
def reproduce(recorded: Recorded, *, settings: None, report: Report) -> Reproduced:  # noqa: ARG001
    """Run the experiment of a run again: the data are read anew, and nothing that was kept is used.

    Raises BadInput where the run or its data are gone, or where its record can't be understood.
    """
    with run_book() as book:
        run = book.get(recorded.run)
    if run is None:
        raise BadInput(
            f"There is no run {recorded.run}.", "the number of a run that is kept here.", "choose another."
        )
    before = figures_of(run.summary, run.id)
    with scratch.passing_folder(installation().temporary_folder) as folder:
        desk = Desk(Store(folder, int(installation().store_gb * 1e9)), Inline())
        found, content = _again(desk, recorded.experiment, report)
    return _beside(run, before, found, content)


def _again(desk: Desk, asked: Experiment, report: Report) -> tuple[Comparison, str]:
    """The comparison from nothing, at a desk that keeps nothing beyond it; and the content of its files."""
    content = with_content(asked).content
    read = dataset_of if asked.data in samples() else dataset_in_child
    dataset: Dataset = desk.run(read, asked.source, content, settings=None, report=within(report, 0.0, 0.1))
    with here.at(desk):
        found = compared(dataset, asked.on(dataset), within(report, 0.1, 1.0), asked.fingerprint)
    return found, content


def _beside(run: Run, before: tuple[Figure, ...], found: Comparison, content: str) -> Reproduced:
    made = figures_of(comparison_json(found), run.id)
    now = {(one.recommender, *one.column): one.estimate for one in made}
    off = [
        Off(one.recommender, *one.column, end, was, is_now)
        for one in before
        for end in ENDS
        if not _equal(
            was := float(getattr(one.estimate, end)),
            is_now := float(getattr(now.get((one.recommender, *one.column)), end, nan)),
        )
    ]
    return Reproduced(
        run.id,
        len(ENDS) * len(before),
        tuple(off),
        tuple(f"{failure.spec}: {failure.message}" for failure in found.failures),
        tuple(_changed(run, found, content)),
        sum(entry.fit.seconds + entry.recommend.seconds for entry in found.entries),
    )


def _equal(before: float, now: float) -> bool:
    return before == now or (isnan(before) and isnan(now))


def _changed(run: Run, found: Comparison, content: str) -> Iterator[Changed]:
    """What is not as it was: the data, other files and language models, threads, versions."""
    asked = run.experiment
    if asked.get("fingerprint") != found.facts.fingerprint:
        yield Changed("data", str(asked.get("fingerprint", ""))[:12], found.facts.fingerprint[:12])
    before, now = beside_data(str(asked.get("content", ""))), beside_data(content)
    if asked.get("content") and before != now:
        yield Changed("content", *(", ".join(one[:12] for one in each) for each in (before, now)))
    if run.threads != (threads := blas_threads()):
        yield Changed("threads", f"{run.threads}", f"{threads}")
    here_now = {"touchstone": VERSION, **libraries()}
    before_then = {"touchstone": run.version, **run.libraries}
    if not run.libraries:
        yield Changed("libraries", "", "")
        here_now = {"touchstone": VERSION}
    for name in dict.fromkeys([*before_then, *here_now]):
        if before_then.get(name, "") != here_now.get(name, ""):
            yield Changed(name, before_then.get(name, ""), here_now.get(name, ""))
