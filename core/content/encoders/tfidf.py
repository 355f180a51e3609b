"""TF-IDF: the words of an item, weighted by how few items have them."""

from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.content.encoders.base import Encoder, need_text
from core.content.texts import Content
from core.content.tokens import telling
from core.types import FloatArray
from core.work.errors import BadInput
from core.work.report import Report


class TfIdfEncoder(Encoder):
    """Words weighted by 1 + log count and by log inverse document frequency (Salton & Buckley 1988)."""

    name = "tfidf"
    label = "TF-IDF"
    source = "Salton & Buckley 1988, Term-weighting approaches in automatic text retrieval"
    min_items: Annotated[
        int, Field(ge=1, le=100, description="Words in fewer items than this are left out")
    ] = 2

    def encode(self, content: Content, report: Report) -> FloatArray | csr_array:
        from sklearn.feature_extraction.text import TfidfVectorizer

        need_text(content, self.label)
        report(0.1, "Weighing words")
        vectorizer = TfidfVectorizer(
            analyzer=telling,
            min_df=min(self.min_items, len(content.texts)),
            sublinear_tf=True,
            dtype=np.float32,
        )
        try:
            return csr_array(vectorizer.fit_transform(content.texts))
        except ValueError as error:
            raise BadInput(
                "TF-IDF found no word that several items share.",
                f"words in {self.min_items} items or more.",
                "lower min_items.",
            ) from error
