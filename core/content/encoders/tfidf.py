"""TF-IDF: the words of an item, weighted by how few items have them."""

from typing import Annotated

from pydantic import Field
from scipy.sparse import csr_array

from core.content.encoders.base import Encoder, need_text
from core.content.texts import Content
from core.content.tokens import telling
from core.content.weights import weighed
from core.types import FloatArray
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
        need_text(content, self.label)
        report(0.1, "Weighing words")
        return weighed(content.texts.tolist(), self.min_items, analyzer=telling)
