"""What people are interested in, by head."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.dataset import Dataset
from core.interests.profiles import Profiles, alike, profiles, typical_items, typical_people
from core.interests.topics import Topics
from core.work.report import silent
from tests.core.interests.known_for_tests import PART, ids, topics_of
from tests.making import dataset, log

DAY = 86_400
COLUMNS = ("user", "item", "timestamp", "part")
LATER = [f"ann pie {200 * DAY} test", f"bo pie {200 * DAY} test"]
HALF = 0.5 ** (1 / 20)  # an event that is one earlier


def kitchen(cup: object = (1, 0), hat: object = (0, 1), pie: object = (0.5, 0.5)) -> Topics:
    """Topic 0 is tea, topic 1 is wool; what cup, hat and pie are about."""
    items = np.array([cup, hat, pie], dtype=np.float32)
    return topics_of(np.eye(2), item_ids=np.array(["cup", "hat", "pie"], dtype=object), items=items)


def read(data: Dataset, topics: Topics) -> Profiles:
    return profiles(data, topics, settings=PART, report=silent)


def test_recent_events_count_more() -> None:
    """ann: cup, then hat. bo: cup twice, hat after them: 1/2^(2/20) + 1/2^(1/20) of tea to 1 of wool."""
    rows = ["ann cup 1 train", "ann hat 2 train", "bo cup 1 train", "bo cup 2 train", "bo hat 3 train"]
    found = read(dataset(log(*rows, "ann pie 9 test", columns=COLUMNS)), kitchen())
    assert found.user_ids.tolist() == ["ann", "bo"]
    tea = HALF**2 + HALF
    np.testing.assert_allclose(found.weights[0], np.array([HALF, 1]) / (HALF + 1), rtol=1e-5)
    np.testing.assert_allclose(found.weights[1], np.array([tea, 1]) / (tea + 1), rtol=1e-5)
    assert found.events.tolist() == [2, 3]
    np.testing.assert_allclose(found.everyone, found.weights.mean(axis=0))


def test_nothing_held_out_counts() -> None:
    """ann took only cup in training: what she took later and what dan took at all is not known."""
    rows = ["ann cup 1 train", "bo hat 1 train", "bo cup 2 train", "ann hat 3 test", "dan hat 3 test"]
    found = read(dataset(log(*rows, columns=COLUMNS)), kitchen())
    assert found.user_ids.tolist() == ["ann", "bo"]
    assert found.weights[0].tolist() == [1, 0]
    assert found.events_then.sum() == 3


def test_of_whose_items_nothing_is_known() -> None:
    rows = ["ann cup 1 train", "ann hat 2 train", "bo pie 1 train", "ann pie 3 test"]
    found = read(dataset(log(*rows, columns=COLUMNS)), kitchen(pie=(0, 0)))
    assert found.weights[1].tolist() == [0, 0]
    assert found.events.tolist() == [2, 0]
    np.testing.assert_allclose(found.everyone, found.weights[0])
    nothing = read(dataset(log(*rows, columns=COLUMNS)), kitchen((0, 0), (0, 0), (0, 0)))
    assert nothing.everyone.tolist() == [0, 0]


def test_over_time_by_head() -> None:
    """24 days in 12 stretches of 23/12 days: cups for the first half of them, then hats."""
    rows = [f"ann {'cup' if day < 12 else 'hat'} {day * DAY} train" for day in range(24)]
    found = read(dataset(log(*rows, *LATER, columns=COLUMNS)), kitchen())
    assert len(found.starts) == 12
    assert found.starts[0] == "1970-01-01"
    assert found.events_then.tolist() == [2] * 12
    assert found.over_time.tolist() == [[1, 0]] * 6 + [[0, 1]] * 6


def test_a_stretch_without_events_has_no_share() -> None:
    rows = [f"ann cup {DAY} train", f"ann hat {100 * DAY} train"]
    found = read(dataset(log(*rows, *LATER, columns=COLUMNS)), kitchen())
    assert found.events_then.tolist() == [1, *[0] * 10, 1]
    assert found.over_time[[0, -1]].tolist() == [[1, 0], [0, 1]]
    assert np.isnan(found.over_time[1:-1]).all()


def test_events_without_a_time_are_in_no_stretch() -> None:
    """One of 40 has none: it counts as the earliest, not as one of the year −290,000."""
    rows = [f"ann cup {day * DAY} train" for day in range(39)]
    found = read(dataset(log(*rows, "ann hat - train", *LATER, columns=COLUMNS)), kitchen())
    assert found.starts[0] == "1970-01-01"
    assert found.events_then.sum() == 39
    assert found.over_time[:, 1].sum() == 0


@pytest.mark.parametrize("when", ["-", "5"], ids=["no times", "one moment"])
def test_without_times_there_is_nothing_over_time(when: str) -> None:
    rows = [f"ann cup {when} train", f"bo hat {when} train", "ann hat - test"]
    found = read(dataset(log(*rows, columns=COLUMNS)), kitchen())
    assert (found.starts, found.over_time.shape) == ((), (0, 2))


@given(st.integers(0, 2**32 - 1))
def test_rows_sum_to_1_whoever_took_what(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = [f"u{rng.integers(5)} {rng.choice(['cup', 'hat', 'pie'])} {at} train" for at in range(20)]
    topics = kitchen(*rng.dirichlet((1, 1), 3))
    found = read(dataset(log(*rows, "u0 x 99 test", columns=COLUMNS)), topics)
    assert found.weights.sum(axis=1) == pytest.approx(np.ones(len(found.user_ids)), abs=1e-5)
    assert (found.weights >= 0).all()


def made(weights: object, events: list[int]) -> Profiles:
    rows = np.array(weights, dtype=np.float32)
    none = np.zeros((0, rows.shape[1]))
    return Profiles(
        ids("u", len(rows)),
        np.arange(rows.shape[1], dtype=np.int32),
        rows,
        np.array(events, dtype=np.int32),
        (),
        none,
        np.zeros(0, dtype=np.int32),
    )


def test_typical_people_have_events_enough() -> None:
    found = made([[0.9, 0.1], [1, 0], [0.5, 0.5], [0.9, 0.1]], [5, 4, 9, 7])
    users, weights = zip(*typical_people(found, 0, most=2), strict=True)
    assert users == ("u000", "u003")
    assert weights == pytest.approx((0.9, 0.9))


def test_typical_items_are_most_about_it_and_of_equals_the_liked() -> None:
    topics = kitchen((0.9, 0.1), (0, 1), (0.903, 0.097))
    assert typical_items(topics, 0, np.array([5.0, 9.0, 3.0])) == ["cup", "pie"]
    assert typical_items(topics, 0, np.array([3.0, 9.0, 5.0])) == ["pie", "cup"]


def test_who_is_alike() -> None:
    """u000 is nearest to itself, which does not count; u003 has too few events; u002 shares nothing."""
    found = made([[1, 0], [0.8, 0.2], [0, 1], [1, 0], [0, 0]], [5, 5, 5, 1, 5])
    ((user, close),) = alike(found, "u000")
    assert user == "u001"
    assert close == pytest.approx(0.8 / np.hypot(0.8, 0.2))
    assert alike(found, "u004") == []
    assert alike(found, "nobody") == []
