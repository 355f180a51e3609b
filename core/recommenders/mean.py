"""People as means: what recommenders share that give each item a vector and look for what lies near."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.content.embedding import lengths
from core.recommenders.base import Scorer
from core.recommenders.options import Search
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact

Half = Annotated[
    float,
    Field(
        ge=0, le=10_000, description="An item counts half of one that came so many items later; 0 = all alike"
    ),
    Search(0, 100),
]


@artifact
@dataclass(frozen=True)
class MeanScorer(Scorer):
    """Unit vectors of items; a person is the mean of the items in their history, the score is the cosine.

    With `half`, an item of the history counts half of one that came so many items later; 0 = all alike.
    """

    vectors: FloatArray | csr_array  # (I, D) float32, rows of length 1 or 0
    half: float = 0.0

    @property
    def ordered(self) -> bool:
        return self.half > 0

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        person = _people(weighted(history, self.half), self.vectors)
        product = person @ self.vectors.T
        dense = product.toarray() if isinstance(product, csr_array) else np.asarray(product)
        return (dense / _divisor(person)[:, None]).astype(np.float32, copy=False)

    def contributions(self, history: csr_array, item: int) -> FloatArray | None:
        weights = weighted(history, self.half)
        alike = self.vectors @ self.vectors[[item]].T
        column = alike.toarray() if isinstance(alike, csr_array) else np.asarray(alike)
        return weights.toarray()[0] * column[:, 0] / _divisor(_people(weights, self.vectors))[0]


def weighted(history: csr_array, half: float) -> csr_array:
    """(B, I) float32: how much each item of a history counts: 0.5^(items that came later / half).

    Histories without places in time, and those for which `half` is 0, count each item alike.
    """
    if not half:
        return csr_array(
            ((history.data > 0).astype(np.float32), history.indices, history.indptr), history.shape
        )
    row = np.repeat(np.arange(history.shape[0]), np.diff(history.indptr))
    last = np.zeros(history.shape[0], dtype=np.float32)
    np.maximum.at(last, row, history.data)
    later = last[row] - history.data
    weights = np.where(history.data > 0, np.float32(0.5) ** (later / np.float32(half)), 0)
    return csr_array((weights.astype(np.float32), history.indices, history.indptr), history.shape)


def _people(weights: csr_array, vectors: FloatArray | csr_array) -> FloatArray | csr_array:
    """(B, D) weighted sums of item vectors."""
    found = weights @ vectors
    return found if isinstance(found, csr_array) else np.asarray(found)


def _divisor(person: FloatArray | csr_array) -> FloatArray:
    """(B,) float32 length of each person's vector, 1 where it is 0."""
    long = lengths(person)
    return np.where(long > 0, long, 1).astype(np.float32)
