"""What an estimate rests on: how much weight, of how many people, and whether it adds up."""

from functools import cached_property

import numpy as np

from core.evaluation.offpolicy.estimator import Estimator
from core.evaluation.offpolicy.gate import Support, effective_sample_size
from core.evaluation.offpolicy.rows import Rows, ratio, ratio_error
from core.types import FloatArray, PlaceArray


class Weighed:
    """Weighed impressions of people, whatever is rewarded: what all rewards share is worked out once."""

    def __init__(self, rows: Rows, places: PlaceArray, user: PlaceArray) -> None:
        self.rows, self.user = rows, user[places]
        self._known: dict[str, tuple[float, float, float]] = {}

    @cached_property
    def people(self) -> int:
        """How many people."""
        return int(np.count_nonzero(np.bincount(self.user)))

    @cached_property
    def counted(self) -> FloatArray:
        """(U,) impressions of the target's pages."""
        return np.bincount(self.user, self.rows.counted).astype(np.float64)

    @cached_property
    def looked(self) -> FloatArray:
        """(U,) the same, as much as their positions are looked at."""
        assert self.rows.examination is not None
        look = self.rows.examination[self.rows.position]
        return np.bincount(self.user, self.rows.counted * look).astype(np.float64)

    def over_people(self, above: FloatArray, below: FloatArray, at: PlaceArray) -> tuple[float, float]:
        """Sums of `above`, at some rows, over those of `below` (U,), and its standard error over people."""
        ups = np.bincount(self.user[at], above, len(below))
        return float(ratio(ups.sum(), below.sum())), ratio_error(ups, below, self.people)

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
        at = np.flatnonzero(per_row) if estimator.weights in ("slate", "prefix") else self.rows.hits
        used = per_row[at] if estimator.leans else estimator.applied_to(per_row[at])
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
    many = rows.slates if whole else len(rows.slate)
    at = rows.events
    weighted = per_row[at] * rows.reward[at]
    of_people = np.bincount(weighed.user[at], weighted)
    ess, mean, deviation = weighed.of_weights(estimator)
    error, error_sd = float("nan"), float("nan")
    if estimator.leans:
        assert rows.modelled is not None
        used = rows.hits
        beyond = per_row[used] - estimator.applied_to(per_row[used])
        error, error_sd = weighed.over_people(
            beyond * (rows.reward[used] - rows.modelled[used]), weighed.counted, used
        )
    return Support(
        ess=ess,
        rate=len(at) / max(many, 1),
        observed=effective_sample_size(weighted),
        people=weighed.people,
        mean_weight=mean,
        mean_weight_sd=deviation,
        most_of_one=float(of_people.max(initial=0) / max(of_people.sum(), 1e-12)),
        error=error,
        error_sd=error_sd,
    )
