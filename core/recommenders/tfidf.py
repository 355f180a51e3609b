"""TF-IDF: items whose words are like those of the history."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.content.texts import said
from core.content.weights import weighed
from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report

WORDS = ("title", "text", "category", "tags")


@artifact
@dataclass(frozen=True)
class ContentScorer(Scorer):
    """Unit vectors of items; a person is the mean of the items in their history."""

    vectors: csr_array  # (I, W) float32, rows of length 1 or 0

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


class TfIdf(Recommender):
    """Cosine between an item's words and those of the history, weighted by TF-IDF (Salton & Buckley 1988).

    Raises BadInput where no item has a title, text, category or tags.
    """

    name = "tfidf"
    label = "TF-IDF content"
    source = "Salton & Buckley 1988, Term-weighting approaches in automatic text retrieval"
    min_items: Annotated[
        int, Field(ge=1, le=100, description="Words in fewer items than this are left out")
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
        return ContentScorer(weighed(texts, self.min_items, token_pattern=pattern))
