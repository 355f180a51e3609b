"""Neighbours of items in an embedding: exact where there are few, by a graph where there are many."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from core.content.embedding import Embedding
from core.types import FloatArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.report import Report

EXACT = 50_000  # items: from here on a graph (HNSW) finds neighbours
SAMPLE = 500  # items whose neighbours are also found exactly, to say what the graph misses
_BLOCK_BYTES = 64 * 1024 * 1024


@artifact
@dataclass(frozen=True)
class Neighbours:
    """The K nearest of each of I items by cosine, the nearest first."""

    encoder: str
    item_ids: TextArray  # (I,)
    items: IntArray  # (I, K) int32, -1 behind the last
    scores: FloatArray  # (I, K) float32 cosine, -inf behind the last
    recall: float  # share of the exact neighbours that were found, measured on a sample; 1 = exact


def nearest(embedding: Embedding, k: int, report: Report, exact_below: int = EXACT) -> Neighbours:
    """Each item's k nearest; items without a vector have none and are nobody's. Equal ones by id."""
    known = np.flatnonzero(embedding.known)
    many = len(embedding.item_ids)
    items, scores = np.full((many, k), -1, dtype=np.int32), np.full((many, k), -np.inf, dtype=np.float32)
    recall = 1.0
    if len(known) > 1:
        vectors = embedding.vectors[known]
        asked = min(k + 1, len(known))
        if isinstance(vectors, csr_array):
            found, close = _sparse(vectors, vectors, asked, report)
        elif len(known) < exact_below:
            found, close = exact(vectors, vectors, asked)
        else:
            found, close, recall = _by_graph(vectors, asked, report)
        for row, (others, near) in enumerate(zip(found, close, strict=True)):
            kept = (others != row) & (others >= 0)
            order = np.lexsort((others[kept], -near[kept]))[:k]
            items[known[row], : len(order)] = known[others[kept][order]]
            scores[known[row], : len(order)] = near[kept][order]
    return Neighbours(embedding.encoder, embedding.item_ids, items, scores, recall)


def exact(vectors: FloatArray, queries: FloatArray, k: int) -> tuple[IntArray, FloatArray]:
    """(Q, k) rows of `vectors` nearest to each query by inner product, and the products."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    scores, items = index.search(np.ascontiguousarray(queries, dtype=np.float32), k)
    return items.astype(np.int32), scores


def search(embedding: Embedding, query: FloatArray, k: int) -> tuple[IntArray, FloatArray]:
    """Items of the embedding nearest to one query (D,) and their cosines, the nearest first."""
    known = np.flatnonzero(embedding.known)
    if not len(known) or not np.any(query):
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
    items, scores = exact(np.asarray(embedding.vectors)[known], query[None, :], min(k, len(known)))
    return known[items[0]].astype(np.int32), scores[0]


def _by_graph(vectors: FloatArray, k: int, report: Report) -> tuple[IntArray, FloatArray, float]:
    """Malkov & Yashunin 2018 with 32 links and a beam of 128, and its recall on a sample."""
    import faiss

    index: Any = faiss.IndexHNSWFlat(vectors.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction, index.hnsw.efSearch = 128, 128
    report(0.1, "Building the graph")
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    report(0.7, "Finding neighbours")
    scores, items = index.search(np.ascontiguousarray(vectors, dtype=np.float32), k)
    sample = np.random.default_rng(0).choice(len(vectors), min(SAMPLE, len(vectors)), replace=False)
    report(0.9, "Measuring what was missed")
    truth, _ = exact(vectors, vectors[sample], k)
    hits = [len(np.intersect1d(one, other)) for one, other in zip(items[sample], truth, strict=True)]
    return items.astype(np.int32), scores, float(np.sum(hits) / truth.size)


def _sparse(vectors: csr_array, queries: csr_array, k: int, report: Report) -> tuple[IntArray, FloatArray]:
    from core import kernels
    from core.data.ids import hashes

    many = vectors.shape[0]
    items, scores = (
        np.full((queries.shape[0], k), -1, np.int32),
        np.full((queries.shape[0], k), -np.inf, np.float32),
    )
    key = hashes([str(at) for at in range(many)], 0)
    size = max(1, _BLOCK_BYTES // (4 * many))
    turned = vectors.T.tocsr()
    for first in range(0, queries.shape[0], size):
        rows = slice(first, first + size)
        block = np.ascontiguousarray((queries[rows] @ turned).toarray(), dtype=np.float32)
        block[block <= 0] = -np.inf  # nothing in common
        kernels.ranking.top_k(block, key[rows], key, items[rows], scores[rows])
        report(min(1.0, rows.stop / queries.shape[0]), "Finding neighbours")
    return items, scores


def agreement(one: Neighbours, other: Neighbours, k: int = 10) -> float:
    """Mean share of an item's k nearest that two encoders have in common; NaN where no item has any."""
    mine, theirs = one.items[:, :k], other.items[:, :k]
    both = (mine[:, :1] >= 0).all(axis=1) & (theirs[:, :1] >= 0).all(axis=1)
    if not both.any():
        return float("nan")
    mine, theirs = mine[both], theirs[both]
    common = np.zeros(len(mine))
    for place in range(mine.shape[1]):
        column = mine[:, [place]]
        common += ((theirs == column) & (column >= 0)).any(axis=1)
    longest = np.maximum((mine >= 0).sum(axis=1), (theirs >= 0).sum(axis=1))
    return float(np.mean(common / longest))
