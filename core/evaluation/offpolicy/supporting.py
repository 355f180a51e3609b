"""What an estimate rests on: how much weight, of how many people, and whether it adds up."""

from functools import cached_property

import numpy as np

from core.evaluation.offpolicy.estimator import Estimator
from core.evaluation.offpolicy.gate import Support, effective_sample_size
from core.evaluation.offpolicy.rows import Rows, ratio
from core.types import FloatArray, IntArray


class Weighed:
    """Weighed impressions of people, whatever is rewarded: what all rewards share is worked out once."""

    def __init__(self, rows: Rows, places: IntArray, user: IntArray) -> None:
        self.rows, self.user = rows, user[places]
        self._known: dict[str, tuple[float, float, float]] = {}

    @cached_property
    def people(self) -> int:
        """How many people."""
        return int(np.count_nonzero(np.bincount(self.user)))

    @cached_property
    def counted(self) -> FloatArray:
        """(U,) impressions of the target's pages."""
        return np.bincount(self.user, self.rows.counted)

    @cached_property
    def looked(self) -> FloatArray:
        """(U,) the same, as much as their positions are looked at."""
        assert self.rows.examination is not None
        return np.bincount(self.user, self.rows.counted * self.rows.examination[self.rows.position])

    def over_people(self, above: FloatArray, below: FloatArray, at: IntArray) -> tuple[float, float]:
        """Sums of `above`, at some rows, over those of `below` (U,), and its standard error over people.

        Linearised (Särndal et al. 1992, §5.6).
        """
        ups = np.bincount(self.user[at], above, len(below))
        whole = max(float(below.sum()), 1e-12)
        mean = float(ratio(ups.sum(), below.sum()))
        if self.people < 2:
            return mean, float("inf")
        return mean, float(np.sqrt(self.people) * (ups - mean * below).std() / whole)

    def of_weights(self, estimator: Estimator) -> tuple[float, float, float]:
        """Effective sample size, and what should be 1 with its standard error over people."""
        if estimator.name not in self._known:
            self._known[estimator.name] = self._of_weights(estimator)
        return self._known[estimator.name]

    def _of_weights(self, estimator: Estimator) -> tuple[float, float, float]:
        weights = estimator.weights_of(self.rows)
        ess = effective_sample_size(weights)
        if estimator.weights == "chosen":
            return ess, float("nan"), float("nan")
        per_row = weights[self.rows.slate] if estimator.weights == "slate" else weights
        at = np.flatnonzero(per_row)
        used = per_row[at] if "model" in estimator.needs else estimator.applied_to(per_row[at])
        if estimator.weights != "examined":
            return ess, *self.over_people(used, self.counted, at)
        assert self.rows.examination is not None
        return ess, *self.over_people(used * self.rows.examination[self.rows.position[at]], self.looked, at)


def support_of(estimator: Estimator, rows: Rows, weighed: Weighed) -> Support:
    """The support of an estimate of these rows.

    Whatever an estimator does not weigh as the target would, its model must know: the log says how far it
    errs there. That of the direct method, which weighs nothing, is of what could contradict it.
    """
    whole = estimator.weights == "slate"
    weights = estimator.weights_of(rows)
    per_row = weights[rows.slate] if whole else weights
    event = rows.reward > 0
    events = rows.of_slates(event.astype(np.float64)) if whole else event
    at = np.flatnonzero(event & (per_row > 0))
    of_people = np.bincount(weighed.user[at], per_row[at])
    ess, mean, deviation = weighed.of_weights(estimator)
    error, error_sd = float("nan"), float("nan")
    if estimator.applied is not None and "model" in estimator.needs:
        assert rows.modelled is not None
        used = np.flatnonzero(per_row)
        beyond = per_row[used] - estimator.applied_to(per_row[used])
        error, error_sd = weighed.over_people(
            beyond * (rows.reward[used] - rows.modelled[used]), weighed.counted, used
        )
    return Support(
        ess=ess,
        rate=float(events.mean()) if len(events) else 0.0,
        mean_weight=mean,
        mean_weight_sd=deviation,
        most_of_one=float(of_people.max(initial=0) / max(of_people.sum(), 1e-12)),
        error=error,
        error_sd=error_sd,
    )
