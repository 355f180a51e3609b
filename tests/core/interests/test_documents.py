"""What topics are learnt from, by head."""

import numpy as np
import pandas as pd
import pytest

from core.content.embed import TrainingPart
from core.content.texts import Content
from core.data.dataset import Dataset
from core.data.folds import whole
from core.interests.documents import Asked, by_items, by_words, read_documents, training
from core.types import TextArray
from core.work.report import silent
from tests.core.interests.known_for_tests import PART, ids
from tests.making import dataset, log

PARTED = ("user", "item", "timestamp", "part")


def content(*texts: str) -> Content:
    many = len(texts)
    none: TextArray = np.full(many, "", dtype=object)
    said: TextArray = np.array(texts, dtype=object)
    return Content(ids("i", many), said, none, np.full(many, np.nan, dtype=np.float32), none, "")


def test_words_are_those_of_three_items_and_of_half_at_most() -> None:
    """Of 8 items tea is in 5, more than half; rain in 4; wool in 3; jam in 2. Stop words, figures and single
    letters say nothing."""
    found = by_words(
        content(
            "Tea and rain, rain!",
            "tea: rain 42 x",
            "tea rain wool",
            "TEA wool jam",
            "tea jam 42",
            "wool 42",
            "rain",
            "hat",
        ),
        silent,
    )
    assert found.words.tolist() == ["rain", "wool"]
    assert found.counts.toarray().tolist() == [
        [2, 0], [1, 0], [1, 1], [0, 1], [0, 0], [0, 1], [1, 0], [0, 0],
    ]  # fmt: skip
    assert (found.kind, found.ids.tolist(), found.different) == ("text", ids("i", 8).tolist(), 2)


def test_half_is_of_the_items_that_say_something() -> None:
    assert by_words(content("tea", "tea", "tea", "hat", "", ""), silent).words.tolist() == ["tea"]
    assert by_words(content(*["tea hat"] * 4, "jam"), silent).words.tolist() == []  # 4 of 5
    assert by_words(content("", ""), silent).counts.shape == (2, 0)
    assert by_words(content(), silent).counts.shape == (0, 0)


def test_people_by_their_items_each_once() -> None:
    data = dataset(log("ann tea 1", "ann tea 2", "ann jam 3", "bo jam 1"))
    found = by_items(whole(data))
    assert (found.ids.tolist(), found.words.tolist()) == (["ann", "bo"], ["jam", "tea"])
    assert found.counts.toarray().tolist() == [[1, 1], [1, 0]]


def shop(*rows: str, **said: list[str]) -> Dataset:
    items = pd.DataFrame({"item": sorted({row.split()[1] for row in rows}), **said})
    return dataset(log(*rows, columns=PARTED), items=items)


def kind(data: Dataset, asked: Asked) -> str:
    return read_documents(data, settings=asked, report=silent).kind


ROWS = [f"u{user} {item} {user + at} train" for user in range(4) for at, item in enumerate("abcdef")]
HELD = [f"u{user} g 99 test" for user in range(4)]
TITLES = ["tea cup", "tea cup", "tea cup", "hat", "hat", "hat", "hat"]


def test_text_where_items_say_something_else_people() -> None:
    speaking, silent_ones = shop(*ROWS, *HELD, title=TITLES), shop(*ROWS, *HELD)
    assert kind(speaking, Asked(PART)) == "text"
    assert kind(speaking, Asked(PART, "items")) == "items"
    assert kind(silent_ones, Asked(PART)) == "items"
    assert kind(silent_ones, Asked(PART, "text")) == "text"


def test_people_too_where_no_two_words_are_shared() -> None:
    """Each title has a word of its own: text was there, and taught nothing."""
    alone = shop(*ROWS, *HELD, title=["ant", "bee", "cow", "dog", "elk", "fox", "gnu"])
    assert kind(alone, Asked(PART)) == "items"
    assert kind(alone, Asked(PART, "text")) == "text"
    one_word = shop(*ROWS, *HELD, title=["tea", "tea", "tea", "", "", "", ""])
    assert kind(one_word, Asked(PART)) == "items"


def test_nothing_held_out_is_learnt_from() -> None:
    """Everybody's g is held out: nobody has it."""
    found = read_documents(shop(*ROWS, *HELD), settings=Asked(PART), report=silent)
    assert found.words.tolist() == list("abcdefg")
    assert found.counts.sum(axis=0).tolist() == [4, 4, 4, 4, 4, 4, 0]
    assert found.different == 6


def test_the_training_part_is_that_of_the_split_that_is_asked() -> None:
    data = dataset(log("ann a 1", "ann b 2", "ann c 3", "bo a 1", "bo b 2"))
    train = training(data, TrainingPart("leave_last(n=1)", "", 0))
    assert train.positives.sum(axis=1).tolist() == pytest.approx([2, 1])
