"""The log's own chances at positions where an item was not shown, from those where it was."""

from dataclasses import dataclass

import numpy as np

from core.evaluation.offpolicy.log import Log
from core.types import FloatArray, IntArray, TextArray

STEADY = 0.01  # of its mean: what a chance may vary by and still be one
ENOUGH = 0.95  # of the repeated ones


@dataclass(frozen=True)
class Marginals:
    """P(item at position) for each person under each policy, as far as impressions tell it.

    A policy that chooses for a person in one way all the time has one chance for each item and position. The
    log names those that were shown; what is left of a position's chance is spread evenly over the items that
    were not seen there. `steady` says whether the log agrees: where it does not, an impression is weighed by
    its own position alone.
    """

    keys: np.ndarray  # (G,) int64, sorted: policy, person, item, position as one number
    chances: FloatArray  # (G,)
    rest: FloatArray  # (policies · people · K,) chance of an item that was not seen there
    user_ids: TextArray  # (U,)
    items: int
    width: int
    repeated: int  # groups that were shown more than once
    steady: float  # share of these that have one chance

    @property
    def usable(self) -> bool:
        """Whether chances at other positions may be taken from other impressions."""
        return self.steady >= ENOUGH

    @staticmethod
    def of(log: Log) -> "Marginals":
        """What a log tells; the more slates, the more."""
        people, width = len(log.user_ids), log.width
        place = _places(log.policy, log.user, log.position, people, width)
        keys, group, times = np.unique(place * log.items + log.item, return_inverse=True, return_counts=True)
        # Impressions are drawn by the chance itself, so its mean is harmonic.
        chances = times / np.bincount(group, 1 / log.propensity)
        spread = np.abs(log.propensity - chances[group]) > STEADY * chances[group]
        varies = np.bincount(group, spread) > 0
        repeated = times > 1
        of, many = keys // log.items, len(log.policies) * people * width
        told, seen = np.bincount(of, chances, many), np.bincount(of, minlength=many)
        rest = np.clip(1 - told, 0.0, None) / np.maximum(log.items - seen, 1)
        steady = 1 - float(varies[repeated].mean()) if repeated.any() else 1.0
        return Marginals(keys, chances, rest, log.user_ids, log.items, width, int(repeated.sum()), steady)

    def at(self, log: Log, rows: IntArray) -> FloatArray:
        """(H, K) the log's chance of the items of these rows at every position; people as in both logs."""
        if not self.usable:
            return own_position(log, rows, self.width)
        found = np.empty((len(rows), self.width))
        policy, item = log.policy[rows], log.item[rows]
        user = np.searchsorted(self.user_ids, log.user_ids)[log.user[rows]]
        for position in range(self.width):
            place = _places(policy, user, np.int64(position), len(self.user_ids), self.width)
            keys = place * self.items + item
            at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            found[:, position] = np.where(self.keys[at] == keys, self.chances[at], self.rest[place])
        return found


def own_position(log: Log, rows: IntArray, width: int) -> FloatArray:
    """(H, K) the chance at the impression's own position times the slate's length, 0 elsewhere.

    Weights by these are right if the item could have stood at every position of the page.
    """
    found = np.zeros((len(rows), width))
    found[np.arange(len(rows)), log.position[rows]] = log.propensity[rows] * log.lengths[rows]
    return found


def _places(
    policy: IntArray, user: IntArray, position: IntArray | np.int64, people: int, width: int
) -> np.ndarray:
    return (policy.astype(np.int64) * people + user) * width + position
