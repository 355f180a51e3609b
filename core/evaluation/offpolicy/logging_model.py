"""A fitted logging model: propensities of a log that has none, and whether they may be believed."""

from dataclasses import dataclass, replace

import numpy as np

from core.evaluation.integrity import Check
from core.evaluation.offpolicy.log import Log
from core.evaluation.offpolicy.rows import ratio
from core.types import BoolArray, FloatArray, PlaceArray

PRIOR = 1.0  # pages' worth of "evenly" that each position of each policy starts with
PERSONAL = 1.25  # how much more often a person sees an item again than the fitted chances say
OFF = 0.05  # share of what is shown that may change between the halves of a log
SURE = 0.001  # p-value below which a change is none of luck


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


def _cells(log: Log) -> PlaceArray:
    place = log.policy.astype(np.int64) * log.width + log.position
    found: PlaceArray = place * log.items + log.item
    return found


def _shares(log: Log, kept: BoolArray) -> FloatArray:
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
    _, count = np.unique(log.user.astype(np.int64) * (cell.max() + 1) + cell, return_counts=True)
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
    """Whether items had the same shares of each position in both halves of the time (Pearson 1900)."""
    from scipy.stats import chi2

    early = log.time < np.median(log.time)
    if early.all() or not early.any():
        return Check("chosen by time", "warning", "the log has no times: it can't be told")
    size = len(log.policies) * log.width
    cells = _cells(log)
    halves = np.stack(
        [
            np.bincount(cells[half], minlength=size * log.items).reshape(size, log.items)
            for half in (early, ~early)
        ]
    ).astype(np.float64)
    pages, items = halves.sum(axis=2, keepdims=True), halves.sum(axis=0)
    expected = pages * items / np.maximum(pages.sum(axis=0), 1)
    statistic = float(ratio((halves - expected) ** 2, expected).sum())
    freedom = int((np.count_nonzero(items, axis=1) - 1).clip(min=0).sum())
    p = float(chi2.sf(statistic, max(freedom, 1)))
    moved = float(np.abs(np.subtract(*ratio(halves, np.broadcast_to(pages, halves.shape)))).sum() / 2 / size)
    detail = f"{moved:.0%} of what is shown changes between the first and the second half (p = {p:.2g})"
    return Check("chosen by time", "failed" if p < SURE and moved > OFF else "ok", detail)
