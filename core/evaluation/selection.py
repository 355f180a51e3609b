"""A part of the people of a comparison: their metrics and paired differences, from what was stored."""

from dataclasses import dataclass, replace

import numpy as np

from core.evaluation import ceiling, steadiness
from core.evaluation.assembling import over_people
from core.evaluation.comparison import Comparison
from core.evaluation.differing import FEWEST
from core.evaluation.uncertainty import Difference, Estimate, estimates, means, paired, resampled
from core.types import BoolArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report
from core.work.steps import step


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
    estimates: tuple[Estimate, ...]  # (R,) () where the metric is defined for fewer than 5
    differences: tuple[Difference, ...]


@step(version=3, called="Comparing for a selection")
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
    whole, many = means(values)
    if many.max(initial=0) < FEWEST or ((many > 0) & (many < FEWEST)).any():
        return Selection(selected, n, (), ())
    # Of everyone the very draws, for rounding decides which draws are ties.
    draws = comparison.draws[:, column] if rows.all() else resampled(values, comparison.experiment.seed)
    pairs = paired(values, comparison.experiment.seed, whole, draws)
    return Selection(selected, n, tuple(estimates(whole, draws, many)), tuple(pairs))


@step(version=2, called="Comparing for a segment")
def for_segment(comparison: Comparison, *, settings: TextArray, report: Report) -> Comparison:
    """The comparison of the people with these ids: their lists as they were made, means and draws anew.

    Raises BadInput where fewer than 5 of them have held-out items.
    """
    rows = np.isin(comparison.user_ids.astype(str), settings.astype(str))
    if (n := int(rows.sum())) < FEWEST:
        raise BadInput(
            f"Of the {len(settings):,} people of this segment, {n} have held-out items.",
            f"at least {FEWEST}, so that nobody is shown alone and an interval can be given.",
            "choose everyone or a larger segment.",
        )
    report(0.1, "Drawing people")
    values = comparison.values[:, :, rows]
    ranked = tuple(one.part(rows) for one in comparison.ranked)
    seed, items = comparison.experiment.seed, len(comparison.item_ids)
    whole, draws = over_people(values, ranked, comparison.columns, seed, items)
    return replace(
        comparison,
        integrity=tuple(
            one for one in comparison.integrity if one.check not in (ceiling.NAME, steadiness.NAME)
        ),
        user_ids=comparison.user_ids[rows],
        values=values,
        whole=whole,
        draws=draws,
        ranked=ranked,
        truth=comparison.truth[rows],
        history=comparison.history[rows],
    )
