"""How much groups are interested: means by head, groups too small to show, and which groups there are."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from core.data.dataset import Dataset
from core.evaluation.prevalence import MOST, Among, Members, Prevalence, prevalence
from core.interests.profiles import Profiles
from core.work.report import silent
from tests.core.interests.known_for_tests import ids
from tests.making import dataset, log


def world(many: int, column: Sequence[object] | None = None) -> Dataset:
    """People u000, u001, … with one event each, and a column."""
    rows = log(*(f"u{at:03} {'tea' if at % 2 else 'cup'} {at}" for at in range(many)))
    if column is None:
        return dataset(rows)
    users = pd.DataFrame({"user": [f"u{at:03}" for at in range(many)], "club": column, "age": 3})
    return dataset(rows, users=users)


def interests(first: Sequence[float]) -> Profiles:
    """People whose weight of topic 0 is given; of whom it is NaN nothing is known."""
    share = np.array(first)
    weights = np.nan_to_num(np.stack([share, 1 - share], axis=1))
    return Profiles(
        ids("u", len(first)),
        np.arange(2, dtype=np.int32),
        weights.astype(np.float32),
        np.full(len(first), 9, dtype=np.int32),
        (),
        np.zeros((0, 2)),
        np.zeros(0, dtype=np.int32),
    )


def read(data: Dataset, theirs: Profiles, asked: Among) -> tuple[Prevalence, ...]:
    return prevalence(data, theirs, settings=asked, report=silent)


def test_means_of_everyone_and_of_the_values_of_a_column() -> None:
    """Ten of a (1 and 0 in turn), ten of b (all 1): .5 and 1, .75 together; intervals hold the means."""
    found = read(
        world(20, ["a"] * 10 + ["b"] * 10), interests([1, 0] * 5 + [1] * 10), Among("column", "club")
    )
    assert [(one.kind, one.group) for one in found] == [("everyone", ""), ("group", "a"), ("group", "b")]
    first = [one.estimates[0] for one in found]
    assert [one.mean for one in first] == pytest.approx([0.75, 0.5, 1])
    assert [one.n for one in first] == [20, 10, 10]
    assert first[1].low < 0.5 < first[1].high
    assert (first[2].low, first[2].high) == (1, 1)
    assert [one.estimates[1].mean for one in found] == pytest.approx([0.25, 0.5, 0])


def test_fewer_than_five_people_of_whom_something_is_known_show_nothing() -> None:
    column: Sequence[object] = ["a"] * 4 + ["b"] * 5 + ["c"] * 11
    found = read(world(20, column), interests([1] * 8 + [float("nan")] + [0] * 11), Among("column", "club"))
    assert [len(one.estimates) for one in found] == [2, 0, 0, 2]
    assert read(world(4), interests([1] * 4), Among("activity"))[0].estimates == ()


def test_groups_beyond_twelve_are_taken_together() -> None:
    column: Sequence[object] = [f"c{at % 20:02}" for at in range(200)] + ["c19"] * 5
    found = read(world(205, column), interests([1.0] * 205), Among("column", "club"))
    assert len(found) == 1 + MOST
    assert [one.kind for one in found] == ["everyone", *["group"] * (MOST - 1), "others"]
    assert "c19" in [one.group for one in found]
    assert found[-1].estimates[0].n == 9 * 10


def test_numbers_and_activity_are_cut_into_quarters() -> None:
    theirs = interests([1.0] * 40)
    found = read(world(40, list(range(40))), theirs, Among("column", "club"))
    assert [one.group for one in found] == ["", "0 – 9", "10 – 19", "20 – 29", "30 – 39"]
    assert read(world(40), theirs, Among("activity"))[0].estimates[0].n == 40


@pytest.mark.parametrize("column", [["same"] * 60, [f"one of a kind {at}" for at in range(60)]])
def test_a_column_that_makes_no_groups(column: Sequence[object]) -> None:
    assert len(read(world(60, column), interests([1.0] * 60), Among("column", "club"))) == 1


def test_saved_segments_may_overlap_and_name_strangers() -> None:
    segments = (
        Members("six", np.array([*ids("u", 6), "stranger"], dtype=object)),
        Members("all", ids("u", 20)),
        Members("nobody", np.array(["stranger"], dtype=object)),
    )
    found = read(world(20), interests([1] * 6 + [0] * 14), Among("segments", segments=segments))
    assert [one.group for one in found] == ["", "six", "all", "nobody"]
    assert [one.estimates[0].mean if one.estimates else None for one in found] == pytest.approx(
        [0.3, 1, 0.3, None]
    )
    assert found[1].estimates[0].n == 6


def test_the_same_seed_the_same_intervals() -> None:
    rng = np.random.default_rng(0)
    data, theirs = world(30, ["a", "b"] * 15), interests(rng.random(30).tolist())
    assert read(data, theirs, Among("column", "club")) == read(data, theirs, Among("column", "club"))
