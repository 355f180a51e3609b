"""Reasons: each model's own, those found by leaving items out, and the words that say them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from core.recommenders import leaving_out
from core.recommenders.base import Scorer, recommender_of
from core.recommenders.leaving_out import follows, left_out, reasons, without
from core.recommenders.reason import Part, Reason, said
from core.types import FloatArray, IntArray
from core.work.report import silent
from tests.making import history_of, train_of

# u00 and u01 like i0 and i1; u02 likes i1 and i2; u03 likes i3.
MATRIX = [[1, 1, 0, 0], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]]
ONE = np.array([0], dtype=np.int32)


@dataclass(frozen=True)
class Pairs(Scorer):
    """2 for each item of a history, and 5 more where it has both of the first two; or what it knows."""

    known: float = 0.0  # the score of whoever training knows, whatever their history; 0 = it looks

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        dense = history.toarray() > 0
        found = 2 * dense.sum(axis=1) + 5 * dense[:, 0] * dense[:, 1]
        if self.known and users is not None:
            found = np.where(users >= 0, self.known, found)
        return np.repeat(found[:, None], history.shape[1], axis=1).astype(np.float32)


@dataclass(frozen=True)
class Latest(Scorer):
    """The score of an item is its place in time."""

    @property
    def ordered(self) -> bool:
        return True

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        return np.repeat(history.toarray().max(axis=1)[:, None], history.shape[1], axis=1)


def test_popularity_says_how_many_of_how_many() -> None:
    scorer = recommender_of("popularity").fit(train_of(MATRIX), silent)
    reason = scorer.reason(history_of([1, 0, 0, 0]), None, 1)
    assert reason is not None
    assert (reason.kind, reason.n, reason.of, reason.score) == ("popular", 3, 4, 3)
    assert said(reason, str) == "liked by 3 of 4 people"


def test_random_says_that_it_is_chance() -> None:
    scorer = recommender_of("random").fit(train_of(MATRIX), silent)
    reason = scorer.reason(history_of([1, 0, 0, 0]), None, 1)
    assert reason is not None
    assert said(reason, str) == "by chance"


def test_user_knn_names_the_people_and_the_items_that_make_them_alike() -> None:
    """u00 is like u01 (1) and u02 (1/2, by i1); of the two only u02 likes i2."""
    scorer = recommender_of("user_knn").fit(train_of(MATRIX), silent)
    reason = scorer.reason(history_of(MATRIX[0]), ONE, 2)
    assert reason is not None
    assert [part.at for part in reason.parts] == [2]
    assert reason.parts[0].weight == pytest.approx(0.5)
    assert (reason.n, reason.of) == (1, 2)
    (items,) = reason.also
    assert [part.at for part in items.parts] == [1]
    assert items.parts[0].weight == pytest.approx(0.5)
    assert said(reason, "item {}".format) == "liked by 1 of the 2 people most alike; alike in item 1"


def test_tfidf_names_items_and_the_words_that_they_share() -> None:
    items = pd.DataFrame(
        {"item": ["i00", "i01", "i02", "i03"], "title": ["red wool", "red tent", "iron pot", "iron tent"]}
    )
    scorer = recommender_of("tfidf(min_items=1)").fit(train_of(MATRIX, items), silent)
    reason = scorer.reason(history_of([1, 0, 1, 0]), None, 1)
    assert reason is not None
    assert [part.at for part in reason.parts] == [0]
    words = reason.of_kind("words")
    assert words is not None
    assert [part.name for part in words.parts] == ["red"]
    assert words.score == pytest.approx(float(scorer.score(history_of([1, 0, 1, 0]), None)[0, 1]))
    assert said(reason, str) == "because of 0; they share red"


def test_leaving_out_one_item_shows_what_it_gave() -> None:
    """11 for three items with the pair; 4 without either of the pair, 9 without the third."""
    (reason,) = left_out(Pairs(), history_of([1, 1, 1, 0]), None, [3])
    assert not reason.exact
    assert reason.score == 11
    assert [(part.at, part.weight) for part in reason.parts] == [(0, 7), (1, 7), (2, 2)]
    assert said(reason, "item {}".format) == (
        "because of item 0, item 1, item 2 (estimated by leaving items out)"
    )


def test_a_model_that_knows_somebody_is_asked_about_somebody_new() -> None:
    (reason,) = left_out(Pairs(known=3.0), history_of([1, 1, 0, 0]), ONE, [3])
    assert reason.stranger
    assert reason.score == 9
    (known,) = left_out(Pairs(), history_of([1, 1, 0, 0]), ONE, [3])
    assert not known.stranger


def test_only_the_latest_of_a_long_history_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving_out, "MOST", 2)
    history = csr_array(np.array([[3, 1, 2, 0]], dtype=np.float32))
    (reason,) = left_out(Latest(), history, None, [3])
    assert reason.left_out == 1
    assert [(part.at, part.weight) for part in reason.parts] == [(0, 1), (2, 1)]  # both leave two places


def test_an_empty_history_gives_no_parts() -> None:
    (reason,) = left_out(Pairs(), history_of([0, 0, 0, 0]), None, [1])
    assert reason.parts == ()
    assert said(reason, str) == ""


def test_places_in_time_close_up() -> None:
    history = csr_array(np.array([[3, 1, 2, 4]], dtype=np.float32))
    assert without(history, [2]).toarray().tolist() == [[2, 1, 0, 3]]
    assert without(history_of([1, 1, 0, 1]), [0]).toarray().tolist() == [[0, 1, 0, 1]]


def test_who_follows_an_edit() -> None:
    before, after = history_of([1, 1, 0, 0]), history_of([1, 0, 0, 0])
    stranger = np.array([-1], dtype=np.int32)
    assert follows(Pairs(), before, after, ONE) == "yes"
    assert follows(Pairs(known=3.0), before, after, ONE) == "as new"
    popular = recommender_of("popularity").fit(train_of(MATRIX), silent)
    assert follows(popular, before, after, ONE) == "no"
    assert follows(popular, before, after, stranger) == "no"


def test_a_reason_of_a_list_that_is_reordered_says_so() -> None:
    @dataclass(frozen=True)
    class Later(Pairs):
        @property
        def pool(self) -> int:
            return 3

    (reason,) = reasons(Later(), history_of([1, 1, 0, 0]), None, [2])
    assert reason.stage == "first"
    assert said(reason, str).endswith(
        "(estimated by leaving items out; of the score before the list was reordered)"
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("segment", (Part(3.0),), 3.0, n=3, of=9, name="Hikers"), "popular in the segment Hikers:"),
        (Reason("segment", (Part(3.0),), 3.0), "popular among people of the same group"),
        (Reason("features", (Part(0.4, name="price"),), 0.4), "because of its price"),
        (Reason("topic", (Part(0.4),), 0.4, name="outdoor"), "because of the topic outdoor"),
        (Reason("details", (Part(0.4, name="age 34"),), 0.4), "because of age 34"),
        (Reason("words", (Part(0.4, name="warm"),), 0.4), "because of the words warm"),
        (Reason("items", (Part(-0.4, 1),), -0.4), ""),
    ],
)
def test_every_kind_has_words(reason: Reason, words: str) -> None:
    assert said(reason, str).startswith(words)
