"""Keywords by head: vectors are given, so that the choice can be followed."""

import numpy as np
import pytest

from core.content.keywords import candidates, keywords, of_groups
from core.types import FloatArray

# Each word is a direction; a text is the mean of its words.
DIRECTIONS = {"rain": (1, 0, 0), "wet": (0.96, 0.28, 0), "wool": (0, 1, 0), "tea": (0, 0, 1)}


def vectors(texts: list[str]) -> FloatArray:
    found = np.array(
        [np.mean([DIRECTIONS[word] for word in text.split() if word in DIRECTIONS], axis=0) for text in texts]
    )
    return (found / np.linalg.norm(found, axis=1)[:, None]).astype(np.float32)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("the of and", []),
        ("warm jacket for rain", ["warm", "warm jacket", "jacket", "rain"]),
        ("防水外套", ["防水", "防水外套", "外套"]),
        ("size 42", ["size"]),
    ],
)
def test_candidates(text: str, found: list[str]) -> None:
    assert sorted(candidates(text)) == sorted(found)


def test_the_nearest_word_comes_first_and_the_next_says_something_else() -> None:
    """Text (3.96, 1.28): wet is nearest (.9996), then rain (.95) and wool (.31). With d = .6 rain, which says
    what wet says (.96), is worth .4·.95 − .6·.96 = −.20 and wool .4·.31 − .6·.28 = −.05."""
    (found,) = keywords(["rain the wet the wool the rain the rain"], vectors, most=3, diversity=0.6)
    assert [one.word for one in found] == ["wet", "wool", "rain"]
    assert found[0].score == pytest.approx(0.9996, abs=1e-3)


def test_without_diversity_the_order_is_that_of_nearness() -> None:
    (found,) = keywords(["rain tea wool"], vectors, most=3, diversity=0.0)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)


def test_texts_that_say_nothing_have_no_keywords() -> None:
    assert keywords(["", "the"], vectors) == [[], []]


def test_words_of_a_group_are_those_that_others_lack() -> None:
    found = of_groups(["tea cup tea", "tea jacket", "jacket wool"], ["kitchen", "wear", "wear"], most=2)
    assert found["kitchen"][0].word == "tea"
    assert found["wear"][0].word == "jacket"
    by_hand = 2 / 5 * np.log1p((5 + 6) / 2 / 3)  # tea: 2 of 5 terms; 3 times in all; 5 and 6 terms a group
    tea = next(
        one
        for one in of_groups(["tea cup tea", "tea jacket", "jacket wool"], ["k", "w", "w"], 9)["k"]
        if one.word == "tea"
    )
    assert tea.score == pytest.approx(by_hand)
