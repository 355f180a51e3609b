"""Estimators that reweight each impression by the chance of its item at its position."""

import numpy as np

from core.evaluation.offpolicy.estimator import Sums, estimator, mean
from core.evaluation.offpolicy.rows import Rows
from core.types import FloatArray

SUPPORT = "Everything the target shows has a chance of being shown at that place, and the chances are right."
ALONE = "A click depends on the item and its position, not on what else is on the page."


def clipped(weights: FloatArray, limit: float) -> FloatArray:
    """At most λ."""
    return np.minimum(weights, limit)


def damped(weights: FloatArray, shrink: float) -> FloatArray:
    """w / (1 − λ + λ w), which stays below 1/λ."""
    return weights / (1 - shrink + shrink * weights)


@estimator(
    "ips",
    "IPS by item and position",
    formula=r"\frac{1}{n} \sum_i w_i r_i, \quad w_i = \frac{\pi(a_i, k_i)}{\mu(a_i, k_i)}",
    source="Horvitz & Thompson 1952; by item and position: Li et al. 2018, §4.2",
    assumes=f"{SUPPORT} {ALONE}",
    fails="Few impressions match, and each counts for hundreds: the estimate swings from log to log.",
)
def ips(rows: Rows) -> Sums:
    """Σ w r over impressions."""
    return Sums((rows.weight * rows.reward, rows.counted), mean)


@estimator(
    "ips_clipped",
    "IPS, clipped",
    formula=r"\frac{1}{n} \sum_i \min(w_i, \lambda) r_i",
    source="Ionides 2008; Bottou et al. 2013, §4.3",
    assumes=f"{SUPPORT} {ALONE} Weights above λ are few.",
    fails="Clipping takes away what heavy weights would have said: the estimate is too low.",
    applied=clipped,
    limit=100.0,
)
def ips_clipped(rows: Rows, limit: float) -> Sums:
    """Σ min(w, λ) r over impressions."""
    return Sums((clipped(rows.weight, limit) * rows.reward, rows.counted), mean)


@estimator(
    "snips",
    "SNIPS: IPS, self-normalised",
    formula=r"\frac{\sum_i w_i r_i}{\sum_i w_i}",
    source="Swaminathan & Joachims 2015, §3",
    assumes=f"{SUPPORT} {ALONE}",
    fails="Where the log never shows a part of what the target would show, it speaks of the rest only.",
)
def snips(rows: Rows) -> Sums:
    """Σ w r / Σ w."""
    return Sums((rows.weight * rows.reward, rows.weight), mean)


@estimator(
    "sniips",
    "SNIPS, position by position",
    formula=r"\frac{1}{n} \sum_k n_k \frac{\sum_{i: k_i = k} w_i r_i}{\sum_{i: k_i = k} w_i}",
    source="Swaminathan & Joachims 2015, §3, for each position as Open Bandit Pipeline has it (sniips)",
    assumes=f"{SUPPORT} {ALONE}",
    fails="A position where next to nothing matches swings the whole.",
)
def sniips(rows: Rows) -> Sums:
    """Each position normalised on its own."""
    terms = (rows.weight * rows.reward, rows.weight, rows.counted)
    return Sums(terms, by_places, by_position=True)


@estimator(
    "subgaussian_ips",
    "IPS, weights shrunk",
    formula=r"\frac{1}{n} \sum_i \frac{w_i}{1 - \lambda + \lambda w_i} r_i",
    source="Metelli et al. 2021, §5",
    assumes=f"{SUPPORT} {ALONE} Heavy weights are few.",
    fails="Shrinking takes away what heavy weights would have said: the estimate is too low.",
    applied=damped,
    shrink=0.01,
)
def subgaussian_ips(rows: Rows, shrink: float) -> Sums:
    """Weights that stay below 1/λ."""
    return Sums((damped(rows.weight, shrink) * rows.reward, rows.counted), mean)


@estimator(
    "replay",
    "Replay",
    formula=r"\frac{\sum_i [\pi \text{ shows } a_i \text{ at } k_i] \, r_i}"
    r"{\sum_i [\pi \text{ shows } a_i \text{ at } k_i]}",
    source="Li et al. 2011, §3",
    assumes="What was shown was drawn evenly from all items, and the target always shows one list.",
    fails="Any other log: what was shown more often counts more often, and the rate is that of the log.",
    weights="chosen",
    needs=("one list",),
)
def replay(rows: Rows) -> Sums:
    """The mean over impressions that the target would have made."""
    assert rows.chosen is not None
    return Sums((rows.chosen * rows.reward, rows.chosen), mean)


def by_places(*totals: FloatArray) -> FloatArray:
    """Reward per impression from totals by position (K, …): Σ w r, Σ w, n."""
    reward, weight, many = totals
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(weight > 0, many * reward / weight, 0.0).sum(axis=0) / many.sum(axis=0)
