"""Registration details: what people of the same age, occupation or place like more than others do."""

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import LogScale, Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.details import FEWEST, Detail, details_of
from core.recommenders.reason import Part, Reason
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report

EVERYONE, TOGETHER = "popularity with everyone", "registration details"
_GROUPS = 60  # of all columns together, as a rule
_COLUMNS = 4


@artifact
@dataclass(frozen=True)
class DetailsScorer(Scorer):
    """score = log(1 + people who like an item) + one log ratio for each detail of the person.

    exp of a log ratio says how many times as likely an item is among the likes of people with that
    detail as among everybody's.
    """

    popular: FloatArray  # (I,) float32: log(1 + people)
    details: tuple[Detail, ...]  # C columns; their G groups stand one after the other
    ratios: FloatArray  # (G, I) float32
    groups: IntArray  # (U, C) int32: the group of each person of training in each column, -1 = none

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        nobody = np.full((history.shape[0], len(self.details)), -1, dtype=np.int32)
        if users is None:
            return self._scores(nobody)
        known = users >= 0
        nobody[known] = self.groups[users[known]]
        return self._scores(nobody)

    def score_details(self, details: pd.DataFrame) -> FloatArray:
        """(B, I) float32 scores for newcomers from their details, a row each; what is not said has no say."""
        return self._scores(self.groups_of(details))

    def groups_of(self, details: pd.DataFrame) -> IntArray:
        """(B, C) int32: the group of each row in each column, -1 where it is unknown or too small."""
        found = np.full((len(details), len(self.details)), -1, dtype=np.int32)
        first = 0
        for at, detail in enumerate(self.details):
            if detail.column in details:
                place = detail.place(details[detail.column])
                found[:, at] = np.where(place >= 0, first + place, -1)
            first += len(detail.values)
        return found

    def for_newcomers(self, details: pd.DataFrame) -> "DetailsScorer":
        """The scorer that knows these people, by the rows of `details`, and nobody else."""
        return replace(self, groups=self.groups_of(details))

    def parts(self, details: pd.DataFrame, item: int) -> tuple[Part, ...]:
        """What each detail of one newcomer, and popularity, add to the score of an item; they sum to it.

        Named "age 25–34"; the largest first.
        """
        names = [f"{detail.column} {value}" for detail in self.details for value in detail.values]
        said = [int(group) for group in self.groups_of(details)[0] if group >= 0]
        made = [Part(float(self.ratios[group, item]), name=names[group]) for group in said]
        return _ordered([*made, Part(float(self.popular[item]), name=EVERYONE)])

    def reason(self, history: csr_array, users: IntArray | None, item: int) -> Reason:
        """Popularity, and all details together: they may be personal, and are not named for one person."""
        row = int(users[0]) if users is not None else -1
        groups = [] if row < 0 else [int(group) for group in self.groups[row] if group >= 0]
        whole = Part(float(self.popular[item]), name=EVERYONE)
        if not groups:
            return Reason("details", (whole,), whole.weight)
        own = Part(float(self.ratios[groups, item].sum()), name=TOGETHER)
        return Reason("details", _ordered([own, whole]), own.weight + whole.weight)

    def _scores(self, groups: IntArray) -> FloatArray:
        found = np.repeat(self.popular[None, :], len(groups), axis=0)
        for column in groups.T:
            said = np.flatnonzero(column >= 0)
            found[said] += self.ratios[column[said]]
        return found


def _ordered(parts: list[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: -part.weight))


class ByDetails(Recommender):
    """Items that are more popular among people with the same registration details than among all.

    Naive Bayes: each detail adds log P(item | people with that detail) / P(item), smoothed towards the
    popularity with everyone, to log popularity; details count as independent. Numbers such as age are
    put in bins, dates are left out, and a group of fewer than 5 people has no say. Of somebody whose
    details are not known it says what is popular. Raises BadInput where the data has no details of people.
    """

    name = "by_details"
    label = "Registration details"
    source = "Manning, Raghavan & Schütze 2008, Introduction to Information Retrieval, §13.2"
    prior: Annotated[
        float,
        Field(
            ge=1, le=1e6, description="Interactions that popularity with everyone counts for in each group"
        ),
        LogScale,
    ] = 500.0
    columns: Annotated[
        str, Field(max_length=500, description="Columns of people that have a say, joined by +; empty: all")
    ] = ""

    def fit(self, train: Train, report: Report) -> Scorer:
        report(0.0, "Reading details of people")
        details = details_of(train.users, [name.strip() for name in self.columns.split("+") if name.strip()])
        if not details:
            raise BadInput(
                "Nothing is known of people that could tell what they like.",
                f"a column of people, such as age, with values that at least {FEWEST} of them share.",
                "choose a recommender that learns from interactions, or add a table of people.",
            )
        people = np.bincount(train.positives.indices, minlength=len(train.item_ids)).astype(np.float64)
        empty = np.empty((0, len(train.item_ids)), dtype=np.float32)
        bare = DetailsScorer(np.log1p(people).astype(np.float32), details, empty, np.empty((0, 0), np.int32))
        groups = bare.groups_of(train.users)
        report(0.5, "Counting likes of groups")
        counts = _counts(groups, sum(len(detail.values) for detail in details), train.positives)
        return replace(bare, ratios=log_ratios(counts, people, self.prior), groups=groups)

    def demand(self, size: Size) -> Demand:
        return Demand(
            fit={"sparse": float(_COLUMNS * size.positives), "dense": float(_GROUPS * size.items)},
            score={"dense": float(_COLUMNS) * size.users * size.items},
            bytes=float(20 * _GROUPS * size.items),
        )


def _counts(groups: IntArray, many: int, positives: csr_array) -> FloatArray:
    """(G, I) how many people of each group like each item."""
    person, column = np.nonzero(groups >= 0)
    ones = np.ones(len(person), dtype=np.float32)
    member = csr_array((ones, (groups[person, column], person)), shape=(many, len(groups)))
    return np.asarray((member @ positives).toarray(), dtype=np.float64)


def log_ratios(counts: FloatArray, people: FloatArray, prior: float) -> FloatArray:
    """(G, I) float32: log P(item | group) / P(item) from likes of groups (G, I) and of everyone (I,).

    P(item) = (people + 1) / (Σ people + I); P(item | group) = (count + prior · P(item)) / (Σ count + prior).
    """
    everyone = (people + 1) / (people.sum() + len(people))
    smoothed = (counts + prior * everyone) / (counts.sum(axis=1, keepdims=True) + prior)
    return np.log(smoothed / everyone).astype(np.float32)
