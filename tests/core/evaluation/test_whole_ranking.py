"""Where held-out items stand in the whole ranking: by head, beside lists, and beside scikit-learn."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from sklearn.metrics import roc_auc_score

from core.data.folds import Test
from core.evaluation.judged import judge
from core.evaluation.metric import metrics
from core.recommenders.base import Ranked, Scorer, rank
from core.types import FloatArray, IntArray
from tests.making import test_of

NEVER = -np.inf


@dataclass(frozen=True)
class Fixed(Scorer):
    """Scores that are given; a later stage turns the first `pool` round."""

    scores: FloatArray
    first: int = 0

    @property
    def pool(self) -> int:
        return self.first

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        assert users is not None
        return self.scores[users]

    def reorder(
        self, items: IntArray, scores: FloatArray, history: csr_array, users: IntArray | None
    ) -> tuple[IntArray, FloatArray]:
        return np.ascontiguousarray(items[:, ::-1]), scores


def ranked(scores: list[list[float]], test: Test, k: int = 2, pool: int = 0, seed: int = 0) -> Ranked:
    test = replace(test, users=np.arange(len(test.user_ids), dtype=np.int32))
    ids = np.array([f"i{at:02}" for at in range(test.truth.shape[1])], dtype=object)
    scorer = Fixed(np.array(scores, dtype=np.float32), pool)
    return rank(scorer, test, ids, k, seed, whole=True)


def places(found: Ranked) -> list[float]:
    assert found.places is not None
    return [float(place) for place in found.places.data]


def value(name: str, found: Ranked, test: Test) -> list[float]:
    return [float(one) for one in metrics()[name, "standard"].values(judge(found, test), 0)]


def test_places_among_what_is_not_masked() -> None:
    """Scores 5, 4, 3, 2, 1; the first item is masked, so item 1 is first and item 4 is fourth of four."""
    test = test_of([[0, 1, 0, 0, 1]], [[1, 0, 0, 0, 0]])
    found = ranked([[5, 4, 3, 2, 1]], test)
    assert places(found) == [1, 4]
    assert found.among is not None
    assert found.among.tolist() == [4]


def test_what_is_never_shown_shares_the_middle_behind_all_others() -> None:
    """Two are ranked, three are not: these share the third to fifth place."""
    assert places(ranked([[2, 1, NEVER, NEVER, NEVER]], test_of([[1, 0, 1, 0, 0]]))) == [1, 4]


def test_among_candidates_only() -> None:
    """Items 0 and 2 are no candidates."""
    test = test_of([[0, 0, 0, 1]], None, [[0, 1, 0, 1]])
    found = ranked([[9, 1, 9, 0]], test)
    assert places(found) == [2]
    assert found.among is not None
    assert found.among.tolist() == [2]


def test_what_is_held_out_and_no_candidate_stands_last() -> None:
    """Three candidates were ranked before it: none of three pairs is in order."""
    test = test_of([[0, 0, 0, 1]], None, [[1, 1, 1, 0]])
    found = ranked([[3, 2, 1, 9]], test)
    assert places(found) == [4]
    assert value("auc", found, test) == [0]


def test_a_later_stage_changes_the_first_places_only() -> None:
    """The first three turned round: 2, 1, 0, then 3."""
    found = ranked([[4, 3, 2, 1]], test_of([[1, 0, 1, 1]]), pool=3)
    assert places(found) == [3, 1, 4]


def test_equal_scores_stand_as_in_lists() -> None:
    """The place of each held-out item is the one that it has in a list of everything."""
    test = test_of([[1] * 12] * 3)
    found = ranked([[0.0] * 6 + [1.0] * 6] * 3, test, k=12)
    assert found.places is not None
    for row in range(3):
        place = found.places.toarray()[row]
        assert [int(place[item]) for item in found.items[row]] == list(range(1, 13))


def test_auc_and_r_precision_by_head() -> None:
    """Held out: the first and the third of four: three of four pairs are in order, one of two places hits."""
    test = test_of([[1, 0, 1, 0]])
    found = ranked([[4, 3, 2, 1]], test)
    assert value("auc", found, test) == [0.75]
    assert value("r_precision", found, test) == [0.5]


def test_nothing_but_held_out_items_has_no_auc() -> None:
    test = test_of([[1, 1]])
    assert np.isnan(value("auc", ranked([[2, 1]], test), test)).all()


@given(st.integers(0, 2**16), st.integers(2, 12))
def test_auc_is_that_of_scikit_learn(seed: int, items: int) -> None:
    """Over distinct scores and what was never shown, as scores below all others."""
    rng = np.random.default_rng(seed)
    scores = rng.permutation(items).astype(np.float64)
    scores[rng.random(items) < 0.3] = NEVER
    truth = rng.random(items) < 0.4
    truth[rng.integers(items)] = True
    truth[scores.argmin()] = False
    if not truth.any():
        return
    test = test_of([truth.astype(int).tolist()])
    found = ranked([scores.tolist()], test)
    assert value("auc", found, test) == pytest.approx([roc_auc_score(truth, np.maximum(scores, -1))])
