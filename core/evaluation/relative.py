"""Relative differences: how much better a recommender is than a baseline, in per cent of the baseline."""

import numpy as np

from core.evaluation.comparison import Comparison
from core.evaluation.uncertainty import LEVEL, Estimate, resampled


def relative(comparison: Comparison, row: int, base: int, column: int) -> Estimate:
    """Mean of `row` over mean of `base`, less 1, with a paired interval from the shared draws.

    NaN where the baseline's mean is 0; n = people for whom both are defined.
    """
    values, draws = comparison.values[:, column], comparison.draws[:, column]
    both = np.isfinite(values[row]) & np.isfinite(values[base])
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = values[row][both].mean() / values[base][both].mean() - 1 if both.any() else np.nan
        if both.any() and (np.isfinite(values[row]) != np.isfinite(values[base])).any():
            own, other = resampled(values[[row, base]][:, both].T, comparison.experiment.seed)
        else:
            own, other = draws[row], draws[base]
        ratio = own / other - 1
    ratio = ratio[np.isfinite(ratio)]
    tail = 50 * (1 - LEVEL)
    low, high = (
        np.percentile(ratio, [tail, 100 - tail]) if len(ratio) and np.isfinite(mean) else (np.nan, np.nan)
    )
    return Estimate(float(mean) if np.isfinite(mean) else np.nan, float(low), float(high), int(both.sum()))
