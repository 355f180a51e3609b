"""What questions about a list stand on: the fold that judged somebody, the fit, the history it was given."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from core.data.dataset import Dataset
from core.data.folds import Fold
from core.evaluation.experiment import Experiment
from core.evaluation.protocol import folds_of
from core.recommenders.apart import fitted
from core.recommenders.base import Scorer, recommender_of
from core.types import IntArray, TextArray
from core.work.errors import BadInput
from core.work.report import Report


@dataclass(frozen=True)
class Given:
    """A person as scorers are given them."""

    fold: Fold
    row: int  # in its test part

    @property
    def users(self) -> IntArray:
        """(1,) their row in training, -1 where it does not know them."""
        return self.fold.test.users[[self.row]]

    def history(self, scorer: Scorer) -> csr_array:
        """(1, I) their history, with places in time where the scorer asks for them."""
        return self.fold.test.given(scorer.ordered)[[self.row]]


def given(dataset: Dataset, experiment: Experiment, user: str) -> Given:
    """The person in the fold that judged them; raises BadInput where nothing of theirs is held out."""
    for fold in folds_of(dataset, experiment):
        rows = np.flatnonzero(fold.test.user_ids == user)
        if len(rows):
            return Given(fold, int(rows[0]))
    raise BadInput(
        f"Nothing of {user[:60]!r} is held out.",
        "a person with lists in the comparison.",
        "choose another person.",
    )


def fitted_scorer(fold: Fold, spec: str, report: Report) -> Scorer:
    """The scorer of the comparison: kept at the desk, or fit now."""
    return fitted(recommender_of(spec), fold.train, report).scorer


def place_of(item_ids: TextArray, item: str) -> int:
    """Where an item stands in the catalogue; raises BadInput for one that is not there."""
    place = int(np.searchsorted(item_ids, item))
    if place >= len(item_ids) or item_ids[place] != item:
        raise BadInput(
            f"There is no item {item[:60]!r} in the catalogue.",
            "an item of a list.",
            "choose one of the list.",
        )
    return place
