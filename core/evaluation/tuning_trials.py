"""Trials: settings that are fit and judged, first by a sample of people where one is asked for."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from core.data.folds import Fold
from core.evaluation.judged import judge
from core.evaluation.lists import Ask, lists
from core.evaluation.metric import Metric
from core.recommenders.apart import ask
from core.recommenders.base import Recommender
from core.recommenders.fitting import fit, fitting
from core.recommenders.forecast import allow
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report, within

EARLY = 4  # trials before any is pruned

Judge = Callable[[Recommender, Report], tuple[float, int]]  # the mean of the metric, and n


@artifact
@dataclass(frozen=True)
class Trial:
    """Settings that were tried, and what came out."""

    settings: dict[str, Any]  # those that were searched
    value: float  # mean of the metric; NaN where it failed; that of the sample where it was pruned
    people: int  # that the mean is over
    pruned: bool
    error: str  # why it failed; empty where it did not
    sample: float  # mean of the metric over the sample; NaN without one


def judge_of(fold: Fold, metric: Metric, k: int) -> Judge:
    """What fits a recommender on a fold, and says how good its lists are."""

    def judged(recommender: Recommender, report: Report) -> tuple[float, int]:
        allow(recommender, fold.train)
        chosen, first, last = fitting(recommender), within(report, 0.0, 0.7), within(report, 0.7, 1.0)
        learnt = ask(recommender, fit, fold.train, settings=chosen, report=first)
        asked = Ask(k, fold.train.seed, sampled=True)
        made = ask(recommender, lists, learnt, fold.test, fold.train.item_ids, settings=asked, report=last)
        values = metric.values(judge(made.ranked, fold.test), k)
        return float(np.nanmean(values)), int(np.isfinite(values).sum())

    return judged


def tried(
    recommender: Callable[[], Recommender],
    settings: dict[str, Any],
    judges: Sequence[Judge],
    before: Sequence[Trial],
    better: int,
    report: Report,
) -> Trial:
    """The trial of these settings; one that can't be fit says why.

    `judges`: of the sample, where there is one, and of everybody. `better`: 1 where a higher value is
    better, else -1.
    """
    sample, whole = math.nan, judges[-1]
    try:
        made = recommender()
        if len(judges) > 1:
            sample, people = judges[0](made, within(report, 0.0, 0.3))
            if hopeless(sample, [one.sample for one in before], better):
                return Trial(settings, sample, people, pruned=True, error="", sample=sample)
        value, people = whole(made, within(report, 0.3, 1.0) if len(judges) > 1 else report)
    except BadInput as error:
        return Trial(settings, math.nan, 0, pruned=False, error=str(error), sample=sample)
    return Trial(settings, value, people, pruned=False, error="", sample=sample)


def hopeless(value: float, before: Sequence[float], better: int) -> bool:
    """Whether a value on the sample is worse than the median of the trials before (Golovin et al. 2017).

    Never among the first few, so that there is something to compare with.

    >>> hopeless(0.1, [0.2, 0.3, 0.4, 0.5], better=1)
    True
    >>> hopeless(0.1, [0.2, 0.3, 0.4], better=1)
    False
    """
    known = [one for one in before if not math.isnan(one)]
    return len(known) >= EARLY and better * value < better * median(known)


def best_of(trials: Sequence[Trial], better: int) -> Trial:
    """The best that was judged by everybody, the earliest of equals; raises BadInput where none was."""
    whole = [one for one in trials if not one.pruned and not one.error]
    if not whole:
        raise BadInput(
            f"No settings could be fit: {trials[0].error}",
            "at least one that can be.",
            "mend what is named, or choose another recommender.",
        )
    return max(whole, key=lambda one: better * one.value)
