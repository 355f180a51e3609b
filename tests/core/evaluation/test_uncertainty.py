"""Intervals and paired tests: bootstrap over people, Holm's correction, people without a value."""

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from core.evaluation import uncertainty
from core.evaluation.uncertainty import Difference, Estimate, estimates, holm, means, paired, resampled


def skewed(people: int = 200) -> np.ndarray:
    """(U, 1) values as precision has them: many zeros, a few large."""
    rng = np.random.default_rng(1)
    return (rng.binomial(10, 0.1, (people, 1)) / 10).astype(np.float64)


def estimated(values: np.ndarray, draws: np.ndarray) -> list[Estimate]:
    """Estimates of per-person values."""
    whole, n = means(values)
    return estimates(whole, draws, n)


def compared(values: np.ndarray, draws: np.ndarray) -> list[Difference]:
    """Differences of per-person values."""
    return paired(values, 0, means(values)[0], draws)


def test_the_interval_is_scipys_within_monte_carlo_error() -> None:
    values = skewed()
    (found,) = estimated(values, resampled(values, seed=0, resamples=20_000))
    theirs = scipy.stats.bootstrap(
        (values[:, 0],), np.mean, n_resamples=20_000, method="percentile", rng=np.random.default_rng(7)
    )
    error = 4 * theirs.standard_error / np.sqrt(20_000 * 0.025)  # of a tail of 500 draws, generously
    assert found.mean == values.mean()
    assert found.low == pytest.approx(theirs.confidence_interval.low, abs=error)
    assert found.high == pytest.approx(theirs.confidence_interval.high, abs=error)
    assert found.n == 200


def test_one_draw_for_all_columns() -> None:
    values = np.hstack([skewed(), skewed() + 0.25])
    draws = resampled(values, seed=3)
    np.testing.assert_allclose(draws[1] - draws[0], 0.25)
    (difference,) = compared(values, draws)
    assert difference.estimate.low == pytest.approx(-0.25)
    assert difference.estimate.high == pytest.approx(-0.25)
    assert difference.settled


def test_the_seed_decides_and_the_size_of_blocks_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    values = skewed()
    draws = resampled(values, seed=0)
    assert not np.array_equal(draws, resampled(values, seed=1))
    monkeypatch.setattr(uncertainty, "_BLOCK_BYTES", 10_000)
    np.testing.assert_allclose(resampled(values, seed=0), draws, rtol=1e-12)


def test_two_thousand_resamples() -> None:
    assert resampled(skewed(5), seed=0).shape == (1, 2_000)


def test_a_column_is_the_mean_of_those_for_whom_it_is_defined() -> None:
    values = np.array([[1.0, 1.0], [0.0, np.nan], [0.0, np.nan], [1.0, 1.0]])
    all_of_them, some = estimated(values, resampled(values, seed=0))
    assert (all_of_them.mean, all_of_them.n) == (0.5, 4)
    assert (some.mean, some.low, some.high, some.n) == (1.0, 1.0, 1.0, 2)


def test_a_column_that_nobody_has_is_not_a_number_and_says_so_with_n() -> None:
    values = np.full((3, 1), np.nan)
    (found,) = estimated(values, resampled(values, seed=0))
    assert np.isnan([found.mean, found.low, found.high]).all()
    assert found.n == 0


def test_equal_recommenders_are_tied_and_different_ones_are_not() -> None:
    values = np.hstack([skewed(), skewed(), skewed() + 0.3])
    same, better, also = compared(values, resampled(values, seed=0))
    assert (same.first, same.second, same.p, same.settled) == (0, 1, 1.0, False)
    assert same.estimate.mean == 0
    assert better.settled
    assert also.settled
    assert better.estimate.mean == pytest.approx(-0.3)


def test_a_p_value_is_never_zero() -> None:
    values = np.hstack([np.zeros((50, 1)), np.ones((50, 1))])
    (found,) = compared(values, resampled(values, seed=0))
    assert found.p == pytest.approx(2 / 2_001)


def test_no_difference_is_found_in_noise() -> None:
    """Under the null the share of false findings is near 5 %: of 200 comparisons at most 22 (p < .001)."""
    rng = np.random.default_rng(0)
    found = 0
    for seed in range(200):
        values = rng.normal(size=(60, 2))
        (one,) = compared(values, resampled(values, seed, resamples=400))
        found += one.settled
    assert found <= 22


# Wright 1992, Adjusted p-values for simultaneous inference; and by head: .01·3, .03·2, max(.04·1, .06).
@pytest.mark.parametrize(
    ("raw", "adjusted"),
    [
        ([], []),
        ([0.2], [0.2]),
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),
        ([0.5, 0.6], [1.0, 1.0]),
        ([0.01, 0.01], [0.02, 0.02]),
    ],
)
def test_holm_by_head(raw: list[float], adjusted: list[float]) -> None:
    assert holm(raw) == pytest.approx(adjusted)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
@settings(max_examples=50)
def test_holm_is_between_nothing_and_bonferroni_and_keeps_the_order(raw: list[float]) -> None:
    adjusted = holm(raw)
    for before, after in zip(raw, adjusted, strict=True):
        assert before <= after <= min(1.0, before * len(raw)) + 1e-12
    order = np.argsort(raw, kind="stable")
    assert (np.diff(np.array(adjusted)[order]) >= 0).all()


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """1,000 samples of 200 people whose true mean is known: hits at the first few places, often none."""
    rng = np.random.default_rng(5)
    gains = np.array([0.0, 0.39, 0.5, 0.63, 1.0])
    odds = np.array([0.6, 0.1, 0.1, 0.1, 0.1])
    held = held_gap = 0
    for seed in range(1_000):
        values = rng.choice(gains, (200, 2), p=odds)
        values[:, 1] = np.where(
            rng.random(200) < 0.5, values[:, 0], values[:, 1]
        )  # alike, as two rankers are
        whole, n = means(values)
        draws = resampled(values, seed, resamples=400)
        one, _other = estimates(whole, draws, n)
        (gap,) = estimates(whole[:1] - whole[1:], draws[:1] - draws[1:], n[:1])
        held += one.low <= gains @ odds <= one.high
        held_gap += gap.low <= 0 <= gap.high
    assert 930 <= held <= 970
    assert 930 <= held_gap <= 970


def test_a_difference_is_seen_from_whichever_has_more() -> None:
    less = Difference(0, 1, Estimate(-0.2, -0.3, 0.1, 9), 0.5)
    assert less.upward == Difference(1, 0, Estimate(0.2, -0.1, 0.3, 9), 0.5)
    assert less.upward.upward == less.upward
