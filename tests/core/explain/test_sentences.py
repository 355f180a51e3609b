"""Sentences of reasons: the reason's own facts, and what they must not claim."""

import pytest

from core.explain.sentences import explanation
from core.explain.why import Named, Strongest, Why
from core.language.writing import template
from core.recommenders.reason import Kind, Part, Reason

TITLES = {"1": "Tent", "2": "Lamp"}


def why(reason: Reason, *ways: list[str]) -> Why:
    made = [Strongest(tuple(Named(name, 0.5, 0.2) for name in names), 0, 0.0, 0.0) for names in ways]
    return Why("x", reason, tuple(made))


def said(one: Why) -> str:
    draft = explanation(one, TITLES)
    return template(draft).said() if draft else ""


PARTS = (Part(0.5, 0), Part(0.4, 1))


def test_items_are_called_by_their_titles_and_what_they_share_is_said() -> None:
    words = Reason("words", (Part(0.3, name="warm"),), 0.9)
    reason = Reason("items", PARTS, 0.9, also=(words,))
    assert said(why(reason, ["1", "2", "?"], ["warm"])) == (
        "Shown because you chose Tent, Lamp and ?. They share warm."
    )


def test_an_estimate_claims_no_more_than_was_measured() -> None:
    """One item was left out at a time, so no more than one is named."""
    reason = Reason("items", PARTS, 0.9, exact=False)
    assert said(why(reason, ["1", "2"])) == "Without Tent it would stand lower."


@pytest.mark.parametrize(
    ("kind", "names", "text"),
    [
        ("popular", [""], "Liked by 1,200 of 5,000 people."),
        ("people", ["u1"], "Liked by 1,200 of the 5,000 people whose taste is nearest to yours."),
        ("topic", [""], "More about camping."),
        ("segment", [""], "Popular in camping: liked by 1,200 of 5,000 people."),
        ("words", ["warm", "wool"], "Shown because of the words warm and wool."),
        ("details", ["age 34", "popularity with everyone"], "It fits age 34."),
        ("features", ["every candidate alike", "its price"], "Shown for its its price."),
        ("chance", [], "It is here by chance."),
    ],
)
def test_every_kind_of_reason_has_its_sentence(kind: Kind, names: list[str], text: str) -> None:
    parts = () if kind == "chance" else PARTS
    name = "camping" if kind in ("topic", "segment") else ""
    assert said(why(Reason(kind, parts, 0.9, n=1_200, of=5_000, name=name), names)) == text


def test_where_nothing_speaks_for_an_item_nothing_is_said() -> None:
    assert said(why(Reason("items", (Part(-0.5, 0),), -0.5), [])) == ""
    assert said(why(Reason("details", PARTS, 0.9), ["popularity with everyone"])) == ""
    assert said(why(Reason("segment", PARTS, 0.9, n=1, of=2), [""])) == ""
