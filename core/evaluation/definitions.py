"""The same lists by the definitions of other tools: why a figure here may not be the one of a paper."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.evaluation.comparison import Comparison
from core.evaluation.judged import Judged, judge_pairs
from core.evaluation.metric import metrics
from core.evaluation.uncertainty import Estimate, estimates, means, resampled
from core.types import FloatArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step

METRICS = ("precision", "recall", "hit_rate", "mrr", "map", "ndcg")  # that all of these tools have


@dataclass(frozen=True)
class Definition:
    """How a tool computes a metric by default, where it is not done so here: read in its code."""

    tool: str
    metric: str
    difference: str  # one sentence
    formula: str  # LaTeX
    compute: Callable[[Judged, int], FloatArray]  # (U,) NaN where the tool leaves somebody out


@artifact
@dataclass(frozen=True)
class Restated:
    """Metrics of R recommenders at one cut-off by the definitions of each tool."""

    k: int
    tools: tuple[str, ...]  # the first is this one
    metrics: tuple[str, ...]
    estimates: tuple[tuple[tuple[Estimate, ...], ...], ...]  # tools × metrics × R


TOOLS = {"RecTools": "0.19.0", "RecBole": "1.2.1", "LensKit": "2025.8.1"}
OURS = "Touchstone"


def _length(judged: Judged, k: int) -> FloatArray:
    """(U,) places of each list that hold an item, at most k."""
    return (judged.items[:, :k] != -1).sum(axis=1).astype(np.float64)


def _over(above: FloatArray, below: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(below > 0, above / below, np.nan)


def _discounted(judged: Judged, k: int, weights: FloatArray) -> FloatArray:
    """(U,) the sum of weights (k,) at the places of hits; cut at the longest list."""
    padded = np.concatenate([weights, np.zeros(max(judged.width - k, 0))])
    return judged.total(padded[judged.rank], k)


def _precisions(judged: Judged, k: int) -> FloatArray:
    """(U,) the sum over hits of the precision down to each."""
    return judged.total(judged.order / (judged.rank + 1.0), k)


def _rectools_ndcg(judged: Judged, k: int) -> FloatArray:
    weights = 1 / np.log2(np.arange(2, k + 2))
    return _discounted(judged, k, weights) / weights.sum()


def _rectools_map(judged: Judged, k: int) -> FloatArray:
    return _precisions(judged, k) / judged.relevant


def _lenskit_precision(judged: Judged, k: int) -> FloatArray:
    return _over(judged.count(k).astype(np.float64), _length(judged, k))


def _lenskit_recall(judged: Judged, k: int) -> FloatArray:
    return judged.count(k) / np.minimum(judged.relevant, k)


def _lenskit_map(judged: Judged, k: int) -> FloatArray:
    return _over(_precisions(judged, k), np.minimum(judged.relevant, _length(judged, k)))


def _lenskit_ndcg(judged: Judged, k: int) -> FloatArray:
    weights = 1 / np.log2(np.maximum(np.arange(1, k + 1), 2))
    ideal = np.cumsum(weights)
    return _discounted(judged, k, weights) / ideal[np.minimum(judged.relevant, k) - 1]


DEFINITIONS = (
    Definition(
        "RecTools",
        "ndcg",
        "The best list is one of k hits, also for people with fewer held-out items: figures are lower.",
        r"\frac{\sum_{r \le k} [l_r \in T] / \log_2(r+1)}{\sum_{r \le k} 1 / \log_2(r+1)}",
        _rectools_ndcg,
    ),
    Definition(
        "RecTools",
        "map",
        "Divided by all held-out items, also by those that k places cannot hold: figures are lower.",
        r"\frac{1}{|T|} \sum_{r \le k} [l_r \in T] \cdot \mathrm{precision}_r",
        _rectools_map,
    ),
    Definition(
        "LensKit",
        "precision",
        "Divided by the length of the list where it is shorter than k; people without a list are left out.",
        r"\frac{|L_k \cap T|}{|L_k|}",
        _lenskit_precision,
    ),
    Definition(
        "LensKit",
        "recall",
        "Divided by the held-out items that k places can hold, not by all of them: figures are higher.",
        r"\frac{|L_k \cap T|}{\min(k, |T|)}",
        _lenskit_recall,
    ),
    Definition(
        "LensKit",
        "map",
        "Divided by the hits that the list could hold at its own length; people without a list are left out.",
        r"\frac{1}{\min(|L_k|, |T|)} \sum_{r \le k} [l_r \in T] \cdot \mathrm{precision}_r",
        _lenskit_map,
    ),
    Definition(
        "LensKit",
        "ndcg",
        "The first two places weigh the same: the discount is the logarithm of the place, at least 1.",
        r"\frac{\sum_{r \le k} [l_r \in T] / \log_2 \max(r, 2)}"
        r"{\sum_{r \le \min(k, |T|)} 1 / \log_2 \max(r, 2)}",
        _lenskit_ndcg,
    ),
)


def by(tool: str, metric: str) -> Definition | None:
    """How a tool differs in a metric; None where it computes the same."""
    return next((one for one in DEFINITIONS if (one.tool, one.metric) == (tool, metric)), None)


def values(tool: str, metric: str, judged: Judged, k: int) -> FloatArray:
    """(U,) a metric by a tool's definition; NaN for those who have no list where only a sample was asked."""
    own = by(tool, metric)
    if own is None:
        return metrics()[metric, "standard"].values(judged, k)
    found = own.compute(judged, k)
    return found if judged.asked is None else np.where(judged.asked, found, np.nan)


@step(version=1, called="By other definitions")
def restated(comparison: Comparison, *, settings: int, report: Report) -> Restated:
    """What the lists of a comparison score at a cut-off by the defaults of RecTools, RecBole and LensKit.

    Means over people with intervals from the draws of the comparison's seed. RecBole computes these as they
    are computed here.
    """
    judged = [judge_pairs(ranked, comparison.truth) for ranked in comparison.ranked]
    tools = (OURS, *TOOLS)
    found = []
    for at, tool in enumerate(tools):
        report(at / len(tools), tool)
        table = np.stack([values(tool, name, one, settings) for name in METRICS for one in judged], axis=1)
        whole, n = means(table)
        flat = estimates(whole, resampled(table, comparison.experiment.seed), n)
        many = len(judged)
        found.append(tuple(tuple(flat[row * many : (row + 1) * many]) for row in range(len(METRICS))))
    return Restated(settings, tools, METRICS, tuple(found))
