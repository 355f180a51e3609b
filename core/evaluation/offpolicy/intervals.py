"""Intervals: those of resamples of people, and those that other tools give.

The latter treat impressions as independent, which those of one person are not; they serve to compare figures.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, stdtrit

from core.evaluation.uncertainty import LEVEL
from core.types import FloatArray


@dataclass(frozen=True)
class Ends:
    """Both ends of an interval."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """What stands between them."""
        return (self.low + self.high) / 2


def expanded(draws: FloatArray, events: float) -> Ends:
    """The 95 % expanded percentile interval (Hesterberg 2014) of draws (B,); NaN where none is defined.

    Percentiles of few events are too narrow. These are taken at the levels that would give the t interval of
    n events if the draws were normal: z √((n − 1)/n) = t with n − 1 degrees of freedom.
    """
    some = draws[np.isfinite(draws)]
    if not len(some):
        return Ends(float("nan"), float("nan"))
    n = max(events, 2.0)
    z = stdtrit(n - 1, (1 - LEVEL) / 2) * np.sqrt(n / (n - 1))
    low, high = np.quantile(some, [ndtr(z), ndtr(-z)])
    return Ends(float(low), float(high))


def gaussian(terms: FloatArray, alpha: float = 0.05) -> Ends:
    """mean ∓ z sd / √n of terms (n,), w r or those of a slate: the central limit theorem."""
    from scipy.stats import norm

    width = float(norm.ppf(1 - alpha / 2)) * terms.std(ddof=1) / np.sqrt(len(terms))
    return Ends(float(terms.mean() - width), float(terms.mean() + width))


def clopper_pearson(weight: FloatArray, reward: FloatArray, alpha: float = 0.05) -> Ends:
    """Clopper & Pearson 1934 for Σ w r / max(w) successes of n / max(w) trials; rewards in [0, 1]."""
    from scipy.stats import beta

    many = len(weight) / weight.max()
    successes = float((weight * reward).sum() / weight.max())
    return Ends(
        float(beta.ppf(alpha / 2, successes, many - successes + 1)),
        float(beta.ppf(1 - alpha / 2, successes + 1, many - successes)),
    )


def cressie_read(weight: FloatArray, reward: FloatArray, alpha: float = 0.05) -> Ends:
    """The dual interval of the Cressie–Read estimate of power −2 (Karampatziakis et al. 2020, §4).

    Weights in [0, ∞), rewards in [0, 1]; the profile's threshold is the 1 − α quantile of F(1, n).
    """
    from scipy.stats import f

    n, k = len(weight), len(weight) + 1
    sums = _Sums(
        w=float(weight.sum()),
        w2=float((weight**2).sum()),
        wr=float((weight * reward).sum()),
        w2r=float((weight**2 * reward).sum()),
        w2r2=float((weight**2 * reward**2).sum()),
    )
    a, b = sums.w / k, sums.w2 / k
    profile = 1 + 1 / n if sums.w < n else k * (a - 1) ** 2 / (b - a**2)
    phi = -(profile + float(f.ppf(1 - alpha, 1, n))) / (2 * k)
    low, high = (_end(sums, n, phi, edge, sign) for edge, sign in ((0.0, 1.0), (1.0, -1.0)))
    return Ends(low, high)


@dataclass(frozen=True)
class _Sums:
    w: float
    w2: float
    wr: float
    w2r: float
    w2r2: float


def _end(sums: _Sums, n: int, phi: float, edge: float, sign: float) -> float:
    """One end: the least of the candidates, clipped to [0, 1]."""
    k = n + 1
    first, second = sums.w / k, sums.w2 / k
    mixed, mixed2, square = sign * sums.wr / k, sign * sums.w2r / k, sums.w2r2 / k
    variance = second - first**2
    slope = mixed2 - first * mixed
    inside = _candidate(
        mixed + (1 - first) * slope / variance,
        slope**2 / variance - (square - mixed**2),
        phi + (1 - first) ** 2 / (2 * variance),
    )
    missing = edge * sums.w - sums.wr
    at_edge = _candidate(
        sign * (edge - missing / n),
        missing**2 / (n * k) - (edge**2 * sums.w2 - 2 * edge * sums.w2r + sums.w2r2) / k,
        phi + 1 / (2 * n),
    )
    return float(np.clip(sign * min(inside, at_edge), 0.0, 1.0))


def _candidate(x: float, y: float, z: float) -> float:
    """x − √(2 y z) where z ≤ 0 ≤ y z, else no candidate."""
    return x - float(np.sqrt(2 * y * z)) if z <= 0 <= y * z else np.inf
