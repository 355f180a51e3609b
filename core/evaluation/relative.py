"""Relative differences: how much better a recommender is than a baseline, in per cent of the baseline."""

import numpy as np

from core.evaluation.comparison import Comparison
from core.evaluation.uncertainty import Estimate, estimates, means, resampled


def relative(comparison: Comparison, row: int, base: int, column: int) -> Estimate:
    """Mean of `row` over mean of `base`, less 1, with a paired interval from the shared draws.

    NaN where the baseline's mean is 0; n = people for whom both are defined, or all of them where a metric is
    one value for all lists.
    """
    values = comparison.values[[row, base], column]
    whole, draws = comparison.whole[[row, base], column], comparison.draws[[row, base], column]
    defined = np.isfinite(values)
    both = defined.all(axis=0)
    if both.any():
        whole = means(values[:, both].T)[0]
        if (defined[0] != defined[1]).any():
            draws = resampled(values[:, both].T, comparison.experiment.seed)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, ratio = whole[0] / whole[1] - 1, draws[0] / draws[1] - 1
    if not np.isfinite(mean) or (defined.any() and not both.any()):
        return Estimate(float("nan"), float("nan"), float("nan"), int(both.sum()))
    n = int(both.sum()) or len(comparison.user_ids)
    ends = np.where(np.isfinite(ratio), ratio, np.nan)[None, :]
    return estimates(np.array([mean]), ends, np.array([n], dtype=np.int32))[0]
