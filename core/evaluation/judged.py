"""Judged: where lists hit what was held out. Metrics are sums over these hits."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from core.data.folds import Test
from core.evaluation.around import Around
from core.recommenders.base import Ranked
from core.types import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class Judged:
    """The hits of U people's lists as (person, rank) pairs, in order of person and rank.

    Hits are about one in a hundred, so sums over pairs are far cheaper than over lists.
    """

    relevant: IntArray  # (U,) number of held-out items of each person
    person: IntArray  # (H,)
    rank: IntArray  # (H,) from 0
    width: int  # length of the longest list
    asked: BoolArray | None = None  # (U,) who has a list where only a sample was asked; None = everybody
    items: IntArray = field(default_factory=lambda: np.empty((0, 0), dtype=np.int32))  # (U, K), -1: none
    around: Around | None = None  # what is known beside the held-out items
    places: csr_array | None = None  # (U, I) where each held-out item stands in the whole ranking, from 1
    among: IntArray | None = None  # (U,) how many items were ranked; beside `places`
    ratings: csr_array | None = None  # (U, I) float32 ratings of held-out items; not all need have one

    @cached_property
    def order(self) -> IntArray:
        """(H,) which hit of its person each one is, from 1."""
        starts = np.searchsorted(self.person, np.arange(len(self.relevant)))
        return (np.arange(len(self.person)) - starts[self.person] + 1).astype(np.int32)

    @cached_property
    def hit_ratings(self) -> FloatArray:
        """(H,) float64: how each hit was rated, 0 where it was not."""
        assert self.ratings is not None
        many, width = self.ratings.shape
        row = np.repeat(np.arange(many), np.diff(self.ratings.indptr))
        pairs = row * width + self.ratings.indices
        wanted = self.person.astype(np.int64) * width + self.items[self.person, self.rank]
        at = np.minimum(np.searchsorted(pairs, wanted), max(len(pairs) - 1, 0))
        return (
            np.where(pairs[at] == wanted, self.ratings.data[at], 0.0) if len(pairs) else np.zeros(len(wanted))
        )

    @cached_property
    def _cuts(self) -> dict[int, tuple[BoolArray, IntArray, IntArray]]:
        return {}

    def _cut(self, k: int) -> tuple[BoolArray, IntArray, IntArray]:
        """(H,) which hits lie below rank k, whose these are, and (U,) how many each has; once for all."""
        if k not in self._cuts:
            within = self.rank < k
            person = self.person[within]
            many = np.bincount(person, minlength=len(self.relevant)).astype(np.int32)
            many.flags.writeable = False
            self._cuts[k] = within, person, many
        return self._cuts[k]

    def total(self, gains: FloatArray, k: int) -> FloatArray:
        """(U,) float64: the sum of each person's gains (H,) at ranks below k."""
        within, person, _many = self._cut(k)
        sums = np.bincount(person, gains[within], minlength=len(self.relevant))
        return sums.astype(np.float64, copy=False)

    def count(self, k: int) -> IntArray:
        """(U,) number of hits of each person at ranks below k; read only."""
        return self._cut(k)[2]


def judge(ranked: Ranked, test: Test, around: Around | None = None) -> Judged:
    """The hits of lists whose people are those of the test part, in its order."""
    found = judge_pairs(ranked, test.truth)
    return replace(found, around=around, places=ranked.places, among=ranked.among, ratings=test.ratings)


def judge_pairs(ranked: Ranked, truth: csr_array) -> Judged:
    """The hits of lists (U, K) by held-out items (U, I) alone."""
    from core import kernels

    person, rank = np.empty(truth.nnz, dtype=np.int32), np.empty(truth.nnz, dtype=np.int32)
    found = kernels.ranking.hits(ranked.items, *kernels.pattern(truth), person, rank)
    relevant, width = np.diff(truth.indptr).astype(np.int32), ranked.items.shape[1]
    return Judged(relevant, person[:found], rank[:found], width, ranked.asked, ranked.items)
