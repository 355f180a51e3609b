"""How different the lists of recommenders are: rank-biased overlap and Jaccard, per person and on average."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from core.evaluation.comparison import Comparison
from core.evaluation.uncertainty import Estimate, estimates, means, resampled
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step

P = 0.9  # the first 10 places of a list then carry 86 % of the weight (Webber et al. 2010, eq. 21)


@artifact
@dataclass(frozen=True)
class Agreement:
    """Every pair of R recommenders, in the order of itertools.combinations, over T people."""

    k: int  # depth of the lists
    p: float  # persistence of RBO
    rbo: tuple[Estimate, ...]  # (pairs,)
    jaccard: tuple[Estimate, ...]  # (pairs,)
    rbo_of: FloatArray  # (pairs, T) float32; NaN for somebody to whom both show nothing
    jaccard_of: FloatArray  # (pairs, T) float32
    shown: IntArray  # (R, I) int32: how many people are shown each item


@artifact
@dataclass(frozen=True)
class Gap:
    """An item that two recommenders show to different numbers of people."""

    item: int  # index in the catalogue
    first: int  # people to whom the first shows it
    second: int


@step(version=2, called="Comparing lists")
def agreement(comparison: Comparison, *, settings: int, report: Report) -> Agreement:
    """How far the first `settings` places of every two recommenders agree.

    Means over people with 95 % bootstrap intervals. An item outside the catalogue (of ready-made
    lists) takes its place and is taken to be no other list's item. Where only a sample was asked, over these.
    """
    lists = [one.items[:, :settings] for one in comparison.ranked]
    pairs = list(combinations(range(len(lists)), 2))
    people, items = len(comparison.user_ids), len(comparison.item_ids)
    everyone = np.ones(people, dtype=bool)
    asked = [everyone if one.asked is None else one.asked for one in comparison.ranked]
    common = np.logical_and.reduce(asked)  # so that items are counted in lists of the same people
    found = np.empty((2, len(pairs), people))
    for at, (a, b) in enumerate(pairs):
        report(0.8 * at / len(pairs), "Comparing lists")
        found[0, at] = rbo(lists[a], lists[b])
        found[1, at] = jaccard(lists[a], lists[b])
        found[:, at, ~(asked[a] & asked[b])] = np.nan
    report(0.8, "Drawing people")
    flat = found.reshape(-1, people).T
    whole, n = means(flat) if pairs else (np.empty(0), np.empty(0, dtype=np.int32))
    made = estimates(whole, resampled(flat, comparison.experiment.seed), n) if pairs else []
    shown = np.stack(
        [np.bincount(own[own >= 0], minlength=items) for own in (one[common] for one in lists)]
    ).astype(np.int32)
    values = found.astype(np.float32)
    half = len(pairs)
    return Agreement(settings, P, tuple(made[:half]), tuple(made[half:]), values[0], values[1], shown)


def pair_of(first: int, second: int, many: int) -> int:
    """Where a pair of `many` recommenders stands among all pairs.

    >>> pair_of(0, 2, 3), pair_of(2, 1, 3)
    (1, 2)
    """
    return list(combinations(range(many), 2)).index((min(first, second), max(first, second)))


def most_different_people(found: Agreement, pair: int, most: int = 10) -> IntArray:
    """Rows of the people whose two lists agree least by RBO, the least first; of equals the first by id."""
    values = found.rbo_of[pair]
    order = np.argsort(np.where(np.isnan(values), np.inf, values), kind="stable")[:most]
    return order[np.isfinite(values[order])].astype(np.int32)


def most_different_items(found: Agreement, first: int, second: int, most: int = 10) -> list[Gap]:
    """Items that one of the two shows to many more people than the other, the largest difference first."""
    one, other = found.shown[first].astype(np.int64), found.shown[second].astype(np.int64)
    order = np.argsort(-np.abs(one - other), kind="stable")[:most]
    return [Gap(int(at), int(one[at]), int(other[at])) for at in order if one[at] != other[at]]


def rbo(first: IntArray, second: IntArray, p: float = P) -> FloatArray:
    """(U,) extrapolated rank-biased overlap of lists (U, K) and (U, L) of items, -1 where one ends.

    RBO_EXT of Webber, Moffat & Zobel 2010, eq. 32, for lists of uneven length; where both are as
    long it is their eq. 23: (X_k/k)·pᵏ + (1−p)/p · Σ_{d≤k} (X_d/d)·pᵈ, where X_d is the number of
    items that both have in their first d places. 1 = the same list, 0 = nothing in common; NaN
    where both are empty, 0 where one is.

    >>> a, b = np.array([[1, 2, 3]], dtype=np.int32), np.array([[1, 3, 4]], dtype=np.int32)
    >>> round(float(rbo(a, b)[0]), 4)  # X = 1, 1, 2: 0.486 + 0.1·(1 + 0.45 + 0.54)
    0.685
    """
    lengths = np.stack([(first != -1).sum(axis=1), (second != -1).sum(axis=1)])
    short, long = lengths.min(axis=0), lengths.max(axis=0)
    depth = int(long.max(initial=0))
    overlap = _overlap(first, second, depth)  # (U, depth): X_d
    d = np.arange(1, depth + 1)
    weights = p**d
    rows = np.arange(len(first))
    at_short = np.where(short > 0, overlap[rows, np.maximum(short, 1) - 1], 0) if depth else short
    at_long = np.where(long > 0, overlap[rows, np.maximum(long, 1) - 1], 0) if depth else long
    s = np.maximum(short, 1)[:, None]
    seen = np.where(d <= long[:, None], overlap / d * weights, 0).sum(axis=1)
    beyond = np.where(
        (d > short[:, None]) & (d <= long[:, None]), at_short[:, None] * (d - s) / (d * s) * weights, 0
    ).sum(axis=1)
    end = ((at_long - at_short) / np.maximum(long, 1) + at_short / s[:, 0]) * p ** long.astype(np.float64)
    found = (1 - p) / p * (seen + beyond) + end
    return np.where(long == 0, np.nan, np.where(short == 0, 0.0, found))


def jaccard(first: IntArray, second: IntArray) -> FloatArray:
    """(U,) items that both lists hold over items that either holds; NaN where both are empty.

    >>> a, b = np.array([[1, 2, 3]], dtype=np.int32), np.array([[1, 3, 4]], dtype=np.int32)
    >>> float(jaccard(a, b)[0])
    0.5
    """
    depth = max(first.shape[1], second.shape[1])
    common = _overlap(first, second, depth)[:, -1].astype(np.float64)
    either = (first != -1).sum(axis=1) + (second != -1).sum(axis=1) - common
    return np.divide(common, either, out=np.full(len(common), np.nan), where=either > 0)


def _overlap(first: IntArray, second: IntArray, depth: int) -> IntArray:
    """(U, depth): how many items both lists have in their first 1, 2, … places."""
    span = int(max(first.max(initial=0), second.max(initial=0))) + 1
    keys, places = zip(*(_keys(one, span) for one in (first, second)), strict=True)
    _both, left, right = np.intersect1d(keys[0], keys[1], assume_unique=True, return_indices=True)
    rows = keys[0][left] // span
    deeper = np.maximum(places[0][left], places[1][right])
    counts = np.bincount(rows * depth + deeper, minlength=len(first) * depth)
    return np.cumsum(counts.reshape(len(first), depth), axis=1)


def _keys(lists: IntArray, span: int) -> tuple[np.ndarray, np.ndarray]:
    """A number for every (person, item) of the catalogue in the lists, and its place from 0."""
    rows, places = np.nonzero(lists >= 0)
    return rows.astype(np.int64) * span + lists[rows, places], places
