"""Words and languages."""

import pytest

from core.content.tokens import language, languages, telling, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("🙂🙂", []),
        ("Don't stop—ever", ["don", "t", "stop", "ever"]),
        ("防水 jacket外套", ["防水", "jacket", "外套"]),
        ("10000mAh power", ["10000mah", "power"]),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_stop_words_and_single_letters_say_nothing() -> None:
    assert telling("The jacket is a x warm one") == ["jacket", "warm"]
    assert telling("这是一件很暖和的外套") == ["暖和", "外套"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The quick brown fox jumps over the lazy dog", "en"),
        ("这件外套很暖和，下雨也不怕", "zh"),
        ("Der schnelle braune Fuchs springt über den faulen Hund", "de"),
        ("!!! 123", ""),
        ("ok", ""),
    ],
)
def test_language(text: str, found: str) -> None:
    assert language(text) == found


def test_languages_are_counted() -> None:
    found = languages(["The jacket is warm and dry", "这件外套很暖和", "", "The tea is hot and sweet"])
    assert (found["en"], found["zh"]) == (2, 1)
