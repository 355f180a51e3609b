"""What all recommenders share: masks, candidates, batches, ties, and scores that can't be used."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.sparse import csr_array

from core.recommenders import base
from core.recommenders.base import Scorer, rank
from core.types import FloatArray, IntArray
from core.work.errors import BadInput
from tests.making import test_of

ITEMS = np.array(list("abcd"), dtype=object)


@dataclass(frozen=True)
class Fixed(Scorer):
    """Gives everybody the same scores, whatever they are."""

    row: tuple[float, ...]

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        return np.tile(np.array(self.row, dtype=np.float64), (history.shape[0], 1))


def test_lists_leave_out_what_is_masked() -> None:
    test = test_of(truth=[[0, 0, 1, 0], [1, 0, 0, 0]], masked=[[0, 0, 0, 1], [0, 1, 1, 1]])
    ranked = rank(Fixed((1, 2, 3, 4)), test, ITEMS, k=3, seed=0)
    assert ranked.items.tolist() == [[2, 1, 0], [0, -1, -1]]
    assert ranked.scores.tolist() == [[3, 2, 1], [1, -np.inf, -np.inf]]


def test_candidates_stand_in_for_the_mask() -> None:
    test = test_of(truth=[[0, 0, 1, 0]], masked=[[0, 0, 0, 1]], candidates=[[1, 0, 1, 1]])
    assert rank(Fixed((1, 2, 3, 4)), test, ITEMS, k=4, seed=0).items.tolist() == [[3, 2, 0, -1]]


def test_a_scorer_may_say_never_and_zero_is_no_never() -> None:
    ranked = rank(Fixed((-np.inf, 0, -1, -np.inf)), test_of(truth=[[0, 1, 0, 0]]), ITEMS, k=4, seed=0)
    assert ranked.items.tolist() == [[1, 2, -1, -1]]


def test_lists_are_never_longer_than_the_catalogue() -> None:
    assert rank(Fixed((1, 2, 3, 4)), test_of(truth=[[0, 1, 0, 0]]), ITEMS, k=100, seed=0).items.shape == (
        1,
        4,
    )


def test_the_size_of_batches_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    test = test_of(truth=np.eye(4, dtype=int).tolist() * 5)
    whole = rank(Fixed((1, 1, 1, 1)), test, ITEMS, k=4, seed=0)
    monkeypatch.setattr(base, "_BLOCK_BYTES", 1)  # one person at a time
    assert np.array_equal(rank(Fixed((1, 1, 1, 1)), test, ITEMS, k=4, seed=0).items, whole.items)


def test_progress_ends_at_one() -> None:
    seen: list[float] = []
    rank(Fixed((1, 2, 3, 4)), test_of(truth=[[0, 1, 0, 0]]), ITEMS, 1, 0, lambda at, message: seen.append(at))
    assert seen[-1] == 1.0


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ((1.0, np.nan, 0.0, 0.0), "no finite number"),
        ((1.0, np.inf, 0.0, 0.0), "no finite number"),
        ((1.0, 2.0, 3.0), "shape"),
    ],
)
def test_scores_that_rank_nothing_are_refused(row: tuple[float, ...], message: str) -> None:
    with pytest.raises(BadInput, match=f"Fixed returned .*{message}"):
        rank(Fixed(row), test_of(truth=[[0, 1, 0, 0]]), ITEMS, k=2, seed=0)
