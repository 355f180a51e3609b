"""RP3beta: three steps of a random walk from a person to items, with less of the popular ones."""

from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.data.ids import hashes
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.item_knn import Cut
from core.recommenders.linear import LinearScorer, neighbours_demand
from core.recommenders.neighbours import Measure, among
from core.recommenders.options import Search
from core.work.report import Report


class RP3beta(Recommender):
    """Random walk person → item → person → item, divided by popularity (Paudel et al. 2017, eq. 2 and 3).

    W[i, j] = Σ over people u of (1/d_i)^alpha · (1/d_u)^alpha / d_j^beta, where d counts neighbours in the
    graph of people and items. The first step of the walk gives every item of a history the same weight:
    dividing by the length of a history changes no order.
    """

    name = "rp3beta"
    label = "RP3beta"
    source = "Paudel et al. 2017, Updatable, Accurate, Diverse, and Scalable Recommendations, §4"
    alpha: Annotated[
        float, Field(ge=0, le=3, description="Power of each step's probability"), Search(0.1, 1.5)
    ] = 0.5
    beta: Annotated[
        float, Field(ge=0, le=3, description="How much popular items are divided"), Search(0, 1)
    ] = 0.5
    k: Annotated[
        int,
        Field(ge=1, le=5000, description="Strongest items kept for each item"),
        Search(20, 1000, log=True),
    ] = 200
    cut: Cut = "target"

    def fit(self, train: Train, report: Report) -> Scorer:
        matrix = train.positives
        people = np.diff(matrix.indptr)
        items = np.bincount(matrix.indices, minlength=matrix.shape[1])
        step, divided = _power(items, -self.alpha), _power(items, -self.beta)
        values = np.repeat(_power(people, -self.alpha), people)
        walks = csr_array((values, matrix.indices, matrix.indptr), shape=matrix.shape)
        by_item, own = matrix.T.tocsr(), np.arange(len(items), dtype=np.int32)
        sizes = (divided, step) if self.cut == "target" else (step, divided)
        key = hashes(train.item_ids.tolist(), 0)
        kept = among(by_item, walks, sizes, own, (key, key), self.k, Measure("product"), report)
        return LinearScorer(kept.T.tocsr() if self.cut == "target" else kept)

    def demand(self, size: Size) -> Demand:
        return neighbours_demand(size, self.k)


def _power(counts: np.ndarray, power: float) -> np.ndarray:
    """float32 counts to a power; 0 for a count of 0."""
    safe = np.maximum(counts, 1).astype(np.float64) ** power
    return np.where(counts > 0, safe, 0).astype(np.float32)
