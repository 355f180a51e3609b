"""How much a position is looked at, from impressions as if items had been drawn evenly."""

import numpy as np

from core.evaluation.offpolicy.log import Log
from core.evaluation.offpolicy.rows import ratio
from core.types import FloatArray


def sums_of_people(log: Log) -> FloatArray:
    """(U, 2K) each person's Σ clicked / propensity, then Σ 1 / propensity, by position.

    Reweighted so, every position holds the same mix of items, and its click rate is proportional to how much
    it is looked at (Li et al. 2018, §4.3; Joachims et al. 2017, §5).
    """
    people, width = len(log.user_ids), log.width
    cell = log.user.astype(np.int64) * width + log.position
    even = 1 / log.propensity
    clicked = np.bincount(cell, even * log.clicked, people * width).reshape(people, width)
    shown = np.bincount(cell, even, people * width).reshape(people, width)
    return np.hstack([clicked, shown])


def curve(sums: FloatArray) -> FloatArray:
    """(…, K) from sums (…, 2K): 1 at the first position; at the most clicked one where that has no click."""
    width = sums.shape[-1] // 2
    rates = ratio(sums[..., :width], sums[..., width:])
    first = rates[..., :1]
    return ratio(rates, np.where(first > 0, first, rates.max(axis=-1, keepdims=True)))
