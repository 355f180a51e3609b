"""Head to head: the two that are compared, the sentence, the people behind it, and what has none."""

from tests.pages.conftest import Open, html, lead, settled

PAGE = "compare/head_to_head"


def test_the_leader_and_the_next_are_compared_first(app: Open) -> None:
    at = app(PAGE, recommenders="random,popularity,ease")
    assert not at.exception
    two = {at.selectbox(key=f"state_{which}").value for which in ("first", "second")}
    assert two == {"popularity", "ease"}
    assert "serves these people better than" in lead(at) or "are tied" in lead(at)


def test_choosing_others_changes_the_address_and_the_sentence(app: Open) -> None:
    at = app(PAGE, recommenders="random,popularity,ease")
    before = lead(at)
    at.selectbox(key="state_second").set_value("random")
    settled(at)
    assert at.query_params["second"] == "random"
    assert "Random" in lead(at)
    assert lead(at) != before
    again = app(PAGE, recommenders="random,popularity,ease", second="random")
    assert lead(again) == lead(at)


def test_people_are_counted_and_led_to(app: Open) -> None:
    at = app(PAGE, recommenders="random,ease", metric="recall")
    text = html(at)
    assert "the same by both" in text
    assert "people?" in text
    assert "person=" in text


def test_the_same_twice_is_never_compared(app: Open) -> None:
    at = app(PAGE, recommenders="popularity,ease", first="ease", second="ease")
    assert not at.exception
    assert at.selectbox(key="state_first").value != at.selectbox(key="state_second").value


def test_one_recommender_has_nobody_beside_it(app: Open) -> None:
    assert "takes two recommenders" in html(app(PAGE, recommenders="popularity"))


def test_a_metric_of_all_lists_has_no_people(app: Open) -> None:
    at = app(PAGE, recommenders="popularity,ease", metric="coverage")
    assert any("no value for one person" in one.value for one in at.caption)


def test_a_metric_that_is_not_defined_says_so(app: Open) -> None:
    """The films have no categories."""
    assert "is not defined here" in lead(app(PAGE, recommenders="popularity,ease", metric="diversity"))
