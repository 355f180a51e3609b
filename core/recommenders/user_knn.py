"""UserKNN: what people with a similar history liked."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.data.ids import hashes
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size, nearest_steps
from core.recommenders.neighbours import (
    Asymmetry,
    Measure,
    Shrinkage,
    Similarity,
    Weighting,
    Weights,
    among,
    lengths,
    nearest,
    nearest_demand,
    weights_of,
)
from core.recommenders.options import Search
from core.recommenders.products import dense_product
from core.recommenders.reason import Part, Reason, parts_of
from core.types import FloatArray, IntArray, UIntArray
from core.work.artifacts import artifact
from core.work.report import Report


@artifact
@dataclass(frozen=True)
class UserKNNScorer(Scorer):
    """Training histories, to which any history is compared."""

    positives: csr_array  # (U, I) float32, 0/1: what they liked
    columns: csr_array  # (I, U) float32: the same weighed, transposed
    sizes: FloatArray  # (U,) float32: squared lengths of those
    keys: UIntArray  # (U,) hashes of the people, for ties
    least: FloatArray  # (U,) float32: a person is asked only by those who are at least so alike
    k: int  # at most so many are asked
    measure: Measure
    weights: Weights

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        return dense_product(self.neighbours(history, users), self.positives)

    def reason(self, history: csr_array, users: IntArray | None, item: int) -> Reason:
        """The people who liked it, of those asked; the same score by the items that make them alike.

        Every measure is the inner product times what two people have of length, so each shared item
        has its share of a similarity.
        """
        near = self.neighbours(history, users)
        liked = np.flatnonzero(self.positives[near.indices][:, [item]].toarray()[:, 0])
        people, alike = near.indices[liked], near.data[liked].astype(np.float64)
        own = self.weights.of(history)
        products = self.columns[own.indices][:, people].toarray() * own.data[:, None]
        common = products.sum(axis=0, dtype=np.float64)
        by_item = np.zeros(history.shape[1])
        by_item[own.indices] = products @ np.divide(
            alike, common, out=np.zeros_like(common), where=common != 0
        )
        order = np.lexsort((people, -alike))
        parts = tuple(Part(float(alike[at]), int(people[at])) for at in order)
        score = float(alike.sum())
        items = Reason("items", parts_of(by_item), score)
        return Reason("people", parts, score, n=len(liked), of=near.nnz, also=(items,))

    def neighbours(self, history: csr_array, users: IntArray | None) -> csr_array:
        """(B, U) CSR: the similarities of the people who are asked for each history, never oneself."""
        own = np.full(history.shape[0], -1, dtype=np.int32) if users is None else users
        rows = self.weights.of(history)
        sizes, keys = (lengths(rows), self.sizes), (np.zeros(len(own), dtype=np.uint64), self.keys)
        return among(rows, self.columns, sizes, own, keys, self.k, self.measure, least=self.least)


class UserKNN(Recommender):
    """Sum of the similarities of the most similar people who liked an item (Resnick et al. 1994).

    By default everyone asks the k people most like them. With `cut=other` everyone is asked by the k
    people most like them, as evaluations do that cut a matrix of similarities by column.
    """

    name = "user_knn"
    label = "UserKNN"
    source = "Herlocker et al. 1999, An Algorithmic Framework for Performing Collaborative Filtering, §3"
    k: Annotated[
        int,
        Field(ge=1, le=5000, description="Most similar people who are asked"),
        Search(5, 1_000, log=True),
    ] = 100
    similarity: Annotated[
        Similarity, Field(description="How alike two people are, from the items they share")
    ] = "cosine"
    shrinkage: Shrinkage = 0.0
    asymmetry: Asymmetry = 0.5
    weighting: Annotated[
        Weighting, Field(description="How much each item counts: popular ones less, or all alike")
    ] = "binary"
    cut: Annotated[
        Literal["own", "other"],
        Field(description="Whether everyone asks the k most like them (own), or is asked by these (other)"),
    ] = "own"

    def fit(self, train: Train, report: Report) -> Scorer:
        weights = weights_of(train.positives, self.weighting)
        rows, keys = weights.of(train.positives), hashes(train.user_ids.tolist(), 0)
        measure = Measure(self.similarity, self.shrinkage, self.asymmetry)
        asked, least = self.k, np.zeros(len(keys), dtype=np.float32)
        if self.cut == "other":
            closest = nearest(rows, keys, self.k, measure.reversed, report)
            full = np.diff(closest.indptr) == self.k
            least[full] = np.minimum.reduceat(np.append(closest.data, np.inf), closest.indptr[:-1])[full]
            asked = len(keys)
        return UserKNNScorer(
            train.positives, rows.T.tocsr(), lengths(rows), keys, least, asked, measure, weights
        )

    def demand(self, size: Size) -> Demand:
        asked = float(min(self.k, size.users))
        search = nearest_steps(size.users, size.users, size.alike, asked)
        block = min(size.users, 2**25 / (4 * max(size.items, 1)))  # people who are scored at once
        other = self.cut == "other"  # everyone is looked for once more, and room is kept for all
        once, room = nearest_demand(size.users, size.alike, asked)
        return Demand(
            fit={"loop": once if other else float(size.positives)},
            score={
                "loop": search + float(size.users) * size.items,
                "sparse": asked * size.positives,
            },
            bytes=16.0 * size.positives
            + (room + 24 * asked * size.users + 16 * block * size.users if other else 24 * asked * block),
        )
