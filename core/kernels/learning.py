"""What learns by many small steps: SLIM, iALS and BPR."""

import numpy as np
from numba import float32, int64, uint64, void

from core.kernels.compiled import CSR, CSR_ROWS, INDICES, MATRIX, SCORES, VALUES, WEIGHTS, compiled
from core.kernels.ranking import mixed


@compiled(int64(CSR, VALUES, INDICES, VALUES, float32, float32, int64, float32, WEIGHTS))
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


@compiled(void(SCORES, VALUES, WEIGHTS), fast=True)
def solved(matrix, right, out):  # type: ignore[no-untyped-def]
    """Set out (F,) to the solution of a positive definite system by Cholesky's method, in float32.

    matrix: (F, F), of which the lower triangle is read and overwritten. A pivot that float32 cannot tell
    from 0 is taken as that precision of its diagonal.
    """
    size = len(right)
    for row in range(size):
        own = matrix[row]
        least = np.float32(1e-7) * own[row]
        for column in range(row):
            other, total = matrix[column], np.float32(0)
            for at in range(column):
                total += own[at] * other[at]
            own[column] = (own[column] - total) / other[column]
        total = np.float32(0)
        for at in range(row):
            total += own[at] * own[at]
        own[row] = np.sqrt(max(own[row] - total, least))
        total = np.float32(0)
        for at in range(row):
            total += own[at] * out[at]
        out[row] = (right[row] - total) / own[row]
    for row in range(size - 1, -1, -1):
        out[row] /= matrix[row, row]
        for at in range(row):
            out[at] -= out[row] * matrix[row, at]


@compiled(void(INDICES, INDICES, MATRIX, MATRIX, float32, SCORES), fast=True)
def least_squares(indptr, indices, factors, gram, alpha, out):  # type: ignore[no-untyped-def]
    """The factors of B rows of a 0/1 CSR matrix, given those of the columns (Hu et al. 2008, eq. 4).

    factors: (I, F); gram: (F, F) their Gram matrix with the regularization on its diagonal. out (B, F) is
    (gram + alpha·Σ y yᵀ)⁻¹ · (1 + alpha)·Σ y over the columns y of a row, 0 for an empty one.
    """
    size = factors.shape[1]
    absent = np.zeros(size, dtype=np.float32)
    left, right = np.empty((size, size), dtype=np.float32), np.empty(size, dtype=np.float32)
    for row in range(len(indptr) - 1):
        last = indptr[row + 1]
        if indptr[row] == last:
            continue
        left[:], right[:] = gram, 0
        for at in range(indptr[row], last, 4):  # four at once, so that a sum is fetched a quarter as often
            one = factors[indices[at]]
            two = factors[indices[at + 1]] if at + 1 < last else absent
            three = factors[indices[at + 2]] if at + 2 < last else absent
            four = factors[indices[at + 3]] if at + 3 < last else absent
            for first in range(size):
                a, b, c, d = alpha * one[first], alpha * two[first], alpha * three[first], alpha * four[first]
                sums = left[first]
                for second in range(first + 1):  # symmetric
                    sums[second] += a * one[second] + b * two[second] + c * three[second] + d * four[second]
                right[first] += (one[first] + two[first] + three[first] + four[first]) * (
                    np.float32(1) + alpha
                )
        solved(left, right, out[row])


@compiled(void(CSR_ROWS, uint64, float32, float32, SCORES, SCORES, WEIGHTS), fast=True)
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
