"""Coherence by head and against gensim; topics of a corpus whose topics are known."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array

from core.interests.lda import lda, npmi
from core.types import FloatArray
from core.work.report import Cancelled, silent
from tests.core.interests.known_for_tests import documents_of, drawn

#                    cup, hat, jam, tea
FOUR = documents_of("tea cup", "tea cup tea", "tea jam", "hat")


def matched_cosines(one: FloatArray, other: FloatArray) -> FloatArray:
    """Cosine of each topic with the one it is matched with."""
    near = (one / np.linalg.norm(one, axis=1)[:, None]) @ (other / np.linalg.norm(other, axis=1)[:, None]).T
    rows, columns = linear_sum_assignment(near, maximize=True)
    return np.asarray(near[rows, columns])


def test_coherence_by_head() -> None:
    """Of 4 documents tea is in 3, cup in 2, jam in 1; tea and cup are together in 2, tea and jam in 1, cup
    and jam in none. A topic of hat alone has no pair."""
    tea_cup = np.log((2 / 4) / (3 / 4 * 2 / 4)) / -np.log(2 / 4)
    tea_jam = np.log((1 / 4) / (3 / 4 * 1 / 4)) / -np.log(1 / 4)
    found = npmi(np.array([[0.3, 0, 0.2, 0.5], [0.5, 0, 0, 0.5], [0, 1, 0, 0]]), FOUR.counts)
    assert found[:2] == pytest.approx([(tea_cup + tea_jam - 1) / 3, tea_cup])
    assert np.isnan(found[2])


def test_words_that_are_always_together_are_1_and_words_that_never_are_minus_1() -> None:
    counts = documents_of("a b", "a b", "c").counts
    assert npmi(np.array([[0.5, 0.5, 0]]), counts) == pytest.approx([1])
    assert npmi(np.array([[0.5, 0, 0.5]]), counts) == pytest.approx([-1])
    assert npmi(np.array([[0.5, 0.5]]), documents_of("a b", "a b").counts) == pytest.approx([1])


def test_coherence_is_that_of_gensim() -> None:
    """gensim 4.4.0, c_npmi with whole documents as windows; over words of which each two are together."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own imports
        from gensim.corpora import Dictionary
        from gensim.models import CoherenceModel
    rng = np.random.default_rng(0)
    there = rng.random((80, 5)) < 0.6
    there[:, 0] |= ~there.any(axis=1)
    texts = [[f"w{word}" for word in np.flatnonzero(row)] for row in there]
    known = Dictionary(texts)
    model = CoherenceModel(
        topics=[["w0", "w1", "w2"], ["w2", "w3", "w4"]],
        texts=texts,
        dictionary=known,
        coherence="c_npmi",
        window_size=10,
        processes=1,
    )
    asked = np.array([[3, 2, 1, 0, 0], [0, 0, 3, 2, 1]]) / 6
    assert npmi(asked, csr_array(there.astype(np.float32))) == pytest.approx(
        model.get_coherence_per_topic(), abs=1e-6
    )


@given(st.integers(0, 2**32 - 1))
def test_coherence_is_between_minus_1_and_1(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = csr_array(rng.poisson(0.5, (rng.integers(1, 12), 6)).astype(np.float32))
    found = npmi(rng.dirichlet(np.full(6, 0.3), 3), counts)
    assert ((found >= -1 - 1e-9) & (found <= 1 + 1e-9) | np.isnan(found)).all()


@given(st.integers(0, 2**32 - 1))
def test_coherence_does_not_depend_on_the_order_of_documents(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = csr_array(rng.poisson(0.5, (8, 6)).astype(np.float32))
    topics = rng.dirichlet(np.full(6, 0.3), 3)
    assert npmi(topics, counts) == pytest.approx(npmi(topics, counts[rng.permutation(8)]), nan_ok=True)


def test_known_topics_are_recovered() -> None:
    truth, documents = drawn()
    found = lda(documents.counts, 5, 0, silent)
    assert matched_cosines(truth, found.words).min() > 0.9


def test_rows_sum_to_1_and_an_empty_document_has_no_topic() -> None:
    _, documents = drawn(many=40)
    counts = documents.counts.toarray()
    counts[3] = 0
    found = lda(csr_array(counts), 4, 0, silent, rounds=20)
    assert found.words.sum(axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    assert found.documents.sum(axis=1) == pytest.approx([0 if row == 3 else 1 for row in range(40)], abs=1e-5)


def test_the_same_seed_gives_the_same_topics_bit_for_bit() -> None:
    _, documents = drawn(many=60)
    one, same, other = (lda(documents.counts, 4, seed, silent, rounds=50) for seed in (1, 1, 2))
    assert np.array_equal(one.words, same.words)
    assert np.array_equal(one.documents, same.documents)
    assert not np.array_equal(one.words, other.words)


def test_a_word_that_no_document_has_is_in_no_topic() -> None:
    _, documents = drawn(many=40)
    counts = documents.counts.toarray()
    counts[:, 7] = 0
    found = lda(csr_array(counts), 3, 0, silent, rounds=20)
    assert not found.words[:, 7].any()
    assert found.words.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_a_cancel_is_heard_between_rounds() -> None:
    said = []

    def report(fraction: float, message: str) -> None:
        said.append(fraction)
        if len(said) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        lda(FOUR.counts, 2, 0, report)
    assert said == pytest.approx([0, 1 / 30, 2 / 30])
