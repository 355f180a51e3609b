"""Two recommenders beside each other: the paired difference, how large it is, and who gains and who loses."""

from dataclasses import dataclass

import numpy as np

from core.evaluation.comparison import Comparison
from core.evaluation.uncertainty import LEVEL, Difference
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact

POWER = 0.8
_SAME = 1e-12  # a difference below it is none


@artifact
@dataclass(frozen=True)
class Pair:
    """A paired difference of one column, and what it amounts to."""

    difference: Difference
    effect: float  # mean over standard deviation of people's differences (Cohen's d for pairs)
    detectable: float  # the smallest difference that these people would show, see `detectable`

    @property
    def holds_zero(self) -> bool:
        """Whether the 95 % interval of this one difference includes zero."""
        one = self.difference.estimate
        return not (one.low > 0 or one.high < 0)


@artifact
@dataclass(frozen=True)
class RankInterval:
    """The place of a recommender by a column, from 1, with its 95 % interval over draws of people."""

    place: int
    low: int
    high: int
    first: float  # in which share of the draws it comes first


@artifact
@dataclass(frozen=True)
class Sides:
    """Whom the first of two recommenders serves better than the second, over people with both values."""

    gain: int  # people with a better value by the first
    lose: int
    same: int
    gaps: FloatArray  # (T,) first minus second, turned so that more is better; NaN where one is not defined
    order: IntArray  # (n,) people with both, the biggest gain first; equal ones in the order of their ids


def pairs_of(comparison: Comparison, column: int) -> list[Pair]:
    """Every paired difference of a column with its effect size and the smallest one that n people show."""
    found = comparison.differences(column)
    return [
        Pair(
            one,
            effect_size(comparison.values[one.first, column] - comparison.values[one.second, column]),
            detectable(_spread(comparison, one, column), len(found), one.estimate.n),
        )
        for one in found
    ]


def effect_size(gaps: FloatArray) -> float:
    """Mean over standard deviation of paired differences (T,): d_z (Lakens 2013, eq. 6); NaN for one person.

    >>> effect_size(np.array([0.0, 1.0, 2.0]))
    1.0
    """
    there = gaps[np.isfinite(gaps)]
    if len(there) < 2:
        return float("nan")
    deviation = float(there.std(ddof=1))
    return float(there.mean()) / deviation if deviation > _SAME else float("nan")


def detectable(standard_error: float, pairs: int = 1, people: int | None = None) -> float:
    """The smallest true difference that is told apart from zero four times in five: (z₁ + z₂) · SE.

    NaN without any spread, and where so few people tell nothing apart after correction (see `gap_of`).
    z₁ is the normal quantile of 5 % two-sided, divided by the number of pairs as Holm's first step does,
    z₂ that of 80 % power (Cohen 1988, ch. 2; Sakai 2018, Laboratory experiments in IR, ch. 6).

    >>> round(detectable(0.01), 4)
    0.028
    """
    from scipy.stats import norm

    few = people is not None and max(pairs, 1) * 2.0 ** (1 - people) >= 1 - LEVEL
    if few or not standard_error > _SAME:
        return float("nan")
    return float((norm.ppf(1 - (1 - LEVEL) / (2 * max(pairs, 1))) + norm.ppf(POWER)) * standard_error)


def rank_intervals(comparison: Comparison, column: int) -> list[RankInterval | None]:
    """Where each of R recommenders stands by a column, and between which places draws of people put it.

    None for those without a value, and for those that only a sample of people was asked about: their means
    are of other people. Equal values share the better place. By bootstrap, after Goldstein & Spiegelhalter
    1996, League tables and their limitations, §3.
    """
    rows = [
        row
        for row, lists in enumerate(comparison.ranked)
        if lists.asked is None and np.isfinite(comparison.whole[row, column])
    ]
    out: list[RankInterval | None] = [None] * len(comparison.entries)
    if not rows:
        return out
    sign = 1.0 if comparison.fewer_is_better(column) else -1.0
    draws = sign * comparison.draws[rows, column]
    draws = draws[:, np.isfinite(draws).all(axis=0)]
    places = (draws[:, None, :] > draws[None, :, :] + _SAME).sum(axis=1).T + 1 if draws.size else None
    whole = sign * comparison.whole[rows, column]
    for at, row in enumerate(rows):
        place = int((whole[at] > whole + _SAME).sum()) + 1
        if places is None:
            out[row] = RankInterval(place, 1, len(rows), float("nan"))
            continue
        low, high = np.percentile(places[:, at], [50 * (1 - LEVEL), 50 * (1 + LEVEL)], method="nearest")
        out[row] = RankInterval(place, int(low), int(high), float((places[:, at] == 1).mean()))
    return out


def sides(comparison: Comparison, first: int, second: int, column: int) -> Sides:
    """Who gains and who loses when the first of two recommenders stands in place of the second."""
    sign = -1.0 if comparison.fewer_is_better(column) else 1.0
    gaps = sign * (comparison.values[first, column] - comparison.values[second, column])
    there = np.flatnonzero(np.isfinite(gaps))
    order = there[np.argsort(-gaps[there], kind="stable")].astype(np.int32)
    gain, lose = int((gaps[there] > _SAME).sum()), int((gaps[there] < -_SAME).sum())
    return Sides(gain, lose, len(there) - gain - lose, gaps, order)


def _spread(comparison: Comparison, one: Difference, column: int) -> float:
    """The standard error of a paired difference: of the mean over people, else of the draws."""
    gaps = comparison.values[one.first, column] - comparison.values[one.second, column]
    there = gaps[np.isfinite(gaps)]
    if len(there) > 1:
        return float(there.std(ddof=1)) / float(np.sqrt(len(there)))
    draws = comparison.draws[one.first, column] - comparison.draws[one.second, column]
    draws = draws[np.isfinite(draws)]
    return float(draws.std(ddof=1)) if len(draws) > 1 else float("nan")
