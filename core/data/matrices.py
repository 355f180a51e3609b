"""People by items as sparse matrices: which pairs occur, in which order, and which are not in another."""

import numpy as np
from scipy.sparse import csr_array

from core.types import IntArray


def pairs_matrix(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> csr_array:
    """(shape) float32 CSR with sorted indices and 1 where a pair occurs."""
    ones = np.ones(len(rows), dtype=np.float32)
    matrix = csr_array((ones, (rows.astype(np.int32), columns.astype(np.int32))), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def placed(users: IntArray, items: IntArray, shape: tuple[int, int]) -> csr_array:
    """(shape) float32 CSR of places, 1 = the first, from events in order of person and time."""
    pair = users.astype(np.int64) * shape[1] + items
    _, last = np.unique(pair[::-1], return_index=True)
    kept = np.sort(len(pair) - 1 - last)  # each pair at its last event
    users, items = users[kept], items[kept]
    starts = np.searchsorted(users, np.arange(shape[0]))
    place = np.arange(len(users)) - starts[users] + 1
    matrix = csr_array((place.astype(np.float32), (users.astype(np.int32), items.astype(np.int32))), shape)
    matrix.sort_indices()
    return matrix


def without(matrix: csr_array, other: csr_array) -> csr_array:
    """The entries of a 0/1 matrix where the other has none."""
    left = (matrix - matrix.multiply(other)).tocsr()
    left.eliminate_zeros()
    left.sort_indices()
    return left.astype(np.float32)
