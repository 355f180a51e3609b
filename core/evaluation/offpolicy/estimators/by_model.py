"""Estimators that use a reward model: alone, or with what the log says of its errors."""

import numpy as np

from core.evaluation.offpolicy.estimator import Sums, estimator, mean
from core.evaluation.offpolicy.estimators.by_item import ALONE, SUPPORT, clipped, damped
from core.evaluation.offpolicy.rows import Rows, ratio
from core.types import FloatArray

MODEL = r"\hat q_i^\pi"
ERROR = r"(r_i - \hat q_i)"
EITHER = "Either the chances of the log or the reward model are right."


def unweighted(weights: FloatArray, *_settings: float) -> FloatArray:
    """None: a model alone."""
    return np.zeros_like(weights)


def switched(weights: FloatArray, limit: float) -> FloatArray:
    """Those at most λ, else 0."""
    return np.where(weights <= limit, weights, 0.0)


def optimistic(weights: FloatArray, limit: float) -> FloatArray:
    """λ w / (w² + λ); λ = ∞ leaves them as they are."""
    return weights if np.isinf(limit) else ratio(limit * weights, weights**2 + limit)


@estimator(
    "dm",
    "Direct method",
    formula=rf"\frac{{1}}{{n}} \sum_i {MODEL}",
    source="Beygelzimer & Langford 2009, §3; Dudík et al. 2011, §2",
    assumes="The reward model is right for what the target shows.",
    fails="The model has not seen such people with such items: nothing in the log can correct it.",
    weights="examined",
    needs=("examination", "model"),
    applied=unweighted,
)
def dm(rows: Rows) -> Sums:
    """What the model expects of the target."""
    return Sums((_expected(rows), rows.counted), mean)


@estimator(
    "dr",
    "Doubly robust",
    formula=rf"\frac{{1}}{{n}} \sum_i {MODEL} + w_i {ERROR}",
    source="Dudík et al. 2011, §2",
    assumes=f"{EITHER} {ALONE}",
    fails="Few impressions match: their errors swing as those of IPS do.",
    needs=("model",),
)
def dr(rows: Rows) -> Sums:
    """The model's expectation and its reweighted errors."""
    return _corrected(rows, rows.weight)


@estimator(
    "dr_clipped",
    "Doubly robust, clipped",
    formula=rf"\frac{{1}}{{n}} \sum_i {MODEL} + \min(w_i, \lambda) {ERROR}",
    source="Su et al. 2020, §4, with clipping as the shrinkage",
    assumes=f"{EITHER} {ALONE} Weights above λ are few.",
    fails="Where heavy weights are clipped, the model stands uncorrected.",
    needs=("model",),
    applied=clipped,
    limit=100.0,
)
def dr_clipped(rows: Rows, limit: float) -> Sums:
    """Weights of errors at most λ."""
    return _corrected(rows, clipped(rows.weight, limit))


@estimator(
    "sndr",
    "Doubly robust, self-normalised",
    formula=rf"\frac{{1}}{{n}} \sum_i {MODEL} + \frac{{\sum_i w_i {ERROR}}}{{\sum_i w_i}}",
    source="Dudík et al. 2011, §2, normalised as Swaminathan & Joachims 2015, §3",
    assumes=f"{SUPPORT} {ALONE}",
    fails="Where the log never shows a part of what the target would show, the model stands there alone.",
    needs=("model",),
)
def sndr(rows: Rows) -> Sums:
    """The mean error is over weights, not impressions."""

    def value(*totals: FloatArray) -> FloatArray:
        return mean(totals[0], totals[1]) + mean(totals[2], totals[3])

    error = rows.weight * (rows.reward - _modelled(rows))
    return Sums((_expected(rows), rows.counted, error, rows.weight), value)


@estimator(
    "switch_dr",
    "Switch-DR",
    formula=rf"\frac{{1}}{{n}} \sum_i {MODEL} + [w_i \le \lambda] \, w_i {ERROR}",
    source="Wang et al. 2017, §4",
    assumes=f"{ALONE} The model is right where weights are heavy.",
    fails="All that the target shows is rare in the log: then it is the direct method.",
    needs=("model",),
    applied=switched,
    limit=100.0,
)
def switch_dr(rows: Rows, limit: float) -> Sums:
    """Errors count where their weight is at most λ."""
    return _corrected(rows, switched(rows.weight, limit))


@estimator(
    "dros",
    "DR with optimistic shrinkage",
    formula=rf"\frac{{1}}{{n}} \sum_i {MODEL} + \frac{{\lambda w_i}}{{w_i^2 + \lambda}} {ERROR}",
    source="Su et al. 2020, §4.1",
    assumes=f"{ALONE} The model is near where weights are heavy.",
    fails="A small λ makes it the direct method, a large one doubly robust.",
    needs=("model",),
    applied=optimistic,
    limit=10_000.0,
)
def dros(rows: Rows, limit: float) -> Sums:
    """Errors of heavy weights count less."""
    return _corrected(rows, optimistic(rows.weight, limit))


@estimator(
    "subgaussian_dr",
    "DR, weights shrunk",
    formula=rf"\frac{{1}}{{n}} \sum_i {MODEL} + \frac{{w_i}}{{1 - \lambda + \lambda w_i}} {ERROR}",
    source="Metelli et al. 2021, §5",
    assumes=f"{EITHER} {ALONE} Heavy weights are few.",
    fails="Where heavy weights are shrunk, the model stands uncorrected.",
    needs=("model",),
    applied=damped,
    shrink=0.01,
)
def subgaussian_dr(rows: Rows, shrink: float) -> Sums:
    """Weights of errors stay below 1/λ."""
    return _corrected(rows, damped(rows.weight, shrink))


def _corrected(rows: Rows, weight: FloatArray) -> Sums:
    return Sums((_expected(rows) + weight * (rows.reward - _modelled(rows)), rows.counted), mean)


def _expected(rows: Rows) -> FloatArray:
    assert rows.expected is not None
    return rows.expected


def _modelled(rows: Rows) -> FloatArray:
    assert rows.modelled is not None
    return rows.modelled
