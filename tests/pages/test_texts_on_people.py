"""What is written of a person: a template without a model, generated with one, its facts one click away."""

import threading
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.language import writing
from core.language.model import Answer, Question, Unanswered
from pages.parts import job_panel
from tests.models import Choosing, HashModel
from tests.pages.conftest import Open, html, query, settled


@pytest.fixture
def choosing(monkeypatch: pytest.MonkeyPatch) -> Choosing:
    model = Choosing()
    monkeypatch.setattr(writing, "chosen", lambda: model)
    return model


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    class Absent(HashModel):
        there = False

        def ready(self) -> None:
            raise Unanswered("the file is not there")

    monkeypatch.setattr(writing, "chosen", Absent)


def test_without_a_model_the_portrait_is_a_template_and_says_why(people: Open, absent: None) -> None:
    at = settled(people(person="p01"))
    assert "Mostly interested in " in html(at)
    assert ">generated<" not in html(at)
    captions = [caption.value.replace("\\", "") for caption in at.caption]
    assert any("no language model wrote it" in text for text in captions)
    assert "None answers: the file is not there" in captions
    at.button(key="ask_again_portrait").click()
    assert "Mostly interested in " in html(settled(at))


def test_with_a_model_the_portrait_is_generated_from_facts_that_are_shown(
    people: Open, choosing: Choosing
) -> None:
    at = settled(people(person="p01"))
    assert "Above all here for " in html(at)
    assert ">generated<" in html(at)
    assert "<small>categories</small>" in html(at)
    assert any("hash (embedded) chose the words" in caption.value.replace("\\", "") for caption in at.caption)
    asked = len(choosing.asked)
    assert asked
    settled(people(person="p01"))
    assert len(choosing.asked) == asked  # what was written is kept


def test_a_portrait_is_written_in_the_readers_language(people: Open, choosing: Choosing) -> None:
    at = settled(people(person="p01", language="zh"))
    assert "最常看的是" in html(at)
    assert "模型生成" in html(at)


def test_a_reason_is_a_sentence_too(people: Open, choosing: Choosing) -> None:
    at = people(recommenders="popularity,item_knn")
    at.button(key="why_0_1").click()
    at.run()
    assert " people liked this." in html(at)
    assert any("Liked by " in markdown.value for markdown in at.markdown)  # the reason itself stands below


def test_lists_stand_as_rows_with_titles(people: Open, choosing: Choosing) -> None:
    at = people(recommenders="popularity,item_knn")
    at.segmented_control(key="state_layout").set_value("shelves")
    settled(at)
    assert query(at, "layout") == "shelves"
    assert 'class="ts-shelf"' in html(at)
    shown = [str(button.key) for button in at.button if str(button.key).startswith("why_0_")]
    at.segmented_control(key="state_layout").set_value("list")
    settled(at)
    assert sorted(shown) == sorted(
        str(button.key) for button in at.button if str(button.key).startswith("why_0_")
    )


def test_what_is_not_finished_is_let_go_when_something_else_is_to_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Somebody goes through people faster than a model writes: one text waits, not one for each."""
    release, model = threading.Event(), Choosing()

    def slow(question: Question) -> Answer:
        assert release.wait(60)
        return Choosing.ask(model, question)

    monkeypatch.setattr(model, "ask", slow)
    monkeypatch.setattr(writing, "chosen", lambda: model)
    (tmp_path / "log.csv").write_text("user,item\na,1\na,2\nb,1\n")

    def page(file: str, name: str) -> None:
        import streamlit as st

        from core.data.load import Source, load
        from core.language.writing import Draft, Sentence
        from pages.parts import written

        sentence = Sentence(("Of {items}.", "By {items}."), (("items", (name,)),))
        made = written.texts(load(Source(data=file)), [Draft("x", (sentence,))], "place")
        st.text(written.said(made.texts[0]))

    at = AppTest.from_function(page, kwargs={"file": str(tmp_path / "log.csv"), "name": "Ann"})
    at.run()
    first = at.session_state["writing_place"]
    assert at.text[0].value == "Of Ann."
    other = AppTest.from_function(page, kwargs={"file": str(tmp_path / "log.csv"), "name": "Bo"})
    other.session_state["writing_place"] = first
    other.run()
    job = job_panel.desk().job(first)
    assert job is not None and job.status().state == "cancelled"
    release.set()
    at.run()  # whoever comes back to it asks once more
    again = job_panel.desk().job(first)
    assert again is not None and again.wait(60)
    at.run()
    assert at.text[0].value == "By Ann."
