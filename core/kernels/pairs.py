"""Products of sparse matrices, and the most similar of their rows."""

import numba
import numpy as np
from numba import boolean, float32, int64, void

from core.kernels.compiled import (
    COUNTS,
    CSR,
    HASHES,
    INDICES,
    LISTS,
    MATRIX,
    SCORES,
    VALUES,
    WEIGHTS,
    compiled,
)
from core.kernels.ranking import tie_key

COSINE, JACCARD, DICE, ASYMMETRIC, PRODUCT = range(5)


@compiled(void(CSR, CSR, SCORES))
def product(left, right, out):  # type: ignore[no-untyped-def]
    """Set out (B, M) float32 to the product of two CSR matrices, (B, N) and (N, M)."""
    ptr, at, data = left
    other_ptr, other_at, other_data = right
    for row in range(len(ptr) - 1):
        target = out[row]
        target[:] = 0
        for entry in range(ptr[row], ptr[row + 1]):
            weight = data[entry]
            for other in range(other_ptr[at[entry]], other_ptr[at[entry] + 1]):
                target[other_at[other]] += weight * other_data[other]


@compiled(void(MATRIX, INDICES, COUNTS, WEIGHTS))
def compressed(dense, indptr, indices, data):  # type: ignore[no-untyped-def]
    """The entries of a matrix (N, M) that are not 0, row by row, into indices and data of a CSR matrix."""
    for row in range(len(dense)):
        place = indptr[row]
        for column in range(dense.shape[1]):
            if dense[row, column] != 0:
                indices[place] = column
                data[place] = dense[row, column]
                place += 1


@compiled(void(CSR, CSR, boolean, int64, SCORES))
def lower_product(rows, columns, ones, first, out):  # type: ignore[no-untyped-def]
    """Add to out (B, N) float32 the rows from `first` on of a matrix times its transpose, up to the diagonal.

    rows: CSR (N, M); columns: CSR (M, N), its transpose with sorted indices; ones: all entries are 1.
    """
    row_ptr, row_at, row_data = rows
    ptr, at, data = columns
    for row in range(len(out)):
        target = out[row]
        for entry in range(row_ptr[first + row], row_ptr[first + row + 1]):
            weight = row_data[entry]
            for other in range(ptr[row_at[entry]], ptr[row_at[entry] + 1]):
                if at[other] > first + row:
                    break
                target[at[other]] += np.float32(1) if ones else weight * data[other]


@numba.njit([float32(float32, float32, float32, int64, float32, float32)], nogil=True, cache=True)
def similarity(common, left, right, kind, shrinkage, asymmetry):  # type: ignore[no-untyped-def]
    """How alike two rows are, from their inner product and their squared lengths; see `neighbours`."""
    if kind == COSINE:
        below = np.sqrt(left * right)
    elif kind == JACCARD:
        below = left + right - common
    elif kind == DICE:
        common, below = np.float32(2) * common, left + right
    elif kind == ASYMMETRIC:
        below = left**asymmetry * right ** (np.float32(1) - asymmetry)
    else:
        return common * left * right
    below += shrinkage
    return common / below if below > 0 else np.float32(0)


@compiled(void(SCORES, int64, VALUES, int64, float32, float32))
def similarities(products, first, sizes, kind, shrinkage, asymmetry):  # type: ignore[no-untyped-def]
    """How alike the vectors from `first` on are to all, in place of their inner products (B, N).

    sizes: (N,) squared lengths. Pairs that share no entry, and oneself, get -inf.
    """
    for row in range(len(products)):
        for other in range(len(sizes)):
            common = products[row, other]
            alike = similarity(common, sizes[first + row], sizes[other], kind, shrinkage, asymmetry)
            products[row, other] = alike if common != 0 else -np.inf
        products[row, first + row] = -np.inf


@compiled(
    void(CSR, CSR, VALUES, VALUES, INDICES, int64, float32, float32, VALUES, HASHES, HASHES, LISTS, SCORES)
)
def neighbours(  # type: ignore[no-untyped-def]
    rows, columns, left, right, own, kind, shrinkage, asymmetry, least, row_keys, column_keys, out, out_scores
):
    """The K most similar of N vectors for each of B vectors, by a product of two sparse matrices.

    rows: CSR (B, M); columns: CSR (M, N), the others transposed; left (B,), right (N,): squared lengths, or
    factors of PRODUCT; own (B,): which of the N is oneself and left out, -1 = none; least (N,): nobody
    less similar is kept. Only pairs that share an entry count. Fills out (B, K) with -1 and out_scores
    with 0 behind the last; ties by `tie_key`.
    """
    row_ptr, row_at, row_data = rows
    ptr, at, data = columns
    many, most = len(right), out.shape[1]
    product = np.zeros(many, dtype=np.float32)
    touched = np.empty(many, dtype=np.int32)
    for row in range(out.shape[0]):
        count = 0
        for first in range(row_ptr[row], row_ptr[row + 1]):
            entry, weight = row_at[first], row_data[first]
            for second in range(ptr[entry], ptr[entry + 1]):
                other = at[second]
                if product[other] == 0:
                    touched[count] = other
                    count += 1
                product[other] += weight * data[second]
        kept = 0
        for which in range(count):
            other = touched[which]
            common = product[other]
            product[other] = 0
            if other == own[row] or common == 0:
                continue
            score = similarity(common, left[row], right[other], kind, shrinkage, asymmetry)
            if score < least[other]:
                continue
            if kept == most:
                worst = out_scores[row, most - 1]
                if score < worst:
                    continue
                key = tie_key(row_keys[row], column_keys[other])
                if score == worst and key > tie_key(row_keys[row], column_keys[out[row, most - 1]]):
                    continue
                place = most - 1
            else:
                key = tie_key(row_keys[row], column_keys[other])
                place = kept
                kept += 1
            while place > 0:
                before = out_scores[row, place - 1]
                if before > score:
                    break
                if before == score and tie_key(row_keys[row], column_keys[out[row, place - 1]]) < key:
                    break
                out_scores[row, place] = before
                out[row, place] = out[row, place - 1]
                place -= 1
            out_scores[row, place] = score
            out[row, place] = other
        for place in range(kept, most):
            out[row, place] = -1
            out_scores[row, place] = 0
