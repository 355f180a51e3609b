"""The log's own chances at positions where an item was not shown, from those where it was."""

from dataclasses import dataclass

import numpy as np

from core.evaluation.offpolicy.log import Log
from core.evaluation.offpolicy.rows import ratio, ratio_error
from core.types import FloatArray, PlaceArray, TextArray

STEADY = 0.01  # of its mean: what a chance may vary by and still be one
ENOUGH = 0.95  # of the repeated ones
SEEN = 30  # groups that have to be shown again before anything is said of them
EVEN, CLOSE, FAR = 0.98, 0.1, 5.0  # of impressions; of the chance of what was not seen; times that chance
MOST_CELLS = 10_000_000  # chances that are held whether they were seen or not


@dataclass(frozen=True)
class Marginals:
    """P(item at position) for each person under each policy, as far as impressions tell it.

    A policy that chooses for a person in one way all the time has one chance for each item and position. The
    log names those that were shown; what is left of a position's chance is spread evenly over the items that
    were not seen there. Whether the log agrees is tested: that chances stay, and that an item which was seen
    had either the chance that unseen ones are given, or one far above it. Else an impression is weighed by
    its own position alone.
    """

    keys: np.ndarray | None  # (G,) int64, sorted: policy, person, position, item as one number; None = all
    chances: FloatArray  # (G,)
    rest: FloatArray  # (policies · people · K,) chance of an item that was not seen there
    user_ids: TextArray  # (U,)
    items: int
    width: int
    repeated: int  # groups that were shown more than once
    steady: float  # share of these that have one chance
    even: float  # share of impressions whose chance is what unseen items are given, or far above it
    again: float  # how often, over all impressions, another page of the person has the item at the position
    expected: float  # the same by the propensities
    noise: float  # standard error of again / expected, over people

    @property
    def steady_enough(self) -> bool:
        """Whether a person has one chance for each item and position."""
        return self.repeated >= SEEN and self.steady >= ENOUGH

    @property
    def usable(self) -> bool:
        """Whether chances at other positions may be taken from other impressions."""
        return self.steady_enough and self.even >= EVEN

    @staticmethod
    def of(log: Log) -> "Marginals":
        """What a log tells; the more slates, the more."""
        people, width = len(log.user_ids), log.width
        many = len(log.policies) * people * width
        place = _places(log.policy, log.user, log.position, people, width)
        cell = place * log.items + log.item
        keys, group = (None, cell) if many * log.items <= MOST_CELLS else np.unique(cell, return_inverse=True)
        size = many * log.items if keys is None else len(keys)
        times = np.bincount(group, minlength=size)
        # Impressions are drawn by the chance itself, so its mean is harmonic.
        chances = ratio(times.astype(np.float64), np.bincount(group, 1 / log.propensity, size))
        varies = np.zeros(size, dtype=bool)
        varies[group[np.abs(log.propensity - chances[group]) > STEADY * chances[group]]] = True
        repeated = times > 1
        if keys is None:
            shape = many, log.items
            told, seen = chances.reshape(shape).sum(axis=1), np.count_nonzero(times.reshape(shape), axis=1)
        else:
            of = keys // log.items
            told, seen = np.bincount(of, chances, many), np.bincount(of, minlength=many)
        rest = np.clip(1 - told, 0.0, None) / np.maximum(log.items - seen, 1)
        again = int(repeated.sum())
        steady = 1 - float((varies & repeated).sum()) / again if again else 1.0
        alike = np.abs(log.propensity - rest[place]) <= CLOSE * rest[place]
        alike |= log.propensity >= FAR * rest[place]
        even = float(alike.mean()) if len(alike) else 1.0
        pages = np.bincount(place, minlength=many)
        shown_again = np.bincount(log.user, times[group] - 1, people)
        by_chance = np.bincount(log.user, log.propensity * (pages[place] - 1), people)
        return Marginals(
            keys,
            chances,
            rest,
            log.user_ids,
            log.items,
            width,
            again,
            steady,
            even,
            float(shown_again.sum()),
            float(by_chance.sum()),
            ratio_error(shown_again, by_chance, people),
        )

    def at(self, log: Log, rows: PlaceArray) -> FloatArray:
        """(H, K) the log's chance of the items of these rows at every position; people as in both logs."""
        if not self.usable:
            return own_position(log, rows, self.width)
        found = np.empty((len(rows), self.width))
        policy, item = log.policy[rows], log.item[rows]
        user = np.searchsorted(self.user_ids, log.user_ids)[log.user[rows]]
        for position in range(self.width):
            place = _places(policy, user, np.int64(position), len(self.user_ids), self.width)
            keys = place * self.items + item
            known = self._chance(keys)
            found[:, position] = np.where(known > 0, known, self.rest[place])
        there = np.arange(self.width) < log.lengths[rows][:, None]
        return np.where(there, found, 0.0)

    def _chance(self, keys: PlaceArray) -> FloatArray:
        """What was seen of each key; 0 where nothing was."""
        if self.keys is None:
            return self.chances[keys]
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found: FloatArray = np.where(self.keys[at] == keys, self.chances[at], 0.0)
        return found


def own_position(log: Log, rows: PlaceArray, width: int) -> FloatArray:
    """(H, K) the chance at the impression's own position times the slate's length, 0 elsewhere.

    Weights by these are right if the item could have stood at every position of the page.
    """
    found = np.zeros((len(rows), width))
    found[np.arange(len(rows)), log.position[rows]] = log.propensity[rows] * log.lengths[rows]
    return found


def _places(
    policy: PlaceArray, user: PlaceArray, position: PlaceArray | np.int64, people: int, width: int
) -> np.ndarray:
    return (policy.astype(np.int64) * people + user) * width + position
