"""Products of sparse matrices with themselves or others, by compiled loops in a few threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy.sparse import csr_array

from core.types import FloatArray, IntArray
from core.work.report import Report, silent
from core.work.settings import settings

DENSE = 8_000  # rows up to which products of all pairs are kept in a dense matrix: quicker, 4 bytes a pair
CSRParts = tuple[IntArray, IntArray, FloatArray]  # indptr, indices, data
_PARTS = 32  # of the rows: the last have more to do, since each goes up to the diagonal


def dense_product(left: csr_array, right: csr_array) -> FloatArray:
    """(B, M) float32: the product of (B, N) and (N, M), quicker than a sparse one that is made dense."""
    from core import kernels

    out = np.empty((left.shape[0], right.shape[1]), dtype=np.float32)
    kernels.pairs.product(csr_parts(left), csr_parts(right), out)
    return out


def lower_product(matrix: csr_array, report: Report = silent) -> FloatArray:
    """(N, N) float32: the inner products of the rows of a (N, M) matrix; lower triangle, 0 above.

    Counts of a 0/1 matrix are exact up to 2²⁴.
    """
    from core import kernels

    many = matrix.shape[0]
    turned = matrix.T.tocsr()
    turned.sort_indices()
    rows, columns, ones = csr_parts(matrix), csr_parts(turned), bool((matrix.data == 1).all())
    out = np.zeros((many, many), dtype=np.float32)

    def part(here: slice) -> None:
        kernels.pairs.lower_product(rows, columns, ones, here.start, out[here])

    in_parts(part, many, _PARTS, report, "Counting what occurs together")
    return out


def cooccurrence(matrix: csr_array, report: Report = silent) -> csr_array:
    """(I, I) float32 CSR: how many rows of a (U, I) 0/1 matrix hold both items."""
    if matrix.shape[1] <= DENSE:
        return compressed(mirrored(lower_product(matrix.T.tocsr(), report)))
    report(0.0, "Counting what occurs together")
    found = csr_array(matrix.T @ matrix, dtype=np.float32)
    found.sort_indices()
    return found


def compressed(dense: FloatArray) -> csr_array:
    """A float32 matrix as CSR with sorted indices; several times as fast as csr_array(dense)."""
    from core import kernels

    counts = np.count_nonzero(dense, axis=1)
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    indices, data = np.empty(indptr[-1], dtype=np.int32), np.empty(indptr[-1], dtype=np.float32)
    kernels.pairs.compressed(dense, indptr, indices, data)
    return csr_array((data, indices, indptr), shape=dense.shape)


def mirrored(lower: FloatArray) -> FloatArray:
    """A symmetric matrix from its lower triangle, in place, block by block."""
    size = 512
    for top in range(0, len(lower), size):
        rows = slice(top, top + size)
        lower[:top, rows] = lower[rows, :top].T
        square = lower[rows, rows]
        square += np.tril(square, -1).T - np.triu(square, 1)
    return lower


def in_parts(work: Callable[[slice], None], many: int, parts: int, report: Report, message: str) -> None:
    """The work on each part of so many rows, in a few threads; between parts a cancel is heard."""
    size = max(1, -(-many // max(parts, 1)))
    with ThreadPoolExecutor(settings().workers, "fit") as threads:
        waiting = [
            threads.submit(work, slice(first, min(first + size, many))) for first in range(0, many, size)
        ]
        try:
            for done, one in enumerate(waiting, 1):
                one.result()
                report(done / len(waiting), message)
        finally:
            for one in waiting:
                one.cancel()


def csr_parts(matrix: csr_array) -> CSRParts:
    """indptr, indices and data as the compiled loop takes them."""
    return (
        matrix.indptr.astype(np.int32, copy=False),
        matrix.indices.astype(np.int32, copy=False),
        matrix.data.astype(np.float32, copy=False),
    )
