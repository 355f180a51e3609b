"""Whether segments differ: every pair of them for every recommender, corrected by permuting people.

Which segment is best and which worst is chosen by the data, so no pair is tested alone. Where a segment tells
nothing of the values, people may change places between segments. They do, 2,000 times, all recommenders
alike, and each time the largest statistic over all pairs and recommenders is taken (max T: Westfall & Young
1993, Resampling-based multiple testing, §2.3). A pair's p is the share of these, itself among them, that
reach its own. So where no segment differs, at most 5 % of comparisons tell any pair apart, whatever the
distribution, n or the dependence between recommenders.

The statistic of segments a and b with means m and n people:

    T = |m_a - m_b| / sqrt(v_a / n_a + v_b / n_b),   v = max(s², ((n - 1) s² + 5 S²) / (n - 1 + 5))

with s² the variance in the segment and S² that of everyone. A variance of its own keeps the test right for
means where segments differ in spread (Chung & Romano 2013); a part of everyone's keeps a segment of few
people, perhaps without any hit, from looking certain (as the constant of Tusher, Tibshirani & Chu 2001).
Intervals are those of the same test: a difference ± the 95 % quantile of the largest T times its error; they
hold for all pairs at once, and leave out 0 where p < 5 %.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from core.evaluation.differing import FEWEST
from core.evaluation.uncertainty import LEVEL, RESAMPLES, Estimate
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report, silent

_BLOCK_BYTES = 32 * 1024 * 1024
_ROUNDING = 1e-9


@artifact
@dataclass(frozen=True)
class Between:
    """The first segment minus the second, for one recommender, with a simultaneous 95 % interval."""

    first: int  # the one with the better mean
    second: int
    estimate: Estimate  # n: people of both
    p: float  # adjusted over all pairs and recommenders

    @property
    def settled(self) -> bool:
        """Whether the two are told apart at 5 % after correction; else they are tied."""
        return self.p < 1 - LEVEL


def between(
    values: FloatArray,
    labels: IntArray,
    fewer: bool,
    seed: int,
    permutations: int = RESAMPLES,
    report: Report = silent,
) -> list[tuple[Between, ...]]:
    """For each of R recommenders every pair of segments that have at least 5 people each, widest gap first.

    values: (R, T), NaN where not defined for a person, who is left out; labels: (T,), -1 = in no segment.
    `fewer`: whether less is better. () where fewer than two segments have 5 people.
    """
    ready = [_Ready.of(row, labels) for row in values]
    most = np.zeros(permutations)
    for at, orders in _orders(len(labels), seed, permutations):
        report(at.start / permutations, "Testing differences")
        shared: dict[bytes, IntArray] = {}  # recommenders that are defined for the same people
        for one in ready:
            kept = one.people.tobytes()
            if kept not in shared:
                shared[kept] = one.within(orders)
            most[at] = np.maximum(most[at], one.statistics(shared[kept])[2].max(axis=1, initial=0.0))
    most.sort()
    allowed = int((1 - LEVEL) * (permutations + 1) + _ROUNDING)  # of the p-values below 5 %
    factor = float(most[-allowed]) if allowed else np.inf
    return [one.pairs(most, factor, fewer) for one in ready]


@dataclass(frozen=True)
class _Ready:
    """One recommender's values of the P people that count, segment after segment."""

    people: IntArray  # (P,) who they are, of T
    values: FloatArray  # (P,) minus their mean
    groups: IntArray  # (G,) the segments, each with at least 5 of these people
    n: IntArray  # (G,)

    @classmethod
    def of(cls, row: FloatArray, labels: IntArray) -> "_Ready":
        defined = np.isfinite(row) & (labels >= 0)
        many = np.bincount(labels[defined])
        groups = np.flatnonzero(many >= FEWEST).astype(np.int32)
        people = np.flatnonzero(defined & np.isin(labels, groups))
        people = people[np.argsort(labels[people], kind="stable")]
        values = row[people].astype(np.float64)
        return cls(
            people.astype(np.int32),
            values - values.mean() if len(values) else values,
            groups,
            many[groups].astype(np.int32),
        )

    def within(self, orders: IntArray) -> IntArray:
        """(B, P) orders of the people that count, from orders (B, T) of all."""
        place = np.full(orders.shape[1], -1, dtype=np.int32)
        place[self.people] = np.arange(len(self.people))
        found = place[orders]
        return found[found >= 0].reshape(len(orders), len(self.people))

    def statistics(self, order: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """(B, pairs) differences, their errors and T, where people stand in these orders (B, P)."""
        starts = np.concatenate([[0], np.cumsum(self.n)[:-1]]).astype(np.intp)
        first, second = _pairs(len(self.n))
        if not len(first):
            nothing = np.zeros((len(order), 0))
            return nothing, nothing, nothing
        moved = self.values[order]
        mean = np.add.reduceat(moved, starts, axis=1) / self.n
        squares = np.maximum(np.add.reduceat(moved**2, starts, axis=1) - self.n * mean**2, 0)
        everyone = float((self.values**2).sum()) / (len(self.values) - 1)
        mixed = (squares + FEWEST * everyone) / (self.n - 1 + FEWEST)
        spread = np.maximum(squares / (self.n - 1), mixed) / self.n
        gap, error = mean[:, first] - mean[:, second], np.sqrt(spread[:, first] + spread[:, second])
        return gap, error, np.divide(np.abs(gap), error, out=np.zeros_like(gap), where=error > _ROUNDING)

    def pairs(self, most: FloatArray, factor: float, fewer: bool) -> tuple[Between, ...]:
        """Every pair against the largest statistics (B,), sorted."""
        gap, error, size = (
            one[0] for one in self.statistics(np.arange(len(self.values), dtype=np.int32)[None, :])
        )
        reach = len(most) - np.searchsorted(most, size - _ROUNDING)
        found = []
        for at, (a, b) in enumerate(combinations(range(len(self.n)), 2)):
            turned = (gap[at] > 0) == fewer and gap[at] != 0
            first, second, mean = (b, a, -gap[at]) if turned else (a, b, gap[at])
            estimate = Estimate(
                float(mean),
                float(mean - factor * error[at]),
                float(mean + factor * error[at]),
                int(self.n[a] + self.n[b]),
            )
            p = (1 + int(reach[at])) / (1 + len(most))
            found.append(Between(int(self.groups[first]), int(self.groups[second]), estimate, p))
        return tuple(sorted(found, key=lambda one: -abs(one.estimate.mean)))


def _pairs(many: int) -> tuple[IntArray, IntArray]:
    found = np.array(list(combinations(range(many), 2)), dtype=np.int32).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _orders(people: int, seed: int, permutations: int) -> Iterator[tuple[slice, IntArray]]:
    """Blocks of orders (b, T) of people, by chance."""
    rng = np.random.default_rng(seed)
    size = max(1, min(permutations, _BLOCK_BYTES // (8 * max(people, 1))))
    for first in range(0, permutations, size):
        many = min(size, permutations - first)
        yield (
            slice(first, first + many),
            rng.permuted(np.tile(np.arange(people, dtype=np.int32), (many, 1)), axis=1),
        )
