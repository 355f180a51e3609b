"""What an estimate rests on: how much weight, of how many people, and whether it adds up."""

import numpy as np

from core.evaluation.offpolicy.estimator import Estimator
from core.evaluation.offpolicy.gate import Support, effective_sample_size
from core.evaluation.offpolicy.rows import Rows, ratio
from core.types import FloatArray, IntArray


def support_of(estimator: Estimator, rows: Rows, user: IntArray) -> Support:
    """The support of an estimate of these rows, user (N,) being whose they are.

    Whatever an estimator does not weigh as the target would, its model must know: the log says how far it
    errs there. That of the direct method, which weighs nothing, is of what could contradict it.
    """
    whole = estimator.weights == "slate"
    weights = estimator.weights_of(rows)
    per_row = weights[rows.slate] if whole else weights
    applied = estimator.applied_to(per_row)
    event = (rows.reward > 0).astype(np.float64)
    events = rows.of_slates(event) if whole else event
    of_people = np.bincount(user, per_row * event)
    by_model = estimator.applied is not None and "model" in estimator.needs
    mean, deviation = _mean_weight(estimator, rows, user, per_row if by_model else applied)
    error, error_sd = _error(rows, user, per_row - applied) if by_model else (float("nan"), float("nan"))
    return Support(
        ess=effective_sample_size(weights),
        rate=float(events.mean()) if len(events) else 0.0,
        mean_weight=mean,
        mean_weight_sd=deviation,
        most_of_one=float(of_people.max(initial=0) / max(of_people.sum(), 1e-12)),
        error=error,
        error_sd=error_sd,
    )


def _mean_weight(
    estimator: Estimator, rows: Rows, user: IntArray, weights: FloatArray
) -> tuple[float, float]:
    """What should be 1, with its standard error over people."""
    if estimator.weights == "chosen":
        return float("nan"), float("nan")
    look = np.ones(len(weights))
    if estimator.weights == "examined":
        assert rows.examination is not None
        look = rows.examination[rows.position]
    return _over_people(weights * look, rows.counted * look, user)


def _error(rows: Rows, user: IntArray, weights: FloatArray) -> tuple[float, float]:
    """What the log says beyond the model, with the weights (N,) that the estimate goes without."""
    assert rows.modelled is not None
    return _over_people(weights * (rows.reward - rows.modelled), rows.counted, user)


def _over_people(above: FloatArray, below: FloatArray, user: IntArray) -> tuple[float, float]:
    """A ratio of sums, and its standard error if people are drawn (linearised, Särndal et al. 1992, §5.6)."""
    ups, downs = np.bincount(user, above), np.bincount(user, below)
    whole = max(float(downs.sum()), 1e-12)
    mean = float(ratio(ups.sum(), downs.sum()))
    people = int(np.count_nonzero(np.bincount(user)))
    return mean, float(np.sqrt(people) * (ups - mean * downs).std() / whole) if people > 1 else float("inf")
