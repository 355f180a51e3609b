"""Judged: where lists hit what was held out. Metrics are sums over these hits."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

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
    around: Around | None = None  # None: metrics beyond hits are not defined

    @cached_property
    def order(self) -> IntArray:
        """(H,) which hit of its person each one is, from 1."""
        starts = np.searchsorted(self.person, np.arange(len(self.relevant)))
        return (np.arange(len(self.person)) - starts[self.person] + 1).astype(np.int32)

    def total(self, gains: FloatArray, k: int) -> FloatArray:
        """(U,) float64: the sum of each person's gains (H,) at ranks below k."""
        within = self.rank < k
        sums = np.bincount(self.person[within], gains[within], minlength=len(self.relevant))
        return sums.astype(np.float64, copy=False)

    def count(self, k: int) -> IntArray:
        """(U,) number of hits of each person at ranks below k."""
        return np.bincount(self.person[self.rank < k], minlength=len(self.relevant)).astype(np.int32)


def judge(ranked: Ranked, test: Test, around: Around | None = None) -> Judged:
    """The hits of lists whose people are those of the test part, in its order."""
    from core import kernels

    truth = test.truth
    person, rank = np.empty(truth.nnz, dtype=np.int32), np.empty(truth.nnz, dtype=np.int32)
    found = kernels.ranking.hits(ranked.items, *kernels.pattern(truth), person, rank)
    relevant, width = np.diff(truth.indptr).astype(np.int32), ranked.items.shape[1]
    return Judged(relevant, person[:found], rank[:found], width, ranked.asked, ranked.items, around)
