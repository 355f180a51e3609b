"""What was understood of a newcomer's sentence: shown, corrected, and followed by the list."""

import json
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.content.wishes import LIFT
from core.data.load import Source
from core.language.model import Answer, Identity, Question, Unanswered
from pages.parts import session
from pages.parts.terms import TERMS
from tests.models import HashModel
from tests.pages.conftest import Open, html, query, settled
from tests.pages.test_newcomer_page import captions, heads, lists

PAGE = "explore/newcomer"
SENTENCE = "warm boots for a wedding, not leather"
TITLES = ["Warm boots", "Leather boots", "Warm leather gloves", "Wool hat", "Tin cup", "Green tea"]


@pytest.fixture(scope="module")
def shoes(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Six items and eight people who each took four of them."""
    folder: Path = tmp_path_factory.mktemp("shoes")
    rows = [(f"u{at}", f"i{(at + step) % 6}", 1_700_000_000 + step) for at in range(8) for step in range(4)]
    log = pd.DataFrame(rows, columns=["user", "item", "timestamp"])
    log["timestamp"] = pd.to_datetime(log["timestamp"], unit="s", utc=True)
    log.to_parquet(folder / "interactions.parquet", index=False)
    items = pd.DataFrame({"item": [f"i{at}" for at in range(6)], "title": TITLES})
    items.to_parquet(folder / "items.parquet", index=False)
    (folder / "dataset.json").write_text(json.dumps({"schema": 1, "name": "shoes"}))
    return session.shelf().put(Source(data=str(folder)), "shoes")


def sides(at: AppTest) -> tuple[list[str], list[str]]:
    return at.multiselect(key="newcomer_wishes").value, at.multiselect(key="newcomer_dislikes").value


def understood(at: AppTest) -> list[str]:
    """The list by what was understood, from its first title."""
    found = lists(at)[heads(at).index("A sentence, understood")]
    return sorted(TITLES, key=found.index)


def test_what_was_understood_is_shown_and_the_list_follows(app: Open, shoes: str) -> None:
    at = app(PAGE, data=shoes, sentence=SENTENCE)
    assert sides(at) == (["warm", "boots"], ["leather"])
    assert understood(at)[0] == "Warm boots"
    assert set(understood(at)[-2:]) == {"Leather boots", "Warm leather gloves"}
    assert "says warm and boots" in html(at)
    assert "says leather, which is not wanted" in html(at)
    said = " ".join(captions(at))
    assert "Read by rules. Correct it above: the list follows." in said
    assert "Said by no item, so sought by meaning only: wedding." in said
    assert query(at, "corrected") is None


def test_a_correction_moves_a_term_stands_in_the_address_and_can_be_let_go(app: Open, shoes: str) -> None:
    at = app(PAGE, data=shoes, sentence=SENTENCE)
    at.multiselect(key="newcomer_wishes").set_value(["boots", "leather"])
    settled(at.run())
    assert query(at, "corrected") == "boots,leather|"
    assert sides(at) == (["boots", "leather"], [])
    assert understood(at)[0] == "Leather boots"
    assert any(one.startswith("Corrected here; that holds for this sentence.") for one in captions(at))
    at.multiselect(key="newcomer_dislikes").set_value(["boots", "tin"])
    settled(at.run())
    assert sides(at) == (["leather"], ["boots", "tin"])
    at.button(key="newcomer_as_read").click()
    settled(at.run())
    assert sides(at) == (["warm", "boots"], ["leather"])
    assert query(at, "corrected") is None


def test_what_is_typed_is_taken_where_an_item_says_it(app: Open, shoes: str) -> None:
    at = app(PAGE, data=shoes, sentence=SENTENCE)
    at.multiselect(key="newcomer_wishes").set_value(["boots", "HATS", "velvet|,<b>"])
    at.run()
    assert query(at, "corrected") == "boots,hat|leather"
    assert any("No item says velvet" in one for one in captions(at))
    settled(at)


def test_everything_can_be_taken_away(app: Open, shoes: str) -> None:
    at = app(PAGE, data=shoes, sentence=SENTENCE)
    at.multiselect(key="newcomer_wishes").set_value([])
    settled(at.run())
    at.multiselect(key="newcomer_dislikes").set_value([])
    settled(at.run())
    assert query(at, "corrected") == "|"
    assert sides(at) == ([], [])


def test_another_sentence_is_read_anew(app: Open, shoes: str) -> None:
    at = app(PAGE, data=shoes, sentence=SENTENCE, corrected="tin|warm")
    assert sides(at) == (["tin"], ["warm"])
    at.text_input(key="state_sentence").set_value("a hat")
    settled(at.run())
    assert sides(at) == (["hat"], [])
    assert query(at, "corrected") is None


@pytest.mark.parametrize(
    "given",
    [
        {"sentence": SENTENCE, "corrected": "velvet,<b>|warm,warm,boots"},
        {"sentence": SENTENCE, "corrected": "no bar"},
        {"sentence": "", "corrected": "warm|"},
        {"sentence": "🥾 防水 <|im_end|> not <b>leather</b>"},
    ],
)
def test_a_link_of_a_stranger_holds_terms_only(app: Open, shoes: str, given: dict[str, str]) -> None:
    at = app(PAGE, data=shoes, **given)
    there = {one.key: one.value for one in at.multiselect}
    for key in ("newcomer_wishes", "newcomer_dislikes"):
        assert set(there.get(key, [])) <= {"warm", "boots", "leather"}
    assert bool(given["sentence"]) == ("newcomer_wishes" in there)


def test_a_model_at_an_address_is_named_and_its_reading_labelled(
    app: Open, shoes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Contrary(HashModel):
        identity = Identity("address", "big", "http://there")

        def ask(self, question: Question) -> Answer:
            said = dict.fromkeys(question.schema["properties"], "dislike")
            return Answer(json.dumps(said), 1, 1, 0.0)

    model = Contrary()
    monkeypatch.setattr("core.content.wishes.chosen", lambda: model)
    at = app(PAGE, data=shoes, sentence=SENTENCE)
    assert sides(at) == ([], ["warm", "boots", "leather"])
    assert "generated" in html(at)
    assert "Read by big (http://there)" in html(at)


def test_where_the_model_is_silent_rules_read_and_it_can_be_asked_again(
    app: Open, shoes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Sleepy(HashModel):
        identity = Identity("address", "sleepy", "http://there")

        def ask(self, question: Question) -> Answer:
            self.asked.append(question)
            if len(self.asked) == 1:
                raise Unanswered("it sleeps")
            return Answer(json.dumps(dict.fromkeys(question.schema["properties"], "wish")), 1, 1, 0.0)

    model = Sleepy()
    monkeypatch.setattr("core.content.wishes.chosen", lambda: model)
    at = app(PAGE, data=shoes, sentence=SENTENCE)
    assert sides(at) == (["warm", "boots"], ["leather"])
    assert "The language model did not read it, so rules did: it sleeps." in captions(at)
    at.button(key="newcomer_ask").click()
    settled(at.run())
    assert sides(at) == (["warm", "boots", "leather"], [])


def test_the_definition_gives_the_weight_that_is_used() -> None:
    meaning = next(term.meaning for term in TERMS if term.name == "wishes")
    assert f" {LIFT} more" in meaning
