"""Similarities between rows of a sparse matrix, and the most similar ones kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.recommenders.demand import nearest_steps
from core.recommenders.options import Search
from core.recommenders.products import DENSE, csr_parts, in_parts, lower_product, mirrored
from core.types import FloatArray, IntArray, UIntArray
from core.work.artifacts import artifact
from core.work.report import Report, silent, within

Similarity = Literal["cosine", "jaccard", "dice", "asymmetric"]
Weighting = Literal["binary", "tfidf", "bm25"]
KINDS = ("cosine", "jaccard", "dice", "asymmetric", "product")  # in the order of the compiled loop
_PARTS = 16  # of the rows: progress is told, and a cancel heard, between them
_K1, _B = 1.2, 0.75

Shrinkage = Annotated[
    float, Field(ge=0, le=1e4, description="Pulls similarities that rest on little towards 0"), Search(0, 200)
]
Asymmetry = Annotated[
    float,
    Field(ge=0, le=1, description="Of asymmetric similarity: 0.5 is cosine, 1 divides by one's own length"),
]


@artifact
@dataclass(frozen=True)
class Measure:
    """How alike two rows are, from their inner product c and their squared lengths l and r.

    cosine: c/(√(l·r) + s); jaccard: c/(l + r − c + s); dice: 2c/(l + r + s); asymmetric:
    c/(lᵃ·r¹⁻ᵃ + s) (Aiolli 2013, eq. 4); product: c·l·r. Rows that share nothing have 0.
    """

    similarity: str
    shrinkage: float = 0.0
    asymmetry: float = 0.5

    @property
    def parts(self) -> tuple[int, float, float]:
        """The measure as the compiled loops take it."""
        return KINDS.index(self.similarity), self.shrinkage, self.asymmetry

    @property
    def reversed(self) -> "Measure":
        """The same measure seen from the other row."""
        return Measure(self.similarity, self.shrinkage, 1 - self.asymmetry)


@artifact
@dataclass(frozen=True)
class Weights:
    """How much each column of a 0/1 matrix counts, learnt from one matrix and given to any."""

    weighting: str
    idf: FloatArray  # (M,) float64
    average: float  # mean number of entries of a row

    def of(self, matrix: csr_array) -> csr_array:
        """The matrix with TF-IDF or BM25 weights (Robertson & Zaragoza 2009, eq. 3.15; k1 = 1.2, b = 0.75).

        A count is 1 here, since the matrix is 0/1; BM25 also makes less of long rows.
        """
        if self.weighting == "binary":
            return matrix
        values = self.idf[matrix.indices]
        if self.weighting == "bm25":
            length = np.diff(matrix.indptr)
            norm = 1 - _B + _B * length / max(self.average, 1e-12)
            values = values * np.repeat((_K1 + 1) / (_K1 * norm + 1), length)
        return csr_array((values.astype(np.float32), matrix.indices, matrix.indptr), shape=matrix.shape)


def weights_of(matrix: csr_array, weighting: Weighting) -> Weights:
    """The weights of a (N, M) 0/1 matrix: idf = ln(N / (1 + rows that have it)), not below 0."""
    have = np.bincount(matrix.indices, minlength=matrix.shape[1])
    idf = np.log(max(matrix.shape[0], 1) / (1 + have)).clip(min=0)
    return Weights(weighting, idf, float(np.diff(matrix.indptr).mean()))


def lengths(matrix: csr_array) -> FloatArray:
    """(N,) float32 squared length of each row."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    squared = np.asarray(matrix.data, dtype=np.float64) ** 2
    return np.bincount(rows, squared, minlength=matrix.shape[0]).astype(np.float32)


def nearest(
    matrix: csr_array, keys: UIntArray, k: int, measure: Measure, report: Report = silent
) -> csr_array:
    """(N, N) float32 CSR: for each row of a (N, M) matrix its k most similar other rows.

    Ties are ordered by a hash of the two keys; similarities of 0 are not kept.
    """
    from core import kernels

    many, sizes = matrix.shape[0], lengths(matrix)
    if many > DENSE:
        own = np.arange(many, dtype=np.int32)
        return among(matrix, matrix.T.tocsr(), (sizes, sizes), own, (keys, keys), k, measure, report)
    products = mirrored(lower_product(matrix, within(report, 0.0, 0.7)))

    def search(first: int, items: IntArray, scores: FloatArray) -> None:
        alike = products[first : first + len(items)]
        kernels.pairs.similarities(alike, first, sizes, *measure.parts)
        kernels.ranking.top_k(alike, keys[first : first + len(items)], keys, items, scores)

    return _kept(search, (many, many), k, within(report, 0.7, 1.0))


def nearest_demand(many: int, pairs: float, k: float) -> tuple[float, float]:
    """Loop steps of `nearest`, and bytes beside the result; the rows share so many `pairs` of entries."""
    if many > DENSE:
        return nearest_steps(many, many, pairs, k), 0.0
    return nearest_steps(many, many, pairs, k) - pairs / 2, 4.0 * many**2  # a pair is counted once


def among(
    rows: csr_array,
    columns: csr_array,
    sizes: tuple[FloatArray, FloatArray],
    own: IntArray,
    keys: tuple[UIntArray, UIntArray],
    k: int,
    measure: Measure,
    report: Report = silent,
    least: FloatArray | None = None,
) -> csr_array:
    """(B, N) float32 CSR with sorted indices: the k most similar of N vectors for each of B.

    rows: (B, M); columns: (M, N), the N vectors transposed; sizes: what the measure needs of each;
    own: (B,) which of the N is oneself, -1 = none; least: (N,) nobody less similar is kept.
    """
    from core import kernels

    right = csr_parts(columns)
    floor = np.zeros(columns.shape[1], dtype=np.float32) if least is None else least

    def search(first: int, items: IntArray, scores: FloatArray) -> None:
        here = slice(first, first + len(items))
        kernels.pairs.neighbours(
            csr_parts(rows[here]),
            right,
            np.ascontiguousarray(sizes[0][here]),
            sizes[1],
            np.ascontiguousarray(own[here]),
            *measure.parts,
            floor,
            np.ascontiguousarray(keys[0][here]),
            keys[1],
            items,
            scores,
        )

    return _kept(search, (rows.shape[0], columns.shape[1]), k, report)


def _kept(
    search: Callable[[int, IntArray, FloatArray], None], shape: tuple[int, int], k: int, report: Report
) -> csr_array:
    """What a search finds for (B, K) rows from a first one on, with sorted indices and without zeros."""
    many, k = shape[0], max(1, min(k, shape[1]))
    items, scores = np.empty((many, k), dtype=np.int32), np.empty((many, k), dtype=np.float32)

    def part(here: slice) -> None:
        search(here.start, items[here], scores[here])

    in_parts(part, many, _PARTS, report, "Finding neighbours")
    kept = (items >= 0) & (scores != 0)
    indptr = np.concatenate([[0], np.cumsum(kept.sum(axis=1))]).astype(np.int32)
    found = csr_array((scores[kept], items[kept], indptr), shape=shape)
    found.sort_indices()
    return found
