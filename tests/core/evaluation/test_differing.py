"""How some people differ from the others, by hand and by scipy."""

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from core.data.dataset import Dataset
from core.evaluation.differing import Contrast, Trait, contrasts, traits
from core.evaluation.uncertainty import holm
from core.interests.profiles import Profiles
from core.types import BoolArray, TextArray
from tests.making import dataset, log

IDS: TextArray = np.array([f"u{at:02}" for at in range(20)], dtype=object)
GROUP = np.arange(20) < 8


def people(once: bool = True, **columns: Iterable[object]) -> Dataset:
    """20 people with one event each, or with as many as their number, and what is known of them."""
    rows = [f"{user} i{event}" for at, user in enumerate(IDS) for event in range(2 if once else at + 1)]
    users = pd.DataFrame({"user": IDS, **{name: [*values] for name, values in columns.items()}})
    return dataset(log(*rows, columns=("user", "item")), users=users)


# 6 of the 8 of the group are hikers, and 2 of the 12 others.
CLUBS = ["hikers"] * 6 + ["bakers"] * 2 + ["hikers"] * 2 + ["bakers"] * 10


def found(data: Dataset, group: BoolArray = GROUP, profiles: Profiles | None = None) -> list[Contrast]:
    return contrasts(data, profiles, IDS, group, most=99)


def of(some: list[Contrast], value: str) -> Contrast:
    return next(one for one in some if one.trait.value == value)


def test_two_by_two_by_hand() -> None:
    """6/8 over 2/12 is 4.5. Katz: log 4.5 ± 1.96·√(1/6 − 1/8 + 1/2 − 1/12). Fisher: of C(20, 8) ways to draw
    the group those with 6 hikers or more of 8, and those on the other side that are no likelier: none."""
    hikers = of(found(people(club=CLUBS)), "hikers")
    assert hikers.trait == Trait("column", "club", "hikers")
    assert (hikers.inside, hikers.of_inside, hikers.outside, hikers.of_outside) == (6, 8, 2, 12)
    assert hikers.ratio == pytest.approx(4.5)
    wide = 1.959964 * math.sqrt(1 / 6 - 1 / 8 + 1 / 2 - 1 / 12)
    assert (hikers.low, hikers.high) == pytest.approx((4.5 * math.exp(-wide), 4.5 * math.exp(wide)), rel=1e-5)
    ways = [math.comb(8, at) * math.comb(12, 8 - at) / math.comb(20, 8) for at in range(9)]
    p = sum(way for way in ways if way <= ways[6] * (1 + 1e-9))
    assert p == pytest.approx(fisher_exact(np.array([[6, 2], [2, 10]]))[1])
    assert hikers.p == pytest.approx(2 * p)  # hikers and bakers were tested
    assert hikers.settled == (2 * p < 0.05)


def test_values_of_a_column_are_tested_together() -> None:
    """Holm over every trait that was tested: three columns, and activity, of which all have as much."""
    data = people(club=CLUBS, town=["a", "b"] * 10, age=[*range(20)])
    some = found(data)
    raw = []
    for one in some:
        table = [[one.inside, one.of_inside - one.inside], [one.outside, one.of_outside - one.outside]]
        raw.append(float(fisher_exact(np.array(table))[1]))
    assert len(some) == 2 + 2 + 4
    assert [one.p for one in some] == pytest.approx(holm(raw))
    assert [one.p for one in some] == sorted(one.p for one in some)
    assert contrasts(data, None, IDS, GROUP, most=3) == some[:3]


def test_a_trait_that_only_the_group_has_has_no_upper_end() -> None:
    club = ["hikers"] * 6 + ["bakers"] * 14
    hikers = of(found(people(club=club)), "hikers")
    assert (hikers.outside, hikers.ratio, hikers.low, hikers.high) == (0, math.inf, 0, math.inf)
    none = of(found(people(club=club), group=~GROUP), "hikers")
    assert (none.inside, none.ratio, none.low, none.high) == (0, 0, 0, math.inf)


@pytest.mark.parametrize("many", [0, 1, 4, 16, 20])
def test_of_fewer_than_five_nothing_is_said(many: int) -> None:
    assert found(people(club=CLUBS), group=np.arange(20) < many) == []


def test_a_trait_of_fewer_than_five_is_left_out() -> None:
    club = ["divers"] * 4 + ["hikers"] * 8 + ["bakers"] * 8
    assert {one.trait.value for one in found(people(club=club))} == {"hikers", "bakers"}


def test_what_is_known_of_few_of_a_side_is_left_out() -> None:
    """Of 4 of the group it is known: they would be shown as good as by name."""
    known = [*["hikers"] * 4, *[None] * 4, *["hikers"] * 4, *["bakers"] * 8]
    assert found(people(club=known)) == []
    enough = [*["hikers"] * 5, *[None] * 3, *["hikers"] * 4, *["bakers"] * 8]
    hikers = of(found(people(club=enough)), "hikers")
    assert (hikers.of_inside, hikers.of_outside) == (5, 12)


def test_numbers_are_bands_with_a_quarter_of_the_people_each() -> None:
    some = [one for one in traits(people(age=[*range(20)]), None, IDS) if one[0].name == "age"]
    assert [trait.value for trait, _, _ in some] == ["0 – 4", "5 – 9", "10 – 14", "15 – 19"]
    assert [int(has.sum()) for _, has, _ in some] == [5] * 4
    gaps = people(age=[float("nan"), *range(1, 20)])
    (first, *_) = [one for one in traits(gaps, None, IDS) if one[0].name == "age"]
    assert not first[1][0] and not first[2][0]


def test_a_column_that_tells_people_apart_one_by_one_is_none_and_one_value_neither() -> None:
    """A name for each of 50, and a country that all share."""
    ids = np.array([f"u{at:02}" for at in range(50)], dtype=object)
    users = pd.DataFrame({"user": ids, "name": [f"n{at}" for at in range(50)], "country": "x"})
    data = dataset(
        log(*(f"{user} i{at}" for user in ids for at in (0, 1)), columns=("user", "item")), users=users
    )
    assert [trait for trait, _, _ in traits(data, None, ids)] == []


def test_activity_is_how_many_events_people_have() -> None:
    some = [one for one in traits(people(once=False), None, IDS) if one[0].kind == "activity"]
    assert [trait.value for trait, _, _ in some] == ["1 – 5", "6 – 10", "11 – 15", "16 – 20"]
    stranger = np.array([*IDS, "zz"], dtype=object)
    (first, *_) = [one for one in traits(people(once=False), None, stranger) if one[0].kind == "activity"]
    assert first[0].value.startswith("0 – ") and first[1][-1]


def profiles(main: list[int], ids: TextArray = IDS) -> Profiles:
    """People whose main topic is that; −1 = nothing is known of them. Topics are called 3 and 7."""
    weights = np.array([[0.0, 0.0] if at < 0 else np.eye(2)[at] * 0.8 + 0.1 for at in main], dtype=np.float32)
    none = np.zeros(0, dtype=np.int32)
    return Profiles(
        ids,
        np.array([3, 7], dtype=np.int32),
        weights,
        np.full(len(main), 9, np.int32),
        (),
        np.zeros((0, 2)),
        none,
    )


def test_main_topics() -> None:
    main = [0] * 6 + [1] * 2 + [-1] * 2 + [0] * 2 + [1] * 8
    some = found(people(), profiles=profiles(main))
    three = of(some, "3")
    assert three.trait.kind == "topic"
    assert (three.inside, three.of_inside, three.outside, three.of_outside) == (6, 8, 2, 10)


def test_people_are_matched_by_id_not_by_place() -> None:
    """Profiles know u06 to u19; the group are u12 to u19, of whom the last six are interested in 7."""
    some = found(people(), GROUP[::-1].copy(), profiles([0] * 8 + [1] * 6, IDS[6:]))
    seven, three = of(some, "7"), of(some, "3")
    assert (seven.inside, seven.of_inside, seven.outside, seven.of_outside) == (6, 8, 0, 6)
    assert (three.inside, three.of_inside, three.outside, three.of_outside) == (2, 8, 6, 6)


@given(st.integers(0, 2**32 - 1))
@given_settings(max_examples=10)
def test_the_order_of_people_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    data, order = people(club=rng.permutation(CLUBS), age=rng.permutation(20)), rng.permutation(20)
    shuffled = contrasts(data, None, IDS[order], GROUP[order], most=99)
    assert sorted(map(repr, shuffled)) == sorted(map(repr, found(data)))


def test_a_group_and_the_others_are_each_other_turned_round() -> None:
    data = people(club=CLUBS)
    one, other = of(found(data), "hikers"), of(found(data, ~GROUP), "hikers")
    assert other.ratio == pytest.approx(1 / one.ratio)
    assert (other.low, other.high) == pytest.approx((1 / one.high, 1 / one.low))
    assert other.p == pytest.approx(one.p)
