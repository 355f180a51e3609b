"""A plain reward model: what an item gets when it is looked at, and how a person takes to its category."""

from dataclasses import dataclass

import numpy as np

from core.data.dataset import Dataset
from core.evaluation.offpolicy.log import Log
from core.evaluation.offpolicy.rows import ratio
from core.types import FloatArray, PlaceArray

FOLDS = 2  # of pages: what is expected on a page is learnt from pages of the other fold
LOOKS = 100.0  # looks' worth of the average item that every item starts with
EVENTS = 2.0  # expected events' worth of "as everybody" that every person starts with in a category


@dataclass(frozen=True)
class RewardModel:
    """q(person, item, position) = examination × worth of the item × the person's liking of its category.

    The worth is learnt as if items had been drawn evenly (weights of 1 / propensity): what is shown to those
    who like it looks better than it is to others. A page's own reward never enters what is expected on it
    (cross-fitting, Chernozhukov et al. 2018, §3).
    """

    worth: FloatArray  # (FOLDS, I) reward of an item that is looked at by anybody
    liking: FloatArray  # (FOLDS, U, C) times that of everybody
    category: PlaceArray  # (I,)
    examination: FloatArray  # (K,)
    fold: PlaceArray  # (N,) of the log's impressions

    @staticmethod
    def of(log: Log, reward: FloatArray, examination: FloatArray, category: PlaceArray) -> "RewardModel":
        """Learnt from all impressions of a log; reward (N,), category (I,) from 0."""
        fold = (log.slate % FOLDS).astype(np.int64)
        looked = examination[log.position]
        even = 1 / log.propensity
        cell = fold * log.items + log.item
        got = _others(cell, even * reward, log.items)
        looks = _others(cell, even * looked, log.items)
        times = _others(cell, looked, log.items)  # how many looks the weights stand for
        average = ratio(got.sum(axis=1, keepdims=True), looks.sum(axis=1, keepdims=True))
        worth = ratio(ratio(got, looks) * times + LOOKS * average, times + LOOKS)
        many, people = int(category.max(initial=0)) + 1, len(log.user_ids)
        place = (fold * people + log.user) * many + category[log.item]
        expected = looked * worth[fold, log.item]
        above, below = (_others(place, values, people * many) for values in (reward, expected))
        scale = ratio(reward.sum(), np.count_nonzero(reward))  # of one event
        liking = ratio(above + EVENTS * scale, below + EVENTS * scale)
        return RewardModel(worth, liking.reshape(FOLDS, people, many), category, examination, fold)

    def of_log(self, log: Log) -> FloatArray:
        """(N,) expected reward of what the log shows."""
        liking = self.liking[self.fold, log.user, self.category[log.item]]
        found: FloatArray = self.worth[self.fold, log.item] * liking * self.examination[log.position]
        return found


def _others(cell: PlaceArray, values: FloatArray, many: int) -> FloatArray:
    """(FOLDS, many) sums over the folds other than each."""
    sums = np.bincount(cell, values, FOLDS * many).reshape(FOLDS, many)
    found: FloatArray = sums.sum(axis=0) - sums
    return found


def categories(dataset: Dataset) -> PlaceArray:
    """(I,) the category of each item of the catalogue as a number; 0 where none is known."""
    of = dataset.items["category"].reindex(dataset.catalogue)
    codes = of.cat.codes.to_numpy() if hasattr(of, "cat") else np.full(len(of), -1)
    return (codes + 1).astype(np.int64)
