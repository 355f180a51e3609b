"""The section on privacy: what is kept, and erasing a person or a data set after one more question."""

from pathlib import Path

import pytest

from core.work.errors import BadInput
from core.work.settings import settings
from pages.parts import session
from tests.making import random_log
from tests.pages.conftest import Open, html, lead, query, settled
from tests.pages.test_data_page import opened
from tests.pages.test_data_reading import captions, pressed


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "mine.csv"
    random_log(people=12, items=8, each=4).to_csv(file, index=False)
    return file


def test_what_is_kept_and_where_is_said(app: Open) -> None:
    shown = html(app("manage/data"))
    for text in ("artifacts", "shelf.json", "forgotten.json", "uploaded files under random names"):
        assert text in shown


def test_the_switch_of_pseudonyms_is_told(app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Ids of people are kept as the files have them" in captions(app("manage/data"))
    monkeypatch.setenv("TOUCHSTONE_PSEUDONYM_KEY", "a key for this test only")
    settings.cache_clear()
    try:
        at = app("manage/data")
        assert "Ids of people are replaced by pseudonyms" in captions(at)
        assert "u003" not in html(at)
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_a_person_is_erased_after_one_more_question(app: Open, log: Path) -> None:
    at = opened(app("manage/data"), log)
    assert lead(at).startswith("mine: 12 people")
    at.text_input(key="erase_user").set_value("u003")
    at.button(key="erase_person").click()
    at.run()
    assert any("Erase u003 from mine?" in one.value.replace("\\", "") for one in at.markdown)
    at = pressed(at, "erase_yes")
    assert "Erased." in html(at)
    assert lead(settled(at)).startswith("mine: 11 people")
    assert "u003" in log.read_text()  # the file is its owner's


def test_a_person_that_nobody_knows_is_said(app: Open, log: Path) -> None:
    at = opened(app("manage/data"), log)
    at.text_input(key="erase_user").set_value("nobody")
    at.button(key="erase_person").click()
    at.run()
    at = pressed(at, "erase_yes")
    assert "There is no person" in html(at)
    assert lead(at).startswith("mine: 12 people")


def test_no_is_an_answer(app: Open, log: Path) -> None:
    at = opened(app("manage/data"), log)
    at.button(key="erase_data").click()
    at.run()
    at = pressed(at, "erase_no")
    assert lead(at).startswith("mine: 12 people") and "Erased." not in html(at)


def test_a_data_set_is_erased_and_the_sample_takes_its_place(app: Open, log: Path) -> None:
    at = opened(app("manage/data"), log)
    key = str(query(at, "data"))
    at.button(key="erase_data").click()
    at.run()
    at = pressed(at, "erase_yes")
    assert lead(at).startswith("Sample shop: ")
    with pytest.raises(BadInput):
        session.shelf().get(key)
    assert "Erased." in html(at)
    assert log.exists()
