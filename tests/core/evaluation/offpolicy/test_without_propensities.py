"""Logs that lack propensities, and data that lack a log."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from core.evaluation.comparison import Comparison
from core.evaluation.offpolicy.asked import asked_of
from core.evaluation.offpolicy.logging_model import fitted
from core.evaluation.offpolicy.projection import Asked, Assumptions, Projection, projection
from core.evaluation.offpolicy.words import reason, why_not
from core.work.report import silent
from tests.core.evaluation.offpolicy.made import answered, experiment, log, pages, world
from tests.making import compared_on, dataset
from tests.making import log as events


def test_shares_of_an_even_log_are_even() -> None:
    found = fitted(log(pages(people=60, each=60)))
    assert found.holds
    assert found.log.propensity == pytest.approx(np.full(7_200, 1 / 8), rel=0.15)


def test_a_log_that_chooses_by_person_is_found_out() -> None:
    frame = pages(people=20, each=30)
    favourite = [f"i{int(user[1:]) % 8:03}" for user in frame["user"]]
    chosen = np.arange(len(frame)) % 4 == 0
    assert not fitted(log(frame.assign(item=np.where(chosen, favourite, frame["item"])))).holds


def test_a_log_that_changes_is_found_out() -> None:
    frame = pages(people=40, each=60)
    late = frame["timestamp"] > frame["timestamp"].median()
    moved = frame["item"].where(~late | (frame["item"] != "i000"), "i007")
    checks = {one.check: one.verdict for one in fitted(log(frame.assign(item=moved))).checks}
    assert checks["chosen by time"] == "failed"


def test_fitted_propensities_are_never_green() -> None:
    data = world(pages(people=60, each=60).drop(columns="propensity"))
    question = asked_of(experiment(data), 2, ("pbm",), 200, fit=True)
    found = answered(data, question)
    assert found.fitted
    assert {one.verdict.grade for one in found.figures} == {"amber"}
    one = found.figure("popularity", "ctr", "pbm")
    assert one is not None and "fitted" in reason(one)
    truth = (0.9 + 0.5 * (0.9 - 0.8 / 7)) / 2
    assert one.estimate.low < truth < one.estimate.high


def test_nothing_is_fitted_unless_asked_and_nothing_where_it_would_be_wrong() -> None:
    frame = pages(people=20, each=30).drop(columns="propensity")
    plain = answered(world(frame), asked_of(experiment(world(frame)), 2, ("pbm",), 100))
    assert "no propensities" in why_not(plain)
    favourite = [f"i{int(user[1:]) % 8:03}" for user in frame["user"]]
    own = world(frame.assign(item=np.where(np.arange(len(frame)) % 4 == 0, favourite, frame["item"])))
    found = answered(own, asked_of(experiment(own), 2, ("pbm",), 100, fit=True))
    assert "by person" in why_not(found)


@pytest.fixture
def compared(tmp_path: Path) -> Comparison:
    """Two people, lists of two: good has ann's item on top and bo's below; poor has neither."""
    lists = {"good": ("ann tea 1", "ann ink 2", "bo ink 1", "bo jam 2"), "poor": ("ann ink 1", "bo ink 1")}
    files = {}
    for name, rows in lists.items():
        files[name] = str(tmp_path / f"{name}.csv")
        events(*rows, columns=("user", "item", "rank")).to_csv(files[name], index=False)
    data = dataset(events("ann jam 1", "ann tea 2", "bo tea 1", "bo jam 2", "cy ink 1", "cy jam 2"))
    return compared_on(
        data, recommendations=files, recommenders=(), split="leave_last(n=1)", k=(2,), metrics=("precision",)
    )


def _projected(compared: Comparison, **changes: float) -> Projection:
    how = Assumptions(**({"decay": 1.0, "click_wanted": 0.4, "click_other": 0.0} | changes))
    return projection(compared, settings=Asked(how, 2), report=silent)


def test_a_projection_by_head(compared: Comparison) -> None:
    found = _projected(compared)
    good = {one.metric: one.estimate.mean for one in found.figures if one.entry == 0}
    # ann: .4 on top, bo: .5 · .4 below, cy nothing; over two places each
    assert good["ctr"] == pytest.approx((0.4 + 0.2) / 3 / 2)
    assert good["cvr"] == pytest.approx(0.2)
    assert (found.leader, found.leads, found.variations) == (0, 10, 10)


def test_the_band_holds_the_estimate(compared: Comparison) -> None:
    for one in _projected(compared, click_other=0.1).figures:
        assert one.low <= one.estimate.mean <= one.high


def test_assumptions_are_chances() -> None:
    with pytest.raises(ValidationError):
        Assumptions(click_wanted=1.5)
    assert len(list(Assumptions().varied())) == 10
    assert max(how.click_wanted for _, how in Assumptions(click_wanted=0.9).varied()) == 1.0


def test_pages_of_nobody() -> None:
    assert pd.isna(fitted(log(pages(people=2, each=1))).log.propensity).sum() == 0
