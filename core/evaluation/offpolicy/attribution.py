"""Which impression a purchase counts for, and from which pages on none can be known yet."""

from dataclasses import replace

import numpy as np

from core.data.dataset import Dataset
from core.data.ids import positions
from core.data.positive import positives
from core.evaluation.offpolicy.log import Log
from core.types import BoolArray, PlaceArray

SECOND, DAY = 1_000_000, 86_400  # microseconds, seconds
PURCHASE = "purchase"


def attributed(log: Log, dataset: Dataset, days: float, positive: str) -> Log:
    """The log in which a purchase counts for the last click on the item within so many days before it.

    Pages younger than that at the end of the data are left out: what comes of them is not known yet.
    Purchases are interactions of that kind, or positive ones where there are none. 0 days: as logged.
    """
    if not days:
        return log
    window = int(days * DAY)
    rows = dataset.interactions
    when = rows["timestamp"].astype("datetime64[us, UTC]").astype("int64").to_numpy() // SECOND
    known = rows["timestamp"].notna().to_numpy()
    shown = log.time // SECOND
    end = max(int(shown.max(initial=0)), int(when[known].max(initial=0)))
    old = log.where(shown + window <= end, f"pages younger than {days:g} days")
    kept = known & _purchases(dataset, positive)
    user = positions(rows["user"], old.user_ids)[kept]
    item = positions(rows["item"], dataset.catalogue)[kept]
    there = user >= 0
    bought = _last_clicks(old, user[there], item[there], when[kept][there], window)
    flags = np.zeros(len(old.slate), dtype=bool)
    flags[bought] = True
    return replace(old, purchased=flags)


def _purchases(dataset: Dataset, positive: str) -> BoolArray:
    kinds = dataset.interactions["kind"].astype("str").to_numpy() == PURCHASE
    found: BoolArray = kinds if kinds.any() else positives(positive, dataset.interactions)
    return found


def _last_clicks(log: Log, user: PlaceArray, item: PlaceArray, when: np.ndarray, window: int) -> PlaceArray:
    """The clicked impressions that events of a person and item, at a time in seconds, count for."""
    clicked = np.flatnonzero(log.clicked)
    if not len(clicked) or not len(user):
        return np.empty(0, dtype=np.int64)
    start = min(int((log.time // SECOND).min()), int(when.min()))
    span = max(int((log.time // SECOND).max()), int(when.max())) - start + 1
    pair = log.user[clicked].astype(np.int64) * log.items + log.item[clicked]
    key = pair * span + (log.time[clicked] // SECOND - start)
    order = np.argsort(key, kind="stable")
    asked = (user.astype(np.int64) * log.items + item) * span + (when - start)
    at = np.searchsorted(key[order], asked, side="right") - 1
    found = order[np.maximum(at, 0)]
    right = (at >= 0) & (pair[found] == asked // span) & (asked - key[found] <= window)
    hit: PlaceArray = clicked[found[right]]
    return hit
