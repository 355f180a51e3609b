"""A part of the people: the numbers of the comparison where everyone is chosen, nothing where few are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from core.evaluation.comparison import Comparison
from core.evaluation.selection import Chosen, Selection, for_segment, of_people, selection
from core.work.errors import BadInput
from core.work.report import silent
from tests.making import compared_on, dataset, random_log


@pytest.fixture(scope="module")
def compared() -> Comparison:
    """30 people with three held-out items each, and two recommenders."""
    return compared_on(
        dataset(random_log()),
        recommenders=("popularity", "item_knn"),
        metrics=("recall", "ndcg"),
        k=(5,),
        split="leave_last(n=3)",
    )


def chosen(found: Comparison, users: object, name: str = "ndcg") -> Selection:
    ids = np.array(users, dtype=object)
    return selection(found, settings=Chosen(ids, found.column(name, 5)), report=silent)


def test_of_everyone_the_numbers_are_those_of_the_comparison(compared: Comparison) -> None:
    for name in ("recall", "ndcg"):
        column = compared.column(name, 5)
        found = chosen(compared, compared.user_ids, name)
        assert (found.selected, found.n) == (30, 30)
        for row, mine in enumerate(found.estimates):
            theirs = compared.estimates[row][column]
            assert (mine.mean, mine.low, mine.high) == pytest.approx((theirs.mean, theirs.low, theirs.high))
            assert mine.n == theirs.n
        for one, other in zip(found.differences, compared.differences(column), strict=True):
            assert (one.first, one.second, one.estimate.n) == (other.first, other.second, other.estimate.n)
            assert one.p == pytest.approx(other.p)
            assert one.estimate.mean == pytest.approx(other.estimate.mean)


def test_the_mean_is_that_of_the_chosen(compared: Comparison) -> None:
    users = compared.user_ids[[1, 4, 7, 8, 20, 29]]
    found = chosen(compared, users)
    values = compared.values[:, compared.column("ndcg", 5)][:, [1, 4, 7, 8, 20, 29]]
    assert [one.mean for one in found.estimates] == pytest.approx(values.mean(axis=1).tolist())
    assert all(one.low <= one.mean <= one.high and one.n == 6 for one in found.estimates)
    (gap,) = found.differences
    assert gap.estimate.mean == pytest.approx(values.mean(axis=1)[0] - values.mean(axis=1)[1])


def test_who_has_nothing_held_out_is_selected_and_not_counted(compared: Comparison) -> None:
    found = chosen(compared, [*compared.user_ids[:6], "somebody", "zoe"])
    assert (found.selected, found.n) == (8, 6)
    assert {one.n for one in found.estimates} == {6}


@pytest.mark.parametrize("many", [0, 1, 4])
def test_of_fewer_than_five_nothing_is_said(many: int, compared: Comparison) -> None:
    found = chosen(compared, compared.user_ids[:many])
    assert found == Selection(many, many, (), ())
    strangers = chosen(compared, [*compared.user_ids[:many], *(f"x{at}" for at in range(9))])
    assert strangers == Selection(many + 9, many, (), ())


def test_nor_where_the_metric_is_defined_for_fewer_than_five(compared: Comparison) -> None:
    """9 people are chosen, but for the second recommender it is defined for 4 of them only."""
    values = compared.values.copy()
    values[1, :, 4:] = np.nan
    partly = replace(compared, values=values)
    assert chosen(partly, compared.user_ids[:9]) == Selection(9, 9, (), ())
    values = compared.values.copy()
    values[1] = np.nan  # for nobody
    without = chosen(replace(compared, values=values), compared.user_ids[:9])
    assert [one.n for one in without.estimates] == [9, 0]
    assert np.isnan(without.estimates[1].mean)


def test_a_metric_of_all_lists_has_no_value_for_a_part(compared: Comparison) -> None:
    values = np.full_like(compared.values, np.nan)
    assert chosen(replace(compared, values=values), compared.user_ids) == Selection(30, 30, (), ())


@given(st.integers(0, 2**32 - 1))
@given_settings(max_examples=10)
def test_the_order_of_the_ids_changes_nothing(compared: Comparison, seed: int) -> None:
    rng = np.random.default_rng(seed)
    users = rng.choice(compared.user_ids, int(rng.integers(5, 30)), replace=False)
    assert chosen(compared, users) == chosen(compared, np.sort(users))


def test_rows_and_ids_say_the_same(compared: Comparison) -> None:
    rows = np.arange(30) % 3 == 0
    column = compared.column("ndcg", 5)
    assert of_people(compared, rows, column, 10) == chosen(compared, compared.user_ids[rows])


def test_the_comparison_of_a_segment_of_everyone_is_the_comparison(compared: Comparison) -> None:
    found = for_segment(compared, settings=compared.user_ids, report=silent)
    np.testing.assert_allclose(found.whole, compared.whole)
    np.testing.assert_allclose(found.draws, compared.draws)


def test_the_comparison_of_a_segment_has_its_people_and_their_lists(compared: Comparison) -> None:
    users = compared.user_ids[10:20]
    found = for_segment(compared, settings=users, report=silent)
    assert found.user_ids.tolist() == users.tolist()
    assert np.array_equal(found.ranked[1].items, compared.ranked[1].items[10:20])
    assert found.truth.shape[0] == found.history.shape[0] == 10
    assert chosen(found, users).estimates[0].mean == pytest.approx(found.whole[0, found.column("ndcg", 5)])


@pytest.mark.parametrize("many", [0, 1, 4])
def test_there_is_no_comparison_of_a_segment_of_few(many: int, compared: Comparison) -> None:
    with pytest.raises(BadInput, match=f"{many} have held-out items"):
        for_segment(compared, settings=compared.user_ids[:many], report=silent)
