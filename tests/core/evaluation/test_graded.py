"""NDCG by ratings, by head: gains are 2 to the power of the rating, less one."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from core.data.folds import folds
from core.data.splits import split_of
from core.evaluation.judged import judge
from core.evaluation.metric import metrics
from core.recommenders.base import Ranked
from tests.making import dataset, log, test_of

SECOND = 1 / np.log2(3)


def graded(items: list[int], ratings: list[float], k: int = 2) -> float:
    """Of one person whose held-out items 0, 1, … have these ratings."""
    test = test_of([[1] * len(ratings) + [0] * 2])
    rated = csr_array(np.array([[*ratings, 0, 0]], dtype=np.float32))
    lists = np.array([items], dtype=np.int32)
    ranked = Ranked(test.user_ids, lists, np.zeros(lists.shape, dtype=np.float32))
    return float(metrics()["ndcg", "graded"].values(judge(ranked, replace(test, ratings=rated)), k)[0])


def test_gains_are_powers_of_two() -> None:
    """Items rated 2 and 1 are worth 3 and 1: in the wrong order (1 + 3/log₂3) of (3 + 1/log₂3)."""
    assert graded([0, 1], [2, 1]) == 1
    assert graded([1, 0], [2, 1]) == pytest.approx((1 + 3 * SECOND) / (3 + SECOND))


def test_the_best_list_has_k_places() -> None:
    """At k = 1 the best list holds the better item only."""
    assert graded([1, 0], [2, 1], k=1) == pytest.approx(1 / 3)


def test_ratings_below_zero_are_worth_nothing() -> None:
    """A dislike in the list is a miss, not a loss; with nothing above 0 there is nothing to find."""
    assert graded([1, 0], [1, -3]) == pytest.approx(SECOND)
    assert np.isnan(graded([0, 1], [-1, 0]))


def test_items_without_a_rating_are_worth_nothing() -> None:
    """csr leaves zeros out: item 1 was taken, and not rated."""
    assert graded([1, 0], [3, 0]) == pytest.approx(SECOND)


def test_the_last_rating_of_a_held_out_pair_counts() -> None:
    """Ann rates tea 2, then 5, after the split's moment; of beer there is a view with a number only."""
    rows = ["ann milk 1 rating 3", "bob milk 1 rating 4", "bob tea 2 rating 1", "ann tea 8 rating 2"]
    rows += ["ann tea 9 rating 5", "ann beer 9 view 4", "bob beer 1 rating 2"]
    made = dataset(log(*rows, columns=("user", "item", "timestamp", "kind", "value")))
    fold = folds(made, split_of("by_time(test=0.4)"))[0]
    held = fold.test.ratings
    assert held is not None
    row, tea = list(fold.test.user_ids).index("ann"), list(fold.train.item_ids).index("tea")
    assert held.toarray()[row, tea] == 5
    assert held.nnz == 1


def test_without_ratings_there_is_none() -> None:
    made = dataset(log("ann tea 1", "bob tea 1", "ann beer 2", "bob milk 2"))
    assert folds(made, split_of("leave_last(n=1)"))[0].test.ratings is None
