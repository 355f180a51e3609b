"""A later stage: what recommenders share that put another's best items into another order."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.language.asked import Spent
from core.recommenders.base import Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.options import Search
from core.recommenders.parts import NamedOne, demands_of, score_of, summed
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact

Of = Annotated[
    NamedOne, Field(max_length=1_000, description="The recommender whose best items are reordered")
]
Pool = Annotated[
    int,
    Field(ge=2, le=2_000, description="How many of its best items are reordered, the rest stay behind"),
    Search(20, 300, log=True),
]


@artifact
@dataclass(frozen=True)
class LaterStage(Scorer):
    """The scores of another scorer, and an order of its best items."""

    first: Scorer
    most: int

    @property
    def ordered(self) -> bool:
        return self.first.ordered

    @property
    def pool(self) -> int:
        return max(self.most, self.first.pool)

    @property
    def sample(self) -> int:
        return self.first.sample

    @property
    def spent(self) -> Spent | None:
        return self.first.spent

    @contextmanager
    def opened(self) -> Iterator[Scorer]:
        with self.first.opened() as first:
            yield replace(self, first=first)

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        return score_of(self.first, history, users)

    def reorder(
        self, items: IntArray, scores: FloatArray, history: csr_array, users: IntArray | None
    ) -> tuple[IntArray, FloatArray]:
        items, scores = self.first.reorder(items, scores, history, users)
        most = min(self.most, items.shape[1])
        liked = relevance(scores[:, :most], items[:, :most])
        order = self.order(items[:, :most], liked, history)
        head = np.take_along_axis(items[:, :most], order, axis=1)
        return np.concatenate([head, items[:, most:]], axis=1), falling(items)

    @abstractmethod
    def order(self, items: IntArray, liked: FloatArray, history: csr_array) -> IntArray:
        """(B, P) places of items (B, P) in their new order; `liked` (B, P) is 0 to 1, -1 items stay last."""


def relevance(scores: FloatArray, items: IntArray) -> FloatArray:
    """(B, P) float64 scores of lists brought to 0 to 1; 1 where all are equal, 0 where a list has ended."""
    there = items >= 0
    low = np.where(there, scores, np.inf).min(axis=1, keepdims=True)
    high = np.where(there, scores, -np.inf).max(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        found = np.where(high > low, (scores - low) / np.where(high > low, high - low, 1), 1.0)
    return np.where(there, found, 0.0).astype(np.float64)


def falling(items: IntArray) -> FloatArray:
    """(B, P) float32 scores that tell the order only: 1/place, -inf where a list has ended."""
    place = np.arange(1, items.shape[1] + 1, dtype=np.float32)
    return np.where(items >= 0, 1 / place, -np.inf).astype(np.float32)


def reordering_demand(of: str, size: Size, steps: float) -> Demand | None:
    """What the recommender takes, and so many steps for each person to reorder its list."""
    return summed(demands_of(of, size), Demand({}, {"loop": size.users * steps}, 0))
