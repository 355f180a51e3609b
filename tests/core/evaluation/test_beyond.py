"""Metrics beyond hits by head: four items of two categories, taken by 4, 2, 1 and 0 of four people."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.around import Around
from core.evaluation.judged import Judged, judge
from core.evaluation.metric import metrics
from core.recommenders.base import Ranked
from core.types import FloatArray
from tests.making import history_of, test_of, train_of

MATRIX = [[1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
ITEMS = pd.DataFrame({"item": ["i00", "i01", "i02", "i03"], "category": ["red", "red", "blue", "red|blue"]})
BEYOND = ("novelty", "popularity_bias", "diversity", "serendipity", "calibration")


def judged_of(lists: list[list[int]], history: list[list[int]], truth: list[list[int]]) -> Judged:
    around = Around(train_of(MATRIX, ITEMS), history_of(*history))
    items, test = np.array(lists, dtype=np.int32), test_of(truth)
    ranked = Ranked(test.user_ids, items, np.zeros(items.shape, dtype=np.float32))
    return judge(ranked, test, around)


JUDGED = judged_of([[0, 2], [3, -1]], [[1, 1, 0, 0], [0, 0, 0, 0]], [[1, 0, 1, 0], [0, 0, 0, 1]])


def value(name: str, k: int = 2, variant: str = "standard", judged: Judged = JUDGED) -> FloatArray:
    compute = metrics()[name, variant].compute
    assert compute is not None
    return compute(judged, k)


def test_novelty_is_in_bits() -> None:
    """All took item 0, one of four item 2: 0 and 2 bits; nobody took item 3, which counts as one."""
    assert value("novelty") == pytest.approx([1, 2])
    assert value("novelty", k=1) == pytest.approx([0, 2])


def test_popularity_bias_is_relative_to_ones_own_history() -> None:
    """Shown: (4 + 1) / 2 people an item; taken: (4 + 2) / 2. Without a history there is nothing to go by."""
    assert value("popularity_bias") == pytest.approx([2.5 / 3 - 1, np.nan], nan_ok=True)


def test_diversity_by_category() -> None:
    """Red and blue have nothing in common; red and red|blue have cosine 1/√2; one item alone has no pair."""
    assert value("diversity") == pytest.approx([1, np.nan], nan_ok=True)
    alike = judged_of([[0, 1], [0, 3]], [[1, 0, 0, 0]] * 2, [[1, 0, 0, 0]] * 2)
    assert value("diversity", judged=alike) == pytest.approx([0, 1 - 1 / np.sqrt(2)])
    assert value("diversity", k=1, judged=alike) == pytest.approx([np.nan, np.nan], nan_ok=True)


def test_diversity_by_embedding_is_zero_for_one_item_twice_and_not_defined_for_what_nobody_took() -> None:
    same = judged_of([[2, 2], [2, 3]], [[1, 0, 0, 0]] * 2, [[1, 0, 0, 0]] * 2)
    same = replace(same, items=np.array([[0, 1], [2, 3]], dtype=np.int32))
    found = value("diversity", variant="embedding", judged=same)
    assert 0 < found[0] < 1
    assert np.isnan(found[1])  # nobody took item 3, so one vector is left


def test_serendipity_counts_hits_that_popularity_would_not_give() -> None:
    """Person 0 hits items 0 and 2, of which the two most popular items hold 0; person 1 hits item 3."""
    assert value("serendipity") == pytest.approx([1 / 2, 1 / 2])
    assert value("serendipity", k=1) == pytest.approx([0, 1])


def test_calibration_is_a_divergence_from_ones_own_categories() -> None:
    """History red only; the list half red, half blue: log(1 / (.99 · .5 + .01))."""
    assert value("calibration") == pytest.approx([np.log(1 / 0.505), np.nan], abs=1e-6, nan_ok=True)
    own = judged_of([[0, 1], [2, 2]], [[1, 0, 0, 0], [1, 0, 1, 0]], [[1, 0, 0, 0]] * 2)
    assert value("calibration", judged=own)[0] == pytest.approx(0, abs=1e-6)


def test_without_what_is_around_they_are_not_defined() -> None:
    alone = replace(JUDGED, around=None)
    for name in BEYOND:
        assert np.isnan(metrics()[name, "standard"].values(alone, 2)).all()


def test_without_categories_only_what_needs_them_is_not_defined() -> None:
    around = Around(train_of(MATRIX), history_of([1, 1, 0, 0], [0, 0, 0, 0]))
    bare = replace(JUDGED, around=around)
    assert np.isnan(value("diversity", judged=bare)).all()
    assert np.isnan(value("calibration", judged=bare)).all()
    assert np.isfinite(value("novelty", judged=bare)).all()


@given(st.permutations(range(4)), st.integers(1, 5))
def test_the_order_within_k_changes_none_of_them(order: list[int], k: int) -> None:
    first = judged_of([[0, 1, 2, 3]], [[1, 1, 0, 0]], [[1, 0, 1, 0]])
    again = judged_of([order], [[1, 1, 0, 0]], [[1, 0, 1, 0]])
    for name in BEYOND:
        assert value(name, 4, judged=again) == pytest.approx(value(name, 4, judged=first), nan_ok=True)
        assert (value(name, k, judged=again) >= -1).all() or np.isnan(value(name, k, judged=again)).any()
