"""Popularity: what most people liked, of late or ever, everyone or people of one group."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.details import details_of
from core.recommenders.reason import Part, Reason
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report

_DAY = 86_400e6  # microseconds
_NONE = np.empty(0, dtype=np.int32)


@artifact
@dataclass(frozen=True)
class PopularityScorer(Scorer):
    """How many people like each item, in each group of people and in all; old likes may count less."""

    counts: FloatArray  # (G + 1, I) float32: of each group, then of everyone
    people: IntArray  # (G + 1,) people in each
    names: tuple[str, ...]  # G
    group: IntArray  # (U,) which group a person of training is in, -1 = none that has a say

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        if not self.names:
            return np.ones((history.shape[0], 1), dtype=np.float32) * self.counts[-1]
        return self.counts[self._groups(history.shape[0], users)]

    def _groups(self, many: int, users: IntArray | None) -> IntArray:
        """(B,) rows of `counts`; -1, the last, is everyone."""
        if users is None or not len(self.group):
            return np.full(many, -1, dtype=np.int32)
        return np.where(users >= 0, self.group[users], -1)

    def reason(self, history: csr_array, users: IntArray | None, item: int) -> Reason:
        group = int(self._groups(1, users)[0])
        many = float(self.counts[group, item])
        n, of = round(many), int(self.people[group])
        if group < 0:
            return Reason("popular", (Part(many),), many, n=n, of=of)
        return Reason("segment", (Part(many),), many, n=n, of=of, name=self.names[group])


class Popularity(Recommender):
    """Items by the number of people with a positive interaction in training.

    With `half_life`, the last positive of a person counts ½ for every so many days before the end of
    training. With `by`, a column of people, everyone is shown what is popular among people of the same
    value; groups of fewer than 5 people, and people of whom nothing is known, are shown what is popular
    with all. Raises BadInput for a column that is not there, and for a half-life where there are no times.
    """

    name = "popularity"
    label = "Popularity"
    half_life: Annotated[
        float, Field(ge=0, le=36_500, description="Days after which a like counts half; 0 = likes stay")
    ] = 0.0
    by: Annotated[
        str,
        Field(max_length=100, pattern=r"^[^()=,]*$", description="Column of people to group by; empty = all"),
    ] = ""

    def fit(self, train: Train, report: Report) -> Scorer:
        likes = self._likes(train)
        group, names = _grouped(train.users, self.by)
        rows = [np.flatnonzero(group == at) for at in range(len(names))] + [np.arange(len(train.user_ids))]
        counts = np.stack([np.asarray(likes[own].sum(axis=0), dtype=np.float32).ravel() for own in rows])
        people = np.array([len(own) for own in rows], dtype=np.int32)
        return PopularityScorer(counts, people, names, group if names else _NONE)

    def _likes(self, train: Train) -> csr_array:
        """(U, I) how much each like counts."""
        if not self.half_life:
            return train.positives
        if np.abs(train.rank).max(initial=0) < 10**12:
            raise BadInput(
                "Popularity with a half-life needs times, and the data has none.",
                "a timestamp column.",
                "leave half_life at 0.",
            )
        shape = train.positives.shape
        liked = train.positives.tocoo()
        wanted = liked.row.astype(np.int64) * shape[1] + liked.col
        rows = np.flatnonzero(train.positive)
        place = np.searchsorted(wanted, train.user[rows].astype(np.int64) * shape[1] + train.item[rows])
        when = np.full(len(wanted), np.iinfo(np.int64).min)
        np.maximum.at(when, place, train.rank[rows])
        age = (train.rank.max() - when.astype(np.float64)) / _DAY
        weight = (0.5 ** (age / self.half_life)).astype(np.float32)
        return csr_array((weight, (liked.row, liked.col)), shape=shape)

    def demand(self, size: Size) -> Demand:
        return Demand(
            {"loop": float(size.positives)}, {"loop": float(size.users) * size.items}, 8.0 * size.items
        )


def _grouped(users: pd.DataFrame, column: str) -> tuple[IntArray, tuple[str, ...]]:
    """The group of each person, -1 = none, and the groups' names; none where no column is named."""
    if not column:
        return _NONE, ()
    found = details_of(users, (column,))
    if not found:
        raise BadInput(
            f"The column {column[:60]!r} of people makes no groups.",
            "a column with two values or more, of 5 people each.",
            "choose another column.",
        )
    return found[0].place(users[column]), found[0].values
