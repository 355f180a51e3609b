"""What every recommender makes of poor data: lists, or a BadInput that says why not; never a crash."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from core.data.folds import Test, Train
from core.recommenders.base import RECOMMENDERS, rank, recommender_of
from core.work.errors import BadInput
from core.work.report import silent
from tests.contract.things import relations
from tests.making import train_of


def narrow(matrix: list[list[int]]) -> Train:
    """A training part as in the matrix, also of one person or one item, which no file may be."""
    rows, columns = len(matrix), len(matrix[0])
    wide = np.ones((rows + 1, columns + 1), dtype=int)
    wide[:rows, :columns] = matrix
    train = train_of(wide.tolist())
    kept = (train.user < rows) & (train.item < columns)
    return replace(
        train,
        user_ids=train.user_ids[:rows],
        item_ids=train.item_ids[:columns],
        positives=csr_array(train.positives[:rows, :columns]),
        user=train.user[kept],
        item=train.item[kept],
        rank=train.rank[kept],
        value=train.value[kept],
        kind=train.kind[kept],
        positive=train.positive[kept],
        items=train.items.iloc[:columns],
        users=train.users.iloc[:rows],
    )


def about(train: Train) -> Train:
    """With words, categories, prices and friends, so that nothing but the matrix is poor."""
    many = len(train.item_ids)
    items = train.items.assign(
        title=[f"green tea {at}" for at in range(many)], category="tea", price=np.arange(many, dtype=float)
    )
    users = pd.DataFrame({"work": ["cook"] * len(train.user_ids)}, index=train.users.index)
    return replace(train, items=items, users=users, relations=relations())


WORLDS: dict[str, Callable[[], Train]] = {
    "nobody likes anything": lambda: narrow([[0, 0, 0], [0, 0, 0]]),
    "one item": lambda: narrow([[1], [1], [1]]),
    "one person": lambda: narrow([[1, 1, 1, 1, 1, 1]]),
    "one person, one item": lambda: narrow([[1]]),
    "everybody likes everything": lambda: narrow([[1] * 6] * 6),
    "nobody shares an item": lambda: narrow(np.eye(8, dtype=int).tolist()),
    "an item that nobody likes": lambda: narrow([[1, 1, 0], [1, 0, 0], [0, 1, 0]] * 4),
}


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("name", list(RECOMMENDERS.all()))
def test_poor_data_give_lists_or_a_reason(name: str, world: str) -> None:
    train = about(WORLDS[world]())
    many, width = train.positives.shape
    try:
        scorer = recommender_of(name).fit(train, silent)
    except BadInput as error:
        assert str(error)
        return
    history = csr_array(np.vstack([train.positives.toarray(), np.zeros((1, width))]).astype(np.float32))
    users = np.append(np.arange(many), -1).astype(np.int32)
    names = np.array([*train.user_ids, "stranger"], dtype=object)
    empty = csr_array(np.zeros(history.shape, dtype=np.float32))
    ranked = rank(scorer, Test(names, users, history, empty, empty), train.item_ids, width, 0)
    assert (np.sort(ranked.items, axis=1) == np.arange(width)).all()  # every item once for everybody


def test_ties_favour_nobody() -> None:
    """Items that score alike stand in the order of a hash: over many people each is first about as often."""
    train = train_of([[1] * 10] * 2)
    names = np.array([f"s{at}" for at in range(2_000)], dtype=object)
    nothing = csr_array(np.zeros((2_000, 10), dtype=np.float32))
    test = Test(names, np.full(2_000, -1, dtype=np.int32), nothing, nothing, nothing)
    scorer = recommender_of("popularity").fit(train, silent)
    first = np.bincount(rank(scorer, test, train.item_ids, 3, 0).items[:, 0], minlength=10)
    assert first.min() > 140  # 200 each, give or take 4.5 standard deviations
    assert first.max() < 260
    again = rank(scorer, test, train.item_ids, 3, 0).items
    assert np.array_equal(again, rank(scorer, test, train.item_ids, 3, 0).items)
