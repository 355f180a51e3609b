"""Two towers: one network makes a vector of a history, another of an item and what is known of it."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import LogScale, Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.network import Tensors, Weights, dropped, tensor, trained
from core.recommenders.options import Search
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report

_BATCH = 256  # people
_MOST = 500  # attributes, the most frequent ones
_START = 0.05  # standard deviation of weights before the first step


@artifact
@dataclass(frozen=True)
class TwoTowerScorer(Scorer):
    """score = bias + what the first tower makes of a history · what the second made of the item."""

    items: FloatArray  # (I, F) float32
    bias: FloatArray  # (I,) float32
    wide: FloatArray  # (F + 1, H) float32: the last row is added
    narrow: FloatArray  # (H + 1, F) float32

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        many = np.maximum(np.asarray(history.sum(axis=1), dtype=np.float32).ravel(), 1)
        mean = np.asarray(history @ self.items) / np.sqrt(many)[:, None]
        hidden = np.maximum(mean @ self.wide[:-1] + self.wide[-1], 0)
        people = mean + hidden @ self.narrow[:-1] + self.narrow[-1]
        return (people @ self.items.T + self.bias).astype(np.float32, copy=False)


class TwoTower(Recommender):
    """A tower for histories and a tower for items, whose product is the score (Covington et al. 2016, §3).

    An item is a vector of its own and one for each of its categories and tags, so an item that nobody took
    is told by these alone. A person is the sum of their items, scaled by the root of how many they are,
    and a hidden layer on it. Each time a part of every history is hidden and the rest has to tell it,
    by the cross-entropy over all items. On one thread.
    """

    name = "two_tower"
    label = "Two-tower"
    source = "Covington, Adams & Sargin 2016, Deep Neural Networks for YouTube Recommendations, §3"
    factors: Annotated[int, Field(ge=2, le=512, description="Length of the factors"), Search(32, 256)] = 128
    hidden: Annotated[
        float,
        Field(ge=0.05, le=0.95, description="Share of a history that is hidden and has to be told"),
        Search(0.2, 0.8),
    ] = 0.5
    dropout: Annotated[
        float,
        Field(ge=0, le=0.9, description="Share of a person's vector that is left out in training"),
        Search(0, 0.5),
    ] = 0.1
    regularization: Annotated[
        float, Field(ge=0, le=10, description="Weight decay, for each step and length of it"), Search(0, 1)
    ] = 0.1
    iterations: Annotated[
        int, Field(ge=1, le=1000, description="Times that every history is read"), Search(10, 200, log=True)
    ] = 40
    learning_rate: Annotated[
        float, Field(ge=1e-5, le=0.1, description="Length of a step"), LogScale, Search(1e-3, 1e-2, log=True)
    ] = 3e-3

    def fit(self, train: Train, report: Report) -> Scorer:
        about = attributes(train.items)
        weights = self._learn(train.positives, about, train.seed, report)
        seen = np.bincount(train.positives.indices, minlength=len(train.item_ids)) > 0
        items = np.where(seen[:, None], weights["own"], 0) + about @ weights["about"]
        return TwoTowerScorer(
            np.ascontiguousarray(items, dtype=np.float32), weights["bias"], weights["wide"], weights["narrow"]
        )

    def _learn(self, liked: csr_array, about: FloatArray, seed: int, report: Report) -> Weights:
        import torch
        from torch.nn import functional

        people = np.flatnonzero(np.diff(liked.indptr) > 1)
        if not len(people):
            raise BadInput(
                "Two towers learn one part of a history from the other, and nobody has two items.",
                "people with two positive interactions.",
                "choose another recommender.",
            )
        known = tensor(about)

        def loss(weights: Tensors, batch: np.ndarray, generator: torch.Generator) -> torch.Tensor:
            rows = liked[people[batch]]
            row = torch.from_numpy(np.repeat(np.arange(len(batch)), np.diff(rows.indptr)))
            column = torch.from_numpy(rows.indices.astype(np.int64))
            chance = torch.rand(len(column), generator=generator)
            told = chance >= self.hidden
            items = weights["own"] + known @ weights["about"]
            many = torch.bincount(row[told], minlength=len(batch))
            starts = torch.cat([many.new_zeros(1), many.cumsum(0)[:-1]])
            summed = functional.embedding_bag(column[told], items, starts, mode="sum")
            mean = dropped(summed / many.clamp(min=1).sqrt()[:, None], self.dropout, generator)
            wide, narrow = weights["wide"], weights["narrow"]
            hidden = dropped((mean @ wide[:-1] + wide[-1]).relu(), self.dropout, generator)
            scores = (mean + hidden @ narrow[:-1] + narrow[-1]) @ items.T + weights["bias"]
            found = functional.log_softmax(scores, dim=1)[row[~told], column[~told]]
            return -found.sum() / len(batch)

        return trained(
            start_of(liked, about.shape[1], self.factors, seed),
            loss,
            len(people),
            batch=_BATCH,
            iterations=self.iterations,
            learning_rate=self.learning_rate,
            seed=seed,
            report=report,
            penalty=self.regularization,
        )

    def demand(self, size: Size) -> Demand:
        pairs = float(size.users) * size.items
        one = 2.0 * pairs * self.factors
        return Demand(
            fit={
                "network": self.iterations * 3 * (one + 4.0 * size.users * self.factors**2),
                "loop": self.iterations * 10.0 * pairs,
            },
            score={"dense": one, "sparse": float(size.positives) * self.factors},
            bytes=20.0 * self.factors * size.items
            + 16.0 * _BATCH * size.items
            + 4.0 * _MOST * size.items
            + 2e8,
        )


def attributes(items: pd.DataFrame) -> FloatArray:
    """(I, K) float32: the categories and tags of each item, rows of length 1 or 0; the most frequent 500."""
    words: list[set[str]] = [set() for _ in range(len(items))]
    for column in ("category", "tags"):
        if column in items:
            for mine, text in zip(words, items[column].astype("object"), strict=True):
                if isinstance(text, str):
                    mine |= {f"{column}:{word.strip()}" for word in text.split("|") if word.strip()}
    names, counts = np.unique([word for mine in words for word in mine], return_counts=True)
    shared = [str(names[at]) for at in np.argsort(-counts, kind="stable")[:_MOST] if counts[at] > 1]
    place = {name: at for at, name in enumerate(shared)}
    found = np.zeros((len(items), len(shared)), dtype=np.float32)
    for row, mine in enumerate(words):
        columns = [place[word] for word in mine if word in place]
        found[row, columns] = 1 / np.sqrt(max(len(columns), 1))
    return found


def start_of(liked: csr_array, known: int, factors: int, seed: int) -> Weights:
    """The weights before the first step; the bias of an item is the log of its share of all positives."""
    rng = np.random.default_rng(seed)
    counts = np.bincount(liked.indices, minlength=liked.shape[1]) + 1.0

    def drawn(*shape: int) -> FloatArray:
        return (rng.standard_normal(shape) * _START).astype(np.float32)

    return {
        "own": drawn(liked.shape[1], factors),
        "about": drawn(known, factors),
        "bias": np.log(counts / counts.sum()).astype(np.float32),
        "wide": np.concatenate([drawn(factors, 2 * factors), np.zeros((1, 2 * factors), np.float32)]),
        "narrow": np.concatenate([drawn(2 * factors, factors), np.zeros((1, factors), np.float32)]),
    }
