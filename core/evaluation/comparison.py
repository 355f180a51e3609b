"""The Comparison: recommenders × metrics × people, and what it says of who leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from core.evaluation.experiment import Experiment
from core.evaluation.integrity import Check
from core.evaluation.metric import metrics
from core.evaluation.uncertainty import Difference, Estimate, estimates, means, paired, resampled
from core.recommenders.base import Ranked
from core.recommenders.fitting import Cost
from core.types import FloatArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput


@artifact
@dataclass(frozen=True)
class Facts:
    """What the data set holds, as the protocol counts it."""

    name: str
    fingerprint: str
    users: int
    items: int
    interactions: int
    catalogue_items: int


@artifact
@dataclass(frozen=True)
class Entry:
    """A row of the comparison: a recommender with its settings, or ready-made lists."""

    name: str  # the registry's name, the full spec where a name occurs twice, or the lists' name
    label: str
    spec: str
    settings: dict[str, Any]
    fit: Cost
    recommend: Cost


@artifact
@dataclass(frozen=True)
class Column:
    """A column of the comparison: a metric in one definition at one cut-off."""

    name: str
    variant: str
    k: int  # 0: of the whole ranking


@artifact
@dataclass(frozen=True)
class Failure:
    """A recommender that could not take part, and why."""

    spec: str
    message: str
    passing: bool = False  # something outside the input failed, and may be there again


@artifact
@dataclass(frozen=True)
class Comparison:
    """R recommenders × M metrics × T people, with everything that their numbers are made from."""

    experiment: Experiment
    facts: Facts
    entries: tuple[Entry, ...]  # R
    columns: tuple[Column, ...]  # M
    user_ids: TextArray  # (T,) people with at least one held-out item
    item_ids: TextArray  # (I,) the catalogue
    values: FloatArray  # (R, M, T) float64: one value per person, NaN throughout for a catalogue metric
    whole: FloatArray  # (R, M) float64: the mean, or the value over all lists of a catalogue metric
    draws: FloatArray  # (R, M, B) float64: the same in each of B resamples of people
    ranked: tuple[Ranked, ...]  # R, people in the order of user_ids
    truth: csr_array  # (T, I) held-out items
    history: csr_array  # (T, I) positives that lists were made from
    integrity: tuple[Check, ...]
    failures: tuple[Failure, ...]
    time: int | None  # the split's moment, microseconds since 1970

    @cached_property
    def estimates(self) -> list[list[Estimate]]:
        """R × M: mean, interval and n."""
        people = np.isfinite(self.values).sum(axis=2)
        n = np.where(people > 0, people, np.where(np.isfinite(self.whole), len(self.user_ids), 0))
        return [estimates(self.whole[row], self.draws[row], n[row]) for row in range(len(self.entries))]

    @property
    def provisional(self) -> bool:
        """Whether it would be another if a language model answered that did not; then it is not kept."""
        return any(one.passing for one in self.failures) or any(
            one.spent is not None and one.spent.failed > 0 for one in self.ranked
        )

    def pace(self, row: int) -> tuple[float, float, int]:
        """Seconds that one thread takes for 1,000 lists, median and 95th percentile, over so many blocks of
        people; NaN for ready-made lists, and where answers were kept from before, which took no time."""
        paces, spent = self.ranked[row].paces, self.ranked[row].spent
        if paces is None or not len(paces) or (spent is not None and spent.before):
            return float("nan"), float("nan"), 0
        middle, late = np.percentile(paces, [50, 95])
        return float(middle), float(late), len(paces)

    def seconds_of_lists(self, row: int) -> float:
        """Seconds that all lists took, those included that a model once worked for answers kept since."""
        spent = self.ranked[row].spent
        return self.entries[row].recommend.seconds + (spent.before if spent is not None else 0.0)

    @property
    def fitted(self) -> list[int]:
        """The rows of recommenders; the others are ready-made lists, of which nothing else is known."""
        given = self.experiment.recommendations
        return [row for row, entry in enumerate(self.entries) if entry.spec not in given]

    def column(self, name: str, k: int, variant: str = "standard") -> int:
        """Where a metric stands; raises BadInput where it was not computed."""
        wanted = Column(name, variant, k)
        if wanted not in self.columns:
            wanted = replace(wanted, k=0)  # a metric of the whole ranking is the same at every cut-off
        if wanted not in self.columns:
            raise BadInput(
                f"{name}@{k} was not computed.",
                "a metric and cut-off of the comparison.",
                "add it to the comparison.",
            )
        return self.columns.index(wanted)

    def best_first(self, column: int) -> list[int]:
        """The rows in the order of a column: the highest mean first, or the lowest where less is better.

        One that only a sample was asked about stands by its paired difference from the best of the others:
        its mean is of other people than theirs.
        """
        sign = 1 if self.fewer_is_better(column) else -1
        of_rows = np.array([row[column].mean for row in self.estimates])
        sampled = np.array([one.asked is not None for one in self.ranked], dtype=bool)
        if sampled.any() and not sampled.all():
            others = np.where(sampled | ~np.isfinite(of_rows), np.inf, sign * of_rows)
            base = int(np.argmin(others))
            for row in np.flatnonzero(sampled):
                gap = self.gap(int(row), base, column).mean
                of_rows[row] = of_rows[base] + gap if np.isfinite(gap) else of_rows[row]
        return [int(row) for row in np.argsort(sign * of_rows, kind="stable")]

    def fewer_is_better(self, column: int) -> bool:
        """Whether the metric of a column is better the lower it is."""
        declared = metrics().get((self.columns[column].name, self.columns[column].variant))
        return declared is not None and declared.better == "lower"  # None: a plug-in that is no longer there

    def differences(self, column: int) -> list[Difference]:
        """Every paired difference of a column that is defined, over people with both; Holm-corrected."""
        if column not in self._differences:
            own = self.values[:, column].T, self.experiment.seed
            self._differences[column] = paired(*own, self.whole[:, column], self.draws[:, column])
        return self._differences[column]

    @cached_property
    def _differences(self) -> dict[int, list[Difference]]:
        return {}

    def better_first(self, one: Difference, column: int) -> Difference:
        """A difference of a column, the better one minus the other."""
        return one.upward.turned if self.fewer_is_better(column) else one.upward

    def among(self, row: int, base: int, column: int) -> Estimate:
        """What `base` has over the people of whom `row` was asked, so that figures are of the same people.

        Of metrics with a value a person; NaN where nobody has both.
        """
        theirs, own_people = np.isfinite(self.values[[row, base], column])
        both = theirs & own_people
        if (both == own_people).all():
            return self.estimates[base][column]
        if not both.any():
            return Estimate(float("nan"), float("nan"), float("nan"), 0)
        own = self.values[base, column][both][:, None]
        mean, n = means(own)
        (found,) = estimates(mean, resampled(own, self.experiment.seed), n)
        return found

    def gap(self, row: int, base: int, column: int) -> Estimate:
        """The paired difference `row` minus `base` with its own 95 % interval; n = 0 if it is not defined."""
        for one in self.differences(column):
            if (one.first, one.second) == (row, base):
                return one.estimate
            if (one.second, one.first) == (row, base):
                return one.estimate.turned
        return Estimate(float("nan"), float("nan"), float("nan"), 0)


@artifact
@dataclass(frozen=True)
class Verdict:
    """What a column says: who leads, who is tied with the leader, and how many pairs are tied."""

    leader: int
    tied: tuple[int, ...]  # not told apart from the leader, best first
    tied_pairs: int
    pairs: int


def verdict(comparison: Comparison, column: int) -> Verdict:
    """The leader of a column, best by its mean, and ties by the corrected paired differences.

    One that only a sample was asked about leads only where, over these people, it is told apart from the best
    of the others: means of unlike people say nothing of each other.
    """
    order = comparison.best_first(column)
    found = comparison.differences(column)
    close = {frozenset((one.first, one.second)) for one in found if not one.settled}
    leader = next((row for row in order if comparison.ranked[row].asked is None), order[0])
    above = [row for row in order[: order.index(leader)] if frozenset((leader, row)) not in close]
    fewer = comparison.fewer_is_better(column)
    leader = next((row for row in above if _more(found, row, leader) != fewer), leader)
    tied = tuple(row for row in order if row != leader and frozenset((leader, row)) in close)
    return Verdict(leader, tied, len(close), len(found))


def _more(found: Sequence[Difference], row: int, other: int) -> bool:
    """Whether the paired difference says that one has more than the other."""
    one = next(one for one in found if {one.first, one.second} == {row, other})
    return (one.estimate.mean > 0) == (one.first == row)
