"""Two recommenders beside each other, by head: effect sizes, detectable differences, places, who gains."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.comparison import Comparison
from core.evaluation.pairs import detectable, effect_size, pairs_of, rank_intervals, sides
from tests.making import compared_on, dataset, random_log


def compared(*recommenders: str, metrics: tuple[str, ...] = ("ndcg",)) -> Comparison:
    return compared_on(dataset(random_log(people=60)), recommenders=recommenders, k=(5,), metrics=metrics)


def with_values(found: Comparison, rows: list[list[float]]) -> Comparison:
    """The first column with these values of the first people; nothing of the others."""
    values = np.full_like(found.values, np.nan)
    values[:, 0, : len(rows[0])] = rows
    object.__setattr__(found, "values", values)
    return found


def test_effect_is_the_mean_over_the_deviation() -> None:
    """0, 1 and 2 have mean 1 and deviation 1; equal differences have no deviation, one person has none."""
    assert effect_size(np.array([0.0, 1, 2, np.nan])) == 1
    assert np.isnan(effect_size(np.array([0.5, 0.5])))
    assert np.isnan(effect_size(np.array([0.5])))


def test_what_is_detectable_grows_with_the_error_and_with_the_pairs() -> None:
    """1.96 + 0.84 standard errors for one pair (Cohen's table); more for the first of several."""
    assert detectable(1.0) == pytest.approx(2.80, abs=0.005)
    assert detectable(0.5) == pytest.approx(detectable(1.0) / 2)
    assert detectable(1.0, pairs=6) > detectable(1.0, pairs=3) > detectable(1.0)


def test_the_detectable_difference_is_told_apart_four_times_in_five() -> None:
    """Of 2,000 samples of 100 differences with that mean, 80 % have a z-value beyond 1.96."""
    rng = np.random.default_rng(0)
    true = detectable(1 / np.sqrt(100))
    samples = rng.normal(true, 1, (2_000, 100))
    z = samples.mean(axis=1) / (samples.std(axis=1, ddof=1) / 10)
    assert (z > 1.96).mean() == pytest.approx(0.8, abs=0.03)


def test_pairs_say_whether_their_interval_holds_zero() -> None:
    found = compared("popularity", "random", "item_knn")
    for pair in pairs_of(found, 0):
        one = pair.difference.estimate
        assert pair.holds_zero == (one.low <= 0 <= one.high)
        assert pair.detectable > 0


def test_places_of_draws() -> None:
    """A is first in three of four draws, and third in one; B and C share a place in all of them."""
    found = compared("popularity", "random", "item_knn")
    object.__setattr__(found, "whole", np.array([[0.9], [0.5], [0.5]]))
    draws = np.array([[[0.9, 0.9, 0.9, 0.1]], [[0.5, 0.5, 0.5, 0.5]], [[0.5, 0.5, 0.5, 0.5]]])
    object.__setattr__(found, "draws", draws)
    one, two, three = rank_intervals(found, 0)
    assert one is not None
    assert two is not None
    assert (one.place, one.low, one.high, one.first) == (1, 1, 3, 0.75)
    assert (two.place, two.low, two.high, two.first) == (2, 1, 2, 0.25)
    assert three == two


def test_where_less_is_better_the_lowest_is_first() -> None:
    found = compared("popularity", "random", metrics=("gini",))
    one, two = rank_intervals(found, 0)
    assert one is not None
    assert two is not None
    assert (one.place < two.place) == (found.whole[0, 0] < found.whole[1, 0])


def test_who_gains_and_who_loses() -> None:
    """Of four people with both values, two gain (one by more), one loses, one is the same."""
    found = with_values(compared("popularity", "random"), [[1, 0.5, 0, 0.2, 1], [0, 0.3, 0.4, 0.2, np.nan]])
    got = sides(found, 0, 1, 0)
    assert (got.gain, got.lose, got.same) == (2, 1, 1)
    assert got.order.tolist() == [0, 1, 3, 2]
    turned = sides(found, 1, 0, 0)
    assert (turned.gain, turned.lose, turned.same) == (1, 2, 1)


def test_a_metric_of_all_lists_has_a_gap_and_nobody_who_gains() -> None:
    found = compared("popularity", "random", metrics=("coverage",))
    assert found.gap(1, 0, 0).mean == pytest.approx(found.whole[1, 0] - found.whole[0, 0])
    assert not len(sides(found, 0, 1, 0).order)


@given(st.permutations([0, 1, 2]))
def test_a_gap_turned_round_is_its_negative(order: list[int]) -> None:
    found = compared("popularity", "random", "item_knn")
    there, back = found.gap(order[0], order[1], 0), found.gap(order[1], order[0], 0)
    assert there.mean == pytest.approx(-back.mean)
    assert there.low == pytest.approx(-back.high)
