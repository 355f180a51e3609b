"""Metrics beyond hits, one value a person: what is new, varied, unexpected and in proportion in a list."""

import numpy as np
from scipy.sparse import csr_array

from core.evaluation.around import Around
from core.evaluation.judged import Judged
from core.evaluation.metric import metric
from core.types import FloatArray

_ALPHA = 0.01  # of a person's own proportions that are mixed into the list's, so that none is zero


@metric(
    "Novelty",
    serves=False,
    needs="around",
    better="higher",
    formula=r"\frac{1}{|L_k|} \sum_{i \in L_k} -\log_2 \frac{|U_i|}{|U|}",
    source="Zhou et al. 2010, Solving the apparent diversity-accuracy dilemma of recommender systems, eq. 5",
)
def novelty(judged: Judged, k: int) -> FloatArray:
    """How rare the shown items are: the mean number of bits of "somebody took this" among people in training.

    An item that nobody took counts as one that one person took.

    >>> novelty(example, 2)
    array([0.5, 0.5])
    """
    share = np.maximum(_around(judged).taken, 1) / max(_around(judged).people, 1)
    return _mean_over_list(judged, -np.log2(np.minimum(share, 1.0)), k)


@metric(
    "Popularity bias",
    serves=False,
    needs="around",
    better="lower",
    formula=r"\frac{\overline{|U_i|}_{i \in L_k} - \overline{|U_i|}_{i \in H}}{\overline{|U_i|}_{i \in H}}",
    source="Abdollahpouri et al. 2019, The unfairness of popularity bias in recommendation, §3, by person",
)
def popularity_bias(judged: Judged, k: int) -> FloatArray:
    """How much more popular the shown items are than those of the person's history: 0 as popular, 1 twice.

    Not defined for people without a history.

    >>> popularity_bias(example, 2)
    array([0.5, 0.5])
    """
    around = _around(judged)
    taken = around.taken.astype(np.float64)
    many = np.diff(around.history.indptr)
    with np.errstate(invalid="ignore", divide="ignore"):
        own = (_once(around.history) @ taken) / many
        return np.where(own > 0, _mean_over_list(judged, taken, k) / own - 1, np.nan)


@metric(
    "Diversity",
    serves=False,
    needs="around",
    better="higher",
    formula=r"1 - \frac{2}{n(n-1)} \sum_{i<j \in L_k} \cos(c_i, c_j)",
    source="Ziegler et al. 2005, Improving recommendation lists through topic diversification, §3.3",
)
def diversity(judged: Judged, k: int) -> FloatArray:
    """How unlike the shown items are by their categories: one minus the mean cosine over all pairs of them.

    Over the items whose category is known; not defined for fewer than two of them.

    >>> diversity(example, 4)
    array([0.5, 0.5])
    """
    return _unlike(judged, _unit(_around(judged).categories.shares), k)


@metric(
    "Diversity",
    serves=False,
    needs="around",
    better="higher",
    name="diversity",
    variant="embedding",
    formula=r"1 - \frac{2}{n(n-1)} \sum_{i<j \in L_k} \cos(v_i, v_j)",
    source="Vargas & Castells 2011, Rank and relevance in novelty and diversity metrics, §4.2",
)
def diversity_by_embedding(judged: Judged, k: int) -> FloatArray:
    """How unlike the shown items are by who took them in training: one minus the mean cosine over all pairs.

    Items are right singular vectors of who took what; not defined for fewer than two that anybody took.

    >>> diversity_by_embedding(example, 2).round(4)
    array([0.2755, 0.2755])
    """
    return _unlike(judged, csr_array(_around(judged).vectors), k)


@metric(
    "Serendipity",
    needs="around",
    better="higher",
    formula=r"\frac{|(L_k \setminus P_k) \cap T|}{k}",
    source="Ge, Delgado-Battenfeld & Jannach 2010, Beyond accuracy, §3.2; the k most popular are expected",
)
def serendipity(judged: Judged, k: int) -> FloatArray:
    """The share of the k places that hold a held-out item which is not among the k that most people took.

    >>> serendipity(example, 3).round(4)
    array([0.3333, 0.    ])
    """
    place = _around(judged).popular[judged.items[judged.person, judged.rank]]
    return judged.total((place >= k).astype(np.float64), k) / k


@metric(
    "Calibration",
    serves=False,
    needs="around",
    better="lower",
    formula=r"\sum_c p(c) \log \frac{p(c)}{0.99\, q(c) + 0.01\, p(c)}",
    source="Steck 2018, Calibrated recommendations, eq. 6 and 7, with equal weights and α = 0.01",
)
def calibration(judged: Judged, k: int) -> FloatArray:
    """How far a list's categories are from those of the person's history, as a divergence: 0 in proportion.

    Over items with a category; not defined for people with no such item in their history or their list.

    >>> calibration(example, 4).round(4)
    array([1.3567, 1.3567])
    """
    around = _around(judged)
    own = around.categories.of(_once(around.history)).astype(np.float64)
    shown = around.categories.of(_lists(judged, around, k)).astype(np.float64)
    mixed = (1 - _ALPHA) * shown + _ALPHA * own
    with np.errstate(invalid="ignore", divide="ignore"):
        terms = np.where(own > 0, own * np.log(own / mixed), 0.0)
    known = (own.sum(axis=1) > 0) & (shown.sum(axis=1) > 0)
    return np.where(known, terms.sum(axis=1), np.nan)


def _around(judged: Judged) -> Around:
    assert judged.around is not None
    return judged.around


def _mean_over_list(judged: Judged, of_items: FloatArray, k: int) -> FloatArray:
    """(U,) the mean of what items are worth (I,), over the first k of each list; NaN for an empty one."""
    items = judged.items[:, :k]
    there = items >= 0
    with np.errstate(invalid="ignore"):
        return np.where(there, of_items[items], 0.0).sum(axis=1) / there.sum(axis=1)


def _lists(judged: Judged, around: Around, k: int) -> csr_array:
    """(U, I) 1 for each of the first k items of a list."""
    rows, places = np.nonzero(judged.items[:, :k] >= 0)
    shape = (len(judged.items), around.history.shape[1])
    return csr_array((np.ones(len(rows)), (rows, judged.items[rows, places])), shape=shape)


def _once(history: csr_array) -> csr_array:
    """The same entries, each counted once."""
    return csr_array((np.ones(history.nnz), history.indices, history.indptr), shape=history.shape)


def _unit(rows: csr_array) -> csr_array:
    long = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    scale = np.divide(1.0, long, out=np.zeros_like(long), where=long > 0)
    return csr_array(rows.multiply(scale[:, None]))


def _unlike(judged: Judged, vectors: csr_array, k: int) -> FloatArray:
    """(U,) one minus the mean cosine of all pairs among the first k: Σᵢ<ⱼ cos = (|Σ vᵢ|² − n) / 2."""
    lists = _lists(judged, _around(judged), k)
    known = (np.diff(vectors.indptr) > 0).astype(np.float64)
    n = lists @ known
    together = np.asarray((lists @ vectors).power(2).sum(axis=1)).ravel()
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(n > 1, 1 - (together - n) / (n * (n - 1)), np.nan)
