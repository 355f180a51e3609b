"""Pairs whose values are defined for different people, for nobody, or for many recommenders at once."""

from dataclasses import replace

import numpy as np
import pytest

from core.evaluation.uncertainty import means, paired, resampled
from tests.core.evaluation.people_for_tests import comparison


def test_one_row_without_a_value_leaves_the_others_told_apart() -> None:
    """Ready-made lists have no AUC: the two recommenders are compared as if they were alone."""
    rng = np.random.default_rng(0)
    base = rng.random((200, 1))
    values = np.hstack([base, base - 0.3 + 0.01 * rng.random((200, 1)), np.full((200, 1), np.nan)])
    (one,) = paired(values, 0)
    assert (one.first, one.second, one.estimate.n) == (0, 1, 200)
    assert one.settled
    (alone,) = paired(values[:, :2], 0)
    assert one.p == alone.p
    assert one.estimate.low == pytest.approx(alone.estimate.low)


def test_a_difference_is_over_those_with_both_values() -> None:
    """The second is better by .5 for everybody who has both, and is defined for those of low values only."""
    first = np.linspace(0, 4, 100)
    second = np.where(first < 1, first + 0.5, np.nan)
    (one,) = paired(np.stack([first, second], axis=1), 0)
    assert one.estimate.mean == pytest.approx(-0.5)
    assert one.estimate.n == np.isfinite(second).sum()
    assert one.settled


@pytest.mark.parametrize("many", [10, 11, 20])
def test_many_recommenders_can_be_told_apart(many: int) -> None:
    """2,000 draws bound p by 1/1,000; over 190 pairs that alone would tie everybody."""
    rng = np.random.default_rng(0)
    values = rng.random((500, 1)) + np.arange(many) + 0.1 * rng.random((500, many))
    assert all(one.settled for one in paired(values, 0))


def test_a_metric_of_all_lists_is_compared_by_its_draws() -> None:
    """Two have a value over all lists; one, of which only a sample was asked, has none."""
    rng = np.random.default_rng(0)
    values = np.full((50, 3), np.nan)
    draws = np.stack([rng.normal(0.5, 0.01, 2_000), rng.normal(0.9, 0.01, 2_000), np.full(2_000, np.nan)])
    (one,) = paired(values, 0, np.array([0.5, 0.9, np.nan]), draws)
    assert (one.first, one.second, one.estimate.n) == (0, 1, 50)
    assert one.settled


def test_what_is_known_already_changes_nothing() -> None:
    values = np.random.default_rng(1).random((80, 4))
    assert paired(values, 3) == paired(values, 3, means(values)[0], resampled(values, 3))


def test_one_that_a_sample_was_asked_about_stands_by_its_difference() -> None:
    """Of four people two were asked: its mean of .65 is above .375, and it is worse by .1 for both."""
    found = comparison()
    second = np.array([0.9, np.nan, 0.4, np.nan])
    values = np.stack([found.values[0, 0], second])[:, None, :]
    ranked = found.ranked[0], replace(found.ranked[1], asked=np.isfinite(second))
    whole = np.nanmean(values, axis=2)
    made = replace(found, values=values, whole=whole, draws=whole[:, :, None], ranked=ranked)
    assert [row[0].mean for row in made.estimates] == [0.375, 0.65]
    assert made.best_first(0) == [0, 1]
    both = made.among(1, 0, 0)
    assert (both.mean, both.n) == (0.75, 2)
    assert (
        made.among(0, 1, 0) == made.estimates[1][0]
    )  # all who have a value by the second have one by the first
    everybody = replace(made, ranked=found.ranked)
    assert everybody.best_first(0) == [1, 0]
