"""Item–item weights: the scorer that EASE and the item neighbours share."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from core.recommenders.base import Scorer
from core.recommenders.demand import Demand, Kind, Size, nearest_steps
from core.recommenders.neighbours import csr_parts
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact

_DENSE = 8_000  # items up to which all pairs are counted in a dense matrix: quicker, 4 bytes a pair


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


def dense_product(left: csr_array, right: csr_array) -> FloatArray:
    """(B, M) float32: the product of (B, N) and (N, M), quicker than a sparse one that is made dense."""
    from core import kernels

    out = np.empty((left.shape[0], right.shape[1]), dtype=np.float32)
    kernels.product(csr_parts(left), csr_parts(right), out)
    return out


def neighbours_demand(size: Size, k: int) -> Demand:
    """What k neighbours of every item take, and lists from them."""
    kept = float(min(k, size.items))
    return Demand(
        fit={"loop": nearest_steps(size.items, size.items, size.together, kept)},
        score=linear_score(size, kept),
        bytes=32 * size.items * kept,  # items and scores: as found, as a matrix, and turned round
    )


def linear_score(size: Size, kept: float) -> dict[Kind, float]:
    """What everyone's scores take where each item has so many weights."""
    return {"loop": 3.0 * size.positives * kept + float(size.users) * size.items}


def lower_cooccurrence(matrix: csr_array) -> FloatArray:
    """(I, I) float32: how many rows of a (U, I) 0/1 matrix hold both items; lower triangle, 0 above.

    Exact up to 2²⁴ rows.
    """
    from core import kernels

    ordered = matrix if matrix.has_sorted_indices else matrix.sorted_indices()
    out = np.zeros((matrix.shape[1], matrix.shape[1]), dtype=np.float32)
    kernels.cooccurrence(*kernels.pattern(ordered), out)
    return out


def cooccurrence(matrix: csr_array) -> csr_array:
    """(I, I) float32 CSR: how many rows of a (U, I) 0/1 matrix hold both items."""
    if matrix.shape[1] <= _DENSE:
        return csr_array(mirrored(lower_cooccurrence(matrix)))
    found = csr_array(matrix.T @ matrix, dtype=np.float32)
    found.sort_indices()
    return found


def mirrored(lower: FloatArray) -> FloatArray:
    """A symmetric matrix from its lower triangle, in place, block by block."""
    size = 512
    for top in range(0, len(lower), size):
        rows = slice(top, top + size)
        lower[:top, rows] = lower[rows, :top].T
        square = lower[rows, rows]
        square += np.tril(square, -1).T - np.triu(square, 1)
    return lower
