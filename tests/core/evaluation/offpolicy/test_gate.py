"""The gate by head."""

from dataclasses import replace

import numpy as np
import pytest

from core.evaluation.offpolicy.gate import Support, Verdict, effective_sample_size, of_ratio, verdict
from core.evaluation.offpolicy.intervals import expanded

SURE = Support(
    ess=1_000.0, rate=0.1, observed=80.0, people=100, mean_weight=1.0, mean_weight_sd=0.01, most_of_one=0.01
)  # E = 100


def _with(events: float) -> Support:
    return replace(SURE, ess=events / SURE.rate)


@pytest.mark.parametrize(
    ("events", "grade", "more"),
    [(0.0, "refused", np.inf), (10.0, "refused", 1.5), (14.99, "refused", None), (15.0, "amber", 4.0),
     (60.0, "amber", 1.0), (60.1, "green", 1.0)],
)  # fmt: skip
def test_effective_events_decide(events: float, grade: str, more: float | None) -> None:
    found = verdict(_with(events), 0.1)
    assert found.grade == grade
    if more is not None:
        assert found.more == pytest.approx(more)


def test_weights_that_do_not_add_up_are_never_green() -> None:
    assert verdict(replace(SURE, mean_weight=0.75), 0.1).code == "weights"
    assert verdict(replace(SURE, mean_weight=0.4), 0.1).grade == "refused"
    noisy = replace(SURE, mean_weight=0.75, mean_weight_sd=0.2)
    assert verdict(noisy, 0.1).grade == "green"


def test_a_model_is_amber_and_refused_where_the_log_contradicts_it() -> None:
    assert verdict(replace(SURE, error=0.001, error_sd=0.01), 0.1).grade == "amber"
    found = verdict(replace(SURE, error=0.05, error_sd=0.01), 0.1)
    assert (found.grade, found.code) == ("refused", "model")
    small = replace(SURE, error=0.005, error_sd=0.0001)  # sure, but 5 % of its value
    assert verdict(small, 0.1).grade == "amber"


def test_one_person_who_has_half_of_the_events_takes_the_green_away() -> None:
    assert verdict(replace(SURE, most_of_one=0.5), 0.1).code == "one person"


def test_a_failed_check_of_the_log_is_one_grade() -> None:
    assert verdict(SURE, 0.1, "log").grade == "amber"
    assert verdict(_with(30), 0.1, "log").grade == "refused"
    assert verdict(_with(3), 0.1, "log").code == "few"


def test_effective_sample_size() -> None:
    assert effective_sample_size(np.array([1.0, 1.0, 1.0])) == 3
    assert effective_sample_size(np.array([9.0, 0.0, 0.0])) == 1
    assert effective_sample_size(np.zeros(3)) == 0


def test_a_ratio_is_no_better_than_its_worse_part_and_is_refused_of_few_events() -> None:
    green, amber, refused = (Verdict(grade, "", 1.0) for grade in ("green", "amber", "refused"))
    assert of_ratio(green, amber, 80.0) is amber
    assert of_ratio(refused, green, 5.0) is refused
    assert of_ratio(amber, green, 7.5) == Verdict("refused", "observed", 2.0)


def test_the_interval_of_few_events_is_that_of_student() -> None:
    rng = np.random.default_rng(1)
    mean, deviation = 3.0, 2.0
    draws = mean + deviation * np.sqrt(15 / 16) * rng.standard_normal(
        400_000
    )  # as a bootstrap of 16 draws them
    few, many = expanded(draws, 16.0), expanded(draws, 1e6)
    assert few.high - mean == pytest.approx(2.131 * deviation, rel=0.02)  # t of 15 degrees of freedom
    assert mean - few.low == pytest.approx(2.131 * deviation, rel=0.02)
    assert [many.low, many.high] == pytest.approx(np.percentile(draws, [2.5, 97.5]), rel=1e-3)


def test_the_interval_of_nothing_is_none() -> None:
    assert np.isnan(expanded(np.full(3, np.nan), 20.0).low)
    assert expanded(np.array([np.nan, 1.0, 1.0]), 0.0).high == 1.0
