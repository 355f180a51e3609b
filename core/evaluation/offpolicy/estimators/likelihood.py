"""Empirical likelihood: the reweighting of the log under which weights have the mean that they must have."""

import numpy as np
from scipy.sparse import csc_array

from core.evaluation.offpolicy.estimator import Redraw, Sums, estimator, mean
from core.evaluation.offpolicy.estimators.by_item import ALONE, SUPPORT
from core.evaluation.offpolicy.rows import Rows
from core.types import FloatArray, PlaceArray

_STEPS = 60  # of bisection: halved so often, a bracket is below the last digit
_KINDS = 1_000  # weights whose numbers are held for each resample
_BLOCK = 8_000_000  # numbers of rows and resamples that are held at once


@estimator(
    "cressie_read",
    "Empirical likelihood, Cressie–Read",
    formula=r"\max_m \sum_i m_i w_i r_i + (1 - \sum_i m_i)\bar r \ \text{ under } \sum_i m_i w_i = 1,"
    r"\text{ by the power } -2",
    source="Karampatziakis et al. 2020, §3, in the closed form of VowpalWabbit's estimators",
    assumes=f"{SUPPORT} {ALONE}",
    fails="Few impressions match; what is missing from the log is taken to be like the rest of it.",
)
def cressie_read(rows: Rows) -> Sums:
    """Weights bounded below by 0 and not above."""
    w, r = rows.weight, rows.reward * rows.counted
    return Sums((w, w**2, w * r, w**2 * r, r, rows.counted), _cressie_read)


def _cressie_read(*totals: FloatArray) -> FloatArray:
    w, w2, wr, w2r, r, n = (np.asarray(total, dtype=np.float64) for total in totals)
    a, b, average = w / (n + 1), w2 / (n + 1), r / n
    with np.errstate(invalid="ignore", divide="ignore"):
        g, h = (b - a) / (a**2 - b), (1 - a) / (a**2 - b)
        rest = np.maximum(0.0, 1 - (-g * w - h * w2) / (n + 1)) * average
        above = (-g * wr - h * w2r) / (n + 1) + rest
    below = wr / n + (1 - w / n) * average
    return np.where(w < n, below, above)


def _mle_redrawn(rows: Rows, user: PlaceArray, people: int) -> Redraw:
    """The root is sought anew in each resample; rows of one weight are counted together."""
    matched = np.flatnonzero((rows.weight > 0) & (rows.counted > 0))
    counted = np.bincount(user, rows.counted, people)
    rewarded = np.bincount(user, rows.reward * rows.counted, people)
    weights, kind = _kinds(rows.weight[matched])
    place, shape = (user[matched], kind), (people, len(weights))
    times_of = csc_array((np.ones(len(matched)), place), shape=shape)
    rewards_of = csc_array((rows.reward[matched], place), shape=shape)

    def redraw(times: FloatArray, _curves: FloatArray) -> FloatArray:
        many = times @ counted
        average = mean(times @ rewarded, many)
        found = np.empty(len(many))
        size = max(1, _BLOCK // max(len(weights), 1))
        for first in range(0, len(many), size):
            here = slice(first, first + size)
            matches, rewards = times[here] @ times_of, times[here] @ rewards_of
            found[here] = _likeliest(weights, rewards, matches, many[here], average[here])
        return found

    return redraw


def _kinds(weights: FloatArray) -> tuple[FloatArray, PlaceArray]:
    """Different weights, and which each has; more than `_KINDS` are taken together with their likes."""
    found, kind, times = np.unique(weights, return_inverse=True, return_counts=True)
    if len(found) <= _KINDS:
        return found, kind
    group = np.arange(len(found)) * _KINDS // len(found)
    means = np.bincount(group, found * times) / np.bincount(group, times)
    return means, group[kind]


@estimator(
    "mle",
    "Empirical likelihood, maximal",
    formula=r"\sum_i m_i w_i r_i + (1 - \sum_i m_i) \bar r, \quad "
    r"m_i = \frac{1}{(w_i - 1) \beta + n}, \ \sum_i m_i w_i = 1",
    source="Owen 2001, ch. 2; Kallus & Uehara 2019, §4; as VowpalWabbit's estimators have it",
    assumes=f"{SUPPORT} {ALONE}",
    fails="Few impressions match; what is missing from the log is taken to be like the rest of it.",
    redrawn=_mle_redrawn,
)
def mle(rows: Rows) -> Sums:
    """A function of all weights, not of sums: the whole estimate is one term."""
    matched = (rows.weight > 0) & (rows.counted > 0)
    many = np.array([rows.counted.sum()])
    average = np.array([(rows.reward * rows.counted).sum()]) / many
    times = np.ones((1, int(matched.sum())))
    found = _likeliest(rows.weight[matched], rows.reward[matched][None], times, many, average)
    return Sums((found, np.ones(1)), mean)


def _likeliest(
    weight: FloatArray, reward: FloatArray, times: FloatArray, many: FloatArray, average: FloatArray
) -> FloatArray:
    """(b,) estimates from weights (M,), rewards (b, M) and numbers (b, M) that have each, n (b,), r̄ (b,)."""
    missing = many - times.sum(axis=1)  # with weight 0
    above = weight.max(initial=1.0) > 1

    def excess(beta: FloatArray) -> FloatArray:
        """Σ (w − 1) / ((w − 1) β + n), falling in β."""
        part = (times * ((weight - 1) / ((weight - 1) * beta[:, None] + many[:, None]))).sum(axis=1)
        return part - np.where(missing > 0, missing / np.where(missing > 0, many - beta, 1.0), 0.0)

    beta = np.zeros(len(many))
    heavy = excess(beta) > 0  # Σ w > n
    if heavy.any() and above:
        least = 0.0 if missing.any() else min(float(weight.min()), 1 - 1e-9)
        low, high = np.zeros(len(many)), many / (1 - least) * (1 - 1e-15)
        for _ in range(_STEPS):
            middle = (low + high) / 2
            more = excess(middle) > 0
            low, high = np.where(more, middle, low), np.where(more, high, middle)
        beta = np.where(heavy, (low + high) / 2, 0.0)
    share = weight / ((weight - 1) * beta[:, None] + many[:, None])
    found: FloatArray = (share * reward).sum(axis=1) + np.maximum(
        0.0, 1 - (share * times).sum(axis=1)
    ) * average
    return found
