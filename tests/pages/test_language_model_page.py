"""The language model's page: who answers, what its order changes, what it goes by."""

import pytest

from core.language.model import Unanswered
from tests.models import HashModel
from tests.pages.conftest import Open, html, opened, query, settled

MODEL = "llm_rerank(of=popularity,people=5,candidates=4)"


@pytest.fixture(autouse=True)
def _model(hash_model: HashModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.model_panels.chosen", lambda: hash_model)


def test_without_one_it_offers_to_compare_it(app: Open, camp: str) -> None:
    at = app("compare/language_model", data=camp, recommenders="popularity,item_knn")
    assert "No language model is among the recommenders that are compared." in html(at)
    next(one for one in at.button if one.label == "Compare it too").click()
    settled(at)
    assert "llm_rerank(of=item_knn" in (query(at, "recommenders") or "")
    assert "with the model" in html(at)


def test_where_seven_are_compared_it_says_whose_place_it_takes(app: Open, camp: str) -> None:
    seven = "popularity,item_knn,user_knn,ease,random,rp3beta,pure_svd"
    at = app("compare/language_model", data=camp, recommenders=seven)
    captions = " ".join(one.value for one in at.caption).replace("\\", "")
    assert "It takes the place of PureSVD: at most 7 are compared." in captions
    assert "questions" in captions
    next(one for one in at.button if one.label == "Compare it too").click()
    settled(at)
    assert "pure_svd" not in (query(at, "recommenders") or "")


def test_what_it_changes_is_over_the_people_who_were_asked(app: Open, camp: str) -> None:
    at = app("compare/language_model", data=camp, recommenders=f"popularity,{MODEL}")
    said = html(at)
    assert "the order that it was given (n = 5)" in said
    assert "Popularity alone, over the same people" in said and "difference" in said
    assert said.count("n = 5") >= 3
    captions = " ".join(one.value for one in at.caption)
    assert "hash answers, in this process" in captions
    assert "10 questions" in captions
    opened(at, "goes_by_1")
    assert "places that a hostile title gains" in html(at)
    assert "agrees with the order it was given" in html(at)


def test_without_the_first_order_it_says_what_is_missing(app: Open, camp: str) -> None:
    at = app("compare/language_model", data=camp, recommenders=f"item_knn,{MODEL}")
    assert "with the recommender whose lists it reorders" in html(at)
    assert "over the same people" not in html(at)


def test_overview_gives_its_n_and_its_sample(app: Open, camp: str) -> None:
    at = app(data=camp, recommenders=f"popularity,{MODEL}")
    said = html(at)
    assert "n = 5" in said
    assert "lists for 5 of" in said


def test_people_who_were_not_asked_about_have_no_list_of_it(app: Open, camp: str) -> None:
    seen = []
    for person in range(12):
        at = app("explore/people", data=camp, recommenders=f"popularity,{MODEL}", person=f"p{person:02d}")
        seen.append("5 people were asked about" in " ".join(one.value for one in at.caption))
    assert seen.count(True) == 7


def test_one_that_is_off_can_be_asked_again(
    app: Open, camp: str, hash_model: HashModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def off() -> None:
        raise Unanswered("it is not there")

    other = "llm_rerank(of=popularity,people=6,candidates=4)"
    with monkeypatch.context() as patched:
        patched.setattr(hash_model, "ready", off)
        at = app(data=camp, recommenders=f"popularity,{other}")
    assert "could not take part" in html(at)
    assert "it is not there" in html(at)
    next(one for one in at.button if one.label == "Ask again").click()
    settled(at)
    assert "could not take part" not in html(at)
    assert "n = 6" in html(at)
