"""Logged rates by head: four people, two policies."""

import numpy as np
import pandas as pd
import pytest

from core.data.dataset import Dataset
from core.evaluation.logged import Rate, logged_rates
from core.work.report import silent
from tests.making import dataset, log

# user, policy, clicked, purchased: A shows 6, gets 3 clicks and 1 purchase; B shows 2, gets 0.
SHOWN = [
    ("ann", "A", 1, 1),
    ("ann", "A", 0, 0),
    ("bo", "A", 1, 0),
    ("bo", "A", 1, 0),
    ("cy", "A", 0, 0),
    ("cy", "A", 0, 0),
    ("di", "B", 0, 0),
    ("di", "B", 0, 0),
]


def shop(shown: list[tuple[str, str, int, int]] = SHOWN) -> Dataset:
    frame = pd.DataFrame(shown, columns=["user", "policy", "clicked", "purchased"])
    frame = frame.assign(
        slate=np.arange(len(frame)),
        position=1,
        item="tea",
        timestamp=1_000_000,
        propensity=0.5,
        clicked=frame["clicked"].astype(bool),
        purchased=frame["purchased"].astype(bool),
    )
    return dataset(log("ann tea 1", "bo jam 2"), impressions=frame)


def rates() -> dict[tuple[str, str], Rate]:
    return {(one.policy, one.metric): one for one in logged_rates(shop(), settings=0, report=silent)}


@pytest.mark.parametrize(
    ("policy", "metric", "events", "of"),
    [("A", "ctr", 3, 6), ("A", "ctcvr", 1, 6), ("A", "cvr", 1, 3), ("B", "ctr", 0, 2), ("B", "ctcvr", 0, 2)],
)
def test_rates_by_head(policy: str, metric: str, events: int, of: int) -> None:
    found = rates()[policy, metric]
    assert (found.events, found.of) == (events, of)
    assert found.estimate.mean == pytest.approx(events / of)
    assert found.estimate.low <= found.estimate.mean <= found.estimate.high


def test_n_counts_people_and_a_rate_of_nothing_is_left_out() -> None:
    found = rates()
    assert found["A", "ctr"].estimate.n == 3
    assert found["B", "ctr"].estimate.n == 1
    assert ("B", "cvr") not in found


def test_a_log_that_holds_no_purchase_has_no_rate_of_purchases() -> None:
    log = shop([(user, policy, clicked, 0) for user, policy, clicked, _ in SHOWN])
    assert {one.metric for one in logged_rates(log, settings=0, report=silent)} == {"ctr"}


def test_the_interval_resamples_people_with_all_their_impressions() -> None:
    """Resampled by hand: 3 people, each with 2 impressions and 1, 2 or 0 clicks."""
    rng = np.random.default_rng(0)
    by_hand = [np.array([1, 2, 0])[rng.integers(0, 3, 3)].sum() / 6 for _ in range(20_000)]
    found = rates()["A", "ctr"].estimate
    low, high = np.percentile(by_hand, [2.5, 97.5])
    assert found.low == pytest.approx(low, abs=1 / 6 + 1e-9)  # one step of this small distribution
    assert found.high == pytest.approx(high, abs=1 / 6 + 1e-9)


def test_without_impressions_there_are_no_rates() -> None:
    assert logged_rates(dataset(log("ann tea 1", "bo jam 2")), settings=0, report=silent) == ()
