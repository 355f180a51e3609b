"""Hybrid: several recommenders in one, by their scores or by their ranks."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.parts import (
    Named,
    demands_of,
    fit_each,
    named,
    one_stage,
    score_of,
    specs_in,
    summed,
)
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report


@artifact
@dataclass(frozen=True)
class HybridScorer(Scorer):
    """Scorers and how much each counts."""

    parts: tuple[Scorer, ...]
    weights: FloatArray  # (P,)
    by: str
    smoothing: float

    @property
    def ordered(self) -> bool:
        return any(part.ordered for part in self.parts)

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        total = np.zeros(history.shape, dtype=np.float32)
        for part, weight in zip(self.parts, self.weights, strict=True):
            scores = score_of(part, history, users)
            same = scaled(scores) if self.by == "scores" else 1 / (self.smoothing + places(scores))
            total += np.float32(weight) * same
        return total


class Hybrid(Recommender):
    """Weighted sum of several recommenders' scores, or of their reciprocal ranks.

    `scores`: each person's scores of a part are brought to 0 to 1 and summed (CombSUM of Fox & Shaw 1994,
    with the scaling of Lee 1997). `ranks`: 1/(smoothing + rank) is summed (reciprocal rank fusion,
    Cormack et al. 2009); equal scores have the same rank, the best of them.
    """

    name = "hybrid"
    label = "Hybrid"
    source = "Cormack, Clarke & Büttcher 2009, Reciprocal Rank Fusion outperforms Condorcet"
    of: Annotated[Named, Field(max_length=1_000, description="The recommenders, joined by +")] = (
        "ease+item_knn+popularity"
    )
    weights: Annotated[
        str,
        Field(
            max_length=100,
            pattern=r"^(\d+(\.\d+)?(\+\d+(\.\d+)?)*)?$",
            description="How much each counts, joined by +, as 2+1+0.5; empty = all alike",
        ),
    ] = ""
    by: Annotated[
        Literal["scores", "ranks"], Field(description="Whether their scores or their ranks are mixed")
    ] = "scores"
    smoothing: Annotated[
        float, Field(ge=0, le=1000, description="With ranks: the larger, the less the first places stand out")
    ] = 60.0

    @model_validator(mode="after")
    def _one_weight_each(self) -> "Hybrid":
        if self.weights and len(self.weights.split("+")) != len(specs_in(self.of)):
            raise ValueError(
                f"weights has {len(self.weights.split('+'))} numbers, of {len(specs_in(self.of))}"
            )
        return self

    def fit(self, train: Train, report: Report) -> Scorer:
        recommenders = named(self.of)
        scorers = fit_each(recommenders, train, report)
        one_stage(recommenders, scorers)
        weights = self.weights or "+".join("1" for _ in scorers)
        found = np.array([float(weight) for weight in weights.split("+")])
        return HybridScorer(tuple(scorers), found, self.by, self.smoothing)

    def demand(self, size: Size) -> Demand | None:
        cells = float(size.users) * size.items * len(specs_in(self.of))
        return summed(demands_of(self.of, size), Demand({}, {"loop": 20 * cells}, 3 * 32e6))


def scaled(scores: FloatArray) -> FloatArray:
    """(B, I) each row brought to 0 to 1; 0 where all are equal, and where an item is never recommended."""
    never = np.isneginf(scores)
    low = np.where(never, np.inf, scores).min(axis=1, keepdims=True)
    high = scores.max(axis=1, keepdims=True)
    span = np.where(high > low, high - low, 1)
    with np.errstate(invalid="ignore"):
        found = np.where(never, 0, (scores - low) / span)
    return found.astype(np.float32)


def places(scores: FloatArray) -> FloatArray:
    """(B, I) float32 rank of each item in its row, 1 = best; equal scores share the best of their ranks."""
    found = np.empty(scores.shape, dtype=np.float32)
    for row, own in enumerate(scores):
        found[row] = scores.shape[1] - np.searchsorted(np.sort(own), own, side="right") + 1
    return found
