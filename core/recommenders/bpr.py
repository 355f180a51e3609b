"""BPR: factors of people and items that rank what somebody took above what they did not."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import LogScale, Recommender, Scorer
from core.recommenders.beyond import Beyond
from core.recommenders.demand import Demand, Size
from core.recommenders.options import Search
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report

_START = 0.1  # standard deviation of factors before the first step
_RIDGE = 10.0  # of the map from histories to people


@artifact
@dataclass(frozen=True)
class BPRScorer(Scorer):
    """score = bias + person · item; a person is what the map makes of their history, and what is beyond."""

    items: FloatArray  # (I, F) float32
    bias: FloatArray  # (I,) float32
    fold: FloatArray  # (F + 1, F) float32: from the mean item of a history, and 1, to a person
    beyond: Beyond

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        people = mean_and_one(history, self.items) @ self.fold + self.beyond.of(history, users)
        return people @ self.items.T + self.bias


class BPR(Recommender):
    """Matrix factorisation that maximises the likelihood of pairs (Rendle et al. 2009).

    One stochastic step for each positive and iteration, against an item drawn from the whole catalogue.
    The factors of strangers, and of people whose history is edited, follow by a linear map from the mean
    item of a history, fit by ridge regression on the people of training.
    """

    name = "bpr"
    label = "BPR"
    source = (
        "Rendle et al. 2009, BPR: Bayesian Personalized Ranking from Implicit Feedback, fig. 4 and §4.3.1"
    )
    factors: Annotated[int, Field(ge=1, le=1024, description="Length of the factors"), Search(16, 256)] = 100
    regularization: Annotated[
        float,
        Field(ge=1e-6, le=1, description="Penalty on the squares of factors"),
        LogScale,
        Search(1e-3, 0.1, log=True),
    ] = 0.02
    iterations: Annotated[
        int, Field(ge=1, le=2000, description="Steps for each positive"), Search(30, 300, log=True)
    ] = 60
    learning_rate: Annotated[
        float,
        Field(ge=1e-5, le=1, description="Length of a step"),
        LogScale,
        Search(0.005, 0.1, log=True),
    ] = 0.05

    def fit(self, train: Train, report: Report) -> Scorer:
        from core import kernels

        matrix = train.positives if train.positives.has_sorted_indices else train.positives.sorted_indices()
        if matrix.nnz == 0:
            raise BadInput("BPR has nothing to learn from.", "positive interactions.", "choose other data.")
        rng = np.random.default_rng(train.seed)
        users, items = (
            (rng.standard_normal((many, self.factors)) * _START).astype(np.float32) for many in matrix.shape
        )
        bias = np.zeros(len(items), dtype=np.float32)
        indptr, indices = kernels.pattern(matrix)
        rows = np.repeat(np.arange(len(users), dtype=np.int32), np.diff(indptr))
        states = rng.integers(0, 2**64, self.iterations, dtype=np.uint64)
        for done, state in enumerate(states):
            report(done / self.iterations, "Learning to rank")
            kernels.learning.bpr_epoch(
                (rows, indptr, indices),
                state,
                self.learning_rate,
                self.regularization,
                users,
                items,
                bias,
            )
            if not np.isfinite(bias).all():
                raise BadInput(
                    f"BPR with learning_rate={self.learning_rate:g} does not settle on these data.",
                    "shorter steps.",
                    "lower learning_rate.",
                )
        known = mean_and_one(matrix, items)
        fold = _ridge(known, users)
        return BPRScorer(items, bias, fold, Beyond(users - known @ fold, matrix))

    def demand(self, size: Size) -> Demand:
        return Demand(
            fit={"loop": 2.5 * self.iterations * size.positives * self.factors},
            score={
                "sparse": float(size.positives) * self.factors,
                "dense": 2.0 * size.users * self.factors * (size.items + self.factors),
            },
            bytes=16.0 * self.factors * (size.users + size.items) + 20.0 * size.positives,
        )


def mean_and_one(history: csr_array, items: FloatArray) -> FloatArray:
    """(B, F + 1) float32: the mean of the items of each history, and 1; zeros and 1 for an empty one."""
    many = np.maximum(np.diff(history.indptr), 1).astype(np.float32)[:, None]
    ones = np.ones((history.shape[0], 1), dtype=np.float32)
    return np.hstack([np.asarray(history @ items, dtype=np.float32) / many, ones])


def _ridge(known: FloatArray, wanted: FloatArray) -> FloatArray:
    """(F + 1, F) float32: the linear map that takes one to the other, by ridge regression in float64."""
    left = known.astype(np.float64)
    gram = left.T @ left + _RIDGE * np.eye(left.shape[1])
    return np.linalg.solve(gram, left.T @ wanted.astype(np.float64)).astype(np.float32)
