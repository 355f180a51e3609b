"""Popularity: what most people liked, for everyone alike."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report


@artifact
@dataclass(frozen=True)
class PopularityScorer(Scorer):
    """Number of people who have a positive interaction with each item."""

    counts: FloatArray  # (I,) float32

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        return np.ones((history.shape[0], 1), dtype=np.float32) * self.counts


class Popularity(Recommender):
    """Items by the number of people with a positive interaction in training."""

    name = "popularity"
    label = "Popularity"

    def fit(self, train: Train, report: Report) -> Scorer:
        items = np.asarray(train.positives.indices, dtype=np.int32)
        return PopularityScorer(np.bincount(items, minlength=len(train.item_ids)).astype(np.float32))
