"""SLIM: sparse item–item weights that are learnt by regression."""

from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import LogScale, Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.linear import LinearScorer, linear_score
from core.recommenders.options import Search
from core.recommenders.products import CSRParts, cooccurrence, csr_parts, in_parts
from core.types import FloatArray, IntArray
from core.work.report import Report, within

_SWEEPS = 200
_TOLERANCE = 1e-4  # of the largest weight
_PARTS = 64
_KEPT = 50.0  # weights of an item that are not 0, as a rule


class SLIM(Recommender):
    """Sparse linear model: each item as a sum of others, w ≥ 0 (Ning & Karypis, ICDM 2011, eq. 3).

    Minimises ½‖a_j − A·w‖² + l1·‖w‖₁ + ½·l2·‖w‖² for each item j with w_j = 0, by coordinate descent on
    AᵀA (Friedman et al. 2010). `k` keeps the largest weights of each item; l1 is in people: an item
    that shares no more than l1 people with another has no weight for it.
    """

    name = "slim"
    label = "SLIM"
    source = "Ning & Karypis 2011, SLIM: Sparse Linear Methods for Top-N Recommender Systems, eq. 3"
    l1: Annotated[
        float,
        Field(ge=0.01, le=1e4, description="Penalty on the sum of weights: more of them are 0"),
        LogScale,
        Search(0.1, 30, log=True),
    ] = 5.0
    l2: Annotated[
        float,
        Field(ge=0.01, le=1e5, description="Penalty on the squares of weights: smaller ones"),
        LogScale,
        Search(1, 1000, log=True),
    ] = 100.0
    k: Annotated[
        int,
        Field(ge=1, le=5000, description="Largest weights kept for each item"),
        Search(50, 1000, log=True),
    ] = 500

    def fit(self, train: Train, report: Report) -> Scorer:
        gram = cooccurrence(train.positives, within(report, 0.0, 0.1))
        parts, diagonal = csr_parts(gram), gram.diagonal().astype(np.float32)
        many = gram.shape[0]
        found: list[tuple[IntArray, FloatArray]] = [(np.empty(0, np.int32), np.empty(0, np.float32))] * many

        def part(here: slice) -> None:
            found[here] = [self._column(parts, diagonal, item) for item in range(here.start, here.stop)]

        in_parts(part, many, _PARTS, within(report, 0.1, 1.0), "Weights")
        rows = np.concatenate([rows for rows, _ in found]).astype(np.int32)
        data = np.concatenate([values for _, values in found]).astype(np.float32)
        indptr = np.concatenate([[0], np.cumsum([len(rows) for rows, _ in found])]).astype(np.int32)
        return LinearScorer(csr_array((data, rows, indptr), shape=(many, many)).T.tocsr())

    def _column(self, gram: CSRParts, diagonal: FloatArray, target: int) -> tuple[IntArray, FloatArray]:
        """The items that add to a target, and what each adds."""
        from core import kernels

        indptr, indices, data = gram
        row = slice(indptr[target], indptr[target + 1])
        others = (indices[row] != target) & (data[row] > self.l1)  # others can never have a weight
        allowed, shared = indices[row][others], data[row][others]
        weights = np.zeros(len(allowed), dtype=np.float32)
        if len(allowed):
            kernels.learning.non_negative_elastic_net(
                gram, diagonal, allowed, shared, self.l1, self.l2, _SWEEPS, _TOLERANCE, weights
            )
        kept = np.flatnonzero(weights)
        if len(kept) > self.k:
            kept = np.sort(kept[np.argsort(-weights[kept], kind="stable")[: self.k]])
        return allowed[kept], weights[kept]

    def demand(self, size: Size) -> Demand:
        linked = min(size.together, float(size.items) ** 2)
        return Demand(
            fit={"sparse": size.together / 2, "loop": linked * 150},
            score=linear_score(size, min(self.k, size.items, _KEPT)),
            bytes=12.0 * linked + 12.0 * size.items * min(self.k, size.items),
        )
