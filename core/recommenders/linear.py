"""Item–item weights: the scorer that EASE and the item neighbours share."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from core.recommenders.base import Scorer
from core.recommenders.demand import Demand, Kind, Size
from core.recommenders.neighbours import nearest_demand
from core.recommenders.products import dense_product
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact


@artifact
@dataclass(frozen=True)
class LinearScorer(Scorer):
    """score = history × weights; weights[i, j] is what item i in a history adds to item j."""

    weights: FloatArray | csr_array  # (I, I) float32, dense or CSR

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        if isinstance(self.weights, csr_array):
            return dense_product(history, self.weights)
        return np.asarray(history @ self.weights)

    def contributions(self, history: csr_array, item: int) -> FloatArray:
        column = (
            self.weights[:, [item]].toarray()
            if isinstance(self.weights, csr_array)
            else self.weights[:, [item]]
        )
        return history.toarray()[0] * column[:, 0]


@artifact
@dataclass(frozen=True)
class ProjectionScorer(Scorer):
    """score = history × V × Vᵀ: item–item weights of low rank."""

    factors: FloatArray  # (I, F) float32

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        return np.asarray(history @ self.factors) @ self.factors.T

    def contributions(self, history: csr_array, item: int) -> FloatArray:
        return history.toarray()[0] * (self.factors @ self.factors[item])


def neighbours_demand(size: Size, k: int) -> Demand:
    """What k neighbours of every item take, and lists from them."""
    kept = float(min(k, size.items))
    steps, room = nearest_demand(size.items, size.together, kept)
    kept_bytes = 32 * size.items * kept  # items and scores: as found, as a matrix, and turned round
    return Demand(fit={"loop": steps}, score=linear_score(size, kept), bytes=kept_bytes + room)


def linear_score(size: Size, kept: float) -> dict[Kind, float]:
    """What everyone's scores take where each item has so many weights."""
    return {"loop": 3.0 * size.positives * kept + float(size.users) * size.items}
