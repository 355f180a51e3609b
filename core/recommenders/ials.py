"""iALS: factors of people and items by least squares on what people did and did not do."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import LogScale, Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.options import Search
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report
from core.work.settings import settings
from core.work.warned import quietly


@artifact
@dataclass(frozen=True)
class IALSScorer(Scorer):
    """Item factors; the factors of a person are solved from any history, so strangers are no exception."""

    factors: FloatArray  # (I, F) float32
    gram: FloatArray  # (F, F) float32: factorsᵀ·factors + regularization on the diagonal
    alpha: float

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        return self.people(history) @ self.factors.T

    def people(self, history: csr_array) -> FloatArray:
        """(B, F) float32: the least squares solution for each history (Hu et al. 2008, eq. 4)."""
        from core import kernels

        out = np.zeros((history.shape[0], self.factors.shape[1]), dtype=np.float32)
        kernels.learning.least_squares(*kernels.pattern(history), self.factors, self.gram, self.alpha, out)
        return out

    def contributions(self, history: csr_array, item: int) -> FloatArray:
        """Parts of a score by item of the history (Hu et al. 2008, §5): they add up, for a fixed history."""
        liked = history.indices
        mine = self.factors[liked].astype(np.float64)
        matrix = self.gram.astype(np.float64) + self.alpha * mine.T @ mine
        parts = np.zeros(self.factors.shape[0])
        parts[liked] = (1 + self.alpha) * (mine @ np.linalg.solve(matrix, self.factors[item]))
        return parts


class IALS(Recommender):
    """Factors of 0/1 preferences with confidences, by alternating least squares (Hu et al. 2008).

    A positive has confidence 1 + alpha, everything else 1. Factors, regularization and alpha belong
    together: Rendle et al. 2022 show that tuning them jointly, with enough factors, is what makes it strong.
    Fit by the library implicit (conjugate gradient, Takács et al. 2011), from a start that the seed decides.
    """

    name = "ials"
    label = "iALS"
    source = "Hu, Koren & Volinsky 2008, Collaborative Filtering for Implicit Feedback Datasets, eq. 3–5"
    factors: Annotated[
        int, Field(ge=1, le=1024, description="Length of the factors"), Search(16, 256, log=True)
    ] = 64
    regularization: Annotated[
        float,
        Field(ge=1e-3, le=1e4, description="Penalty on the squares of factors"),
        LogScale,
        Search(5, 200, log=True),
    ] = 60.0
    alpha: Annotated[
        float,
        Field(ge=0.01, le=1e3, description="How much surer a positive is than its absence"),
        LogScale,
        Search(1, 50, log=True),
    ] = 10.0
    iterations: Annotated[
        int, Field(ge=1, le=500, description="Times that both sides are solved"), Search(5, 40)
    ] = 15

    def fit(self, train: Train, report: Report) -> Scorer:
        with quietly("implicit"):
            from implicit.cpu.als import AlternatingLeastSquares

        matrix = train.positives
        if matrix.nnz == 0:
            raise BadInput("iALS has nothing to learn from.", "positive interactions.", "choose other data.")
        sure = np.full(matrix.nnz, 1 + self.alpha, dtype=np.float32)
        # Copies, since the library asks for arrays that it could write to.
        confidence = csr_array((sure, matrix.indices.copy(), matrix.indptr.copy()), matrix.shape)
        with quietly("implicit"):
            model = AlternatingLeastSquares(
                factors=self.factors,
                regularization=self.regularization,
                alpha=1.0,
                iterations=self.iterations,
                num_threads=settings().workers,
                random_state=train.seed,
            )
            model.fit(
                confidence,
                show_progress=False,
                callback=lambda done, *_: report((done + 1) / (self.iterations + 1), "Solving"),
            )
        factors = np.ascontiguousarray(model.item_factors, dtype=np.float32)
        gram = factors.T @ factors + np.float32(self.regularization) * np.eye(self.factors, dtype=np.float32)
        return IALSScorer(factors, gram, self.alpha)

    def demand(self, size: Size) -> Demand:
        sides, entries = size.users + size.items, 2.0 * size.positives
        steps = (
            3 * (2 * entries * self.factors + 2.0 * sides * self.factors**2) + 2.0 * sides * self.factors**2
        )
        solve = size.positives * self.factors**2 * 2.0 + size.users * self.factors**3 * 0.7
        return Demand(
            fit={"loop": self.iterations * steps / 8},
            score={"loop": solve / 8, "dense": 2.0 * size.users * size.items * self.factors},
            bytes=8.0 * sides * self.factors + 36.0 * size.positives,
        )
