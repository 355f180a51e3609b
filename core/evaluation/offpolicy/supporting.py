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
    at = np.flatnonzero(weights[rows.slate] if whole else weights)  # what weighs nothing adds nothing
    per_row = (weights[rows.slate] if whole else weights)[at]
    applied = estimator.applied_to(per_row)
    event = rows.reward > 0
    events = rows.of_slates(event.astype(np.float64)) if whole else event
    of_people = np.bincount(user[at], per_row * event[at])
    by_model = estimator.applied is not None and "model" in estimator.needs
    mean, deviation = _mean_weight(estimator, rows, user, per_row if by_model else applied, at)
    error, error_sd = float("nan"), float("nan")
    if by_model:
        assert rows.modelled is not None
        beyond = (per_row - applied) * (rows.reward[at] - rows.modelled[at])
        error, error_sd = _over_people(beyond, rows.counted, user, at)
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
    estimator: Estimator, rows: Rows, user: IntArray, weights: FloatArray, at: IntArray
) -> tuple[float, float]:
    """What should be 1, with its standard error over people."""
    if estimator.weights == "chosen":
        return float("nan"), float("nan")
    if estimator.weights != "examined":
        return _over_people(weights, rows.counted, user, at)
    assert rows.examination is not None
    look = rows.examination[rows.position]
    return _over_people(weights * look[at], rows.counted * look, user, at)


def _over_people(above: FloatArray, below: FloatArray, user: IntArray, at: IntArray) -> tuple[float, float]:
    """Sums of `above`, at some rows, over those of `below` (N,), and its standard error if people are drawn.

    Linearised (Särndal et al. 1992, §5.6).
    """
    downs = np.bincount(user, below)
    ups = np.bincount(user[at], above, len(downs))
    whole = max(float(downs.sum()), 1e-12)
    mean = float(ratio(ups.sum(), downs.sum()))
    people = int(np.count_nonzero(np.bincount(user)))
    return mean, float(np.sqrt(people) * (ups - mean * downs).std() / whole) if people > 1 else float("inf")
