"""Who is never shown to whom where items are people: oneself and one's friends."""

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from core.data.dataset import Dataset, Did
from core.data.folds import Fold
from core.data.ids import positions
from core.types import TextArray


def barred(dataset: Dataset, user_ids: TextArray, item_ids: TextArray) -> csr_array:
    """(U, I) float32: 1 where the item is the person, or a friend of the person, whoever named whom.

    Empty where the items are not people: equal ids are then a coincidence.
    """
    shape = (len(user_ids), len(item_ids))
    if not dataset.origin.items_are_people:
        nobody = np.empty(0, dtype=np.int32)
        return _pairs(nobody, nobody, shape)
    bonds = dataset.relations[dataset.relations["kind"].astype("str") == "friend"]
    ends = [(bonds["user"], bonds["other"]), (bonds["other"], bonds["user"])]
    rows: list[np.ndarray] = [np.arange(len(user_ids))]
    columns: list[np.ndarray] = [_own(user_ids, item_ids)]
    for person, other in ends:
        rows.append(positions(person, user_ids))
        columns.append(positions(other, item_ids))
    row, column = np.concatenate(rows), np.concatenate(columns)
    known = (row >= 0) & (column >= 0)
    return _pairs(row[known], column[known], shape)


def without_bonds(fold: Fold, dataset: Dataset) -> Fold:
    """The fold in which nobody is shown themselves or a friend; such test pairs are dropped."""
    if not dataset.origin.items_are_people:
        return fold
    test = fold.test
    bar = barred(dataset, test.user_ids, fold.train.item_ids)
    truth = csr_array(test.truth - test.truth.multiply(bar))
    truth.eliminate_zeros()
    truth.sort_indices()
    here = np.flatnonzero(np.diff(truth.indptr) > 0)
    masked = csr_array(test.masked + bar)
    masked.data[:] = 1
    lost = int(test.truth.nnz - truth.nnz)
    did = (
        (Did("test pairs of oneself or a friend", lost, "dropped, since they are never shown"),)
        if lost
        else ()
    )
    kept = replace(test, masked=masked, truth=truth).part(here)
    return replace(fold, test=kept, dropped=(*fold.dropped, *did))


def _pairs(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> csr_array:
    matrix = csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def _own(user_ids: TextArray, item_ids: TextArray) -> np.ndarray:
    """Where each person stands among the items, -1 where they do not."""
    place = {item: at for at, item in enumerate(item_ids.tolist())}
    return np.array([place.get(user, -1) for user in user_ids.tolist()], dtype=np.int32)
