"""Compiled inner loops. Import this module inside functions: numba takes a second to load.

All release the GIL and none runs in parallel by itself, so that callers may use threads. Each has
one signature, compiled at the first import ever and read from the cache after that, so no
measurement includes it: arrays are C-ordered, indices int32, and inputs may be read-only.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba import float32, int32, int64, types, uint64, void
from scipy.sparse import csr_array

from core.types import IntArray

_scores, _counts = types.Array(float32, 2, "C"), types.Array(int32, 1, "C")
_lists = types.Array(int32, 2, "C", readonly=True)
_values = types.Array(float32, 1, "C", readonly=True)
_hashes, _indices = types.Array(uint64, 1, "C", readonly=True), types.Array(int32, 1, "C", readonly=True)

_csr: Any = types.Tuple((_indices, _indices, _values))  # type: ignore[no-untyped-call]
_csr_rows: Any = types.UniTuple(_indices, 3)  # type: ignore[no-untyped-call]


def _compiled(signature: Any) -> Callable[[Callable[..., Any]], Any]:
    return numba.njit([signature], nogil=True, cache=True, error_model="numpy")


def pattern(matrix: csr_array) -> tuple[IntArray, IntArray]:
    """indptr and indices of a CSR matrix as the loops take them; fewer than 2³¹ entries."""
    return matrix.indptr.astype(np.int32, copy=False), matrix.indices.astype(np.int32, copy=False)


@_compiled(uint64(uint64, uint64))
def tie_key(user: np.uint64, item: np.uint64) -> np.uint64:
    """Hash of a pair of hashes: splitmix64's finaliser, as in `core.data.ids.pair_hashes`."""
    mixed = user ^ (item * np.uint64(0x9E3779B97F4A7C15))
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@_compiled(void(_scores, _hashes, _hashes, types.Array(int32, 2, "C"), _scores))
def top_k(scores, users, items, out_items, out_scores):  # type: ignore[no-untyped-def]
    """The K best of each row by insertion: higher scores first, equal ones by `tie_key`.

    scores: (B, I) float32, -inf = never; users: (B,) uint64; items: (I,) uint64 hashes.
    Fills out_items (B, K) int32 with -1 behind the last, and out_scores (B, K) float32.
    """
    rows, columns = scores.shape
    most = out_items.shape[1]
    for row in range(rows):
        count = 0
        for item in range(columns):
            score = scores[row, item]
            if score == -np.inf:
                continue
            if count == most:
                worst = out_scores[row, most - 1]
                if score < worst:
                    continue
                if score == worst and tie_key(users[row], items[item]) > tie_key(
                    users[row], items[out_items[row, most - 1]]
                ):
                    continue
                at = most - 1
            else:
                at = count
                count += 1
            while at > 0:
                before = out_scores[row, at - 1]
                if before > score:
                    break
                if before == score and tie_key(users[row], items[out_items[row, at - 1]]) < tie_key(
                    users[row], items[item]
                ):
                    break
                out_scores[row, at] = before
                out_items[row, at] = out_items[row, at - 1]
                at -= 1
            out_scores[row, at] = score
            out_items[row, at] = item
        for at in range(count, most):
            out_items[row, at] = -1
            out_scores[row, at] = -np.inf


@_compiled(void(_scores, _indices, _indices))
def mask(scores, indptr, indices):  # type: ignore[no-untyped-def]
    """Set the entries of a CSR pattern to -inf, in place. scores: (B, I) float32."""
    for row in range(scores.shape[0]):
        for at in range(indptr[row], indptr[row + 1]):
            scores[row, indices[at]] = -np.inf


@_compiled(void(_scores, _indices, _indices))
def only(scores, indptr, indices):  # type: ignore[no-untyped-def]
    """Set all but the entries of a CSR pattern to -inf, in place. scores: (B, I) float32."""
    kept = np.empty(scores.shape[1], dtype=scores.dtype)
    for row in range(scores.shape[0]):
        first, last = indptr[row], indptr[row + 1]
        for at in range(first, last):
            kept[at - first] = scores[row, indices[at]]
        scores[row, :] = -np.inf
        for at in range(first, last):
            scores[row, indices[at]] = kept[at - first]


@_compiled(void(_csr, _csr, _scores))
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


@_compiled(void(_indices, _indices, _scores))
def cooccurrence(indptr, indices, out):  # type: ignore[no-untyped-def]
    """Add to out (I, I) float32 the number of rows of a 0/1 CSR matrix that hold both items.

    Fills the lower triangle with the diagonal; indices are sorted within rows.
    """
    for row in range(len(indptr) - 1):
        for left in range(indptr[row], indptr[row + 1]):
            target = out[indices[left]]
            for right in range(indptr[row], left + 1):
                target[indices[right]] += 1


@_compiled(int64(_lists, _indices, _indices, _counts, _counts))
def hits(items, indptr, indices, out_row, out_rank):  # type: ignore[no-untyped-def]
    """Where lists hold relevant items; returns how many (row, rank) pairs were written.

    items: (U, K) int32; indptr, indices: CSR of the relevant items. An item that occurs twice
    in a list counts at its first place only.
    """
    found = 0
    last_seen = np.full(max(indices.max() + 1 if len(indices) else 1, 1), -1, dtype=np.int32)
    wanted = np.full(len(last_seen), -1, dtype=np.int32)
    for row in range(items.shape[0]):
        for at in range(indptr[row], indptr[row + 1]):
            wanted[indices[at]] = row
        for rank in range(items.shape[1]):
            item = items[row, rank]
            if item < 0 or item >= len(wanted) or wanted[item] != row or last_seen[item] == row:
                continue
            last_seen[item] = row
            out_row[found] = row
            out_rank[found] = rank
            found += 1
    return found


COSINE, JACCARD, DICE, ASYMMETRIC, PRODUCT = range(5)


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


@_compiled(
    void(
        _csr,
        _csr,
        _values,
        _values,
        _indices,
        int64,
        float32,
        float32,
        _values,
        _hashes,
        _hashes,
        types.Array(int32, 2, "C"),
        _scores,
    )
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


@_compiled(
    int64(
        _csr,
        _values,
        _indices,
        _values,
        float32,
        float32,
        int64,
        float32,
        types.Array(float32, 1, "C"),
    )
)
def non_negative_elastic_net(gram, diagonal, allowed, shared, l1, l2, sweeps, tolerance, weights):  # type: ignore[no-untyped-def]
    """Coordinate descent for one column of SLIM on the Gram matrix; returns how many sweeps it took.

    gram: symmetric CSR (I, I); diagonal (I,); allowed (A,): the rows that may have a weight, and shared (A,)
    their entries g of the column. Minimises ½·w'Gw − w'g + l1·Σw + ½·l2·Σw² over w ≥ 0. weights (A,) is
    the start, all 0, and the result. A sweep over all that changes no weight by more than `tolerance` of
    the largest ends it; between those only weights that are not 0 are visited.
    """
    ptr, at, data = gram
    many = len(allowed)
    place = np.full(len(ptr) - 1, -1, dtype=np.int32)
    for which in range(many):
        place[allowed[which]] = which
    rows = np.empty((many, many), dtype=np.float32)  # of G among the allowed, filled as they are needed
    there = np.zeros(many, dtype=np.bool_)
    fitted = np.zeros(many, dtype=np.float32)
    everything = True
    for sweep in range(sweeps):
        largest_change, largest = np.float32(0), np.float32(0)
        for which in range(many):
            before = weights[which]
            if before == 0 and not everything:
                continue
            own = diagonal[allowed[which]]
            left = shared[which] - fitted[which] + own * before - l1
            after = left / (own + l2) if left > 0 else np.float32(0)
            if after != before:
                row = rows[which]
                if not there[which]:
                    there[which] = True
                    row[:] = 0
                    for entry in range(ptr[allowed[which]], ptr[allowed[which] + 1]):
                        if place[at[entry]] >= 0:
                            row[place[at[entry]]] = data[entry]
                weights[which] = after
                change = after - before
                for other in range(many):
                    fitted[other] += change * row[other]
                largest_change = max(largest_change, abs(change))
            largest = max(largest, after)
        if largest_change <= tolerance * largest:
            if everything:
                return sweep + 1
            everything = True
        else:
            everything = False
    return sweeps


_matrix = types.Array(float32, 2, "C", readonly=True)


@_compiled(void(_indices, _indices, _matrix, _matrix, float32, _scores))
def least_squares(indptr, indices, factors, gram, alpha, out):  # type: ignore[no-untyped-def]
    """The factors of B rows of a 0/1 CSR matrix, given those of the columns (Hu et al. 2008, eq. 4).

    factors: (I, F); gram: (F, F) their Gram matrix with the regularization on its diagonal. out (B, F) is
    (gram + alpha·Σ y yᵀ)⁻¹ · (1 + alpha)·Σ y over the columns y of a row, 0 for an empty one.
    """
    size = factors.shape[1]
    for row in range(len(indptr) - 1):
        if indptr[row] == indptr[row + 1]:
            continue
        left = gram.copy()
        right = np.zeros(size, dtype=np.float32)
        for at in range(indptr[row], indptr[row + 1]):
            column = factors[indices[at]]
            for first in range(size):
                right[first] += (np.float32(1) + alpha) * column[first]
                weight = alpha * column[first]
                for second in range(first + 1):  # symmetric
                    left[first, second] += weight * column[second]
        for first in range(size):
            for second in range(first):
                left[second, first] = left[first, second]
        out[row] = np.linalg.solve(left, right)


_reals = types.Array(types.float64, 1, "C", readonly=True)
_table = types.Array(types.float64, 2, "C", readonly=True)


@_compiled(void(_reals, _table, _indices, types.float64, _counts))
def marginal_relevance(liked, alike, items, diversity, out):  # type: ignore[no-untyped-def]
    """The order of one list by maximal marginal relevance; of equal items the earlier stays before.

    liked (P,); alike (P, P); items (P,), -1 behind the last; out (P,): places in the new order.
    """
    many = len(items)
    taken = np.zeros(many, dtype=np.bool_)
    closest = np.zeros(many)
    for place in range(many):
        best, value = -1, -np.inf
        for at in range(many):
            if taken[at] or (items[at] < 0 and best >= 0):
                continue
            gain = (1 - diversity) * liked[at] - diversity * closest[at] if items[at] >= 0 else -np.inf
            if best < 0 or gain > value:
                best, value = at, gain
        taken[best] = True
        out[place] = best
        for at in range(many):
            closest[at] = max(closest[at], alike[best, at])


@_compiled(void(_reals, _table, _indices, _reals, types.float64, _counts))
def calibrated(liked, shares, items, wanted, weight, out):  # type: ignore[no-untyped-def]
    """The order of one list by relevance and calibration (Steck 2018, eq. 5 and 7), greedily.

    liked (P,); shares (P, C) categories of the items; items (P,), -1 behind the last; wanted (C,) the
    history's spread; out (P,): places in the new order. Equal gains keep the order they came in.
    """
    many, categories = shares.shape
    taken = np.zeros(many, dtype=np.bool_)
    total = np.zeros(categories)
    chosen = 0.0
    for place in range(many):
        best, value = -1, -np.inf
        for at in range(many):
            if taken[at] or (items[at] < 0 and best >= 0):
                continue
            gain = -np.inf
            if items[at] >= 0:
                divergence = 0.0
                for category in range(categories):
                    if wanted[category] > 0:
                        shown = (total[category] + shares[at, category]) / (place + 1)
                        mixed = 0.99 * shown + 0.01 * wanted[category]
                        divergence += wanted[category] * np.log(wanted[category] / mixed)
                gain = (1 - weight) * (chosen + liked[at]) - weight * divergence
            if best < 0 or gain > value:
                best, value = at, gain
        taken[best] = True
        out[place] = best
        if items[best] >= 0:
            chosen += liked[best]
            for category in range(categories):
                total[category] += shares[best, category]


@_compiled(uint64(uint64))
def mixed(state: np.uint64) -> np.uint64:
    """A hash of 64 bits: splitmix64's finaliser. Hashes of state + n·0x9E37…15 are random numbers."""
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


@numba.njit(
    [void(_csr_rows, uint64, float32, float32, _scores, _scores, types.Array(float32, 1, "C"))],
    nogil=True,
    cache=True,
    error_model="numpy",
    fastmath=True,  # sums of factors in the order that the processor likes
)
def bpr_epoch(matrix, state, rate, regularization, users, items, bias):  # type: ignore[no-untyped-def]
    """As many steps of LearnBPR (Rendle et al. 2009, fig. 4) as there are positives, in place.

    matrix: (row of each entry, indptr, indices) of a (U, I) 0/1 CSR matrix with sorted indices. Each step
    draws a positive, and an item at random; where the person has that item too, the step does nothing.
    users: (U, F), items: (I, F), bias: (I,), all float32.
    """
    rows, indptr, indices = matrix
    many, width = np.uint64(len(indices)), np.uint64(len(items))
    low = np.uint64(0xFFFFFFFF)
    for _ in range(len(indices)):
        state += np.uint64(0x9E3779B97F4A7C15)
        drawn = mixed(state)
        at = np.int64(((drawn >> np.uint64(32)) * many) >> np.uint64(32))
        absent = np.int64(((drawn & low) * width) >> np.uint64(32))
        user, liked = rows[at], indices[at]
        first, last = np.int64(indptr[user]), np.int64(indptr[user + 1])
        end = last
        while first < last:
            middle = (first + last) >> 1
            if indices[middle] < absent:
                first = middle + 1
            else:
                last = middle
        if first < end and indices[first] == absent:
            continue
        person, one, other = users[user], items[liked], items[absent]
        gap = np.float32(0)
        for factor in range(len(person)):
            gap += person[factor] * (one[factor] - other[factor])
        pull = np.float32(1) / (np.float32(1) + np.exp(gap + bias[liked] - bias[absent]))
        for factor in range(len(person)):
            own, left, right = person[factor], one[factor], other[factor]
            person[factor] = own + rate * (pull * (left - right) - regularization * own)
            one[factor] = left + rate * (pull * own - regularization * left)
            other[factor] = right - rate * (pull * own + regularization * right)
        bias[liked] += rate * (pull - regularization * bias[liked])
        bias[absent] -= rate * (pull + regularization * bias[absent])
