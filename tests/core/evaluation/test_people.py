"""Finding people, walking through them, and what is shown of one."""

import numpy as np
import pandas as pd
import pytest

from core.evaluation import people, person
from core.evaluation.people import Found, Place
from tests.core.evaluation import people_for_tests as camp

DATA, MADE = camp.dataset(), camp.comparison()


def walked(name: str) -> list[str]:
    return [str(user) for user in MADE.user_ids[people.order_of(MADE, name, 0)]]


def test_an_id_is_found_before_those_that_contain_it() -> None:
    assert [one.user for one in people.search(DATA, "AN")] == ["ann", "dan"]
    assert people.search(DATA, "dan")[0] == Found("dan", "id", "dan")


def test_people_are_found_by_an_open_column() -> None:
    assert people.search(DATA, "hiker") == [Found("ann", "club", "hikers"), Found("cid", "club", "hikers")]


def test_people_are_never_found_by_a_personal_column() -> None:
    assert people.search(DATA, "34") == []
    assert [one.user for one in people.search(camp.without_personal_columns(), "34")] == ["ann", "cid"]


def test_people_are_found_by_the_title_or_id_of_an_item() -> None:
    assert people.search(DATA, "rain") == [
        Found("ann", "item", "Rain jacket"),
        Found("dan", "item", "Rain jacket"),
    ]
    assert people.search(DATA, "i3") == [Found("cid", "item", "Head torch")]


@pytest.mark.parametrize("query", ["", "   ", ".*", "(", "<script>", "$x$", "\\"])
def test_a_query_is_text_and_no_pattern(query: str) -> None:
    assert people.search(DATA, query) == []


def test_a_search_ends_at_its_limit() -> None:
    assert len(people.search(DATA, "n", most=1)) == 1


def test_the_worst_served_come_first_and_of_equals_those_with_more_held_out() -> None:
    # means: ann .5, bob 0, cid .5, dan .1; held out: ann 2, cid 1
    assert walked("worst") == ["bob", "dan", "ann", "cid"]


def test_the_biggest_disagreement_comes_first() -> None:
    # gaps: ann 1, bob 0 (1 held out), cid 0 (1 held out), dan .2
    assert walked("disagreement") == ["ann", "dan", "bob", "cid"]


def test_a_surprise_reaches_everyone_in_the_same_order_each_time() -> None:
    assert sorted(walked("surprise")) == list(camp.USERS)
    assert walked("surprise") == walked("surprise") != walked("id")


def test_walking_goes_round_and_round() -> None:
    order = people.order_of(MADE, "id", 0)
    assert people.step_from(MADE.user_ids, order, "dan", 1) == "ann"
    assert people.step_from(MADE.user_ids, order, "ann", -1) == "dan"
    assert people.step_from(MADE.user_ids, order, "nobody", 1) == "ann"


def test_a_person_has_a_row_only_when_something_of_theirs_is_held_out() -> None:
    assert people.row_of(MADE, "cid") == 2
    assert people.row_of(MADE, "eve") is None
    assert people.row_of(MADE, "zoe") is None


def test_places_say_what_was_held_out() -> None:
    assert people.places(MADE, 0, 0, 3) == [
        Place(1, "i3", 3.0, True),
        Place(2, "i4", 2.0, True),
        Place(3, "i5", 1.0, False),
    ]


def test_a_list_may_end_early_or_hold_what_the_catalogue_lacks() -> None:
    assert [place.item for place in people.places(MADE, 0, 1, 3)] == ["i2", "i3"]
    assert [place.item for place in people.places(MADE, 0, 2, 3)] == ["i1", "i5", ""]


def test_only_open_columns_are_shown_for_one_person() -> None:
    assert person.attributes(DATA, "ann") == {"club": "hikers"}
    assert person.attributes(DATA, "dan") == {}
    assert person.attributes(DATA, "eve") == {}


def test_history_is_latest_first_and_knows_the_split() -> None:
    split = int(pd.Timestamp("2024-01-02", tz="UTC").value // 1000)
    found = person.history(DATA, "ann", split)
    assert found[["item", "title", "kind", "later"]].to_numpy().tolist() == [
        ["i2", "Tent", "purchase", True],
        ["i1", "Rain jacket", "view", False],
    ]
    assert not person.history(DATA, "ann")["later"].any()


@pytest.mark.parametrize("user", ["nobody", "<script>", ""])
def test_a_stranger_has_nothing(user: str) -> None:
    assert not person.exists(DATA, user)
    assert person.history(DATA, user).empty
    assert person.searches(DATA, user).empty and person.reviews(DATA, user).empty
    assert person.interests(DATA, user) == []


def test_interests_count_an_item_in_each_of_its_categories() -> None:
    found = person.interests(DATA, "ann")
    assert [(one.category, one.events) for one in found] == [("Outdoor", 2), ("Clothing", 1)]
    assert found[0].share == pytest.approx(2 / 3)
    # of all: Clothing i1 twice and i5, Outdoor i1 twice, i2 twice and i3
    assert found[0].everyone == pytest.approx(5 / 8)


def test_permuting_people_permutes_the_walk() -> None:
    assert people.order_of(MADE, "worst", 0).dtype == np.int32
