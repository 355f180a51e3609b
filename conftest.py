"""What the examples in docstrings start from."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array


@pytest.fixture(autouse=True, scope="session")
def _example(doctest_namespace: dict[str, Any]) -> None:
    """`example`: two people with two held-out items each and the same list of four items out of six.

    Person 0 has hits at the first and third place (rated 2 and 3), person 1 at the second (rated 1) and an
    item that stands at the fifth place of the whole ranking (rated 3). Both liked item 4 before; items 0 to 2
    are of one category, 3 to 5 of another.
    """
    from core.evaluation.around import Around
    from core.evaluation.judged import judge
    from core.recommenders.base import Ranked
    from tests.making import history_of, test_of, train_of

    liked = [[1, 1, 0, 0, 1, 0], [1, 0, 1, 0, 1, 0], [1, 0, 0, 1, 0, 0], [1, 1, 0, 0, 0, 1]]
    items = pd.DataFrame(
        {"item": [f"i{at:02}" for at in range(6)], "category": [*["red"] * 3, *["blue"] * 3]}
    )
    test = test_of([[1, 0, 1, 0, 0, 0], [0, 1, 0, 0, 0, 1]])
    truth = test.truth
    rated = csr_array(
        (np.array([2, 3, 1, 3], dtype=np.float32), truth.indices, truth.indptr), shape=truth.shape
    )
    places = csr_array(
        (np.array([1, 3, 2, 5], dtype=np.float32), truth.indices, truth.indptr), shape=truth.shape
    )
    lists = np.array([[0, 1, 2, 3]] * 2, dtype=np.int32)
    scores, among = np.zeros(lists.shape, dtype=np.float32), np.array([6, 6], dtype=np.int32)
    ranked = Ranked(test.user_ids, lists, scores, places=places, among=among)
    around = Around(train_of(liked, items), history_of(*[[0, 0, 0, 0, 1, 0]] * 2))
    doctest_namespace["example"] = judge(ranked, replace(test, ratings=rated), around)
