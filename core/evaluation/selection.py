"""A part of the people of a comparison: their metrics and paired differences, from what was stored."""

from dataclasses import dataclass

import numpy as np

from core.evaluation.comparison import Comparison
from core.evaluation.uncertainty import Difference, Estimate, differences, estimates, means, resampled
from core.types import BoolArray, TextArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step

FEWEST = 5  # people: fewer show no details


@artifact
@dataclass(frozen=True)
class Chosen:
    """Which people and which column; the ids are sorted."""

    users: TextArray  # (S,)
    column: int  # of the comparison


@artifact
@dataclass(frozen=True)
class Selection:
    """What a metric says of some people: an estimate for each recommender, and every paired difference."""

    selected: int
    n: int  # of them with held-out items
    estimates: tuple[Estimate, ...]  # (R,) () where n is below 5
    differences: tuple[Difference, ...]


@step(version=1, called="Comparing for a selection")
def selection(comparison: Comparison, *, settings: Chosen, report: Report) -> Selection:
    """The metric of the chosen people from the stored values; lists are never made again.

    A metric of all lists (coverage) has no value for a part of the people.
    """
    report(0.1, "Drawing people")
    rows = np.isin(comparison.user_ids.astype(str), settings.users.astype(str))
    return of_people(comparison, rows, settings.column, len(settings.users))


def of_people(comparison: Comparison, rows: BoolArray, column: int, selected: int) -> Selection:
    """The same of people by their rows (T,)."""
    values = comparison.values[:, column, rows].T  # (n, R)
    n = int(rows.sum())
    if n < FEWEST or not np.isfinite(values).any():
        return Selection(selected, n, (), ())
    whole, many = means(values)
    draws = resampled(values, comparison.experiment.seed)
    pairs = differences(whole, draws, int(many.min()))
    return Selection(selected, n, tuple(estimates(whole, draws, many)), tuple(pairs))
