"""What if, on People: a history is edited, built from nothing, and let go again."""

from tests.pages.conftest import Open, html, opened, query, settled


def test_a_history_is_edited_and_a_copied_link_shows_the_same(people: Open) -> None:
    at = people(person="p01", recommenders="item_knn,popularity")
    assert "ts-changes" not in html(at)
    opened(at, "what_if")
    assert any("Take an item out or put one in" in one.value for one in at.caption)
    first = at.multiselect(key="what_if_without").options[0]
    at.multiselect(key="what_if_without").select(first)
    settled(at)
    assert query(at, "without")
    assert html(at).count('<ol class="ts-changes">') == 2
    assert any("Lists for a history of 4 items instead of 5" in one.value for one in at.caption)
    again = settled(
        people(person="p01", recommenders="item_knn,popularity", without=str(query(at, "without")))
    )
    changes = [one for one in html(again).split("\n") if 'class="ts-changes"' in one]
    assert changes == [one for one in html(at).split("\n") if 'class="ts-changes"' in one]


def test_an_item_is_searched_and_put_in_and_let_go_again(people: Open) -> None:
    at = opened(people(person="p01", recommenders="item_knn"), "what_if")
    at.text_input(key="what_if_search").set_value("tent")
    settled(at)
    assert [one.label for one in at.button if str(one.key).startswith("what_if_add_")] == ["\\*Tent\\*"]
    at.button(key="what_if_add_0").click()
    settled(at)
    assert query(at, "plus") == "i1"
    assert at.multiselect(key="what_if_plus").options == ["*Tent*"]
    at.button(key="what_if_back").click()
    settled(at)
    assert query(at, "plus") is None
    assert 'class="ts-changes"' not in html(at)


def test_a_history_is_built_from_nothing(people: Open) -> None:
    at = settled(people(person="p01", recommenders="item_knn,popularity", start="nothing", plus="i0,i2"))
    assert any("Lists for somebody new with 2 items" in one.value for one in at.caption)
    at.segmented_control(key="state_start").set_value("history")
    settled(at)
    assert query(at, "start") is None
    assert any("Lists for a history of" in one.value for one in at.caption)


def test_somebody_of_whom_nothing_is_held_out_has_a_history_by_hand(people: Open) -> None:
    at = settled(people(person="once", split="by_time(test=0.2)", recommenders="item_knn", plus="i2"))
    assert any("a history is built by hand" in one.value for one in at.caption)
    assert any("Lists for somebody new with 1 item," in one.value for one in at.caption)


def test_an_edit_is_of_one_person(people: Open) -> None:
    at = people(person="p01", plus="i2", without="i0,<b>")
    assert any("not in this history or catalogue" in one.value for one in at.caption)
    assert "<b>" not in "".join(one.value for one in at.caption)
    at.button(key="next").click()
    settled(at)
    assert query(at, "plus") is None
    assert query(at, "without") is None


def test_what_follows_no_history_says_so(people: Open) -> None:
    at = settled(people(person="p01", recommenders="popularity", plus="i2"))
    assert any("follow a history" in one.value for one in at.caption)
