"""A recommender of your own: copy this to FOLDER/recommenders/, and set TOUCHSTONE_PLUGINS=FOLDER."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report


@artifact  # it may be kept: its fields are arrays, numbers, text
@dataclass(frozen=True)
class TogetherScorer(Scorer):
    """What was learnt: how many people have both of two items."""

    both: csr_array  # (I, I) float32

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        """(B, I) float32 scores of all items for B histories (B, I) of 0 and 1.

        `users` holds rows of the training part, -1 for people it does not know; None = all unknown. Every
        score is a finite number, or -inf for "never". What was seen is taken out for you.
        """
        return (history @ self.both).toarray()

    def contributions(self, history: csr_array, item: int) -> FloatArray:
        """Optional: (I,) what each item of one history adds to a score; they sum to it. People shows them."""
        return history.toarray()[0] * self.both[:, [item]].toarray()[:, 0]


class Together(Recommender):
    """Items that people have together with those of the history."""

    name = "together"  # on the command line: together(least=2)
    label = "Together"  # on pages
    source = ""  # where it is described, if anywhere
    least: Annotated[  # a setting: its bounds and description make the form, the option and the search space
        int, Field(ge=1, le=100, description="People that two items must share")
    ] = 1

    def fit(self, train: Train, report: Report) -> Scorer:
        """Learns from train.positives (U, I), 1 where a person has a positive; see core/data/folds.py."""
        report(0.1, "Counting")  # progress; also where a cancel is heard
        both = csr_array(train.positives.T @ train.positives, dtype=np.float32)
        both.setdiag(0)
        both.data[both.data < self.least] = 0
        both.eliminate_zeros()
        return TogetherScorer(both)
