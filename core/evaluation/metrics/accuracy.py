"""Ranking metrics: how well lists of k items hold what people did later."""

import numpy as np
from scipy.sparse import csr_array

from core.evaluation.judged import Judged
from core.evaluation.metric import metric
from core.types import FloatArray, IntArray


@metric(
    "Precision",
    better="higher",
    formula=r"\frac{|L_k \cap T|}{k}",
    source="Herlocker et al. 2004, Evaluating collaborative filtering recommender systems, §4.2",
)
def precision(judged: Judged, k: int) -> FloatArray:
    """The share of the k places that hold a held-out item; empty places count as misses.

    >>> precision(example, 4)
    array([0.5 , 0.25])
    """
    return judged.count(k) / k


@metric(
    "Recall",
    better="higher",
    formula=r"\frac{|L_k \cap T|}{|T|}",
    source="Herlocker et al. 2004, Evaluating collaborative filtering recommender systems, §4.2",
)
def recall(judged: Judged, k: int) -> FloatArray:
    """The share of a person's held-out items that is among the first k.

    >>> recall(example, 4)
    array([1. , 0.5])
    """
    return judged.count(k) / judged.relevant


@metric(
    "F1",
    better="higher",
    formula=r"\frac{2 |L_k \cap T|}{k + |T|}",
    source="van Rijsbergen 1979, Information Retrieval, ch. 7, with equal weights",
)
def f1(judged: Judged, k: int) -> FloatArray:
    """The harmonic mean of precision and recall.

    >>> f1(example, 4).round(4)
    array([0.6667, 0.3333])
    """
    return 2 * judged.count(k) / (k + judged.relevant)


@metric(
    "NDCG",
    better="higher",
    formula=r"\frac{\sum_{r \le k} [l_r \in T] / \log_2(r+1)}{\sum_{r \le \min(k, |T|)} 1 / \log_2(r+1)}",
    source="Järvelin & Kekäläinen 2002, Cumulated gain-based evaluation of IR techniques, §2.2, binary gain",
)
def ndcg(judged: Judged, k: int) -> FloatArray:
    """Hits weighted by their place, over what the best list of k places would get.

    >>> ndcg(example, 4).round(4)
    array([0.9197, 0.3869])
    """
    return judged.total(_discount(judged.rank), k) / _ideal(judged)[np.minimum(judged.relevant, k)]


@metric(
    "NDCG",
    better="higher",
    name="ndcg",
    variant="untruncated",
    formula=r"\frac{\sum_{r \le k} [l_r \in T] / \log_2(r+1)}{\sum_{r \le |T|} 1 / \log_2(r+1)}",
    source="Ferrari Dacrema et al. 2019, Are we really making much progress?, evaluation code",
)
def ndcg_untruncated(judged: Judged, k: int) -> FloatArray:
    """NDCG whose best list holds all held-out items, also those beyond k places.

    >>> ndcg_untruncated(example, 1).round(4)
    array([0.6131, 0.    ])
    """
    return judged.total(_discount(judged.rank), k) / _ideal(judged)[judged.relevant]


@metric(
    "NDCG",
    better="higher",
    name="ndcg",
    variant="graded",
    needs="ratings",
    formula=r"\frac{\sum_{r \le k} (2^{g(l_r)} - 1) / \log_2(r+1)}"
    r"{\max_L \sum_{r \le k} (2^{g(l_r)} - 1) / \log_2(r+1)}",
    source="Burges et al. 2005, Learning to rank using gradient descent, §6; g: the rating, 0 without one",
)
def ndcg_graded(judged: Judged, k: int) -> FloatArray:
    """NDCG in which a held-out item is worth 2 to the power of its rating, less one, not simply one.

    Ratings below 0 are worth nothing; not defined for people none of whose held-out items is rated above 0.

    >>> ndcg_graded(example, 2).round(4)
    array([0.3374, 0.0827])
    """
    best = _ideal_graded(judged, k)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(
            best > 0, judged.total(_gain(judged.hit_ratings) * _discount(judged.rank), k) / best, np.nan
        )


@metric(
    "Hit rate",
    better="higher",
    formula=r"[L_k \cap T \ne \emptyset]",
    source="Deshpande & Karypis 2004, Item-based top-N recommendation algorithms, §6.2",
)
def hit_rate(judged: Judged, k: int) -> FloatArray:
    """1 for people with at least one held-out item among the first k, else 0.

    >>> hit_rate(example, 1)
    array([1., 0.])
    """
    return (judged.count(k) > 0).astype(np.float64)


@metric(
    "MRR",
    better="higher",
    formula=r"\max_{r \le k} \frac{[l_r \in T]}{r}",
    source="Voorhees 1999, The TREC-8 question answering track report",
)
def mrr(judged: Judged, k: int) -> FloatArray:
    """One over the place of the first hit among the first k, 0 without one.

    >>> mrr(example, 4)
    array([1. , 0.5])
    """
    return judged.total((judged.order == 1) / (judged.rank + 1.0), k)


@metric(
    "MAP",
    better="higher",
    name="map",
    formula=r"\frac{1}{\min(k, |T|)} \sum_{r \le k} [l_r \in T] \cdot \mathrm{precision}_r",
    source="Manning, Raghavan & Schütze 2008, Introduction to Information Retrieval, §8.4, cut at k",
)
def mean_average_precision(judged: Judged, k: int) -> FloatArray:
    """The mean over hits of the precision down to each, out of the hits that k places allow.

    >>> mean_average_precision(example, 4).round(4)
    array([0.8333, 0.25  ])
    """
    return judged.total(judged.order / (judged.rank + 1.0), k) / np.minimum(judged.relevant, k)


@metric(
    "AUC",
    better="higher",
    name="auc",
    needs="places",
    cut=False,
    formula=r"1 - \frac{\sum_{i \in T} r_i - |T|(|T|+1)/2}{|T| (N - |T|)}",
    source="Hanley & McNeil 1982, The meaning and use of the area under a ROC curve; r: places among N items",
)
def auc(judged: Judged, k: int) -> FloatArray:  # noqa: ARG001
    """How often a held-out item stands above one that is not, over all such pairs of the whole ranking.

    Items that a recommender never shows stand behind all others, tied. Not defined for ready-made lists,
    nor where nothing but held-out items was ranked.

    >>> auc(example, 0)
    array([0.875, 0.5  ])
    """
    places, among = _ranking(judged)
    n = judged.relevant.astype(np.float64)
    above = _sums(places, places.data) - n * (n + 1) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(among > n, 1 - above / (n * (among - n)), np.nan)


@metric(
    "R-precision",
    better="higher",
    name="r_precision",
    needs="places",
    cut=False,
    formula=r"\frac{|L_{|T|} \cap T|}{|T|}",
    source="Manning, Raghavan & Schütze 2008, Introduction to Information Retrieval, §8.4",
)
def r_precision(judged: Judged, k: int) -> FloatArray:  # noqa: ARG001
    """Precision of the first |T| places, as many as the person has held-out items. Not of ready-made lists.

    >>> r_precision(example, 0)
    array([0.5, 0.5])
    """
    places, _among = _ranking(judged)
    first = places.data <= np.repeat(judged.relevant, np.diff(places.indptr))
    return _sums(places, first) / judged.relevant


def _ranking(judged: Judged) -> tuple[csr_array, IntArray]:
    """Where held-out items stand among how many."""
    assert judged.places is not None
    assert judged.among is not None
    return judged.places, judged.among


def _sums(rows: csr_array, values: np.ndarray) -> FloatArray:
    """(U,) float64: sums of what belongs to the entries of each row."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    return np.bincount(row, values, minlength=rows.shape[0]).astype(np.float64)


def _gain(ratings: np.ndarray) -> FloatArray:
    return np.exp2(np.maximum(ratings.astype(np.float64), 0.0)) - 1


def _ideal_graded(judged: Judged, k: int) -> FloatArray:
    """(U,) the gain of the k best rated held-out items in order."""
    assert judged.ratings is not None
    row = np.repeat(np.arange(judged.ratings.shape[0]), np.diff(judged.ratings.indptr))
    gains = _gain(judged.ratings.data)
    order = np.lexsort((-gains, row))
    place = np.arange(len(row)) - judged.ratings.indptr[row]
    best = np.where(place < k, gains[order] * _discount(place), 0.0)
    return np.bincount(row, best, minlength=judged.ratings.shape[0]).astype(np.float64)


def _discount(rank: np.ndarray) -> FloatArray:
    return 1 / np.log2(rank + 2.0)


def _ideal(judged: Judged) -> FloatArray:
    """(max + 1,) the gain of a list of n hits, for every n there is; 1 at 0, so that nobody divides by 0."""
    gains = np.cumsum(_discount(np.arange(int(judged.relevant.max(initial=0)))))
    return np.concatenate([[1.0], gains])
