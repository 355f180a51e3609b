"""Purchases and the clicks that they count for, by head."""

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


def _shop() -> Dataset:
    shown = pd.DataFrame(SHOWN, columns=COLUMNS).assign(
        position=1, propensity=0.5, policy="even", purchased=False
    )
    events = pd.DataFrame(BOUGHT, columns=["user", "item", "timestamp"]).assign(kind="purchase")
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


def test_as_logged_nothing_changes() -> None:
    found = _attributed(0)
    assert found.slates == 6
    assert not found.purchased.any()
    assert np.array_equal(found.clicked, [row[4] for row in SHOWN])
