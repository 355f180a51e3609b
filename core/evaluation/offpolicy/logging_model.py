"""A fitted logging model: propensities of a log that has none, and whether they may be believed."""

from dataclasses import dataclass, replace

import numpy as np

from core.evaluation.integrity import Check
from core.evaluation.offpolicy.log import Log
from core.evaluation.offpolicy.rows import ratio
from core.types import FloatArray, IntArray

PRIOR = 1.0  # pages' worth of "evenly" that each position of each policy starts with
PERSONAL = 1.25  # how much more often a person sees an item again than the fitted chances say
OFF = 0.05  # of 1: what the mean weight on pages that were not fitted may be off by


@dataclass(frozen=True)
class Fitted:
    """A log with fitted propensities and the checks of them."""

    log: Log
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether every check is passed; else nothing may be estimated with them."""
        return all(one.verdict == "ok" for one in self.checks)


def fitted(log: Log) -> Fitted:
    """P(item at position) of each policy as its share of that position's pages, the same for everybody.

    It is right only for a policy that chooses neither by person nor by time. Checked are both: how often a
    person sees an item again, and how chances fitted on the first half of the time weigh the second.
    """
    found = replace(log, propensity=_shares(log, np.ones(len(log.slate), dtype=bool))[_cells(log)])
    return Fitted(found, (_by_person(found), _by_time(log)))


def _cells(log: Log) -> IntArray:
    place = log.policy.astype(np.int64) * log.width + log.position
    found: IntArray = place * log.items + log.item
    return found


def _shares(log: Log, kept: np.ndarray) -> FloatArray:
    """(policies · K · I,) shares of the impressions that are `kept` (N,)."""
    size = len(log.policies) * log.width
    shown = np.bincount(_cells(log)[kept], minlength=size * log.items).reshape(size, log.items)
    there = shown.sum(axis=0) > 0  # items that are never shown have no chance
    even = PRIOR * there / max(int(there.sum()), 1)
    shares: FloatArray = (shown + even) / (shown.sum(axis=1, keepdims=True) + PRIOR)
    return shares.ravel()


def _by_person(log: Log) -> Check:
    """Pairs of pages of one person that show the same item at the same place, against what chance gives."""
    cell = _cells(log)
    place = cell // log.items
    seen, count = np.unique(log.user.astype(np.int64) * (cell.max() + 1) + cell, return_counts=True)
    again = float((count * (count - 1)).sum())
    shares = _shares(log, np.ones(len(cell), dtype=bool)).reshape(-1, log.items)
    luck = (shares**2).sum(axis=1)
    key = log.user.astype(np.int64) * len(luck) + place
    pages, many = np.unique(key, return_counts=True)
    by_chance = float((many * (many - 1) * luck[pages % len(luck)]).sum())
    if by_chance <= 0:
        return Check("chosen by person", "warning", "nobody saw two pages: it can't be told")
    times = again / by_chance
    detail = f"a person sees an item again {times:.2f} times as often as if pages were chosen for nobody"
    return Check("chosen by person", "ok" if times < PERSONAL else "failed", detail)


def _by_time(log: Log) -> Check:
    """The mean weight of evenly drawn items on pages after those that chances were fitted on."""
    first = log.time < np.median(log.time)
    if first.all() or not first.any():
        return Check("chosen by time", "warning", "the log has no times: it can't be told")
    early, late = _shares(log, first), _shares(log, ~first)
    cells = _cells(log)[~first]
    weight = ratio(early[cells], late[cells])
    off = float(np.average(np.abs(weight - 1)))
    noise = float(np.average(1 / np.sqrt(np.maximum(late[cells] * (~first).sum() / log.width, 1))))
    detail = f"chances of the first and of the second half differ by {off:.0%}; by luck alone {noise:.0%}"
    return Check("chosen by time", "ok" if off < 2 * noise + OFF else "failed", detail)
