"""Agreement of lists against values worked by hand, and what must hold for all lists."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.agreement import (
    P,
    agreement,
    jaccard,
    most_different_items,
    most_different_people,
    pair_of,
    rbo,
)
from core.evaluation.ready import OUTSIDE
from core.work.report import silent
from tests.making import compared_on, dataset, random_log


def lists(*rows: list[int]) -> np.ndarray:
    width = max(1, *map(len, rows))
    return np.array([[*row, *[-1] * (width - len(row))] for row in rows], dtype=np.int32)


def by_definition(one: list[int], other: list[int], p: float) -> float:
    """Eq. 32 of Webber et al. 2010, as it is written: sets and sums."""
    short, long = sorted((one, other), key=len)
    s, l = len(short), len(long)  # noqa: E741

    def x(d: int) -> int:
        return len(set(one[:d]) & set(other[:d]))

    total = sum(x(d) / d * p**d for d in range(1, l + 1))
    total += sum(x(s) * (d - s) / (d * s) * p**d for d in range(s + 1, l + 1))
    return (1 - p) / p * total + ((x(l) - x(s)) / l + x(s) / s) * p**l


def test_even_lists_by_hand() -> None:
    """[a b c] and [a c d]: X = 1, 1, 2, so with p = 0.5: 2/3·1/8 + (1/2 + 1/8 + 1/12)."""
    found = rbo(lists([1, 2, 3]), lists([1, 3, 4]), 0.5)
    assert found[0] == pytest.approx(2 / 24 + 1 / 2 + 1 / 8 + 1 / 12)


def test_uneven_lists_by_hand() -> None:
    """[a] and [b a]: X = 0, 1, s = 1, l = 2, p = 0.5: 1/2·1/4 seen, (1 − 0)/2·1/4 at the end."""
    assert rbo(lists([1]), lists([2, 1]), 0.5)[0] == pytest.approx(0.125 + 0.125)


def test_the_same_list_agrees_wholly_and_another_not_at_all() -> None:
    same, other = lists([3, 1, 2]), lists([6, 5, 4])
    assert rbo(same, same)[0] == pytest.approx(1)
    assert jaccard(same, same)[0] == 1
    assert rbo(same, other)[0] == 0
    assert jaccard(same, other)[0] == 0


def test_a_list_that_is_the_beginning_of_the_other_agrees_wholly_as_far_as_it_goes() -> None:
    """RBO extrapolates what was seen; Jaccard counts."""
    assert rbo(lists([1, 2]), lists([1, 2, 3, 4]))[0] == pytest.approx(1)
    assert jaccard(lists([1, 2]), lists([1, 2, 3, 4]))[0] == 0.5


def test_order_matters_to_rbo_and_not_to_jaccard() -> None:
    straight, turned = lists([1, 2, 3]), lists([3, 2, 1])
    assert rbo(straight, turned)[0] < 1
    assert jaccard(straight, turned)[0] == 1


def test_empty_lists() -> None:
    """Nothing can be said of two; one shows nothing that the other shows."""
    nothing, something = lists([], [1]), lists([], [])
    assert np.isnan(rbo(nothing, something)[0])
    assert np.isnan(jaccard(nothing, something)[0])
    assert rbo(nothing, something)[1] == 0
    assert jaccard(nothing, something)[1] == 0


def test_items_outside_the_catalogue_agree_with_nothing_and_take_their_place() -> None:
    one, other = lists([OUTSIDE, 1]), lists([OUTSIDE, 1])
    assert jaccard(one, other)[0] == pytest.approx(1 / 3)
    assert rbo(one, other, 0.5)[0] == pytest.approx(by_definition([-7, 1], [-8, 1], 0.5))


ITEMS = st.lists(st.integers(0, 8), min_size=1, max_size=7, unique=True)


@given(ITEMS, ITEMS, st.floats(0.1, 0.95))
def test_any_two_lists_as_the_definition_says(one: list[int], other: list[int], p: float) -> None:
    found = rbo(lists(one, [1]), lists(other, [1]), p)
    assert found[0] == pytest.approx(by_definition(one, other, p))
    assert found[1] == pytest.approx(1)  # another person's lists change nothing
    assert -1e-12 <= found[0] <= 1 + 1e-12
    assert rbo(lists(other), lists(one), p)[0] == pytest.approx(found[0])
    assert jaccard(lists(one), lists(other))[0] == pytest.approx(
        len({*one} & {*other}) / len({*one} | {*other})
    )


def test_a_comparison_has_a_mean_with_its_interval_for_every_pair() -> None:
    made = compared_on(dataset(random_log()), recommenders=("popularity", "item_knn", "random"), k=(5,))
    found = agreement(made, settings=5, report=silent)
    pairs = list(combinations(range(3), 2))
    assert (found.k, found.p, len(found.rbo), len(found.jaccard)) == (5, P, 3, 3)
    for at, (a, b) in enumerate(pairs):
        own = rbo(made.ranked[a].items[:, :5], made.ranked[b].items[:, :5])
        assert pair_of(b, a, 3) == at
        assert found.rbo[at].mean == pytest.approx(own.mean())
        assert found.rbo[at].low < own.mean() < found.rbo[at].high
        assert found.rbo[at].n == len(made.user_ids)
        first = most_different_people(found, at, 4)
        assert own[first].tolist() == pytest.approx(np.sort(own)[:4].tolist())


def test_items_that_one_shows_and_the_other_does_not() -> None:
    made = compared_on(dataset(random_log()), recommenders=("popularity", "random"), k=(5,))
    found = agreement(made, settings=5, report=silent)
    gaps = most_different_items(found, 0, 1, 3)
    for gap in gaps:
        for entry, count in ((0, gap.first), (1, gap.second)):
            assert count == int((made.ranked[entry].items[:, :5] == gap.item).sum())
    distances = [abs(gap.first - gap.second) for gap in gaps]
    every = np.abs(found.shown[0] - found.shown[1])
    assert distances == sorted(every.tolist(), reverse=True)[:3]
    swapped = most_different_items(found, 1, 0, 3)
    assert [(one.item, one.second, one.first) for one in swapped] == [
        (one.item, one.first, one.second) for one in gaps
    ]


def test_one_recommender_has_no_pair() -> None:
    made = compared_on(dataset(random_log()), recommenders=("popularity",), k=(5,))
    found = agreement(made, settings=5, report=silent)
    assert found.rbo == ()
    assert found.shown.sum() == 5 * len(made.user_ids)
