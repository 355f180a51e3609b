"""SASRec: what comes next, by attention over the sequence of a history."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import LogScale, Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.network import (
    Tensors,
    Weights,
    dropped,
    one_thread,
    sampled_softmax,
    tensors,
    trained,
)
from core.recommenders.options import Search
from core.recommenders.sequences import latest, ordered, windows
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report

if TYPE_CHECKING:
    import torch

_BATCH = 128  # people
_SCORED = 512  # people that the network reads at once
_START = 0.02  # standard deviation of weights before the first step


@artifact
@dataclass(frozen=True)
class SASRecScorer(Scorer):
    """score = what the network makes of the last places of a history · the item."""

    weights: Weights
    blocks: int
    length: int

    @property
    def ordered(self) -> bool:
        return True

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        import torch

        found = np.empty(history.shape, dtype=np.float32)
        read = latest(history, self.length)
        with torch.inference_mode(), one_thread():
            weights = tensors(self.weights)
            for first in range(0, len(read), _SCORED):
                rows = slice(first, first + _SCORED)
                part = torch.from_numpy(read[rows]).long()
                last = ((part < history.shape[1]).sum(dim=1) - 1).clamp(min=0)
                out = network(weights, part, self.blocks, 0.0, None)[torch.arange(len(part)), last]
                found[rows] = (out @ weights["items"].T).numpy()
        return found


class SASRec(Recommender):
    """Causal self-attention over the last items of a history (Kang & McAuley 2018, §III).

    It learns at every place which item comes next, by the cross-entropy over all items or over a sample
    that a batch shares: with the two-class loss of the original and one negative it is overconfident and
    much weaker (Petrov & Macdonald 2023; Klenitskiy & Vasilev 2023). Of a longer history each iteration
    reads another stretch. On one thread. Raises BadInput where nothing tells the order of histories.
    """

    name = "sasrec"
    label = "SASRec"
    source = (
        "Kang & McAuley 2018, Self-Attentive Sequential Recommendation, §III; Klenitskiy & Vasilev 2023,"
        " Turning Dross Into Gold Loss"
    )
    factors: Annotated[int, Field(ge=2, le=512, description="Length of the factors"), Search(32, 128)] = 64
    blocks: Annotated[int, Field(ge=1, le=6, description="Layers of attention"), Search(1, 3)] = 2
    max_length: Annotated[
        int,
        Field(ge=1, le=500, description="Items of a history that are read, the last ones"),
        Search(20, 100),
    ] = 50
    dropout: Annotated[
        float,
        Field(ge=0, le=0.9, description="Share of what a layer says that is left out in training"),
        Search(0, 0.5),
    ] = 0.2
    negatives: Annotated[
        int,
        Field(ge=1, le=10_000, description="Items drawn against those of a batch; all if there are fewer"),
        Search(100, 1000, log=True),
    ] = 256
    iterations: Annotated[
        int, Field(ge=1, le=1000, description="Times that every history is read"), Search(10, 100, log=True)
    ] = 30
    learning_rate: Annotated[
        float, Field(ge=1e-5, le=0.1, description="Length of a step"), LogScale, Search(3e-4, 3e-3, log=True)
    ] = 1e-3

    def fit(self, train: Train, report: Report) -> Scorer:
        histories = train.sequence
        if histories is None or int(np.diff(histories.indptr).max(initial=0)) < 2:
            raise BadInput(
                "SASRec learns what comes next, and nobody has two things in an order of time.",
                "a timestamp or order column, and people with two positive interactions.",
                "choose a recommender that needs no order, such as ease.",
            )
        weights = self._learn(ordered(histories), train.seed, report)
        return SASRecScorer(weights, self.blocks, self.max_length)

    def _learn(self, rows: csr_array, seed: int, report: Report) -> Weights:
        import torch

        starts, ends = rows.indptr[:-1].astype(np.int64), rows.indptr[1:].astype(np.int64)
        people, width = np.flatnonzero(ends - starts > 1), rows.shape[1]

        def loss(weights: Tensors, batch: np.ndarray, generator: torch.Generator) -> torch.Tensor:
            which = people[batch]
            first = np.minimum(starts[which] + self.max_length + 1, ends[which])
            chance = torch.rand(len(which), generator=generator, dtype=torch.float64).numpy()
            end = first + (chance * (ends[which] - first + 1)).astype(np.int64)
            read = torch.from_numpy(windows(rows, which, end, self.max_length + 1)).long()
            read = read[:, (read < width).any(dim=0)]  # no places that nobody fills
            before, after = read[:, :-1], read[:, 1:]
            asked = after < width
            out = network(weights, before, self.blocks, self.dropout, generator)[asked]
            drawn = torch.randperm(width, generator=generator)[: self.negatives]
            return sampled_softmax(out, weights["items"], after[asked], drawn)

        return trained(
            start_of(width, self.factors, self.blocks, self.max_length, seed),
            loss,
            len(people),
            batch=_BATCH,
            iterations=self.iterations,
            learning_rate=self.learning_rate,
            seed=seed,
            report=report,
        )

    def demand(self, size: Size) -> Demand:
        read = min(float(size.positives), float(size.users) * self.max_length)
        layer = 12.0 * self.factors**2 + 4.0 * self.max_length * self.factors
        one = read * self.blocks * layer
        drawn = 2.0 * read * min(self.negatives, size.items) * self.factors
        places = _BATCH * self.max_length
        return Demand(
            fit={"network": 6 * self.iterations * (one + drawn)},
            score={"network": one, "dense": 2.0 * size.users * size.items * self.factors},
            bytes=16.0 * self.factors * size.items
            + 4.0
            * places
            * (min(self.negatives, size.items) * 3 + self.blocks * (12 * self.factors + 3 * self.max_length))
            + 2e8,
        )


def start_of(items: int, factors: int, blocks: int, length: int, seed: int) -> Weights:
    """The weights before the first step."""
    rng = np.random.default_rng(seed)

    def drawn(*shape: int) -> FloatArray:
        return (rng.standard_normal(shape) * _START).astype(np.float32)

    weights = {"items": drawn(items, factors), "places": drawn(length, factors)}
    for block in range(blocks):
        weights |= {
            f"{block}.attend": drawn(factors, 3 * factors),
            f"{block}.wide": drawn(factors, factors),
            f"{block}.narrow": drawn(factors, factors),
        }
    for name, many in (("last", 1), *((str(block), 2) for block in range(blocks))):
        weights[f"{name}.scale"] = np.ones((many, factors), dtype=np.float32)
        weights[f"{name}.shift"] = np.zeros((many, factors), dtype=np.float32)
    for block in range(blocks):
        weights[f"{block}.bias"] = np.zeros((2, factors), dtype=np.float32)
    return weights


def network(
    weights: Tensors, read: "torch.Tensor", blocks: int, dropout: float, generator: "torch.Generator | None"
) -> "torch.Tensor":
    """(B, L, F) what each place says of the next item, from (B, L) items, I where there is none.

    Kang & McAuley 2018, §III-A to III-C, with layers normalised before they are entered.
    """
    import torch
    from torch.nn import functional

    items, length = weights["items"], read.shape[1]
    factors = items.shape[1]
    there = read < len(items)
    x = items[read.clamp(max=len(items) - 1)] * there[..., None] * factors**0.5
    x = dropped(x + weights["places"][:length], dropout, generator)
    later = torch.ones(length, length, dtype=torch.bool).triu(1)
    closed = torch.zeros(length, length).masked_fill(later, -torch.inf)

    def normal(values: torch.Tensor, name: str, at: int) -> torch.Tensor:
        scale, shift = weights[f"{name}.scale"][at], weights[f"{name}.shift"][at]
        return functional.layer_norm(values, (factors,), scale, shift)

    for block in range(blocks):
        query, key, value = torch.chunk(normal(x, str(block), 0) @ weights[f"{block}.attend"], 3, dim=2)
        alike = torch.baddbmm(closed, query, key.transpose(1, 2), alpha=factors**-0.5)
        x = x + dropped(dropped(alike.softmax(dim=2), dropout, generator) @ value, dropout, generator)
        one, other = weights[f"{block}.bias"]
        wide = (normal(x, str(block), 1) @ weights[f"{block}.wide"] + one).relu()
        narrow = dropped(wide, dropout, generator) @ weights[f"{block}.narrow"] + other
        x = x + dropped(narrow, dropout, generator)
    return normal(x, "last", 0)
