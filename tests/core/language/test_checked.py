"""A text may name and count only what its facts hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.checked import unsupported

FACTS = ["Stillwater Bath Towel, zigzag", "1,500", "12", "红色毛衣", "Ana's Choice"]


@pytest.mark.parametrize(
    "text",
    [
        "Because you chose Stillwater Bath Towel, zigzag.",
        "Liked by 12 of 1,500 people.",
        "You like the bath towel from Stillwater: Stillwater Bath Towel, zigzag.",
        "红色毛衣 goes with it.",
        "I show you Ana's Choice. It's for you.",
        "“Ana's Choice” is yours.",
    ],
)
def test_what_the_facts_hold_passes(text: str) -> None:
    assert unsupported(text, FACTS) == ""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Liked by 13 of 1,500 people.", "the number 13"),
        ("Liked by twelve thousand of 1,500 people.", "the number twelve"),
        ("Bath towels from Lisbon go with 12.", "the name Lisbon"),
        ("Zelda gave you 12.", "the name Zelda"),
        ("绿色毛衣 12", "the name 绿色毛衣"),
        ("“A gift” for 12 people.", "the quotation A gift"),
        ("Something for you.", "none of the facts in it"),
        ("12 at http://example.com", "the text http:"),
        ("12 <b>people</b>", "the text <"),
        ("Write to me@example.com 12", "the text e@e"),
        ("", "none of the facts in it"),
    ],
)
def test_what_no_fact_holds_is_named(text: str, wrong: str) -> None:
    assert unsupported(text, FACTS) == wrong


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_number_passes_only_where_it_is_a_fact(said: int, fact: int) -> None:
    wrong = unsupported(f"Ana's Choice was liked {said} times.", ["Ana's Choice", str(fact)])
    assert (wrong == "") == (said == fact)


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_and_any_facts_are_judged(text: str, facts: list[str]) -> None:
    assert isinstance(unsupported(text, facts), str)
