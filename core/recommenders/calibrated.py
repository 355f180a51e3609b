"""Calibration as a later stage: a list spreads over categories as the history does."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.recommenders.categories import Categories, needed
from core.recommenders.demand import Demand, Size
from core.recommenders.later import LaterStage, Of, Pool, reordering_demand
from core.recommenders.parts import fit_each, named
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report


@artifact
@dataclass(frozen=True)
class CalibratedScorer(LaterStage):
    """The categories of items, to which the history's are compared."""

    categories: Categories
    weight: float

    def order(self, items: IntArray, liked: FloatArray, history: csr_array) -> IntArray:
        from core import kernels

        wanted = self.categories.of(history).astype(np.float64)
        out = np.empty(items.shape, dtype=np.int32)
        for row, own in enumerate(items):
            shown = self.categories.shares[np.maximum(own, 0)].toarray().astype(np.float64)
            kernels.ranking.calibrated(
                liked[row], np.ascontiguousarray(shown), own, wanted[row], self.weight, out[row]
            )
        return out


class Calibrated(Recommender):
    """Each next item keeps (1 − weight)·Σ relevance − weight·KL(history ‖ list) largest (Steck, RecSys 2018).

    KL compares how the history and the list so far spread over categories, the list's mixed with 1 % of the
    history's (eq. 5). A person without a history, or of items without categories, keeps the first order.
    Raises BadInput where no item has a category.
    """

    name = "calibrated"
    label = "Calibrated"
    source = "Steck 2018, Calibrated Recommendations, eq. 5–7"
    of: Of = "ease"
    weight: Annotated[
        float, Field(ge=0, le=1, description="0 = the first order, 1 = only the spread over categories")
    ] = 0.5
    pool: Pool = 100

    def fit(self, train: Train, report: Report) -> Scorer:
        categories = needed(train.items, "Calibration")
        (first,) = fit_each(named(self.of), train, report)
        return CalibratedScorer(first, self.pool, categories, self.weight)

    def demand(self, size: Size) -> Demand | None:
        return reordering_demand(self.of, size, 40.0 * self.pool**2 + 1e6)
