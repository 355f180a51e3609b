"""Intervals and paired tests: bootstrap over people, one shared draw, Holm's correction."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array

from core.types import FloatArray, IntArray
from core.work.artifacts import artifact

RESAMPLES = 2_000
LEVEL = 0.95
_BLOCK_BYTES = 128 * 1024 * 1024
_ROUNDING = 1e-12  # a difference below it is none: means of equal values may differ in the last digit


@artifact
@dataclass(frozen=True)
class Estimate:
    """A mean with its 95 % percentile interval and the number of people it rests on."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def turned(self) -> "Estimate":
        """Of a difference: the same seen from the other side."""
        return Estimate(-self.mean, -self.high, -self.low, self.n)


@artifact
@dataclass(frozen=True)
class Difference:
    """The paired difference of two recommenders, first minus second, with its corrected p-value."""

    first: int
    second: int
    estimate: Estimate
    p: float  # Holm-adjusted, two-sided

    @property
    def settled(self) -> bool:
        """Whether the two are told apart at 5 % after correction; else they are tied."""
        return self.p < 1 - LEVEL

    @property
    def turned(self) -> "Difference":
        """The same, second minus first."""
        return Difference(self.second, self.first, self.estimate.turned, self.p)

    @property
    def upward(self) -> "Difference":
        """The same with the larger first, so that it is positive."""
        return self.turned if self.estimate.mean < 0 else self


def means(values: FloatArray) -> tuple[FloatArray, IntArray]:
    """(C,) mean of each column of (U, C) values over those for whom it is defined, and (C,) how many."""
    defined = np.isfinite(values)
    n = defined.sum(axis=0)
    with np.errstate(invalid="ignore"):
        return np.where(defined, values, 0.0).sum(axis=0) / n, n


def resampled(values: FloatArray, seed: int, resamples: int = RESAMPLES) -> FloatArray:
    """(C, B) float64: the mean of each column in each of B draws of people with replacement.

    values: (U, C), NaN where a column is not defined for a person. The same seed draws the same
    people for every column, so differences are paired (Efron & Tibshirani 1993, ch. 13).
    """
    people, columns = values.shape
    defined = np.isfinite(values)
    partial = not defined.all()
    filled = np.where(defined, values, 0.0)
    out = np.empty((columns, resamples))
    for at, weights in people_draws(people, seed, resamples):
        with np.errstate(invalid="ignore", divide="ignore"):
            below = weights @ defined if partial else float(people)
            out[:, at] = (weights @ filled / below).T
    return out


OverLists = Callable[[FloatArray, int], FloatArray]


def resampled_lists(
    asked: Sequence[tuple[OverLists, int]], lists: IntArray, items: int, seed: int, resamples: int = RESAMPLES
) -> tuple[FloatArray, FloatArray]:
    """C catalogue metrics, each at its k, over all lists (U, K) of item indices: (C,), and (C, B) over the
    same draws of people as all other metrics.

    A metric gets how often each item is shown among the first k places, (B, items) float32, and k. A draw
    holds about 63 % of the people, so it shows fewer items than all of them do: draws are moved so that their
    median is the value over everyone (median bias, Efron & Tibshirani 1993, §14.3), and stay shares where all
    values are.
    """
    people = len(lists)
    cuts = sorted({k for _, k in asked})
    between = [_shown(lists[:, first:k], items) for first, k in zip([0, *cuts[:-1]], cuts, strict=True)]
    whole, out = np.empty(len(asked)), np.empty((len(asked), resamples))

    def measure(weights: FloatArray, into: FloatArray) -> None:
        """Every metric over draws (b, U) into (C, b): what more places show is added, cut by cut."""
        shown = np.zeros((len(weights), items), dtype=np.float32)
        for k, more in zip(cuts, between, strict=True):
            shown += weights @ more
            for at, (metric, own) in enumerate(asked):
                if own == k:
                    into[at] = metric(shown, k)

    measure(np.ones((1, people), dtype=np.float32), whole[:, None])
    for at, weights in people_draws(people, seed, resamples, max(people, items)):
        measure(weights.astype(np.float32), out[:, at])
    moved = out + (whole - np.median(out, axis=1))[:, None]
    shares = (np.minimum(whole, out.min(axis=1)) >= 0) & (np.maximum(whole, out.max(axis=1)) <= 1)
    return whole, np.where(shares[:, None], np.clip(moved, 0, 1), moved)


def _shown(lists: IntArray, items: int) -> csr_array:
    """(U, items) float32: which items stand in these places."""
    rows, places = np.nonzero(lists >= 0)
    ones = np.ones(len(rows), dtype=np.float32)
    return csr_array((ones, (rows, lists[rows, places])), shape=(len(lists), items))


def people_draws(people: int, seed: int, resamples: int, wide: int = 0) -> Iterator[tuple[slice, FloatArray]]:
    """Blocks of draws: which of the B they are, and how often each of U people is drawn, (b, U).

    `wide`: numbers that each draw is made into, where these are more than the people.
    """
    rng = np.random.default_rng(seed)
    size = max(1, min(resamples, _BLOCK_BYTES // (8 * max(people, wide, 1))))
    for first in range(0, resamples, size):
        many = min(size, resamples - first)
        weights = np.empty((many, people))
        for row in range(many):
            weights[row] = np.bincount(rng.integers(0, people, people), minlength=people)
        yield slice(first, first + many), weights


def estimates(whole: FloatArray, draws: FloatArray, n: IntArray) -> list[Estimate]:
    """The estimate of each of C columns: its value over everyone (C,), its draws (C, B), its people (C,)."""
    low, high = _interval(draws)
    return [
        Estimate(float(mean), float(a), float(b), int(count))
        for mean, a, b, count in zip(whole, low, high, n, strict=True)
    ]


def gap_of(whole: float, draws: FloatArray, people: int) -> tuple[Estimate, float]:
    """A paired difference over so many people from its draws (B,): its interval, and p before correction.

    The p-value is twice the share of draws on the other side of zero (Davison & Hinkley 1997, §4.2; beyond
    the draws see `_p_value`), and at least 2^(1 − n): a handful of people tells nothing apart. It is 1 for
    values that are equal for everyone.
    """
    made = estimates(np.array([whole]), draws[None, :], np.array([people], dtype=np.int32))
    return made[0], _p_value(draws, people)


def paired(
    values: FloatArray, seed: int, whole: FloatArray | None = None, draws: FloatArray | None = None
) -> list[Difference]:
    """Every paired difference between C columns of (U, C), each over those for whom both are defined.

    `whole` (C,) and `draws` (C, B), where they are known, serve pairs that are defined for the same people;
    of others the gap is drawn person by person. A column that nobody has a value of has values over all lists
    (a catalogue metric): its pairs come from the draws alone, over U people. Pairs that are not defined are
    left out, and corrected for nothing.
    """
    defined = np.isfinite(values)
    whole = means(values)[0] if whole is None else whole
    draws = resampled(values, seed) if draws is None else draws
    pairs = [(a, b) for a, b in combinations(range(values.shape[1]), 2) if np.isfinite(whole[[a, b]]).all()]
    lists = ~np.atleast_1d(defined.any(axis=0))
    n = {
        (a, b): len(values) if lists[a] and lists[b] else int((defined[:, a] & defined[:, b]).sum())
        for a, b in pairs
    }
    pairs = [pair for pair in pairs if n[pair]]
    unlike = [(a, b) for a, b in pairs if (defined[:, a] != defined[:, b]).any()]
    gaps = {(a, b): (whole[a] - whole[b], draws[a] - draws[b]) for a, b in pairs if (a, b) not in set(unlike)}
    if unlike:
        own = np.stack([values[:, a] - values[:, b] for a, b in unlike], axis=1)
        gaps |= dict(zip(unlike, zip(means(own)[0], resampled(own, seed), strict=True), strict=True))
    made = [gap_of(*gaps[pair], n[pair]) for pair in pairs]
    adjusted = holm([p for _gap, p in made])
    return [Difference(*pair, gap, p) for pair, (gap, _), p in zip(pairs, made, adjusted, strict=True)]


def holm(p_values: list[float]) -> list[float]:
    """Adjusted p-values, in the given order (Holm 1979).

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p_values, kind="stable")
    steps = np.array(p_values, dtype=np.float64)[order] * np.arange(len(p_values), 0, -1)
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0) if len(p_values) else []
    return [float(p) for p in adjusted]


def _p_value(gap: FloatArray, people: int) -> float:
    """Of draws of a difference over so many people, at least what flipping every sign could give: 2^(1 − n).

    So fewer than six people never tell two apart, however alike they are (Fisher 1935, §21). Where no draw
    lies beyond zero, their number limits p, and correction for many pairs would let nothing pass: then it is
    that of a normal distribution with the draws' mean and deviation, where that is smaller.
    """
    gap = gap[np.isfinite(gap)]
    if not len(gap):
        return 1.0
    side = min(int((gap <= _ROUNDING).sum()), int((gap >= -_ROUNDING).sum()))
    p = 2 * (side + 1) / (len(gap) + 1)
    deviation = float(gap.std())
    if not side and deviation > _ROUNDING:
        p = min(p, math.erfc(abs(float(gap.mean())) / (deviation * math.sqrt(2))))
    return min(1.0, max(p, 2.0 ** (1 - people)))


def _interval(draws: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(C,) both ends over the draws (C, B) that are defined; NaN where none is."""
    tail = 100 * (1 - LEVEL) / 2
    ends = np.full((2, len(draws)), np.nan)
    some = np.isfinite(draws).any(axis=1)
    whole = bool(np.isfinite(draws).all())
    percentile = np.percentile if whole else np.nanpercentile
    ends[:, some] = percentile(draws[some], [tail, 100 - tail], axis=1)
    return ends[0], ends[1]
