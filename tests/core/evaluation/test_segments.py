"""Dividing people into segments, and a metric in each of them, by head."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from core.data.dataset import Dataset
from core.evaluation.by_segment import BySegment, Divided, by_segment
from core.evaluation.comparison import Comparison
from core.evaluation.segments import (
    MOST,
    OTHERS,
    Division,
    Segment,
    _open_ended,
    by_activity,
    by_arrival,
    by_cluster,
    by_column,
    by_members,
)
from core.evaluation.selection import Chosen, for_segment, selection
from core.types import TextArray
from core.work.report import silent
from tests.making import compared_on, dataset, log, random_log


def ids(many: int) -> TextArray:
    return np.array([f"u{at:03}" for at in range(many)], dtype=object)


def people(**columns: Sequence[object] | pd.DatetimeIndex) -> Dataset:
    """People u000, u001, … with one event each, and columns."""
    many = len(next(iter(columns.values())))
    rows = log(*(f"u{at:03} {'tea' if at % 2 else 'cup'} {100 + at}" for at in range(many)))
    return dataset(rows, users=pd.DataFrame({"user": ids(many), **columns}))


def sizes(found: Division) -> dict[str, int]:
    names = (one.name or one.kind for one in found.segments)
    return dict(zip(names, found.sizes.tolist(), strict=True))


def test_values_of_a_column_and_those_below_five_people_with_the_others() -> None:
    club = ["bakers"] * 5 + ["hikers"] * 9 + ["chess"] * 3 + ["poets"] * 2 + [None] * 4
    found = by_column(people(club=club), ids(23), "club")
    assert sizes(found) == {"bakers": 5, "hikers": 9, "others": 5}
    assert found.segments[-1] == OTHERS
    assert found.unknown == 4
    assert found.labels.tolist() == [0] * 5 + [1] * 9 + [2] * 5 + [-1] * 4


def test_the_smallest_beyond_twelve_are_taken_together() -> None:
    club = [name for at in range(15) for name in [f"c{at:02}"] * (5 + at)]
    found = by_column(people(club=club), ids(len(club)), "club")
    assert len(found.segments) == MOST
    assert sizes(found)["others"] == 5 + 6 + 7 + 8
    assert sizes(found)["c14"] == 19


def test_numbers_and_days_by_quarters_of_the_people() -> None:
    day = pd.date_range("2026-01-01", periods=40, tz="UTC")
    found = people(age=range(40), since=day)
    assert sizes(by_column(found, ids(40), "age")) == {
        "0 – 9": 10,
        "10 – 19": 10,
        "20 – 29": 10,
        "30 – 39": 10,
    }
    assert next(iter(sizes(by_column(found, ids(40), "since")))) == "2026-01-01 – 2026-01-10"


def test_a_column_that_tells_people_apart_one_by_one_makes_no_segments() -> None:
    found = by_column(people(street=[f"street {at}" for at in range(60)]), ids(60), "street")
    assert (found.segments, found.unknown) == ((), 60)


def test_new_is_who_came_in_the_last_quarter_of_the_time() -> None:
    """Events at 100, 101, … 139: the last quarter begins at 100 + .75 × 39 = 129.25."""
    assert sizes(by_arrival(people(age=range(40)), ids(40))) == {"new": 10, "old": 30}


def test_clusters_and_those_in_none_or_not_on_the_map() -> None:
    labels = np.array([0] * 6 + [1] * 7 + [-1] * 3, dtype=np.int32)
    found = by_cluster(ids(18), ["reds", "blues"], ids(16), labels)
    assert sizes(found) == {"reds": 6, "blues": 7, "none": 5}


def test_a_selection_and_all_others() -> None:
    found = by_members(ids(12), "mine", ["u001", "u003", "u004", "u005", "u011", "stranger"])
    assert found.segments == (Segment("inside", "mine"), OTHERS)
    assert np.flatnonzero(found.labels == 0).tolist() == [1, 3, 4, 5, 11]


@given_settings(max_examples=25)
@given(st.lists(st.sampled_from(["a", "b", "c", "d", None]), min_size=2, max_size=60))
def test_nobody_is_in_two_segments_and_none_but_the_rest_is_small(values: list[str | None]) -> None:
    found = by_column(people(club=values), ids(len(values)), "club")
    assert found.sizes.sum() + found.unknown == len(values)
    assert all(size >= 5 for size, one in zip(found.sizes, found.segments, strict=True) if one != OTHERS)


@pytest.fixture(scope="module")
def compared() -> Comparison:
    """40 people with three held-out items each, and two recommenders."""
    return compared_on(
        dataset(random_log(people=40)),
        recommenders=("popularity", "item_knn"),
        metrics=("recall", "ndcg", "coverage"),
        k=(5,),
        split="leave_last(n=3)",
    )


def measured(found: Comparison, division: Division, name: str = "ndcg") -> BySegment:
    settings = Divided(division, found.column(name, 5))
    return by_segment(found, settings=settings, report=silent)


def halves(found: Comparison) -> Division:
    return by_members(found.user_ids, "odd", found.user_ids[1::2].tolist())


def test_a_segments_numbers_are_those_of_the_frame_and_of_the_map(compared: Comparison) -> None:
    """Mean, interval and n are the same whichever way the same people are chosen."""
    column = compared.column("ndcg", 5)
    found = measured(compared, halves(compared))
    odd = np.sort(compared.user_ids[1::2])
    framed = for_segment(compared, settings=odd, report=silent)
    mapped = selection(compared, settings=Chosen(odd, column), report=silent)
    for row in range(2):
        mine = found.cells[row][0]
        assert mine.n == 20
        for other in (framed.estimates[row][column], mapped.estimates[row]):
            assert (mine.mean, mine.low, mine.high) == pytest.approx((other.mean, other.low, other.high))
    means = compared.values[:, column, ::2].mean(axis=1)
    assert [found.cells[row][1].mean for row in range(2)] == pytest.approx(means.tolist())


def test_the_gap_is_the_best_minus_the_worst(compared: Comparison) -> None:
    found = measured(compared, by_members(compared.user_ids, "first", compared.user_ids[:10].tolist()))
    for row in range(2):
        gap = found.gap(row)
        assert gap is not None
        means = [one.mean for one in found.cells[row]]
        assert gap.estimate.mean == pytest.approx(max(means) - min(means))
        assert (gap.first, gap.second) == (int(np.argmax(means)), int(np.argmin(means)))
        assert gap.estimate.n == 40


def test_of_fewer_than_five_nothing_is_told(compared: Comparison) -> None:
    """36 of 40 people beside everyone would tell of the other four: all are taken together."""
    few = measured(compared, by_members(compared.user_ids, "few", compared.user_ids[:36].tolist()))
    assert [one.n for one in few.cells[0]] == [40]
    assert few.gap(0) is None
    nowhere = replace(compared, values=np.full_like(compared.values, np.nan))
    assert {one.n for one in measured(nowhere, halves(compared)).cells[0]} == {0}


def test_a_metric_of_all_lists_has_no_value_for_a_part_of_the_people(compared: Comparison) -> None:
    found = measured(compared, halves(compared), "coverage")
    assert {one.n for row in found.cells for one in row} == {0}
    assert found.pairs == ((), ())


def test_activity_is_thirds_by_the_length_of_the_history(compared: Comparison) -> None:
    """Everyone has seven items before the last three: one band. With other lengths there are three."""
    assert sizes(by_activity(compared)) == {}
    lengths = np.repeat([1, 2, 3, 4, 5, 6, 7], [6, 6, 6, 6, 6, 5, 5])
    history = compared.history.toarray()
    for row, length in enumerate(lengths):
        history[row, np.flatnonzero(history[row])[length:]] = 0
    assert sizes(by_activity(replace(compared, history=type(compared.history)(history)))) == {
        "1 – 2": 12,
        "3 – 4": 12,
        "5 – 7": 16,
    }


def test_the_outer_ends_of_a_personal_column_are_nobody_s() -> None:
    """The youngest and the oldest would be one person each: their bands are open."""
    found = _open_ended(
        [("18 – 29", np.ones(1, bool)), ("30 – 45", np.ones(1, bool)), ("46 – 82", np.ones(1, bool))]
    )
    assert [name for name, _ in found] == ["≤ 29", "30 – 45", "≥ 46"]
    assert _open_ended([("f", np.ones(1, bool)), ("m", np.ones(1, bool))])[0][0] == "f"
