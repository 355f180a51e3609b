"""Retrieval: the items nearest to a person in the space of an encoder, found by an index."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.content.embedding import unit
from core.content.encoders.base import encoder_of
from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.recommenders.content import WIDTH, encoding_demand
from core.recommenders.demand import Demand, Size
from core.recommenders.encoded import EncoderName, content_of_train, encoded, need_vectors
from core.recommenders.mean import Half, MeanScorer, weighted
from core.recommenders.network import one_thread
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report

Index = Literal["flat", "hnsw"]
LEFT_OUT = -2.0  # the score of what the index did not find: below every cosine
_LINKS, _BEAM = 32, 128  # of a graph (Malkov & Yashunin 2018, M and efConstruction)
_building = threading.Lock()


@artifact
@dataclass(frozen=True)
class RetrievalScorer(Scorer):
    """Unit vectors of items in an index; those nearest to a person have their cosine, the others −2.

    The index is built from the vectors where it is first asked, on one thread: so it is the same each time.
    """

    vectors: FloatArray  # (I, D) float32, rows of length 1 or 0
    half: float
    nearest: int
    index: Index

    @property
    def ordered(self) -> bool:
        return self.half > 0

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        people = unit(np.asarray(weighted(history, self.half) @ self.vectors))
        found = np.full((len(people), len(self.vectors)), LEFT_OUT, dtype=np.float32)
        found[~people.any(axis=1)] = 0
        for rows, many in self._groups(people, history):
            scores, items = self._search(people[rows], many)
            at, column = np.nonzero(items >= 0)
            found[rows[at], self._known[items[at, column]]] = scores[at, column]
        return found

    def contributions(self, history: csr_array, item: int) -> FloatArray | None:
        if self.score(history, None)[0, item] == LEFT_OUT:
            return None
        return MeanScorer(self.vectors, self.half).contributions(history, item)

    def _groups(self, people: FloatArray, history: csr_array) -> Iterator[tuple[IntArray, int]]:
        """Rows that ask for the same number of items: `nearest`, and room for those of the history.

        The room is a power of 2, so that there are few groups and who else is asked changes nothing.
        """
        room = 2 ** np.ceil(np.log2(np.maximum(np.diff(history.indptr), 1))).astype(np.int64)
        many = np.minimum(self.nearest + room, len(self._known))
        asked = np.flatnonzero(people.any(axis=1))
        for one in np.unique(many[asked]):
            yield asked[many[asked] == one].astype(np.int32), int(one)

    def _search(self, people: FloatArray, many: int) -> tuple[FloatArray, IntArray]:
        """(B, many) cosines and places of items in the index, -1 where it found fewer."""
        import faiss

        with one_thread():
            if self.index == "flat":
                return self._built.search(people, many)
            beam = faiss.SearchParametersHNSW(efSearch=max(_BEAM, 2 * many))  # type: ignore[attr-defined]
            return self._built.search(people, many, params=beam)

    @cached_property
    def _known(self) -> IntArray:
        """The items that have a vector."""
        return np.flatnonzero(self.vectors.any(axis=1)).astype(np.int32)

    @cached_property
    def _built(self) -> Any:
        import faiss

        with _building, one_thread():
            made: Any = (
                faiss.IndexFlatIP(self.vectors.shape[1])
                if self.index == "flat"
                else faiss.IndexHNSWFlat(self.vectors.shape[1], _LINKS, faiss.METRIC_INNER_PRODUCT)
            )
            if self.index == "hnsw":
                made.hnsw.efConstruction = _BEAM
            made.add(np.ascontiguousarray(self.vectors[self._known], dtype=np.float32))
        return made


class Retrieval(Recommender):
    """The items nearest to the recency-weighted mean of a history, by a Faiss index (Johnson et al. 2019).

    Only what the index finds is ranked, by its cosine; what it leaves out comes behind, in no order. The
    index is exact (flat) or a graph (hnsw, Malkov & Yashunin 2018), which may miss some. Raises BadInput
    where items say or show nothing that the encoder can read.
    """

    name = "retrieval"
    label = "BERT + Faiss"
    source = "Johnson, Douze & Jégou 2019, Billion-scale similarity search with GPUs; Reimers & Gurevych 2019"
    encoder: Annotated[EncoderName, Field(description="The encoder that makes a vector of an item")] = "bert"
    half: Half = 20.0
    nearest: Annotated[
        int, Field(ge=1, le=10_000, description="Items that the index finds beside those of the history")
    ] = 200
    index: Annotated[Index, Field(description="How they are found: exactly, or by a graph")] = "flat"

    def fit(self, train: Train, report: Report) -> Scorer:
        report(0.0, "Reading what items say")
        vectors = encoded(content_of_train(train), encoder_of(self.encoder), report)
        need_vectors(vectors, self.encoder)
        dense = vectors.toarray() if isinstance(vectors, csr_array) else np.asarray(vectors)
        return RetrievalScorer(unit(dense), self.half, self.nearest, self.index)

    def demand(self, size: Size) -> Demand:
        encoding = encoding_demand(self.encoder, size)
        found = 2.0 * size.users * size.items * WIDTH
        return encoding + Demand({}, {"dense": 7 * found}, 0)  # an index is slower than one product
