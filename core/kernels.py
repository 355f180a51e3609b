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
_hashes, _indices = types.Array(uint64, 1, "C", readonly=True), types.Array(int32, 1, "C", readonly=True)


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
