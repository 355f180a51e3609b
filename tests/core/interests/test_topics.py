"""Topics by head: relevance, names, and ids that stay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from core.interests.documents import Documents
from core.interests.topics import (
    CURVE,
    DEFAULT_K,
    Topics,
    TopicSettings,
    check,
    coherence_curve,
    matched,
    name_of,
    topics,
)
from core.work.desk import Desk
from core.work.errors import BadInput
from tests.core.interests.known_for_tests import documents_of, drawn, ids, topics_of

TWO = topics_of([[0.6, 0.4, 0.0], [0.2, 0.4, 0.4]], share=np.array([0.5, 0.5]))


def test_relevance_by_head() -> None:
    """Sievert & Shirley 2014. Words are .4, .4 and .2 likely overall. In topic 0 the first is .6 likely, a
    lift of 1.5; the second .4, a lift of 1; the third is not of this topic."""
    found = TWO.top(0)
    assert [one.word for one in found] == ["w000", "w001"]
    assert found[0].relevance == pytest.approx(0.6 * np.log(0.6) + 0.4 * np.log(1.5))
    assert found[1].relevance == pytest.approx(0.6 * np.log(0.4))
    assert [one.word for one in TWO.top(1, most=2, balance=1.0)] == ["w001", "w002"]  # equal: by word
    assert [one.word for one in TWO.top(1, most=2, balance=0.0)] == ["w002", "w001"]  # lifts 2 and 1


def test_names_are_words_or_titles() -> None:
    assert name_of(TWO, 0) == "w000, w001"
    assert name_of(TWO, 0, {"w000": "Green tea"}) == "Green tea, w001"
    assert name_of(TWO, 1, most=1) == TWO.top(1)[0].word


def test_a_topic_that_is_not_there() -> None:
    assert TWO.row_of(1) == 1
    with pytest.raises(BadInput, match="no topic 7 here"):
        TWO.row_of(7)


def test_coherence_is_the_mean_of_the_topics_that_have_any() -> None:
    assert topics_of(np.eye(3), npmi=np.array([0.2, np.nan, 0.4])).coherence == pytest.approx(0.3)
    assert np.isnan(topics_of(np.eye(2), npmi=np.full(2, np.nan)).coherence)


def test_a_topic_takes_over_the_id_of_the_likest_and_new_ones_follow() -> None:
    """Before: words 0, 1 and 2. After: words 2, 3 and 0, of which 3 was in no topic."""
    before = topics_of(np.eye(4)[:3])
    assert matched(before, topics_of(np.eye(4)[[2, 0, 1]])).tolist() == [2, 0, 1]
    assert matched(before, topics_of(np.eye(4)[[2, 0]])).tolist() == [2, 0]
    assert matched(before, topics_of(np.eye(4)[[2, 0, 1, 3]])).tolist() == [2, 0, 1, 3]


def test_the_sum_is_matched_not_each_by_itself() -> None:
    """Both new topics are likest to 0, but the second has nothing else: the first goes to 1."""
    before = topics_of([[1, 0, 0], [0, 1, 0]])
    after = topics_of([[0.6, 0.5, 0], [0.9, 0, 0.1]])
    assert matched(before, after).tolist() == [1, 0]


def test_words_are_compared_by_name_not_by_place() -> None:
    before = topics_of(np.eye(3), words=np.array(["jam", "hat", "tea"], dtype=object))
    after = topics_of(np.eye(4)[:3], words=np.array(["tea", "jam", "hat", "new"], dtype=object))
    assert matched(before, after).tolist() == [2, 0, 1]


@given(st.integers(0, 2**32 - 1))
def test_ids_follow_topics_however_they_are_ordered(seed: int) -> None:
    rng = np.random.default_rng(seed)
    likelihood = rng.dirichlet(np.full(12, 0.2), 5)
    order = rng.permutation(5)
    assert matched(topics_of(likelihood), topics_of(likelihood[order])).tolist() == order.tolist()


@pytest.fixture
def learnt(desk: Desk) -> dict[int, Topics]:
    """Topics of one corpus at three K."""
    _, documents = drawn(k=12, words=120)
    return {k: desk.run(topics, documents, settings=TopicSettings(k)) for k in (8, DEFAULT_K, 14)}


def test_ids_stay_when_k_changes(learnt: dict[int, Topics]) -> None:
    """Most of 8 or 14 topics are nearly one of the 12, and have its id."""
    standard = learnt[DEFAULT_K]
    assert standard.ids.tolist() == list(range(12))
    assert (np.diff(standard.share) <= 0).all()
    assert learnt[14].ids.tolist() == list(range(14))
    assert set(learnt[8].ids.tolist()) < set(range(12))
    for other in (learnt[8], learnt[14]):
        same = [
            row
            for row, topic in enumerate(other.ids)
            if topic < 12 and _cosine(other.likelihood[row], standard.likelihood[topic]) > 0.7
        ]
        assert len(same) >= 6


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


def test_rows_sum_to_1_and_shares_too(learnt: dict[int, Topics]) -> None:
    for found in learnt.values():
        assert found.likelihood.sum(axis=1) == pytest.approx(np.ones(len(found.ids)), abs=1e-5)
        assert found.items.sum(axis=1) == pytest.approx(np.ones(300), abs=1e-5)
        assert found.share.sum() == pytest.approx(1)
        assert (found.likelihood >= 0).all()


def test_where_items_are_words_an_item_is_about_what_it_is_likely_in(desk: Desk) -> None:
    """Bayes: p(topic | item) = p(item | topic)·share / sum; zeros for an item that nobody took."""
    _, read = drawn(k=3, words=20, many=60)
    counts = read.counts.toarray()
    counts[:, 4] = 0
    people = Documents("items", read.ids, read.words, csr_array((counts > 0).astype(np.float32)))
    found = desk.run(topics, people, settings=TopicSettings(3))
    joint = (found.likelihood * found.share[:, None]).T.astype(np.float64)
    assert found.item_ids.tolist() == people.words.tolist()
    taken = counts.any(axis=0)
    assert not found.items[~taken].any()
    by_hand = joint[taken] / joint[taken].sum(axis=1)[:, None]
    np.testing.assert_allclose(found.items[taken], by_hand, rtol=1e-4)
    assert people.different == taken.sum() < 20


@pytest.mark.parametrize(
    ("texts", "k", "said"),
    [
        (["tea", "tea", "tea"], 2, "there are 1 words that three items share"),
        (["tea jam", "tea", "jam"], 3, "3 topics can't be learnt from 2 words"),
        (["tea jam", "tea", "jam"], 1, "1 topics can't be learnt"),
        (["tea jam", "tea", "jam"], 0, "a number of topics from 2 to 2"),
    ],
)
def test_what_topics_can_not_be_learnt_from(texts: list[str], k: int, said: str, desk: Desk) -> None:
    with pytest.raises(BadInput, match=said):
        desk.run(topics, documents_of(*texts), settings=TopicSettings(k))


def test_items_that_nobody_took_are_no_words() -> None:
    counts = np.zeros((6, 30), dtype=np.float32)
    counts[:, :2] = 1
    people = Documents("items", ids("u", 6), ids("i", 30), csr_array(counts))
    check(people, 2)
    with pytest.raises(BadInput, match="12 topics can't be learnt from 2 items that people took"):
        check(people, 12)


def test_two_words_are_enough_for_two_topics(desk: Desk) -> None:
    found = desk.run(topics, documents_of("tea", "tea", "jam", "jam jam"), settings=TopicSettings(2))
    assert {found.top(row)[0].word for row in (0, 1)} == {"tea", "jam"}
    assert found.ids.tolist() == [0, 1]


def test_the_curve_has_the_numbers_of_topics_that_are_possible(desk: Desk) -> None:
    _, documents = drawn(words=9, many=40)
    found = desk.run(coherence_curve, documents, settings=0)
    assert [one.k for one in found] == [k for k in CURVE if k <= documents.different]
    assert all(-1 <= one.npmi <= 1 for one in found)
    assert desk.run(coherence_curve, documents_of("a b", "b"), settings=0) == ()
