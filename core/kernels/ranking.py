"""Lists from scores, what of them is a hit, and lists in another order."""

import numpy as np
from numba import float64, int64, uint64, void

from core.kernels.compiled import (
    COUNTS,
    HASHES,
    INDICES,
    LISTS,
    READ_LISTS,
    REALS,
    SCORES,
    TABLE,
    WEIGHTS,
    compiled,
)


@compiled(uint64(uint64))
def mixed(state: np.uint64) -> np.uint64:
    """A hash of 64 bits: splitmix64's finaliser. Hashes of state + n·0x9E37…15 are random numbers."""
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


@compiled(uint64(uint64, uint64))
def tie_key(user: np.uint64, item: np.uint64) -> np.uint64:
    """Hash of a pair of hashes, as in `core.data.ids.pair_hashes`."""
    return mixed(user ^ (item * np.uint64(0x9E3779B97F4A7C15)))


@compiled(void(SCORES, HASHES, HASHES, LISTS, SCORES))
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


@compiled(void(SCORES, HASHES, HASHES, INDICES, INDICES, COUNTS, WEIGHTS))
def places(scores, users, items, indptr, indices, among, out):  # type: ignore[no-untyped-def]
    """Where the entries of a CSR pattern stand in each row, from 1: higher scores first, ties by `tie_key`.

    scores: (B, I) float32, -inf = never: those stand behind all others, in the middle of what is left of the
    `among` (B,) int32 places. Fills out (N,) float32, one place for each entry.
    """
    for row in range(scores.shape[0]):
        ranked = 0
        for item in range(scores.shape[1]):
            ranked += scores[row, item] > -np.inf
        for at in range(indptr[row], indptr[row + 1]):
            own = scores[row, indices[at]]
            if own == -np.inf:
                out[at] = ranked + (max(among[row] - ranked, 0) + 1) / 2
                continue
            above, equal = 0, 0
            for item in range(scores.shape[1]):
                above += scores[row, item] > own
                equal += scores[row, item] == own
            if equal > 1:
                key = tie_key(users[row], items[indices[at]])
                for item in range(scores.shape[1]):
                    if scores[row, item] == own and tie_key(users[row], items[item]) < key:
                        above += 1
            out[at] = above + 1


@compiled(void(SCORES, INDICES, INDICES))
def mask(scores, indptr, indices):  # type: ignore[no-untyped-def]
    """Set the entries of a CSR pattern to -inf, in place. scores: (B, I) float32."""
    for row in range(scores.shape[0]):
        for at in range(indptr[row], indptr[row + 1]):
            scores[row, indices[at]] = -np.inf


@compiled(void(SCORES, INDICES, INDICES))
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


@compiled(int64(READ_LISTS, INDICES, INDICES, COUNTS, COUNTS))
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


@compiled(void(REALS, TABLE, INDICES, float64, COUNTS))
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


@compiled(void(REALS, TABLE, INDICES, REALS, float64, COUNTS))
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
