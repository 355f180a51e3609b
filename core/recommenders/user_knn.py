"""UserKNN: what people with a similar history liked."""

from dataclasses import dataclass
from typing import Annotated, cast

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.data.ids import hashes
from core.recommenders.base import Recommender, Scorer, best
from core.recommenders.neighbours import Similarity, similar
from core.types import FloatArray, IntArray, UIntArray
from core.work.artifacts import artifact
from core.work.report import Report


@artifact
@dataclass(frozen=True)
class UserKNNScorer(Scorer):
    """Training histories, to which any history is compared."""

    positives: csr_array  # (U, I) float32
    keys: UIntArray  # (U,) hashes of the people, for ties
    k: int
    similarity: str
    shrinkage: float

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        return (self._neighbours(history, users) @ self.positives).toarray()

    def _neighbours(self, history: csr_array, users: IntArray | None) -> csr_array:
        """(B, U) CSR: the similarities of the k people most like each history, never oneself."""
        common = (history @ self.positives.T.tocsr()).toarray()
        sizes = np.diff(self.positives.indptr).astype(np.float32)
        own = np.diff(history.indptr).astype(np.float32)
        found = similar(common, own, sizes, cast(Similarity, self.similarity), self.shrinkage)
        if users is not None:
            known = np.flatnonzero(users >= 0)
            found[known, users[known]] = -np.inf
        found[found == 0] = -np.inf
        rows = np.zeros(len(found), dtype=np.uint64)
        people, weights = best(found, rows, self.keys, min(self.k, found.shape[1]))
        kept = people >= 0
        indptr = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
        return csr_array((weights[kept], people[kept], indptr), shape=found.shape)


class UserKNN(Recommender):
    """Sum of the similarities of the k most similar people who liked an item (Resnick et al. 1994)."""

    name = "user_knn"
    label = "UserKNN"
    source = "Herlocker et al. 1999, An Algorithmic Framework for Performing Collaborative Filtering, §3"
    k: Annotated[int, Field(ge=1, le=5000, description="Most similar people who are asked")] = 100
    similarity: Annotated[
        Similarity, Field(description="How alike two people are, from the items they share")
    ] = "cosine"
    shrinkage: Annotated[
        float, Field(ge=0, le=1e4, description="Pulls similarities that rest on few items towards 0")
    ] = 0.0

    def fit(self, train: Train, report: Report) -> Scorer:
        return UserKNNScorer(
            train.positives, hashes(train.user_ids.tolist(), 0), self.k, self.similarity, self.shrinkage
        )
