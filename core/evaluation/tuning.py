"""Tuning: settings chosen on a validation part of the training part, with the same budget for everyone.

The test part is never looked at: what is tuned on is made from the first fold's training part alone.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.data.bonds import without_bonds
from core.data.dataset import Dataset
from core.data.folds import Fold
from core.data.splits import default_split, split_of
from core.evaluation.comparison import Failure
from core.evaluation.division import division
from core.evaluation.experiment import K_MOST, Experiment
from core.evaluation.metric import Metric, metrics_named
from core.evaluation.protocol import folds_of
from core.evaluation.tuning_sample import of_people
from core.evaluation.tuning_search import Search, search
from core.evaluation.tuning_space import size, space
from core.evaluation.tuning_trials import Trial, best_of, judge_of, tried
from core.evaluation.tunings import keep
from core.recommenders.base import Recommender, recommender_of
from core.work import specs
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

MOST_TRIALS = 1_000

Sampler = Literal["tpe", "random"]


@artifact
class Tuning(BaseModel):
    """What is tuned, by which metric, and how much is tried."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recommender: Annotated[
        str, Field(min_length=1, max_length=2_000, description="Spec; settings that it gives stay")
    ]
    trials: Annotated[int, Field(ge=1, le=MOST_TRIALS, description="Settings that are tried")] = 30
    metric: Annotated[str, Field(max_length=200, description="Name of the metric that decides")] = "ndcg"
    k: Annotated[int, Field(ge=1, le=K_MOST, description="Its cut-off")] = 10
    sampler: Annotated[
        Sampler, Field(description="Settings are chosen by what was learnt (tpe) or at random")
    ] = "tpe"
    seed: Annotated[int, Field(ge=0, le=2**31 - 1, description="Decides what is tried")] = 0
    people: Annotated[
        int, Field(ge=0, le=10**9, description="People of the sample that prunes early; 0 = no pruning")
    ] = 0


@artifact
@dataclass(frozen=True)
class Tuned:
    """What tuning of one recommender found."""

    tuning: Tuning
    recommender: str  # the name in the registry
    spec: str  # with the best settings
    settings: dict[str, Any]  # all of the best settings
    value: float  # of the best, on the validation part
    default_value: float  # of the settings that were not searched for; NaN where these failed
    people: int  # of the validation part
    seconds: float
    split: str  # how the validation part was made
    combinations: float  # that there are to try; 1 = nothing to search, infinite for numbers
    history: tuple[Trial, ...]  # in order; the first is the default

    @property
    def failed(self) -> int:
        """Trials that could not be fit."""
        return sum(bool(one.error) for one in self.history)

    @property
    def pruned(self) -> int:
        """Trials that a sample of people was enough for."""
        return sum(one.pruned for one in self.history)


@artifact
@dataclass(frozen=True)
class Asked:
    """What determines a tuning beside the data set."""

    division: Experiment  # only what makes the parts
    tuning: Tuning


Tunings = tuple[tuple[Tuned, ...], tuple[Failure, ...]]  # what was tuned, and what could not be


def tuning_of(**values: Any) -> Tuning:
    """A checked Tuning; raises BadInput that names what is wrong."""
    try:
        made = Tuning.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(
            f"{'.'.join(map(str, first['loc']))}: {first['msg']} (it is {str(first.get('input'))[:60]!r}).",
            "a value within its bounds.",
            "see the reference of the command line.",
        ) from error
    recommender_of(made.recommender)
    decisive(made)
    return made


def decisive(tuning: Tuning) -> Metric:
    """The metric that decides; raises BadInput for one that is not made of hits in lists."""
    found = metrics_named((tuning.metric,))[0]
    if not found.decides:
        raise BadInput(
            f"{found.label} can't decide a tuning: it is not made of hits in lists.",
            "a metric of lists against held-out items, as ndcg or recall.",
            "choose another metric.",
        )
    return found


def asked(experiment: Experiment, dataset: Dataset, tuning: Tuning) -> Asked:
    """What `tune` is asked on a data set with the parts of an experiment."""
    return Asked(division(experiment, dataset), tuning)


@step(version=1, called="Tuning")
def tune(dataset: Dataset, *, settings: Asked, report: Report) -> Tuned:
    """Tune one recommender, and keep what was found for the comparisons that use it.

    Raises BadInput where the data can't be divided, or where no settings could be fit.
    """
    report(0.0, "Splitting")
    fold, split = validation(dataset, settings.division)
    found = tuned_on(fold, settings.tuning, split, within(report, 0.02, 1.0))
    keep(found, settings.division, dataset.fingerprint)
    return found


@step(version=1, called="Tuning")
def tune_each(dataset: Dataset, *, settings: tuple[Asked, ...], report: Report) -> Tunings:
    """Tune several recommenders, one after the other; those that can't be are named, the others go on.

    Raises BadInput where none could be tuned.
    """
    found, failures = list[Tuned](), list[Failure]()
    for at, one in enumerate(settings):
        part = within(report, at / len(settings), (at + 1) / len(settings))
        try:
            found.append(current().run(tune, dataset, settings=one, report=part))
        except BadInput as error:
            failures.append(Failure(one.tuning.recommender, str(error)))
    if not found:
        raise BadInput(failures[0].message, "at least one that can be tuned.", "choose another.")
    return tuple(found), tuple(failures)


def validation(dataset: Dataset, parts: Experiment) -> tuple[Fold, str]:
    """The training part of the first fold, divided once more by the same rule; and that rule.

    Where the parts came with the files, the training part is divided by the usual rule.
    """
    first = folds_of(dataset, parts)[0]
    spec = parts.split or ""
    if spec.startswith("given"):
        spec = default_split("", dataset.timed, parted=False)
    made = first.validation(split_of(spec), parts.seed, parts.exclude_seen)
    return without_bonds(made, dataset), spec


def tuned_on(fold: Fold, tuning: Tuning, split: str, report: Report) -> Tuned:
    """What tuning finds on a fold of a training part."""
    from core import kernels  # noqa: F401  (compiled before the clock starts)

    began = time.perf_counter()
    base, metric = recommender_of(tuning.recommender), decisive(tuning)
    free, better = space(base), 1 if metric.better == "higher" else -1
    tries = int(min(tuning.trials, size(free)))
    judges = [judge_of(part, metric, tuning.k) for part in _parts(fold, tuning.people)]
    history: list[Trial] = []
    for settings, tell in search(Search(free, tuning.sampler, tuning.seed, better > 0), tries):
        at = len(history)
        part = within(report, at / tries, (at + 1) / tries)
        told = partial(_told, part, f"{base.label}: trial {at + 1} of {tries}")
        told(0.0, "")
        history.append(tried(partial(with_settings, base, settings), settings, judges, history, better, told))
        tell(history[-1].value, history[-1].pruned)
    best = best_of(history, better)
    changed = {one.name: best.settings[one.name] for one in free if best.settings[one.name] != one.default}
    chosen = with_settings(base, changed)
    return Tuned(
        tuning,
        base.name,
        chosen.spec,
        chosen.model_dump(mode="json"),
        best.value,
        history[0].value,
        best.people,
        time.perf_counter() - began,
        split,
        size(free),
        tuple(history),
    )


def with_settings(base: Recommender, settings: dict[str, Any]) -> Recommender:
    """The recommender with these settings beside those that it was given; raises BadInput for bad ones."""
    given = {name: getattr(base, name) for name in base.model_fields_set}
    return recommender_of(specs.write(base.name, {**given, **settings}))


def _told(report: Report, label: str, fraction: float, _message: str) -> None:
    report(fraction, label)


def _parts(fold: Fold, people: int) -> Iterator[Fold]:
    """The sample that prunes, where there is one, and everybody."""
    if 0 < people < len(fold.train.user_ids):
        yield of_people(fold, people)
    yield fold
