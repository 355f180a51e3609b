"""PureSVD: a person's history, seen through the strongest directions of the matrix."""

from typing import Annotated

import numpy as np
from pydantic import Field

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.linear import ProjectionScorer
from core.recommenders.options import Search
from core.work.errors import BadInput
from core.work.report import Report


class PureSVD(Recommender):
    """Score = history · V · Vᵀ, V the right singular vectors of the matrix (Cremonesi et al. 2010, §3.3).

    The singular vectors are exact (Lanczos, from a fixed start), so nothing is drawn at random. Raises
    BadInput where the matrix holds nothing.
    """

    name = "pure_svd"
    label = "PureSVD"
    source = (
        "Cremonesi et al. 2010, Performance of Recommender Algorithms on Top-N Recommendation Tasks, §3.3"
    )
    factors: Annotated[
        int,
        Field(ge=1, le=1000, description="Directions kept, at most one less than items"),
        Search(5, 200, log=True),
    ] = 50

    def fit(self, train: Train, report: Report) -> Scorer:
        from scipy.sparse.linalg import svds

        matrix = train.positives
        most = min(matrix.shape) - 1
        if matrix.nnz == 0 or most < 1:
            raise BadInput(
                "PureSVD needs two people, two items and an interaction.",
                "a larger matrix.",
                "choose another.",
            )
        report(0.1, "Singular vectors")
        start = np.full(min(matrix.shape), 1.0, dtype=np.float64)
        _, values, right = svds(matrix.astype(np.float64), k=min(self.factors, most), v0=start)
        kept = values > 1e-9 * max(float(values.max()), 1e-30)
        return ProjectionScorer(np.ascontiguousarray(right[kept].T, dtype=np.float32))

    def demand(self, size: Size) -> Demand:
        steps = 2.5 * self.factors
        return Demand(
            fit={"sparse": steps * size.positives, "dense": steps * self.factors * (size.users + size.items)},
            score={"dense": 2.0 * size.users * size.items * self.factors},
            bytes=8.0 * 3 * self.factors * (size.users + size.items) + 12.0 * size.positives,
        )
