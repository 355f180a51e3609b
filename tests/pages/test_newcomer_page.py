"""The Newcomer page: what is filled in decides which lists are shown, and how they are spoken of."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.data.load import Source
from core.evaluation.newcomers import Fared, Newcomers
from core.evaluation.uncertainty import Estimate
from pages.parts import newcomer_words, session
from pages.parts.newcomer_data import Said
from tests.core.evaluation.red_and_blue import red_and_blue
from tests.pages.conftest import Open, html, lead, query, settled

PAGE = "explore/newcomer"


@pytest.fixture(scope="module")
def colours(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The world of red and blue things as a folder, without searches: encoders have little to do."""
    folder: Path = tmp_path_factory.mktemp("colours")
    world = red_and_blue(searches=False)
    for table in ("interactions", "items", "users"):
        frame = getattr(world, table)
        frame = frame.reset_index() if table != "interactions" else frame
        frame.to_parquet(folder / f"{table}.parquet", index=False)
    about = {"schema": 1, "name": "colours", "personal": ["gender", "age"]}
    (folder / "dataset.json").write_text(json.dumps(about))
    return session.shelf().put(Source(data=str(folder)), "colours")


def measured(at: AppTest) -> AppTest:
    """The page once strategies were measured: one job follows another."""
    for _turn in range(10):
        if "being measured" not in lead(settled(at)):
            return at
    raise AssertionError("the strategies were not measured")


def captions(at: AppTest) -> list[str]:
    """Quiet lines as they are read."""
    return [element.value.replace("\\", "") for element in at.caption]


def heads(at: AppTest) -> list[str]:
    """The names over the lists, from left to right."""
    found = [element.value for element in at.html if element.value.startswith('<p class="ts-list-head">')]
    return [one.split("<span>")[1].split("</span>")[0] for one in found]


def lists(at: AppTest) -> list[str]:
    return [element.value for element in at.html if element.value.startswith('<ol class="ts-newcomer">')]


def test_an_empty_form_shows_what_is_popular_and_what_else_there_is(app: Open, colours: str) -> None:
    at = measured(app(PAGE, data=colours))
    assert lead(at).startswith("Of somebody of whom nothing is known, only what is popular can be shown")
    assert heads(at) == ["Popularity"]
    assert "taken by" in lists(at)[0]
    assert "Choose something that the newcomer likes." in html(at)


def test_details_show_what_people_like_them_take_and_stand_in_no_address(app: Open, colours: str) -> None:
    at = app(PAGE, data=colours)
    at.selectbox(key=f"newcomer_{colours}_gender").set_value("woman")
    measured(at.run())
    assert heads(at)[:2] == ["Popularity", "Registration details"]
    assert lists(at)[1].count("red thing") == 10
    assert "popular among people of gender woman" in lists(at)[1]
    assert "woman" not in str(at.query_params)
    assert "Given 1 detail, Registration details told all 2 details fared best" in lead(at)


def test_likes_stand_in_the_address_and_are_the_reason(app: Open, colours: str) -> None:
    at = app(PAGE, data=colours)
    at.multiselect(key="newcomer_likes").set_value(["red3"])
    measured(at.run())
    assert query(at, "likes") == "red3"
    assert heads(at) == ["Popularity", "ItemKNN", "EASE"]
    assert "because you like red thing number 3" in lists(at)[1]
    assert "told 1 like" in html(at)


def test_a_link_fills_in_likes_and_what_is_gone_is_said(app: Open, colours: str) -> None:
    at = app(PAGE, data=colours, likes="blue1,gone")
    assert at.multiselect(key="newcomer_likes").value == ["blue1"]
    assert "1 like of the link is not here." in captions(at)


def test_details_and_likes_are_fused_and_can_be_let_go(app: Open, colours: str) -> None:
    at = app(PAGE, data=colours, likes="blue1")
    at.selectbox(key=f"newcomer_{colours}_gender").set_value("man")
    settled(at.run())
    assert heads(at)[-1] == "All together"
    at.button(key="newcomer_clear").click()
    settled(at.run())
    assert query(at, "likes") is None
    assert heads(at) == ["Popularity"]


def test_a_sentence_finds_what_it_means(app: Open, colours: str) -> None:
    at = app(PAGE, data=colours, sentence="something red")
    settled(at)
    assert heads(at) == ["Popularity", "A sentence", "A sentence, understood"]
    assert "words alike: red" in lists(at)[1]
    assert lists(at)[1].count("red thing") == 10


def test_what_cannot_be_measured_is_said(app: Open, colours: str) -> None:
    at = measured(app(PAGE, data=colours))
    settled(at)
    assert any(
        one.startswith("A sentence and A sentence, understood: The data has no searches")
        for one in captions(at)
    )


def test_data_without_details_and_words_say_so(app: Open) -> None:
    at = app(PAGE)
    said = captions(at)
    assert "The data knows no details of its people." in said
    assert any("No item says anything" in one for one in said)
    assert heads(at) == ["Popularity"]


def test_a_sentence_that_is_being_measured_is_not_called_unmeasured() -> None:
    alone = Fared("popularity", "popularity", "Popularity", 0, (Estimate(0.3, 0.2, 0.4, 9),), ())
    found = Newcomers(
        columns=(("ndcg", 10),),
        fared=(alone,),
        unmeasured=(),
        people=9,
        few=0,
        learnt=36,
        likes=(0,),
        ordered=True,
        searched=9,
        details=(),
        together=(),
    )
    said = Said({}, (), "something red")
    assert newcomer_words.fared(found, "sentence", "", said) == "being measured on held-out newcomers"
    assert newcomer_words.fared(found, "details", "", said) == "not measured on held-out newcomers"
