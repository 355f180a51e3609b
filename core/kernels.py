"""Compiled inner loops. Import this module inside functions: numba takes a second to load.

All release the GIL and none runs in parallel by itself, so that callers may use threads.
"""

import numba
import numpy as np

_jit = numba.njit(nogil=True, cache=True, error_model="numpy")


@_jit
def tie_key(user: np.uint64, item: np.uint64) -> np.uint64:
    """Hash of a pair of hashes: splitmix64's finaliser, as in `core.data.ids.pair_hashes`."""
    mixed = user ^ (item * np.uint64(0x9E3779B97F4A7C15))
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@_jit
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


@_jit
def mask(scores, indptr, indices):  # type: ignore[no-untyped-def]
    """Set the entries of a CSR pattern to -inf, in place. scores: (B, I) float32."""
    for row in range(scores.shape[0]):
        for at in range(indptr[row], indptr[row + 1]):
            scores[row, indices[at]] = -np.inf


@_jit
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


@_jit
def cooccurrence(indptr, indices, out):  # type: ignore[no-untyped-def]
    """Add to out (I, I) float32 the number of rows of a 0/1 CSR matrix that hold both items.

    Fills the lower triangle with the diagonal; indices are sorted within rows.
    """
    for row in range(len(indptr) - 1):
        for left in range(indptr[row], indptr[row + 1]):
            target = out[indices[left]]
            for right in range(indptr[row], left + 1):
                target[indices[right]] += 1


@_jit
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
