"""The Comparison: recommenders × metrics × people, and what it says of who leads."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from core.evaluation.experiment import Experiment
from core.evaluation.integrity import Check
from core.evaluation.metric import metrics
from core.evaluation.uncertainty import Difference, Estimate, differences, estimates, paired
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
    k: int


@artifact
@dataclass(frozen=True)
class Failure:
    """A recommender that could not take part, and why."""

    spec: str
    message: str


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
    def fitted(self) -> list[int]:
        """The rows of recommenders; the others are ready-made lists, of which nothing else is known."""
        given = self.experiment.recommendations
        return [row for row, entry in enumerate(self.entries) if entry.spec not in given]

    def column(self, name: str, k: int, variant: str = "standard") -> int:
        """Where a metric stands; raises BadInput where it was not computed."""
        wanted = Column(name, variant, k)
        if wanted not in self.columns:
            raise BadInput(
                f"{name}@{k} was not computed.",
                "a metric and cut-off of the comparison.",
                "add it to the comparison.",
            )
        return self.columns.index(wanted)

    def best_first(self, column: int) -> list[int]:
        """The rows in the order of a column: the highest mean first, or the lowest where less is better."""
        name, variant = self.columns[column].name, self.columns[column].variant
        declared = metrics().get((name, variant))  # None: a plug-in that is no longer there
        sign = 1 if declared and declared.better == "lower" else -1
        means = np.array([row[column].mean for row in self.estimates])
        return [int(row) for row in np.argsort(sign * means, kind="stable")]

    def differences(self, column: int) -> list[Difference]:
        """Every paired difference of one column, Holm-corrected."""
        n = min(row[column].n for row in self.estimates)
        everyone = all(one.asked is None for one in self.ranked)
        if everyone or not np.isfinite(self.values[:, column]).any():  # a catalogue metric has no people
            return differences(self.whole[:, column], self.draws[:, column], n)
        return paired(self.values[:, column].T, self.experiment.seed)


@artifact
@dataclass(frozen=True)
class Verdict:
    """What a column says: who leads, who is tied with the leader, and how many pairs are tied."""

    leader: int
    tied: tuple[int, ...]  # not told apart from the leader, best first
    tied_pairs: int
    pairs: int


def verdict(comparison: Comparison, column: int) -> Verdict:
    """The leader of a column, best by its mean, and ties by the corrected paired differences."""
    order = comparison.best_first(column)
    found = comparison.differences(column)
    close = {frozenset((one.first, one.second)) for one in found if not one.settled}
    tied = tuple(row for row in order[1:] if frozenset((order[0], row)) in close)
    return Verdict(order[0], tied, len(close), len(found))
