"""Estimators by head, and what must hold for any log."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.evaluation.offpolicy.estimator import estimator_of, estimators
from core.evaluation.offpolicy.rows import Rows
from core.work.errors import BadInput
from tests.core.evaluation.offpolicy.made import rows

# Four impressions: the target would have made the first and the third, each half as often as the log did not.
FOUR = rows([2.0, 0.0, 2.0, 0.0], [1.0, 1.0, 0.0, 0.0])


@pytest.mark.parametrize(
    ("name", "given_settings", "value"),
    [
        ("ips", {}, 2 / 4),
        ("snips", {}, 2 / 4),
        ("sniips", {}, 2 / 4),
        ("ips_clipped", {"limit": 1.0}, 1 / 4),
        ("subgaussian_ips", {"shrink": 0.5}, 2 / 1.5 / 4),
    ],
)
def test_by_head(name: str, given_settings: dict[str, float], value: float) -> None:
    assert estimator_of(name).value(FOUR, **given_settings) == pytest.approx(value)


def test_what_a_model_expects_is_corrected_by_its_errors() -> None:
    model = {"modelled": np.full(4, 0.25), "expected": np.full(4, 0.5)}
    with_model = rows([2.0, 0.0, 2.0, 0.0], [1.0, 1.0, 0.0, 0.0], **model)
    # errors .75 and -.25 with weight 2: (1.5 - .5) / 4 = .25
    assert estimator_of("dm").value(with_model) == pytest.approx(0.5)
    assert estimator_of("dr").value(with_model) == pytest.approx(0.75)
    assert estimator_of("switch_dr").value(with_model, limit=1.0) == pytest.approx(0.5)
    assert estimator_of("dros").value(with_model, limit=0.0) == pytest.approx(0.5)
    assert estimator_of("dros").value(with_model, limit=np.inf) == pytest.approx(0.75)


def test_a_click_counts_wherever_the_item_stood() -> None:
    # Two pages of two. The log shows a or b evenly at each place; the second is looked at half as often.
    # The target shows a on top: weight 1 / (.5 + .5 · .5) = 4/3 where a was shown.
    page = rows(
        [0.0] * 4,
        [1.0, 0.0, 0.0, 1.0],
        slate=np.array([0, 0, 1, 1]),
        position=np.array([0, 1, 0, 1]),
        counted=np.array([1.0, 0.0, 1.0, 0.0]),
        hits=np.array([0, 3]),
        chance=np.array([[1.0, 0.0], [1.0, 0.0]]),
        logged=np.full((2, 2), 0.5),
        examination=np.array([1.0, 0.5]),
    )
    assert estimator_of("pbm").value(page) == pytest.approx(2 * (4 / 3) / 2)
    assert page.at_position(1).chance.sum() == 0
    assert estimator_of("pbm").value(page.part(np.array([2, 3]))) == pytest.approx(4 / 3)


def test_prefixes_and_slates() -> None:
    page = rows(
        [2.0, 2.0],
        [0.0, 1.0],
        slate=np.array([0, 0]),
        position=np.array([0, 1]),
        prefix_weight=np.array([2.0, 4.0]),
        slate_weight=np.array([4.0, 4.0]),
        modelled_on=np.array([0.5, 0.5]),
        expected_on=np.array([1.0, 0.5]),
    )
    assert page.before_weight.tolist() == [1.0, 2.0]
    assert estimator_of("rips").value(page) == pytest.approx(4 / 2)
    assert estimator_of("sips").value(page) == pytest.approx(4 / 2)
    # 2 (0 - .5) + 1 · 1, then 4 (1 - .5) + 2 · .5
    assert estimator_of("cascade_dr").value(page) == pytest.approx((0.0 + 3.0) / 2)


def test_an_unknown_estimator_is_named() -> None:
    with pytest.raises(BadInput, match="estimator"):
        estimator_of("magic")


def _alike(n: int) -> Rows:
    """A target that does just what the log did: every weight is 1."""
    reward = (np.arange(n) % 3 == 0).astype(np.float64)
    model = np.full(n, reward.mean())
    one = np.ones(n)
    return rows(
        [1.0] * n,
        reward.tolist(),
        examination=np.ones(1),
        slate_weight=one,
        prefix_weight=one,
        modelled=model,
        expected=model,
        modelled_on=model,
        expected_on=model,
        chosen=one,
    )


@pytest.mark.parametrize("name", sorted(estimators()))
def test_on_its_own_policy_each_gives_the_rate_of_the_log(name: str) -> None:
    log = _alike(12)
    assert estimator_of(name).value(log) == pytest.approx(log.reward.mean())


@pytest.mark.parametrize("name", sorted(estimators()))
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_twice_the_log_says_the_same_and_order_is_nothing(name: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 20
    p = rng.choice([0.1, 0.5, 1.0], n)
    shown = rng.random(n) < 0.5
    shown[0] = True
    reward = (rng.random(n) < 0.4).astype(np.float64)
    q, e = rng.random(n), rng.random(n)

    def made(order: np.ndarray) -> Rows:
        weight = (shown / p)[order]
        hits = np.flatnonzero(shown[order])
        return rows(
            weight.tolist(),
            reward[order].tolist(),
            examination=np.ones(1),
            slate_weight=weight,
            prefix_weight=weight,
            modelled=q[order],
            expected=e[order],
            modelled_on=q[order],
            expected_on=e[order],
            chosen=shown[order].astype(np.float64),
            hits=hits,
            chance=np.ones((len(hits), 1)),
            logged=p[order][hits][:, None],
        )

    once = estimator_of(name).value(made(np.arange(n)))
    turned = estimator_of(name).value(made(rng.permutation(n)))
    assert turned == pytest.approx(once, abs=1e-9)
    if name != "cressie_read":  # its n + 1 makes a log of twice the size say a little else
        twice = estimator_of(name).value(made(np.tile(np.arange(n), 2)))
        assert twice == pytest.approx(once, abs=1e-9)


@pytest.mark.parametrize("name", sorted(estimators()))
def test_each_says_what_it_is(name: str) -> None:
    one = estimator_of(name)
    assert one.formula and one.source and one.assumes.endswith(".") and one.fails.endswith(".")
    assert any(char.isdigit() for char in one.source), "a source has a year"
