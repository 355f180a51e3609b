"""Purchases and the clicks that they count for, by head."""

from typing import Any

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.evaluation.offpolicy.attribution import attributed
from core.evaluation.offpolicy.log import Log, log_of
from tests.making import dataset

DAY = 86_400
COLUMNS = ["slate", "user", "timestamp", "item", "clicked"]
SHOWN = [
    (0, "ann", 0, "tea", True),
    (1, "ann", 1 * DAY, "tea", True),  # the last click before ann's purchase
    (2, "ann", 5 * DAY, "tea", True),  # after it
    (3, "bo", 0, "jam", False),  # shown, not clicked
    (4, "cy", 0, "jam", True),  # bought too late
    (5, "cy", 19 * DAY, "ink", True),  # too young
]
BOUGHT = [("ann", "tea", 2 * DAY), ("bo", "jam", 1 * DAY), ("cy", "jam", 9 * DAY), ("cy", "ink", 20 * DAY)]


def _shop(shown_rows: list[Any] = SHOWN, bought: list[Any] = BOUGHT) -> Dataset:
    shown = pd.DataFrame(shown_rows, columns=COLUMNS).assign(
        position=1, propensity=0.5, policy="even", purchased=False
    )
    rows = [(*row, "purchase")[:4] for row in bought]
    events = pd.DataFrame(rows, columns=["user", "item", "timestamp", "kind"])
    start = 1_600_000_000
    shown["timestamp"] += start
    events["timestamp"] += start
    return dataset(events, impressions=shown)


def _attributed(days: float) -> Log:
    data = _shop()
    return attributed(log_of(data), data, days, "")


def test_a_purchase_counts_for_the_last_click_in_its_window() -> None:
    found = _attributed(3)
    assert found.purchased.tolist() == [False, True, False, False, False]
    assert [did.count for did in found.left_out] == [1]  # the page of the last day


def test_a_wider_window_reaches_further_and_leaves_more_out() -> None:
    found = _attributed(10)
    assert found.purchased.tolist() == [False, True, False, False, True]
    assert found.slates == 5


def test_a_page_without_a_time_changes_nothing_of_the_others() -> None:
    data = _shop()
    log = log_of(data)
    log.time[3] = np.iinfo(np.int64).min
    found = attributed(log, data, 3, "")
    assert found.purchased.tolist() == [False, True, False, False]


def test_the_last_click_counts_though_its_page_is_too_young() -> None:
    late = [*SHOWN, (6, "bo", 18 * DAY, "jam", True), (7, "bo", 16 * DAY, "jam", True)]
    bought = [*BOUGHT, ("bo", "jam", 19 * DAY)]
    assert not attributed(log_of(_shop(late, bought)), _shop(late, bought), 3, "").purchased[-1]


def test_without_purchases_it_stays_as_logged() -> None:
    data = _shop(bought=[(*row, "view") for row in BOUGHT])
    assert attributed(log_of(data), data, 3, "").slates == 6


def test_as_logged_nothing_changes() -> None:
    found = _attributed(0)
    assert found.slates == 6
    assert not found.purchased.any()
    assert np.array_equal(found.clicked, [row[4] for row in SHOWN])
