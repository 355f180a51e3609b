"""Where held-out items stand in the whole ranking of a person, beside the list that is cut from it."""

import time

import numpy as np
from scipy.sparse import csr_array

from core.data.folds import Test
from core.types import FloatArray, IntArray, UIntArray

_TOP, _STEP = np.float32(3e38), np.float32(1e33)  # scores above all others that still differ


class WholeRanking:
    """Places of the held-out items of T people, filled block by block, by several threads at once.

    What a recommender never shows stands behind all others and shares the middle of their places.
    """

    def __init__(self, test: Test, users: UIntArray, items: UIntArray) -> None:
        self._test, self._users, self._items = test, users, items
        self.places = test.truth.astype(np.float32, copy=True)  # (T, I), from 1 where an item is held out
        self.among = _among(test)  # (T,) how many items are ranked
        self.seconds: list[float] = []  # that it took, a block each

    def place(self, rows: slice, scores: FloatArray, moved: tuple[IntArray, IntArray] | None) -> None:
        """Fills the places of a block by its scores (B, I), -inf = never.

        `moved`: lists (B, P) that a later stage was given, and what it made of them.
        """
        from core import kernels

        began = time.perf_counter()
        found = scores if moved is None else _as_moved(scores, *moved)
        start, end = self.places.indptr[rows.start], self.places.indptr[rows.stop]
        truth, out = kernels.pattern(self._test.truth[rows]), self.places.data[start:end]
        kernels.ranking.places(found, self._users[rows], self._items, *truth, self.among[rows], out)
        self.seconds.append(time.perf_counter() - began)


def _among(test: Test) -> IntArray:
    """(T,) how many items a whole ranking has: all but masked ones, or candidates and what is held out."""
    if test.candidates is None:
        return (test.truth.shape[1] - np.diff(test.masked.indptr)).astype(np.int32)
    return np.diff(csr_array(test.candidates + test.truth).indptr).astype(np.int32)


def _as_moved(scores: FloatArray, before: IntArray, after: IntArray) -> FloatArray:
    """Scores that order items as the later stage does: its own first, what it took out never."""
    found = scores.copy()
    rows, places = np.nonzero(before >= 0)
    found[rows, before[rows, places]] = -np.inf
    rows, places = np.nonzero(after >= 0)
    found[rows, after[rows, places]] = _TOP - _STEP * places.astype(np.float32)
    return found
