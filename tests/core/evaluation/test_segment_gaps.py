"""Whether segments differ: right where none does, able to see where one does, and the same however asked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.segment_gaps import between
from core.types import FloatArray, IntArray

SIZES = (5, 9, 40, 66)
FEW = 199  # permutations: enough for 5 %


def labels(sizes: tuple[int, ...] = SIZES) -> IntArray:
    return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)


def mostly_zero(rng: np.random.Generator, people: int = sum(SIZES)) -> FloatArray:
    """Three recommenders of whom most people get no hit, and mostly the same ones, as in recall."""
    hit = rng.random(people) < 0.15
    return np.where(hit | (rng.random((3, people)) < 0.05), rng.random((3, people)), 0.0)


def test_where_no_segment_differs_at_most_five_per_cent_of_comparisons_tell_any_apart() -> None:
    """Zeros, small segments and like recommenders: 300 worlds without a difference; 2.3 standard errors."""
    rng = np.random.default_rng(7)
    told = [
        any(one.settled for row in between(mostly_zero(rng), labels(), False, seed, FEW) for one in row)
        for seed in range(300)
    ]
    assert np.mean(told) <= 0.05 + 2.3 * np.sqrt(0.05 * 0.95 / 300)


def test_a_segment_that_differs_is_told_apart_from_the_large_ones_and_the_intervals_hold_the_truth() -> None:
    rng = np.random.default_rng(8)
    seen, held = 0, 0
    for seed in range(60):
        found = between(mostly_zero(rng) + 0.3 * (labels() == 2), labels(), False, seed, FEW)
        seen += all(
            one.settled and one.first == 2
            for row in found
            for one in row
            if {one.first, one.second} == {2, 3}
        )
        held += all(
            one.estimate.low <= 0.3 * ((one.first == 2) - (one.second == 2)) <= one.estimate.high
            for row in found
            for one in row
        )
    assert seen >= 57
    assert held >= 54


def test_an_interval_leaves_out_zero_exactly_where_the_two_are_told_apart() -> None:
    rng = np.random.default_rng(9)
    for seed in range(40):
        values = rng.normal(size=(2, 126)) + 0.5 * (labels((42, 42, 42)) == 1)
        for one in (one for row in between(values, labels((42, 42, 42)), False, seed, FEW) for one in row):
            assert one.settled == (not one.estimate.low <= 0 <= one.estimate.high)


def test_by_head() -> None:
    """Two segments of five: 1 and 0. The first is better, or the second where less is better."""
    values = np.array([[1.0] * 5 + [0.0] * 5])
    ((pair,),) = between(values, labels((5, 5)), False, 0)
    assert (pair.first, pair.second, pair.estimate.mean, pair.estimate.n) == (0, 1, 1, 10)
    # of the 252 ways to take five of ten, two are as far apart: p = 2/252, counted by chance
    assert pair.p == pytest.approx(2 / 252, abs=0.006)
    ((turned,),) = between(values, labels((5, 5)), True, 0)
    assert (turned.first, turned.second, turned.estimate.mean) == (1, 0, -1)


def test_five_people_without_a_hit_are_not_told_apart_from_many_with_few() -> None:
    """One in ten has a hit, so five without one are no wonder."""
    values = np.zeros((1, 205))
    values[0, 5::10] = 1
    ((pair,),) = between(values, labels((5, 200)), False, 0)
    assert not pair.settled


def test_fewer_than_five_people_take_part_in_no_pair() -> None:
    values = np.random.default_rng(0).random((2, 24))
    values[1, :5] = np.nan
    first, second = between(values, labels((5, 15, 4)), False, 0, FEW)
    assert [(one.first, one.second) for one in first] in ([(0, 1)], [(1, 0)])
    assert second == ()


def test_values_that_are_all_equal_are_tied() -> None:
    ((pair,),) = between(np.full((1, 20), 0.5), labels((10, 10)), False, 0, FEW)
    assert (pair.p, pair.estimate.mean) == (1, 0)


@given(st.permutations(range(12)), st.integers(0, 3))
def test_means_do_not_depend_on_the_order_of_people_or_names(order: list[int], seed: int) -> None:
    values = np.random.default_rng(seed).random((1, 12))
    groups = labels((6, 6))
    ((one,),) = between(values, groups, False, 0, 19)
    ((other,),) = between(values[:, order], groups[order], False, 0, 19)
    assert (one.first, one.second) == (other.first, other.second)
    assert one.estimate.mean == pytest.approx(other.estimate.mean)
