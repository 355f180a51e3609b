"""A text CNN: what a network sees in a text that learns to tell categories, or ratings, by it."""

from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from pydantic import Field

from core.content.embedding import unit
from core.content.encoders.base import Encoder, need_text
from core.content.encoders.word2vec import Word2Vec
from core.content.texts import Content
from core.content.tokens import telling
from core.types import FloatArray, IntArray
from core.work.errors import BadInput
from core.work.report import Report, within

if TYPE_CHECKING:
    import torch

WIDTHS = (2, 3, 4)  # words that a filter sees at once
FEWEST = 5  # items of a category that is learnt
_LONGEST = 400  # words of a text that are read


class TextCNN(Encoder):
    """Convolutions over Word2Vec vectors with max-over-time pooling (Kim 2014, §2).

    It learns to tell the category of an item, or its mean rating among training events where items have no
    categories; the pooled features are the embedding. Raises BadInput where there is neither.
    """

    name = "cnn"
    label = "Text CNN"
    source = "Kim 2014, Convolutional neural networks for sentence classification, §2"
    filters: Annotated[int, Field(ge=4, le=512, description="Filters of each width (2, 3 and 4 words)")] = 64
    size: Annotated[int, Field(ge=8, le=512, description="Numbers of a word's vector")] = 64
    epochs: Annotated[int, Field(ge=1, le=200, description="Times that the texts are read")] = 15
    dropout: Annotated[
        float, Field(ge=0, lt=1, description="Share of features that are left out in training")
    ] = 0.5
    seed: Annotated[int, Field(ge=0, le=2**31 - 1, description="Seed")] = 0

    def encode(self, content: Content, report: Report) -> FloatArray:
        need_text(content, self.label)
        documents = [telling(text)[:_LONGEST] for text in content.texts]
        target, classes = labels(content)
        learner = Word2Vec(size=self.size, seed=self.seed)
        vectors, _ = learner.words(documents, within(report, 0.0, 0.4))
        words = {word: at for at, word in enumerate(vectors, 1)}
        table = np.concatenate([np.zeros((1, self.size), np.float32), np.stack(list(vectors.values()))])
        rows = padded([[words[word] for word in document if word in words] for document in documents])
        features = self._learn(rows, table, target, classes, within(report, 0.4, 1.0))
        said = np.any(rows > 0, axis=1)
        features[said] -= features[said].mean(axis=0)
        features[~said] = 0
        return unit(features)

    def _learn(
        self, rows: IntArray, table: FloatArray, target: FloatArray, classes: int, report: Report
    ) -> FloatArray:
        import torch
        from torch.nn import functional

        generator = torch.Generator().manual_seed(self.seed)
        net = _network(table, self.filters, max(classes, 1), self.dropout, generator)
        learnt = torch.from_numpy(np.flatnonzero(np.isfinite(target) & np.any(rows > 0, axis=1)))
        texts = torch.from_numpy(rows)
        wanted = torch.from_numpy(target)
        optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
        for epoch in range(self.epochs):
            net.train()
            for batch in torch.split(learnt[torch.randperm(len(learnt), generator=generator)], 64):
                out = net(texts[batch])[1]
                if classes:
                    loss = functional.cross_entropy(out, wanted[batch].long())
                else:
                    loss = functional.mse_loss(out[:, 0], wanted[batch])
                optimizer.zero_grad()
                torch.autograd.backward(loss)
                optimizer.step()
            report((epoch + 1) / (self.epochs + 1), "Learning what tells items apart")
        net.eval()
        with torch.no_grad():
            return np.concatenate([net(part)[0].numpy() for part in torch.split(texts, 256)])


def labels(content: Content) -> tuple[FloatArray, int]:
    """(I,) float32 what is learnt of each item, NaN = nothing, and the number of classes; 0 = ratings."""
    names, codes, many = np.unique(content.categories.astype("str"), return_inverse=True, return_counts=True)
    learnt = (names != "") & (many >= FEWEST)
    if learnt.sum() > 1:
        place = np.where(learnt, np.cumsum(learnt) - 1, np.nan)
        return place[codes].astype(np.float32), int(learnt.sum())
    ratings = content.ratings.astype(np.float32)
    if np.isfinite(ratings).sum() < FEWEST or np.nanstd(ratings) == 0:
        raise BadInput(
            "The text CNN has nothing to learn from: there are neither categories nor ratings.",
            f"at least two categories of {FEWEST} items or more, or ratings.",
            "join a table of items with a category.",
        )
    return (ratings - np.nanmean(ratings)) / np.nanstd(ratings), 0


def padded(documents: list[list[int]]) -> IntArray:
    """(N, W) words as numbers, 0 behind the last; at least as wide as the widest filter."""
    width = max(*WIDTHS, *(len(document) for document in documents))
    rows = np.zeros((len(documents), width), dtype=np.int32)
    for at, document in enumerate(documents):
        rows[at, : len(document)] = document
    return rows


def _network(table: FloatArray, filters: int, out: int, dropout: float, generator: "torch.Generator") -> Any:
    """A network whose chance comes from the generator alone: other jobs draw from torch's own."""
    import torch
    from torch import nn

    class Network(nn.Module):
        """Words → the strongest answer of each filter → classes."""

        def __init__(self) -> None:
            super().__init__()
            self.words = nn.Embedding(len(table), table.shape[1], padding_idx=0)
            self.words.weight.data.copy_(torch.from_numpy(table))
            self.filters = nn.ModuleList(nn.Conv1d(table.shape[1], filters, width) for width in WIDTHS)
            self.out = nn.Linear(filters * len(WIDTHS), out)
            for layer in (*self.filters, self.out):
                nn.init.kaiming_uniform_(layer.weight, a=5**0.5, generator=generator)
                nn.init.zeros_(layer.bias)

        def forward(self, rows: "torch.Tensor") -> "tuple[torch.Tensor, torch.Tensor]":
            seen = self.words(rows.long()).transpose(1, 2)
            pooled = torch.cat([one(seen).relu().amax(dim=2) for one in self.filters], dim=1)
            if not self.training:
                return pooled, self.out(pooled)
            kept = torch.rand(pooled.shape, generator=generator) >= dropout
            return pooled, self.out(pooled * kept / (1 - dropout))

    return Network()
