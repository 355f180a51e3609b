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
    rows = kept[train.user]
    here = np.flatnonzero((test.users < 0) | kept[np.maximum(test.users, 0)])
    users = test.users[here]
    return replace(
        fold,
        train=replace(
            train,
            user_ids=train.user_ids[kept],
            positives=train.positives[np.flatnonzero(kept)],
            user=place[train.user[rows]],
            item=train.item[rows],
            rank=train.rank[rows],
            value=train.value[rows],
            kind=train.kind[rows],
            users=train.users.iloc[np.flatnonzero(kept)],
        ),
        test=replace(
            test,
            user_ids=test.user_ids[here],
            users=np.where(users >= 0, place[np.maximum(users, 0)], -1).astype(np.int32),
            history=test.history[here],
            masked=test.masked[here],
            truth=test.truth[here],
            candidates=None if test.candidates is None else test.candidates[here],
            sequence=None if test.sequence is None else test.sequence[here],
        ),
    )
