"""TF-IDF: items whose words are like those of the history."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.content.texts import said
from core.content.weights import weighed_words
from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.options import Search
from core.recommenders.reason import Part, Reason, parts_of
from core.types import FloatArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report

WORDS = ("title", "text", "category", "tags")
_STEPS_A_CHARACTER = 60.0  # of a loop, to cut a text into words and count them
_SHARED = 3.0  # words that a person and an item have in common, measured on titles and descriptions


@artifact
@dataclass(frozen=True)
class ContentScorer(Scorer):
    """Unit vectors of items; a person is the mean of the items in their history."""

    vectors: csr_array  # (I, W) float32, rows of length 1 or 0
    words: TextArray  # (W,) what the columns stand for

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        person = history @ self.vectors
        length = np.sqrt(np.asarray(person.multiply(person).sum(axis=1), dtype=np.float32))
        cosine = (person @ self.vectors.T).toarray()
        return cosine / np.where(length > 0, length, 1)[:, None].astype(np.float32)

    def contributions(self, history: csr_array, item: int) -> FloatArray:
        person = history @ self.vectors
        length = float(np.sqrt(person.multiply(person).sum())) or 1.0
        alike = (self.vectors @ self.vectors[[item]].T).toarray()[:, 0]
        return history.toarray()[0] * alike / length

    def reason(self, history: csr_array, users: IntArray | None, item: int) -> Reason:
        """The items of the history; the same cosine by the words that they share with the item."""
        person = history @ self.vectors
        length = float(np.sqrt(person.multiply(person).sum())) or 1.0
        shared = csr_array(person.multiply(self.vectors[[item]]))
        weights = shared.data.astype(np.float64) / length
        by_word = sorted(
            (
                Part(float(weight), name=str(self.words[at]))
                for weight, at in zip(weights, shared.indices, strict=True)
                if weight
            ),
            key=lambda part: (-part.weight, part.name),
        )
        parts = self.contributions(history, item)
        score = float(parts.sum())
        return Reason(
            "items", parts_of(parts), score, also=(Reason("words", tuple(by_word), float(weights.sum())),)
        )


class TfIdf(Recommender):
    """Cosine between an item's words and those of the history, weighted by TF-IDF (Salton & Buckley 1988).

    Raises BadInput where no item has a title, text, category or tags.
    """

    name = "tfidf"
    label = "TF-IDF content"
    source = "Salton & Buckley 1988, Term-weighting approaches in automatic text retrieval"
    min_items: Annotated[
        int, Field(ge=1, le=100, description="Words in fewer items than this are left out"), Search(1, 20)
    ] = 2

    def fit(self, train: Train, report: Report) -> Scorer:
        texts = said(train.items, WORDS)
        if not any(texts):
            raise BadInput(
                "TF-IDF needs words, and no item has a title, text, category or tags.",
                "items with text.",
                "give a table of items (--items).",
            )
        report(0.2, "Weighing words")
        pattern = r"(?u)[\u4e00-\u9fff]|\b\w\w+\b"
        return ContentScorer(*weighed_words(texts, self.min_items, token_pattern=pattern))

    def demand(self, size: Size) -> Demand:
        words = size.characters / 6  # of all items; a word and what stands around it
        each = words / max(size.items, 1)
        return Demand(
            fit={"loop": _STEPS_A_CHARACTER * size.characters},
            score={
                "sparse": size.positives * each + float(size.users) * size.items * min(each, _SHARED),
                "loop": 3.0 * size.users * size.items,
            },
            bytes=60 * words,
        )
