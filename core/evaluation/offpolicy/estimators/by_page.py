"""Estimators of whole pages: position-based, cascade, and slates as one."""

import numpy as np
from scipy.sparse import csc_array

from core.evaluation.offpolicy.estimator import Redraw, Sums, estimator, mean
from core.evaluation.offpolicy.estimators.by_item import SUPPORT, by_places
from core.evaluation.offpolicy.rows import Rows, ratio
from core.types import FloatArray, PlaceArray

CASCADE = "People read from the top, and a click depends on what stands above, not on what is below."
_BLOCK = 8_000_000  # numbers that are held at once


def _pbm_redrawn(rows: Rows, user: PlaceArray, people: int) -> Redraw:
    """The weights of each resample's own examination; what got no reward adds nothing.

    Rows whose chances are alike, up to a factor, share their weight in every resample: their rewards are
    summed for each person first.
    """
    of = np.flatnonzero((rows.reward[rows.hits] != 0) & rows.chance.any(axis=1))
    scale = rows.logged[of].max(axis=1)
    chance, logged = rows.chance[of], rows.logged[of] / scale[:, None]
    reward, whose = rows.reward[rows.hits[of]] / scale, user[rows.hits[of]].astype(np.int64)
    alike, pattern = _patterns(np.hstack([chance, logged]))
    chance, logged = chance[alike], logged[alike]  # (P, K)
    cell, rest = np.unique(whose * len(alike) + pattern, return_inverse=True)
    place = cell // max(len(alike), 1), cell % max(len(alike), 1)
    sums = csc_array((np.bincount(rest, reward), place), shape=(people, len(alike)))
    counted = np.bincount(user, rows.counted, people)

    def redraw(times: FloatArray, curves: FloatArray) -> FloatArray:
        above = np.zeros(len(times))
        size = max(1, _BLOCK // max(len(times), 1))  # patterns at once
        for first in range(0, len(alike), size):
            some = slice(first, first + size)
            weight = ratio(curves @ chance[some].T, curves @ logged[some].T)  # (b, P)
            rewards: FloatArray = np.asarray(times @ sums[:, some])
            above += (rewards * weight).sum(axis=1)
        return mean(above, times @ counted)

    return redraw


def _patterns(rows: FloatArray) -> tuple[PlaceArray, PlaceArray]:
    """(P,) one row of each kind, and (H,) the kind of each row: equal rows have equal sums of their parts."""
    primes = np.sqrt(np.array([2, 3, 5, 7, 11, 13, 17, 19, 23, 29], dtype=np.float64))
    key = np.zeros(len(rows))
    for at in range(rows.shape[1]):
        key += rows[:, at] * primes[at % len(primes)] * (1 + at // len(primes) * 0.1234567)
    _, first, kind = np.unique(np.round(key, 12), return_index=True, return_inverse=True)
    return first, kind


@estimator(
    "pbm",
    "Position-based",
    formula=r"\frac{1}{n} \sum_i r_i \frac{\sum_k e_k \, \pi(a_i, k)}{\sum_k e_k \, \mu(a_i, k)}",
    source="Li et al. 2018, §4.3",
    assumes="An item is clicked if it is looked at and wanted; whether it is looked at depends on its"
    " position alone, and each item of a list could have stood somewhere on the page.",
    fails="People skip what is below a good item, or pages differ in how they are read.",
    weights="examined",
    needs=("examination",),
    redrawn=_pbm_redrawn,
)
def pbm(rows: Rows) -> Sums:
    """A click counts wherever the item stood, as much as the target's place is looked at."""
    return Sums((rows.examined_weight * rows.reward, rows.counted), mean)


@estimator(
    "rips",
    "Reward-interaction IPS",
    formula=r"\frac{1}{n} \sum_i w_{1:k_i} r_i, \quad w_{1:k} = \frac{\pi(a_1 … a_k)}{\mu(a_1 … a_k)}",
    source="McInerney et al. 2020, §3",
    assumes=f"{CASCADE} The log has the chance of what stood above (prefix_propensity).",
    fails="Long pages: hardly a page of the log begins as the target's does.",
    weights="prefix",
    needs=("prefix",),
)
def rips(rows: Rows) -> Sums:
    """Weights of the items down to the position."""
    return Sums((_prefix(rows) * rows.reward, rows.counted), mean)


@estimator(
    "snrips",
    "Reward-interaction IPS, self-normalised",
    formula=r"\frac{1}{n} \sum_k n_k \frac{\sum_{i: k_i = k} w_{1:k} r_i}{\sum_{i: k_i = k} w_{1:k}}",
    source="McInerney et al. 2020, §3, normalised by position as Open Bandit Pipeline has it (snrips)",
    assumes=f"{CASCADE} The log has the chance of what stood above (prefix_propensity).",
    fails="A position where next to nothing matches swings the whole.",
    weights="prefix",
    needs=("prefix",),
)
def snrips(rows: Rows) -> Sums:
    """Each position normalised on its own."""
    return Sums((_prefix(rows) * rows.reward, _prefix(rows), rows.counted), by_places, by_position=True)


@estimator(
    "cascade_dr",
    "Cascade-DR",
    formula=r"\frac{1}{n} \sum_i w_{1:k_i} (r_i - \hat q_{k_i}(a_i)) + w_{1:k_i - 1} \hat q_{k_i}^\pi",
    source="Kiyohara et al. 2022, §3",
    assumes=f"{CASCADE} Either the chances or the reward model are right.",
    fails="Long pages: hardly a page of the log begins as the target's does, and the model stands alone.",
    weights="prefix",
    needs=("prefix", "onward"),
)
def cascade_dr(rows: Rows) -> Sums:
    """The model from each position on, corrected by what follows the logged prefix."""
    assert rows.modelled_on is not None and rows.expected_on is not None
    terms = _prefix(rows) * (rows.reward - rows.modelled_on) + rows.before_weight * rows.expected_on
    return Sums((terms, rows.counted), mean)


@estimator(
    "sips",
    "IPS of whole slates",
    formula=r"\frac{1}{n} \sum_i w_{s(i)} r_i, \quad w_s = \frac{\pi(a_1 … a_K)}{\mu(a_1 … a_K)}",
    source="Precup et al. 2000, §3; of slates: Swaminathan et al. 2017, §2",
    assumes="The log has the chance of the whole page (slate_propensity), and every page has one.",
    fails="Nearly always: hardly a page of the log is the target's whole page.",
    weights="slate",
    needs=("slate",),
)
def sips(rows: Rows) -> Sums:
    """Weights of the whole slate."""
    return Sums((_slate(rows) * rows.reward, rows.counted), mean)


@estimator(
    "snsips",
    "IPS of whole slates, self-normalised",
    formula=r"\frac{\sum_i w_{s(i)} r_i}{\sum_i w_{s(i)}}",
    source="Swaminathan & Joachims 2015, §3, of slates",
    assumes="The log has the chance of the whole page (slate_propensity).",
    fails="Nearly always: hardly a page of the log is the target's whole page. Longer pages count more.",
    weights="slate",
    needs=("slate",),
)
def snsips(rows: Rows) -> Sums:
    """Σ w r / Σ w with weights of slates, over impressions."""
    return Sums((_slate(rows) * rows.reward, _slate(rows)), mean)


@estimator(
    "pseudo_inverse",
    "Pseudo-inverse",
    formula=r"\frac{1}{n} \sum_s \left(1 - K_s + \sum_{i \in s} w_i\right) R_s,"
    r"\quad R_s = \sum_{i \in s} r_i",
    source="Swaminathan et al. 2017, §4, in the closed form for positions that are filled independently",
    assumes=f"{SUPPORT} A page's reward is a sum over its items, and the log fills each position by itself.",
    fails="Logs that fill a page as a whole, as one that shows its own best with some chance: it is biased.",
    needs=("independent",),
)
def pseudo_inverse(rows: Rows) -> Sums:
    """One term a slate, on its first row."""
    many = rows.of_slates(rows.counted)
    weight = 1 - many + rows.of_slates(rows.weight)
    terms = np.zeros(len(rows.slate))
    terms[rows.first] = weight * rows.of_slates(rows.reward * rows.counted)
    return Sums((terms, rows.counted), mean)


def _prefix(rows: Rows) -> FloatArray:
    assert rows.prefix_weight is not None
    return rows.prefix_weight


def _slate(rows: Rows) -> FloatArray:
    assert rows.slate_weight is not None
    return rows.slate_weight * rows.counted
