"""Lists for anyone: people who are asked about without being judged, known to training or not."""

import numpy as np
from scipy.sparse import csr_array

from core.data.bonds import barred
from core.data.dataset import Dataset
from core.data.folds import Seen, Test, Train
from core.data.matrices import pairs_matrix
from core.types import IntArray, TextArray


def unjudged(dataset: Dataset, train: Train, user_ids: TextArray, seen: Seen = "positive") -> Test:
    """T people (sorted ids) with what training knows of them, and nothing held out.

    What is never shown to them follows `seen`, as in comparisons; nobody is shown themselves or a friend.
    """
    users = np.searchsorted(train.user_ids, user_ids).astype(np.int32)
    users = np.minimum(users, len(train.user_ids) - 1)
    users[train.user_ids[users] != user_ids] = -1
    nothing = csr_array(np.zeros((0, len(train.item_ids)), dtype=np.float32))
    nothing = _rows(nothing, np.full(len(user_ids), -1, dtype=np.int32))
    history = _rows(train.positives, users)
    masked = history
    if seen == "any":
        masked = _rows(pairs_matrix(train.user, train.item, train.positives.shape), users)
    elif seen == "none":
        masked = nothing
    never = csr_array(masked + barred(dataset, user_ids, train.item_ids))
    never.data[:] = 1
    order = None if train.sequence is None else _rows(train.sequence, users)
    return Test(user_ids, users, history, masked=never, truth=nothing, sequence=order)


def _rows(matrix: csr_array, rows: IntArray) -> csr_array:
    """Those rows of a matrix, empty where a row is -1."""
    known = np.flatnonzero(rows >= 0)
    ones = np.ones(len(known), dtype=np.float32)
    shape = (len(rows), matrix.shape[0])
    chosen = csr_array(csr_array((ones, (known, rows[known])), shape=shape) @ matrix)
    chosen.sort_indices()
    return chosen
