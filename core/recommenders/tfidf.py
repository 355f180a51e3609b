"""TF-IDF: items whose words are like those of the history."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import Field
from scipy.sparse import csr_array

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
        from sklearn.feature_extraction.text import TfidfVectorizer

        texts = words(train.items)
        if not any(text.strip() for text in texts):
            raise BadInput(
                "TF-IDF needs words, and no item has a title, text, category or tags.",
                "items with text.",
                "give a table of items (--items).",
            )
        report(0.2, "Weighing words")
        vectorizer = TfidfVectorizer(
            min_df=min(self.min_items, len(texts)),
            sublinear_tf=True,
            dtype=np.float32,
            token_pattern=r"(?u)[\u4e00-\u9fff]|\b\w\w+\b",
        )
        try:
            vectors = vectorizer.fit_transform(texts)
        except ValueError as error:
            raise BadInput(
                "TF-IDF found no word that several items share.",
                f"words in {self.min_items} items or more.",
                "lower min_items.",
            ) from error
        return ContentScorer(csr_array(vectors))


def words(items: pd.DataFrame) -> list[str]:
    """What each item says: title, text, category and tags as one text."""
    columns = [items[column].astype("str").fillna("").tolist() for column in WORDS if column in items]
    return (
        [" ".join(parts).replace("|", " ") for parts in zip(*columns, strict=True)]
        if columns
        else [""] * len(items)
    )
