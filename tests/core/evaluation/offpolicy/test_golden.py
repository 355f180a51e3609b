"""Every estimator beside Open Bandit Pipeline 0.5.7 and VowpalWabbit's estimators 0.2.2, to 1e-10."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.evaluation.offpolicy import intervals
from core.evaluation.offpolicy.estimator import Estimator, estimator_of, estimators
from core.evaluation.offpolicy.rows import Rows
from tests.core.evaluation.offpolicy.golden import expected, rows_of

CLOSE = 1e-10
OURS = {"iips": "ips"}  # of slates, by item and position
SETTING = {
    "ips_clipped": "limit",
    "dr_clipped": "limit",
    "switch_dr": "limit",
    "dros": "limit",
    "subgaussian_ips": "shrink",
    "subgaussian_dr": "shrink",
}
FROZEN = {
    "snips",
    "sndr",
    "replay",
    "snsips",
    "sniips",
    "snrips",
}  # obp resamples terms over a fixed mean weight
NAMES = sorted({*estimators(), "iips"})


def _cases(folder: Path, name: str) -> list[dict[str, Any]]:
    return [case for case in expected(folder)["cases"] if case["estimator"] == name]


def _rows(folder: Path, case: dict[str, Any]) -> Rows:
    return rows_of(folder, case["fixture"], case["policy"], case["reward"])


def _settings(case: dict[str, Any]) -> dict[str, float]:
    return {SETTING[case["estimator"]]: case["params"]["lambda"]} if "lambda" in case["params"] else {}


def _per_slate(rows: Rows) -> float:
    """Golden values of slates are per slate, ours per impression."""
    return len(rows.slate) / rows.slates


def _resampled(of: Estimator, rows: Rows, draws: int, seed: int, **settings: float) -> np.ndarray:
    """Estimates over slates drawn with replacement, through sums alone."""
    made = of.sums(rows, **{**of.settings, **settings})
    sums = np.stack([rows.of_slates(term) for term in made.terms])
    rng = np.random.RandomState(seed)
    return np.array(
        [made.value(*sums[:, rng.randint(0, rows.slates, rows.slates)].sum(axis=1)) for _ in range(draws)]
    )


@pytest.mark.parametrize("name", NAMES)
def test_values(name: str, shared_data: Path) -> None:
    found = _cases(shared_data, name)
    assert found
    of = estimator_of(OURS.get(name, name))
    for case in found:
        rows = _rows(shared_data, case)
        value = of.value(rows, **_settings(case)) * _per_slate(rows)
        assert value == pytest.approx(case["value"], abs=CLOSE), (case["fixture"], case["policy"])


@pytest.mark.parametrize("name", [name for name in NAMES if name not in FROZEN])
def test_intervals_over_slates(name: str, shared_data: Path) -> None:
    """obp's percentile bootstrap draws slates, and divides by their number: of one length or not."""
    of = estimator_of(OURS.get(name, name))
    for case in _cases(shared_data, name):
        if "interval" not in case or not case["library"].startswith("obp"):
            continue
        rows = _rows(shared_data, case)
        above = of.sums(rows, **{**of.settings, **_settings(case)}).terms[0]
        rng, many = np.random.RandomState(12345), rows.slates
        terms = rows.of_slates(above)
        drawn = [terms[rng.randint(0, many, many)].mean() for _ in range(2_000)]
        ends = np.percentile(drawn, [2.5, 97.5])
        assert ends == pytest.approx(case["interval"], abs=CLOSE), (case["fixture"], case["policy"])


@pytest.mark.parametrize("name", ["snips", "sndr"])
def test_the_normaliser_is_drawn_too(name: str, shared_data: Path) -> None:
    for case in _cases(shared_data, f"{name}_renormalised_interval"):
        drawn = _resampled(estimator_of(name), _rows(shared_data, case), 2_000, 12345)
        assert np.percentile(drawn, [2.5, 97.5]) == pytest.approx(case["interval"], abs=CLOSE)
        assert np.percentile(drawn, [2.5, 97.5]).mean() == pytest.approx(case["value"], abs=CLOSE)


def test_intervals_of_formulas(shared_data: Path) -> None:
    tried = 0
    for case in expected(shared_data)["cases"]:
        if not case["estimator"].startswith("interval_"):
            continue
        tried += 1
        rows = _rows(shared_data, case)
        if case["estimator"] == "interval_gaussian":
            ends = intervals.gaussian(rows.weight * rows.reward)
        elif case["estimator"] == "interval_pseudo_inverse_gaussian":
            made = estimator_of("pseudo_inverse").sums(rows)
            ends = intervals.gaussian(rows.of_slates(made.terms[0]))
        else:
            of = getattr(intervals, case["estimator"].removeprefix("interval_"))
            ends = of(rows.weight, rows.reward)
        assert (ends.low, ends.high) == pytest.approx(case["interval"], abs=CLOSE), case
        assert ends.middle == pytest.approx(case["value"], abs=CLOSE)
    assert tried == 22


def test_no_golden_case_is_left_out(shared_data: Path) -> None:
    names = {case["estimator"] for case in expected(shared_data)["cases"]}
    tried = {*NAMES, "snips_renormalised_interval", "sndr_renormalised_interval"}
    assert {name for name in names - tried if not name.startswith("interval_")} == set()
    assert len(expected(shared_data)["cases"]) == 233


def test_diagnostics(shared_data: Path) -> None:
    of = {"row": "ips", "item": "ips", "prefix": "rips", "slate": "sips"}
    for case in expected(shared_data)["diagnostics"]:
        rows = rows_of(shared_data, case["fixture"], case["policy"], "reward")
        weight = estimator_of(of[case["weight"]]).weights_of(rows)
        ess = weight.sum() ** 2 / (weight**2).sum()
        reward = rows.of_slates(rows.reward) if case["weight"] == "slate" else rows.reward
        assert (weight.mean(), weight.max(), ess, ess * reward.mean()) == pytest.approx(
            (case["mean_weight"], case["max_weight"], case["ess"], case["effective_events"]), rel=CLOSE
        )


@pytest.mark.parametrize("name", sorted(FROZEN | {"sniips"}))
def test_what_obp_says_of_normalised_estimates(name: str, shared_data: Path) -> None:
    """Its intervals keep the whole log's mean weight in every resample: they are what it says, not ours."""
    for case in _cases(shared_data, name):
        if "interval" not in case or not case["library"].startswith("obp"):
            continue
        rows = _rows(shared_data, case)
        terms = rows.of_slates(_frozen(name, rows))
        rng, many = np.random.RandomState(12345), rows.slates
        drawn = [terms[rng.randint(0, many, many)].mean() for _ in range(2_000)]
        assert np.percentile(drawn, [2.5, 97.5]) == pytest.approx(case["interval"], abs=CLOSE), case


def _frozen(name: str, rows: Rows) -> np.ndarray:
    """(N,) terms over the mean weight of the whole log."""
    if name == "sndr":
        assert rows.expected is not None and rows.modelled is not None
        return rows.expected + rows.weight * (rows.reward - rows.modelled) / rows.weight.mean()
    weight = {
        "snips": rows.weight,
        "sniips": rows.weight,
        "replay": rows.chosen,
        "snsips": rows.slate_weight,
        "snrips": rows.prefix_weight,
    }[name]
    assert weight is not None
    if name in ("sniips", "snrips"):
        mean = np.bincount(rows.position, weight) / np.bincount(rows.position)
        return weight / mean[rows.position] * rows.reward
    return weight / weight.mean() * rows.reward
