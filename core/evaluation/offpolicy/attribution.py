"""Which impression a purchase counts for, and from which pages on none can be known yet."""

from dataclasses import replace

import numpy as np

from core.data.dataset import Dataset
from core.data.ids import positions, rows_with
from core.data.positive import positives
from core.data.times import NEVER, microseconds
from core.evaluation.offpolicy.log import Log
from core.types import BoolArray, PlaceArray

SECOND, DAY = 1_000_000, 86_400  # microseconds, seconds
PURCHASE = "purchase"


def attributed(log: Log, dataset: Dataset, days: float, positive: str) -> Log:
    """The log in which a purchase counts for the last click on the item within so many days before it.

    Pages younger than that at the end of the data are then left out: what comes of them is not known yet. As
    logged with 0 days, and where no interaction is known to be a purchase.
    """
    if not days:
        return log
    rows = dataset.interactions
    known = rows["timestamp"].notna().to_numpy()
    kept = known & _purchases(dataset, positive)
    if not kept.any():
        return log
    window = int(days * DAY)
    timed = log.where(log.time > NEVER, "pages without a time")
    when = microseconds(rows["timestamp"]) // SECOND
    shown = timed.time // SECOND
    end = max(int(shown.max(initial=0)), int(when[known].max(initial=0)))
    user = positions(rows["user"], timed.user_ids)[kept]
    item = positions(rows["item"], dataset.catalogue)[kept]
    there = user >= 0
    flags = np.zeros(len(timed.slate), dtype=bool)
    flags[_last_clicks(timed, user[there], item[there], when[kept][there], window)] = True
    credited = replace(timed, purchased=flags)
    return credited.where(shown + window <= end, f"pages younger than {days:g} days")


def attributable(dataset: Dataset, positive: str) -> bool:
    """Whether purchases can be counted otherwise than logged: interactions with a time tell of some."""
    timed = dataset.interactions["timestamp"].notna().to_numpy()
    return bool((timed & _purchases(dataset, positive)).any())


def _purchases(dataset: Dataset, positive: str) -> BoolArray:
    """Interactions of that kind; positive ones where there are none and something says what is positive."""
    kinds = rows_with(dataset.interactions["kind"], PURCHASE)
    if kinds.any() or not positive:
        return kinds
    return positives(positive, dataset.interactions)


def _last_clicks(log: Log, user: PlaceArray, item: PlaceArray, when: np.ndarray, window: int) -> PlaceArray:
    """The clicked impressions that events of a person and item, at a time in seconds, count for."""
    clicked = np.flatnonzero(log.clicked)
    if not len(clicked) or not len(user):
        return np.empty(0, dtype=np.int64)
    both = np.concatenate([log.user[clicked], user]).astype(np.int64) * log.items
    both += np.concatenate([log.item[clicked], item])
    _, pair = np.unique(both, return_inverse=True)  # so that a pair and a time fit one number
    at = np.concatenate([log.time[clicked] // SECOND, when])
    key = pair * (int(np.ptp(at)) + 1) + (at - at.min())
    of, asked = key[: len(clicked)], key[len(clicked) :]
    order = np.argsort(of, kind="stable")
    last = np.searchsorted(of[order], asked, side="right") - 1
    found = order[np.maximum(last, 0)]
    right = (last >= 0) & (pair[found] == pair[len(clicked) :]) & (asked - of[found] <= window)
    hit: PlaceArray = clicked[found[right]]
    return hit
