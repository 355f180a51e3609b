"""Orders from a language model: what is asked, and what of an answer is believed."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.asked import Asking
from core.language.model import Answer, Question
from core.language.ranking import LETTERS, Case, Person, fitting, listed, preferences, read
from tests.models import HashModel

SOMEBODY = Person(("Alien", "Aliens"))


def said(text: str = "", likeliest: Sequence[tuple[str, float]] = ()) -> Answer:
    return Answer(text, 1, 1, 0.0, tuple(likeliest))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("B A C", [0.5, 1.0, 0.0], id="a list"),
        pytest.param('{"ranking": ["B", "A", "C"]}', [0.5, 1.0, 0.0], id="JSON"),
        pytest.param('["b", "a", "c"]', [0.5, 1.0, 0.0], id="JSON, small letters"),
        pytest.param("B B A A C", [0.5, 1.0, 0.0], id="duplicates"),
        pytest.param("B X A Z C", [0.5, 1.0, 0.0], id="invented"),
        pytest.param("B C", [0.0, 1.0, 0.5], id="too short: the rest behind"),
        pytest.param("C", None, id="far too short"),
        pytest.param("I cannot do that.", None, id="a sentence"),
        pytest.param('{"ranking": 3}', None, id="JSON of another form"),
        pytest.param('{"ranking": [{"a": 1}, null]}', None, id="JSON of nothing"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_written_list(text: str, expected: list[float] | None) -> None:
    found = read(said(text), 3, "listwise")
    assert (found is None and expected is None) or (found is not None and found.tolist() == expected)


def test_odds_of_letters() -> None:
    """B is likeliest, then A; C is not named and comes last; other words count nothing."""
    found = read(said(likeliest=[("The", -0.1), ("B", -1.0), (" A", -2.0), ("b", -3.0)]), 3, "letters")
    assert found is not None
    assert found.tolist() == [0.5, 1.0, 0.0]
    assert read(said(likeliest=[("The", -0.1)]), 3, "letters") is None


@given(text=st.text(alphabet=st.sampled_from('ABCDEZ "[]{}:,ranking'), max_size=80), many=st.integers(1, 5))
def test_any_answer_is_places_or_nothing(text: str, many: int) -> None:
    found = read(said(text), many, "listwise")
    if found is not None:
        assert found.shape == (many,)
        assert ((found >= 0) & (found <= 1)).all()


@pytest.mark.parametrize("method", ["listwise", "letters", "pointwise"])
def test_preferences_belong_to_candidates_however_they_are_shown(method: str) -> None:
    """A model that always prefers one title has it first, wherever it stands."""

    class Fan(HashModel):
        def ask(self, question: Question) -> Answer:
            if "Will they like" in question.text:
                yes = "like Heat?" in question.text
                return said(likeliest=[("Yes", 0.0 if yes else -5.0), ("No", -1.0)])
            letter = next(line[0] for line in question.text.splitlines() if line.endswith(". Heat"))
            rest = [one for one in LETTERS[:4] if one != letter]
            return said(" ".join([letter, *rest]), [(letter, -0.1), *((one, -3.0) for one in rest)])

    for at in range(4):
        titles = ["Fargo", "Jaws", "Babe"]
        titles.insert(at, "Heat")
        found = preferences(Asking(Fan(), {}), Case(SOMEBODY, tuple(titles), at), method, 3)  # type: ignore[arg-type]
        assert found is not None
        assert int(np.argmax(found)) == at


def test_averaging_takes_the_place_out_of_a_model_that_goes_by_places() -> None:
    """It always prefers what stands first; with many orders nothing is preferred."""

    class First(HashModel):
        def ask(self, question: Question) -> Answer:
            return said(likeliest=[(one, -float(at)) for at, one in enumerate(LETTERS)])

    titles = [f"title {at}" for at in range(6)]
    once = preferences(Asking(First(), {}), Case(SOMEBODY, tuple(titles), 0), "letters", 1)
    often = preferences(Asking(First(), {}), Case(SOMEBODY, tuple(titles), 0), "letters", 60)
    assert once is not None
    assert often is not None
    assert float(np.ptp(once)) == 1.0
    assert float(np.ptp(often)) < 0.35


def test_the_same_question_is_the_same_whoever_asks() -> None:
    one, other = Asking(HashModel(), {}), Asking(HashModel(), {})
    found = [preferences(run, Case(SOMEBODY, ("Heat", "Jaws"), 4), "letters", 2) for run in (one, other)]
    assert np.array_equal(found[0], found[1])  # type: ignore[arg-type]


@given(
    titles=st.lists(st.text(alphabet="ab靴👢 ", min_size=1, max_size=200), min_size=1, max_size=26),
    history=st.lists(st.text(alphabet="ab靴", min_size=1, max_size=200), max_size=20),
)
def test_a_question_fits_the_context(titles: list[str], history: list[str]) -> None:
    """Two bytes a token is what Chinese takes; titles become shorter, and none is lost."""
    person, shown = fitting(Person(tuple(history)), titles, 1_024)
    assert len(shown) == len(titles)
    question = listed(person, shown, "listwise")
    assert len(question.text.encode()) / 2 + len(titles) * 2 < 1_024


def test_an_empty_history_is_said() -> None:
    assert "nothing yet" in listed(Person(()), ["Heat", "Jaws"], "letters").text


def test_one_candidate_and_no_answer() -> None:
    found = preferences(Asking(HashModel(), {}), Case(SOMEBODY, ("Heat",), 0), "listwise", 2)
    assert found is not None
    assert found.tolist() == [1.0]
    assert math.isfinite(found[0])


def test_what_is_looked_at_now_stands_in_the_question() -> None:
    question = listed(Person(("Alien",), "It is winter.", "Fargo"), ["Babe", "Heat"], "letters")
    assert (
        "A person liked, the latest last: Alien.\nIt is winter.\nNow they look at Fargo.\n" in question.text
    )
    assert "Now they look" not in listed(Person(("Alien",)), ["Babe", "Heat"], "letters").text
