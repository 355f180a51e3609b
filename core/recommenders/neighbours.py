"""Similarities between rows of a sparse 0/1 matrix, and the most similar ones kept."""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from scipy.sparse import csr_array

from core.data.ids import hashes
from core.recommenders.base import best
from core.types import FloatArray, TextArray
from core.work.report import Report

Similarity = Literal["cosine", "jaccard", "dice"]
_BLOCK_BYTES = 64 * 1024 * 1024


def similar(
    common: FloatArray, left: FloatArray, right: FloatArray, similarity: Similarity, shrinkage: float
) -> FloatArray:
    """(B, N) similarity of sets from the sizes of their intersections (B, N) and of themselves (B,), (N,).

    cosine: c/(√(l·r) + s); jaccard: c/(l + r − c + s); dice: 2c/(l + r + s); 0 where c is 0.
    """
    own, others, shrink = left[:, None], right[None, :], np.float32(shrinkage)
    below: FloatArray
    if similarity == "cosine":
        below = np.sqrt(own * others) + shrink
    elif similarity == "jaccard":
        below = own + others - common + shrink
    else:
        common, below = 2 * common, own + others + shrink
    return np.divide(common, below, out=np.zeros_like(common), where=below > 0)


def nearest(
    matrix: csr_array, ids: TextArray, k: int, similarity: Similarity, shrinkage: float, report: Report
) -> csr_array:
    """(N, N) float32 CSR: for each row of a (N, M) 0/1 matrix its k most similar other rows.

    Ties are ordered by a hash of the two ids; similarities of 0 are not kept.
    """
    sizes = np.diff(matrix.indptr).astype(np.float32)
    key = hashes(ids.tolist(), 0)
    parts = []
    for rows, common in _blocks(matrix):
        found = similar(common, sizes[rows], sizes, similarity, shrinkage)
        found[np.arange(len(found)), np.arange(rows.start, rows.stop)] = -np.inf
        found[found == 0] = -np.inf
        items, scores = best(found, key[rows], key, min(k, matrix.shape[0]))
        kept = items >= 0
        indptr = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
        parts.append((scores[kept], items[kept], indptr))
        report(rows.stop / matrix.shape[0], "Finding neighbours")
    return _stacked(parts, matrix.shape[0])


def _blocks(matrix: csr_array) -> Iterator[tuple[slice, FloatArray]]:
    """Rows and the sizes of their intersections with all rows, (B, N) float32, block by block."""
    many = matrix.shape[0]
    size = max(1, _BLOCK_BYTES // (4 * many))
    other = matrix.T.tocsr()
    for first in range(0, many, size):
        rows = slice(first, min(first + size, many))
        yield rows, (matrix[rows] @ other).toarray()


def _stacked(parts: list[tuple[FloatArray, np.ndarray, np.ndarray]], many: int) -> csr_array:
    data = np.concatenate([part[0] for part in parts]).astype(np.float32)
    indices = np.concatenate([part[1] for part in parts])
    offsets = np.cumsum([0, *(part[2][-1] for part in parts)])
    indptr = np.concatenate([[0], *(part[2][1:] + at for part, at in zip(parts, offsets, strict=False))])
    stacked = csr_array((data, indices, indptr.astype(np.int32)), shape=(many, many))
    stacked.sort_indices()
    return stacked
