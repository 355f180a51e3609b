"""Two runs beside each other: what differs in what was asked, their figures, and paired differences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

import numpy as np

from core.evaluation.comparison import Column, Comparison
from core.evaluation.experiment import Experiment
from core.evaluation.record import comparison_json
from core.evaluation.recorded import Figure, Recorded, beside_data, figures_print
from core.evaluation.uncertainty import LEVEL, Estimate, gap_of, holm, means, resampled
from core.types import FloatArray
from core.work.artifacts import artifact
from core.work.here import current
from core.work.report import Report
from core.work.steps import step

# What decides whom figures are of and what counts as a hit: where it differs, they measure different things.
TASK = frozenset({"positive", "exclude_seen", "split", "min_user", "min_item", "candidates", "negatives"})


@dataclass(frozen=True)
class Setting:
    """A part of the experiment in which two runs differ, as text; "" where one has nothing there."""

    name: str
    first: str
    second: str


@dataclass(frozen=True)
class Side:
    """One number in both runs; None where a run does not have it."""

    recommender: str
    metric: str
    variant: str
    k: int
    first: Estimate | None
    second: Estimate | None


@artifact
@dataclass(frozen=True)
class Gap:
    """The paired difference of one number, second run minus first."""

    recommender: str
    metric: str
    variant: str
    k: int
    estimate: Estimate
    p: float  # two-sided, Holm-adjusted over the recommenders that both runs have

    @property
    def settled(self) -> bool:
        """Whether the two are told apart at 5 % after correction."""
        return self.p < 1 - LEVEL


@artifact
@dataclass(frozen=True)
class Paired:
    """Paired differences of two runs, or why there are none."""

    why: Literal["", "gone", "other", "people", "held out", "task"]
    gaps: tuple[Gap, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether it would be another once the comparisons are kept again."""
        return self.why == "gone"


def differing(first: Experiment, second: Experiment) -> tuple[Setting, ...]:
    """What is not the same in two experiments, in the order of their fields; of several entries, those that
    only one has. The data's fingerprint is not among it."""
    found = []
    for name in Experiment.model_fields:
        if name in ("version", "fingerprint"):
            continue
        one, other = (_entries(name, getattr(each, name)) for each in (first, second))
        if set(one) != set(other):
            found.append(Setting(name, _only(one, other), _only(other, one)))
    return tuple(found)


def _entries(name: str, value: Any) -> list[str]:
    if name == "content":  # of files beside the data, and of language models; the data have a fingerprint
        return [one[:12] for one in beside_data(value)]
    if isinstance(value, tuple):
        return [str(one) for one in value]
    if isinstance(value, dict):
        return [f"{key}={one}" for key, one in value.items()]
    return ["" if value is None else str(value)]


def _only(entries: Sequence[str], others: Sequence[str]) -> str:
    return ", ".join(one for one in entries if one not in others)


def side_by_side(first: Sequence[Figure], second: Sequence[Figure]) -> tuple[Side, ...]:
    """Every number of two runs, those of the first in its order, then what only the second has."""
    one, other = (
        {(each.recommender, *each.column): each.estimate for each in run} for run in (first, second)
    )
    return tuple(Side(*key, one.get(key), other.get(key)) for key in dict.fromkeys([*one, *other]))


@step(version=2, called="Comparing runs")
def paired_runs(first: Recorded, second: Recorded, *, settings: None, report: Report) -> Paired:  # noqa: ARG001
    """Pair the figures of two runs person by person, from their kept comparisons.

    A comparison that was worked out again since, with other numbers than the record's, is not that run's.
    Only where the same people have the same held-out items: else figures are of different questions.
    """
    report(0.0, "Loading")
    store = current().store
    one, other = (store.get(each.key) for each in (first, second))
    if not isinstance(one, Comparison) or not isinstance(other, Comparison):
        return Paired("gone")
    for each, kept in ((first, one), (second, other)):
        if figures_print(comparison_json(kept)) != each.figures:
            return Paired("other")
    if not np.array_equal(one.user_ids, other.user_ids):
        return Paired("people")
    if not _same_truth(one, other):
        return Paired("held out")
    if any(getattr(one.experiment, name) != getattr(other.experiment, name) for name in TASK):
        return Paired("task")
    report(0.3, "Drawing people")
    return Paired("", gaps(one, other))


def _same_truth(one: Comparison, other: Comparison) -> bool:
    """Whether the same items are held out of the same people."""
    if not np.array_equal(one.item_ids, other.item_ids) or one.truth.nnz != other.truth.nnz:
        return False
    apart = one.truth.astype(np.float64) - other.truth.astype(np.float64)
    return not apart.data.any()


def gaps(one: Comparison, other: Comparison) -> tuple[Gap, ...]:
    """Second minus first for every recommender and column that both have, over the same people.

    Each over those for whom both are defined. A metric of all lists has no values of people: its draws are
    those of the comparisons, which are paired where both drew with the same seed; else it is left out.
    """
    theirs = [entry.name for entry in other.entries]
    rows = [(at, theirs.index(entry.name)) for at, entry in enumerate(one.entries) if entry.name in theirs]
    columns = [
        (at, other.columns.index(each)) for at, each in enumerate(one.columns) if each in other.columns
    ]
    pairs = [((row, at), (row2, at2)) for at, at2 in columns for row, row2 in rows]
    values = [other.values[there] - one.values[here] for here, there in pairs]
    if not values:
        return ()
    by_person = np.stack(values, axis=1)  # (T, pairs)
    whole, n = means(by_person)
    draws = resampled(by_person, one.experiment.seed)
    for at, (here, there) in enumerate(pairs):
        if n[at] == 0 and one.experiment.seed == other.experiment.seed:
            whole[at] = other.whole[there] - one.whole[here]
            draws[at] = other.draws[there] - one.draws[here]
            n[at] = len(one.user_ids) if np.isfinite(whole[at]) else 0
    found = [_gap(one, *pairs[at][0], whole[at], draws[at], int(n[at])) for at in range(len(pairs)) if n[at]]
    return tuple(_corrected(found))


def _gap(one: Comparison, row: int, at: int, whole: float, draws: FloatArray, n: int) -> Gap:
    column: Column = one.columns[at]
    return Gap(one.entries[row].name, column.name, column.variant, column.k, *gap_of(whole, draws, n))


def _corrected(found: Sequence[Gap]) -> Iterator[Gap]:
    """With Holm's correction over the recommenders of each column."""
    for _column, group in groupby(found, key=lambda one: (one.metric, one.variant, one.k)):
        of_column = list(group)
        for gap, p in zip(of_column, holm([one.p for one in of_column]), strict=True):
            yield replace(gap, p=p)
