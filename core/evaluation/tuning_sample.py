"""A part of the people of a fold: what a trial is judged on before it is worth the whole."""

from dataclasses import replace

import numpy as np
import pandas as pd

from core.data.folds import Fold
from core.data.sampling import first


def of_people(fold: Fold, many: int) -> Fold:
    """The fold of so many of the people in training, chosen by a hash of their id, each with all their rows.

    Test people whom training does not know stay, so that a split by people can be judged.
    """
    train, test = fold.train, fold.test
    kept = np.isin(train.user_ids, first(pd.Index(train.user_ids), many).to_numpy())
    place = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    left = test.part(np.flatnonzero((test.users < 0) | kept[np.maximum(test.users, 0)]))
    users = np.where(left.users >= 0, place[np.maximum(left.users, 0)], -1).astype(np.int32)
    return replace(fold, train=train.part(kept), test=replace(left, users=users))
