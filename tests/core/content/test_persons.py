"""People by what items say, by head."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.content.embedding import Embedding, unit
from core.content.persons import Of, moods, person_vectors, person_words
from core.content.sentiment import Sentiment
from core.content.texts import content_of
from core.data.dataset import Dataset
from core.data.folds import whole
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.store import Store
from tests.making import dataset, log

DAY = 86_400
ITEMS = pd.DataFrame(
    {"item": ["cup", "hat", "mug", "sock"], "title": ["tea cup", "wool hat", "tea mug", "wool sock"]}
)


def shop(**tables: pd.DataFrame) -> Dataset:
    rows = [f"ann cup {DAY}", f"ann mug {2 * DAY}", f"ann hat {300 * DAY}", f"bo sock {DAY}"]
    return dataset(log(*rows), items=ITEMS, **tables)


def test_a_person_is_the_mean_of_their_items_and_recent_ones_count_more() -> None:
    """ann: hat last (weight 1), mug before it (1/2), cup first (1/4), with a half of one event."""
    train = whole(shop())
    vectors = unit(np.array([[1, 0], [0, 1], [1, 0], [0, 1]], dtype=np.float32))
    found = person_vectors(Embedding("test", train.item_ids, vectors), train, half=1)
    assert train.item_ids.tolist() == ["cup", "hat", "mug", "sock"]
    np.testing.assert_allclose(found[0], np.array([0.75, 1.0]) / np.hypot(0.75, 1.0), rtol=1e-5)
    np.testing.assert_allclose(found[1], [0, 1], rtol=1e-5)


def test_items_without_a_vector_count_for_nothing() -> None:
    train = whole(shop())
    nothing = person_vectors(Embedding("test", train.item_ids, np.zeros((4, 2), np.float32)), train)
    assert not nothing.any()


def words(data: Dataset, user: str, before: int | None = None) -> tuple[list[str], list[list[str]]]:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store(Path(folder), 10**8), Inline())
        found = desk.run(person_words, data, content_of(data), settings=Of(user, before))
    return [one.word for one in found.words], [[one.word for one in part.words] for part in found.periods]


def test_keywords_are_of_what_was_touched_lately() -> None:
    found, periods = words(shop(), "ann")
    assert found[0] in ("wool hat", "hat", "wool")
    assert periods[0][0].startswith("tea") or periods[0][0] in ("cup", "mug")
    assert "hat" in " ".join(periods[-1])


def test_what_they_wrote_and_searched_counts_too() -> None:
    searches = pd.DataFrame({"user": ["ann"], "query": ["umbrella"], "timestamp": [300 * DAY]})
    reviews = pd.DataFrame(
        {"user": ["ann"], "item": ["hat"], "text": ["itchy itchy"], "rating": [1], "timestamp": [300 * DAY]}
    )
    found, _ = words(shop(searches=searches, reviews=reviews), "ann")
    assert {"umbrella", "itchy"} <= set(" ".join(found).split())


def test_nothing_after_the_split_is_told() -> None:
    found, _ = words(shop(), "ann", before=100 * DAY * 1_000_000)
    assert "hat" not in " ".join(found)
    assert words(shop(), "nobody") == ([], [])


def test_moods_by_month() -> None:
    reviews = pd.DataFrame(
        {
            "user": ["ann", "ann", "ann", "bo"],
            "item": ["hat", "cup", "mug", "sock"],
            "text": ["good", "bad", "fine", "?"],
            "rating": [5, 1, 4, 3],
            "timestamp": [DAY, 2 * DAY, 40 * DAY, DAY],
        }
    )
    data = shop(reviews=reviews)
    by_text = {"good": 1.0, "bad": -0.5, "fine": 0.5, "?": np.nan}
    scores = np.array([by_text[text] for text in data.reviews["text"]])
    read = Sentiment(scores, np.full(4, "lexicon", dtype=object), ())
    found = moods(data, read, "ann")
    assert [(str(one.month)[:7], one.n) for one in found] == [("1970-01", 2), ("1970-02", 1)]
    assert found[0].mean == pytest.approx(0.25)
    assert moods(data, read, "bo") == []
