"""Candidates: the only items that are ranked for a person, where not all of the catalogue is."""

from dataclasses import replace

import numpy as np
import pandas as pd

from core.data.dataset import Did
from core.data.folds import Fold
from core.data.ids import hashes, pair_hashes, positions
from core.data.matrices import pairs_matrix

_BLOCK = 4_000_000  # pairs of person and item whose hashes are held at once


def with_candidates(fold: Fold, pairs: pd.DataFrame) -> Fold:
    """The fold with exactly the items of `pairs` (user, item: categoricals) ranked for each person."""
    rows, columns = (
        positions(pairs["user"], fold.test.user_ids),
        positions(pairs["item"], fold.train.item_ids),
    )
    known = (rows >= 0) & (columns >= 0)
    allowed = pairs_matrix(rows[known], columns[known], fold.test.truth.shape)
    strangers = int((~known).sum())
    did = (
        (Did("candidates", strangers, "pairs of people or items that are not in the test part"),)
        if strangers
        else ()
    )
    return replace(fold, test=replace(fold.test, candidates=allowed), dropped=(*fold.dropped, *did))


def with_negatives(fold: Fold, many: int, seed: int) -> Fold:
    """The fold in which each person's held-out items are ranked among `many` others, drawn by a hash.

    Drawn are items that are neither held out nor masked, the same ones whatever the order of rows; where
    there are fewer, all of them. Figures are then not those of a full ranking (Krichene & Rendle 2020).
    """
    test = fold.test
    people, items = test.truth.shape
    of_people = hashes([f"negatives {user}" for user in test.user_ids.tolist()], seed)
    of_items = hashes(fold.train.item_ids.tolist(), seed)
    size = max(1, _BLOCK // items)
    rows, columns = [test.truth.tocoo().row], [test.truth.tocoo().col]
    for first in range(0, people, size):
        here = slice(first, min(first + size, people))
        keys = pair_hashes(of_people[here, None], of_items[None, :])
        taken = (test.truth[here] + test.masked[here]).toarray() > 0
        keys[taken] = np.iinfo(np.uint64).max
        drawn = np.argpartition(keys, min(many, items - 1), axis=1)[:, :many]
        left = ~np.take_along_axis(taken, drawn, axis=1)
        rows.append((np.nonzero(left)[0] + first).astype(np.int32))
        columns.append(drawn[left].astype(np.int32))
    allowed = pairs_matrix(np.concatenate(rows), np.concatenate(columns), test.truth.shape)
    return replace(fold, test=replace(test, candidates=allowed))
