"""Histories as sequences of items, the earliest at the left."""

import numpy as np
from scipy.sparse import csr_array

from core.types import IntArray


def ordered(history: csr_array) -> csr_array:
    """The same matrix with each row's entries from the earliest to the latest; equal places by index."""
    row = np.repeat(np.arange(history.shape[0]), np.diff(history.indptr))
    order = np.lexsort((history.indices, history.data, row))
    return csr_array((history.data[order], history.indices[order], history.indptr), history.shape)


def latest(history: csr_array, length: int) -> IntArray:
    """(B, length) int32: the last items of each history from the left; I behind the latest."""
    rows = ordered(history)
    ends = rows.indptr[1:].astype(np.int64)
    return windows(rows, np.arange(history.shape[0]), ends, length)


def windows(rows: csr_array, which: np.ndarray, ends: np.ndarray, length: int) -> IntArray:
    """(N, length) int32: the items of some rows of `ordered` up to a place in its indices, from the left.

    `which`: (N,) rows; `ends`: (N,) behind the last place that is taken. I behind the last item.
    """
    first = np.maximum(rows.indptr[which].astype(np.int64), ends - length)
    place = first[:, None] + np.arange(length)[None, :]
    there = place < ends[:, None]
    if not len(rows.indices):
        return np.full(place.shape, rows.shape[1], dtype=np.int32)
    return np.where(there, rows.indices[np.where(there, place, 0)], rows.shape[1]).astype(np.int32)
