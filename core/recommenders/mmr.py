"""MMR: diversity as a later stage."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.recommenders.categories import needed
from core.recommenders.demand import Demand, Size
from core.recommenders.later import LaterStage, Of, Pool, reordering_demand
from core.recommenders.parts import fit_each, named
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report


@artifact
@dataclass(frozen=True)
class MMRScorer(LaterStage):
    """How alike two items are: the cosine of their vectors."""

    vectors: csr_array  # (I, D) float32, rows of length 1 or 0
    diversity: float

    def order(self, items: IntArray, liked: FloatArray, history: csr_array) -> IntArray:
        from core import kernels

        out = np.empty(items.shape, dtype=np.int32)
        for row, own in enumerate(items):
            shown = self.vectors[np.maximum(own, 0)]
            alike = np.ascontiguousarray((shown @ shown.T).toarray(), dtype=np.float64)
            kernels.ranking.marginal_relevance(liked[row], alike, own, self.diversity, out[row])
        return out


class MMR(Recommender):
    """Maximal marginal relevance: each next item is liked, and unlike those before it.

    Picks the item with the largest (1 − diversity)·relevance − diversity·(most alike of those picked)
    (Carbonell & Goldstein, SIGIR 1998). Relevance is the first recommender's score, 0 to 1 in the pool.
    Raises BadInput where items have nothing of what they are compared by.
    """

    name = "mmr"
    label = "Diversity (MMR)"
    source = "Carbonell & Goldstein 1998, The Use of MMR, Diversity-Based Reranking"
    of: Of = "ease"
    diversity: Annotated[
        float, Field(ge=0, le=1, description="0 = the first order, 1 = only unlike those before")
    ] = 0.3
    by: Annotated[
        Literal["category", "people"],
        Field(description="Items are alike that share categories, or the people who like them"),
    ] = "category"
    pool: Pool = 100

    def fit(self, train: Train, report: Report) -> Scorer:
        vectors = (
            needed(train.items, "Diversity by category").shares
            if self.by == "category"
            else train.positives.T.tocsr()
        )
        (first,) = fit_each(named(self.of), train, report)
        return MMRScorer(first, self.pool, _unit(vectors), self.diversity)

    def demand(self, size: Size) -> Demand | None:
        return reordering_demand(self.of, size, 4.0 * self.pool**2 + 1e6)


def _unit(vectors: csr_array) -> csr_array:
    """Rows of length 1, or 0."""
    length = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1), dtype=np.float64)).ravel()
    counts = np.diff(vectors.indptr)
    data = vectors.data / np.repeat(np.where(length > 0, length, 1), counts)
    return csr_array((data.astype(np.float32), vectors.indices, vectors.indptr), shape=vectors.shape)
