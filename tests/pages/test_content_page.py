"""Content: choosing an item, what is like it, and data that says nothing."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.content.encoders.base import ENCODERS
from core.data.load import Source
from pages.parts import session
from tests.making import random_log
from tests.pages.conftest import Open, html, lead, query, settled

WORDS = ("warm wool jacket for rain", "cup for hot tea", "light tent for summer", "soft pillow for sleep")


@pytest.fixture(scope="module")
def goods(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small shop with words in four departments."""
    folder: Path = tmp_path_factory.mktemp("goods")
    random_log(people=40, items=20, each=8).to_csv(folder / "log.csv", index=False)
    rows = [
        {"item": f"i{at:03}", "title": f"{WORDS[at % 4]} number {at}", "category": f"c{at % 4}"}
        for at in range(20)
    ]
    pd.DataFrame(rows).to_csv(folder / "items.csv", index=False)
    source = Source(data=str(folder / "log.csv"), items=str(folder / "items.csv"))
    return session.shelf().put(source, "goods")


def encoded(at: AppTest) -> AppTest:
    """The page once every encoder has had its turn: they encode one after the other."""
    for _turn in ENCODERS.all():
        settled(at)
    assert not any("After those before it." in one.value for one in at.caption)
    return at


def test_the_page_shows_an_item_and_its_nearest_by_every_encoder(app: Open, goods: str) -> None:
    at = encoded(app("explore/content", data=goods))
    assert lead(at).startswith("20 of 20 items say something in words")
    shown = html(at)
    for label in ("TF-IDF", "Word2Vec", "BERT", "Multilingual", "Text CNN"):
        assert label in shown
    assert "Picture" not in shown
    assert [one for one in at.button if str(one.key).startswith("near_bert_")]
    assert "Who is shown it" in [one.value for one in at.subheader]


def test_a_neighbour_becomes_the_item_and_stands_in_the_address(app: Open, goods: str) -> None:
    at = app("explore/content", data=goods, item="i000")
    next(one for one in at.button if one.key == "near_tfidf_0").click()
    settled(at.run())
    assert query(at, "item") not in (None, "i000")


def test_search_by_words_and_by_meaning(app: Open, goods: str) -> None:
    at = app("explore/content", data=goods)
    at.text_input(key="item_search").set_value("hot tea")
    settled(at.run())
    assert "cup for hot tea" in at.button(key="item_found_0").label
    at.segmented_control(key="item_way").set_value("meaning")
    at.text_input(key="item_search").set_value("clothes for bad weather")
    settled(at.run())
    assert "warm wool jacket" in at.button(key="item_found_0").label
    at.button(key="item_found_0").click()
    settled(at.run())
    assert str(query(at, "item")).startswith("i0")


def test_an_item_that_is_not_there_is_said(app: Open, goods: str) -> None:
    at = app("explore/content", data=goods, item="<script>")
    assert any("There is no item" in one.value for one in at.caption)


def test_data_without_words_says_what_is_missing(app: Open) -> None:
    at = app("explore/content")
    assert "Nothing is known of what these items say or show." in html(at)
