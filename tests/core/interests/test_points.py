"""People and items as points, by head and where there is little to go by."""

import numpy as np
import pandas as pd
import pytest

from core.content.embed import TrainingPart, embed, encoding, read_content
from core.content.encoders.base import encoder_of
from core.content.persons import person_vectors
from core.data.dataset import Dataset
from core.interests.documents import training
from core.interests.points import INTERACTIONS, TOPICS, PointsOf, points
from core.work.desk import Desk
from core.work.errors import BadInput
from tests.core.interests.known_for_tests import PART
from tests.making import dataset, log

COLUMNS = ("user", "item", "part")
# Three take tea and cup, three take hat and sock; dan and eve are held out with one more each.
ROWS = [
    *(f"u{at} {item} train" for at in range(3) for item in ("tea", "cup")),
    *(f"u{at} {item} train" for at in range(3, 6) for item in ("hat", "sock")),
    "u0 hat test",
    "u3 tea test",
]
SAID = {"tea": "green tea", "cup": "tea cup", "hat": "wool hat", "sock": "wool sock", "pie": ""}


def two_tastes(said: dict[str, str] = SAID, rows: list[str] = ROWS) -> Dataset:
    return dataset(
        log(*rows, columns=COLUMNS), items=pd.DataFrame({"item": [*said], "title": [*said.values()]})
    )


@pytest.mark.parametrize("of", ["people", "items"])
def test_by_interactions_those_who_took_the_same_are_one_point(of: str, desk: Desk) -> None:
    found = desk.run(points, two_tastes(), settings=PointsOf(of, INTERACTIONS, PART))  # type: ignore[arg-type]
    close = np.round(found.vectors @ found.vectors.T, 4)
    if of == "people":
        assert found.ids.tolist() == [f"u{at}" for at in range(6)]
        assert (close == np.kron(np.eye(2), np.ones((3, 3)))).all()
    else:  # nobody took pie
        assert found.ids.tolist() == ["cup", "hat", "pie", "sock", "tea"]
        assert found.known.tolist() == [True, True, False, True, True]
        assert (close[0, 4], close[0, 1], close[1, 3]) == (1, 0, 1)


def test_factors_are_singular_vectors(desk: Desk) -> None:
    """Cosines of people in as many factors as the matrix has are those of U·Σ, and so of what they took."""
    rows = [
        "a x train",
        "a y train",
        "b y train",
        "b z train",
        "c z train",
        "c x train",
        "c y train",
        "a z test",
    ]
    found = desk.run(points, two_tastes({"x": ""}, rows), settings=PointsOf("people", INTERACTIONS, PART))
    matrix = np.array([[1, 1, 0], [0, 1, 1], [1, 1, 1]])
    left, size, _ = np.linalg.svd(matrix, full_matrices=False)
    two = (left * size)[:, :2]
    two = two / np.linalg.norm(two, axis=1)[:, None]
    np.testing.assert_allclose(found.vectors @ found.vectors.T, two @ two.T, atol=1e-4)


def test_people_by_an_encoder_are_the_means_of_what_they_took(desk: Desk) -> None:
    data = two_tastes()
    found = desk.run(points, data, settings=PointsOf("people", "word2vec(min_count=1)", PART))
    content = desk.run(read_content, data, settings=PART)
    embedding = desk.run(embed, content, settings=encoding(encoder_of("word2vec(min_count=1)")))
    by_hand = person_vectors(embedding, training(data, PART))
    np.testing.assert_allclose(found.vectors, by_hand, atol=1e-6)
    items = desk.run(points, data, settings=PointsOf("items", "word2vec(min_count=1)", PART))
    assert items.ids[~items.known].tolist() == ["pie"]


def test_counts_of_words_become_few_numbers(desk: Desk) -> None:
    for of in ("people", "items"):
        found = desk.run(points, two_tastes(), settings=PointsOf(of, "tfidf", PART))
        assert found.vectors.shape[1] <= 4
        assert np.isfinite(found.vectors).all()


def test_by_topics_of_items_where_nothing_is_said(desk: Desk) -> None:
    """4 items that people took: no more than 4 topics."""
    found = desk.run(points, two_tastes({"pie": ""}), settings=PointsOf("people", TOPICS, PART))
    assert found.vectors.shape == (6, 4)
    assert np.linalg.norm(found.vectors, axis=1) == pytest.approx(np.ones(6), abs=1e-5)
    close = found.vectors @ found.vectors.T
    assert close[0, 1] > close[0, 3]


def test_another_split_gives_other_points(desk: Desk) -> None:
    data = two_tastes()
    one = desk.run(points, data, settings=PointsOf("people", INTERACTIONS, PART))
    other = desk.run(
        points, data, settings=PointsOf("people", INTERACTIONS, TrainingPart("random(test=0.5)", "", 0))
    )
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize("by", [INTERACTIONS, TOPICS, "tfidf", "word2vec"])
def test_where_there_is_too_little_it_is_said(by: str, desk: Desk) -> None:
    """One person with one item in training, which says nothing."""
    alone = dataset(log("ann tea train", "ann jam test", "bo jam test", columns=COLUMNS))
    with pytest.raises(BadInput):
        desk.run(points, alone, settings=PointsOf("people", by, PART))


def test_where_nothing_tells_people_apart_it_is_said(desk: Desk) -> None:
    """What is said is said of items that nobody took."""
    said = {"a": "wool hat", "b": "wool hat", "c": "wool hat", **dict.fromkeys("defg", "tea cup")}
    rows = ["ann x train", "bo x train", "ann y train", "ann z test"]
    for by in (TOPICS, "word2vec"):
        with pytest.raises(BadInput, match=f"Nothing tells people apart by {by}"):
            desk.run(points, two_tastes(said, rows), settings=PointsOf("people", by, PART))
