"""One person's interests over time, and the topic that rose, by head."""

import numpy as np
import pandas as pd
import pytest

from core.interests.profiles import Profiles, rise, stretches
from core.interests.topics import Topics
from tests.core.interests.known_for_tests import ids, topics_of


def kitchen() -> Topics:
    """Topic 0 is tea, topic 1 is wool; nothing is known of pie."""
    items = np.array([[1, 0], [0, 1], [0, 0]], dtype=np.float32)
    return topics_of(np.eye(2), item_ids=np.array(["cup", "hat", "pie"], dtype=object), items=items)


def days(*at: int | None) -> pd.Series:
    return pd.Series(
        [
            pd.NaT if day is None else pd.Timestamp("2026-01-01", tz="UTC") + pd.Timedelta(days=day)
            for day in at
        ]
    )


def test_four_equal_stretches_and_the_empty_ones_left_out() -> None:
    """Days 0 to 8 in stretches of two days: cup, cup | – | hat | hat and cup, whatever order they come in."""
    found = stretches(kitchen(), ["cup", "hat", "hat", "cup", "cup"], days(8, 7, 5, 1, 0))
    assert [one.start for one in found] == ["2026-01-01", "2026-01-05", "2026-01-07"]
    assert [one.events for one in found] == [2, 1, 2]
    assert [one.weights.tolist() for one in found] == [[1, 0], [0, 1], [0.5, 0.5]]


def test_what_is_not_known_does_not_count() -> None:
    assert stretches(kitchen(), ["cup", "pie", "else", "hat"], days(0, 9, 9, None)) == []
    assert stretches(kitchen(), ["cup", "hat"], days(3, 3)) == []
    assert stretches(kitchen(), [], days()) == []


def over(shares: list[float], events: list[int]) -> Profiles:
    """Profiles of which only what happened over time is known: the share of topic 0 among two."""
    first = np.array(shares)
    return Profiles(
        ids("u", 1),
        np.arange(2, dtype=np.int32),
        np.array([[1, 0]], dtype=np.float32),
        np.array([9], dtype=np.int32),
        tuple(f"2026-{at + 1:02}-01" for at in range(len(shares))),
        np.stack([first, 1 - first], axis=1),
        np.array(events, dtype=np.int32),
    )


def test_the_topic_that_rose_most() -> None:
    """Of 9 × 100 events a tenth, and of the last 3 × 100 four tenths."""
    found = rise(over([0.1] * 9 + [0.4] * 3, [100] * 12))
    assert found is not None
    assert (found.row, found.start) == (0, "2026-10-01")
    assert (found.before, found.after) == pytest.approx((0.1, 0.4))


@pytest.mark.parametrize(
    ("shares", "events"),
    [
        ([0.1] * 12, [100] * 12),  # nothing rose
        ([0.1] * 9 + [0.11] * 3, [100] * 12),  # within three standard errors
        ([0.1] * 9 + [0.4] * 3, [100] * 9 + [33] * 3),  # 99 events since
        ([0.1, 0.4, 0.4], [100] * 3),  # no quarter of the time
        ([], []),
    ],
)
def test_what_is_not_clear_is_not_said(shares: list[float], events: list[int]) -> None:
    assert rise(over(shares, events)) is None


def test_stretches_without_events_do_not_count() -> None:
    found = rise(over([0.1] * 8 + [float("nan"), 0.4, float("nan"), 0.4], [100] * 8 + [0, 100, 0, 100]))
    assert found is not None
    assert (found.before, found.after) == pytest.approx((0.1, 0.4))
