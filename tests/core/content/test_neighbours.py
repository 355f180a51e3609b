"""Neighbours by head, and what a graph misses."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from core.content.embedding import Embedding, lengths, unit
from core.content.neighbours import agreement, nearest, search
from core.work.report import silent

IDS = np.array(["a", "b", "c", "d"], dtype=object)
# a and b look the same way, c is at 60 degrees to them, d says nothing.
FOUR = unit(np.array([[1, 0], [2, 0], [0.5, np.sqrt(0.75)], [0, 0]], dtype=np.float32))


@pytest.mark.parametrize("vectors", [FOUR, csr_array(FOUR)], ids=["dense", "sparse"])
def test_by_head(vectors: np.ndarray) -> None:
    found = nearest(Embedding("test", IDS, vectors), 3, silent)
    assert found.items.tolist() == [[1, 2, -1], [0, 2, -1], [0, 1, -1], [-1, -1, -1]]
    np.testing.assert_allclose(found.scores[0, :2], [1, 0.5], atol=1e-6)
    assert found.recall == 1


def test_items_that_are_all_alike_never_list_themselves() -> None:
    many = Embedding(
        "test", np.array([f"i{at:03}" for at in range(60)], dtype=object), unit(np.ones((60, 4)))
    )
    found = nearest(many, 10, silent)
    assert all(row not in others for row, others in enumerate(found.items))
    assert (found.items >= 0).all()


def test_a_graph_finds_nearly_all_and_says_how_many() -> None:
    rng = np.random.default_rng(0)
    vectors = unit(rng.normal(size=(3_000, 16)).astype(np.float32))
    ids = np.array([f"i{at:05}" for at in range(3_000)], dtype=object)
    exact = nearest(Embedding("test", ids, vectors), 10, silent)
    graph = nearest(Embedding("test", ids, vectors), 10, silent, exact_below=100)
    assert exact.recall == 1
    assert 0.9 < graph.recall <= 1
    assert agreement(exact, graph) == pytest.approx(graph.recall, abs=0.03)


def test_agreement_by_head() -> None:
    one = nearest(Embedding("test", IDS, FOUR), 2, silent)
    assert agreement(one, one) == 1
    other = nearest(Embedding("test", IDS, unit(np.array([[1, 0], [0, 1], [1, 0.1], [0, 0]]))), 1, silent)
    # With one place each: a → b | c, b → a | c, c → a | a: one of three in common.
    assert agreement(one, other, 1) == pytest.approx(1 / 3)
    nothing = nearest(Embedding("test", IDS, np.zeros((4, 2), dtype=np.float32)), 2, silent)
    assert np.isnan(agreement(one, nothing))


def test_a_query_finds_the_nearest_first() -> None:
    items, scores = search(Embedding("test", IDS, FOUR), FOUR[2], 4)
    assert items.tolist()[0] == 2
    assert len(items) == 3
    assert scores[0] == pytest.approx(1)
    assert search(Embedding("test", IDS, FOUR), np.zeros(2, dtype=np.float32), 4)[0].tolist() == []


def test_unit_rows() -> None:
    found = unit(np.array([[3, 4], [0, 0], [np.nan, np.inf]]))
    assert np.allclose(found, np.array([[0.6, 0.8], [0, 0], [0, 0]]))
    assert lengths(csr_array(found)).tolist() == pytest.approx([1, 0, 0])
