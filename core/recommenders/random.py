"""Random: the floor of every comparison."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.reason import Reason
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report


@artifact
@dataclass(frozen=True)
class ConstantScorer(Scorer):
    """Scores every item alike, so that the order of ties (a hash of seed, person, item) decides."""

    items: int

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        return np.zeros((history.shape[0], self.items), dtype=np.float32)

    def reason(self, history: csr_array, users: IntArray | None, item: int) -> Reason:
        return Reason("chance", (), 0.0)


class Random(Recommender):
    """Every item alike: the order is a hash of the seed, the person and the item."""

    name = "random"
    label = "Random"

    def fit(self, train: Train, report: Report) -> Scorer:
        return ConstantScorer(len(train.item_ids))

    def demand(self, size: Size) -> Demand:
        return Demand({}, {"loop": float(size.users) * size.items}, 0.0)
