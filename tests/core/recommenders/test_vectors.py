"""Recommenders that give items vectors, where a reader can tell what is alike."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from core.content.embed import embed, encoding
from core.content.encoders.base import encoder_of
from core.content.texts import content_of
from core.data.folds import Train, whole
from core.recommenders.base import Scorer, recommender_of
from core.recommenders.encoded import content_of_train, encoded
from core.recommenders.mean import MeanScorer, weighted
from core.recommenders.network import sampled_softmax
from core.recommenders.retrieval import LEFT_OUT
from core.recommenders.two_tower import attributes
from core.work import here
from core.work.desk import Desk
from core.work.errors import BadInput
from core.work.report import silent
from tests.making import dataset, history_of, log, train_of

TITLES = (
    "green tea leaves",
    "black tea leaves",
    "white tea leaves",
    "steel hammer tool",
    "iron hammer tool",
    "wood hammer tool",
)
SHOP = pd.DataFrame(
    {"item": [f"i{at:02}" for at in range(6)], "title": TITLES, "category": ["drink"] * 3 + ["tool"] * 3}
)
# Twenty people who take of the teas, twenty who take of the hammers; nobody takes i02 or i05.
TEAS, HAMMERS = [1, 1, 0, 0, 0, 0], [0, 0, 0, 1, 1, 0]
TRAIN = train_of([TEAS] * 20 + [HAMMERS] * 20, SHOP)


def fitted(spec: str, train: Train = TRAIN) -> Scorer:
    return recommender_of(spec).fit(train, silent)


@pytest.mark.parametrize(
    "spec",
    [
        "content",
        "content(encoder=tfidf(min_items=1))",
        "content(encoder=word2vec(size=8,epochs=50))",
        "content(encoder=topics(k=2))",
        "retrieval(encoder=tfidf)",
        "retrieval(encoder=tfidf,index=hnsw)",
        "two_tower(factors=8,iterations=200)",
    ],
)
def test_an_item_that_nobody_took_is_told_by_what_is_known_of_it(spec: str) -> None:
    """Who took a green tea is shown the white one before any hammer."""
    scores = fitted(spec).score(history_of([1, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0]), None)
    assert scores[0, 2] > scores[0, 3:].max()
    assert scores[1, 5] > scores[1, :3].max()


def test_items_that_keep_the_same_company_are_alike() -> None:
    """Two groups of three items; everyone has two of them, so each two share the third as company."""
    pairs = [[1, 1, 0, 0, 0, 0], [0, 1, 1, 0, 0, 0], [1, 0, 1, 0, 0, 0]]
    train = train_of([row for pair in pairs for row in (pair, pair[::-1])] * 20)
    scores = fitted("item2vec(factors=8,iterations=100,sample=0)", train).score(
        history_of(*np.eye(6, dtype=int)), None
    )
    for item in range(6):
        own = [other for other in range(6) if other // 3 == item // 3 and other != item]
        others = [other for other in range(6) if other // 3 != item // 3]
        assert scores[item, own].mean() > scores[item, others].mean() + 0.1


def test_the_towers_put_the_items_of_the_own_group_first() -> None:
    scorer = fitted("two_tower(factors=8,iterations=200)")
    scores = scorer.score(history_of([1, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0]), None)
    assert scores[0, 1] > scores[0, 3:5].max()
    assert scores[1, 4] > scores[1, :2].max()


VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)


@pytest.mark.parametrize("vectors", [VECTORS, csr_array(VECTORS)], ids=["dense", "sparse"])
def test_a_mean_by_head(vectors: np.ndarray | csr_array) -> None:
    # items 0 and 1 sum to (1, 1), of length √2: cosines 1/√2, 1/√2 and 1.4/√2
    found = MeanScorer(vectors).score(history_of([1, 1, 0], [0, 0, 0]), None)
    np.testing.assert_allclose(found, np.array([[1, 1, 1.4], [0, 0, 0]]) / 2**0.5, rtol=1e-6)


def test_later_items_count_more() -> None:
    """With a half of 1, each item counts half of the next; without places all count alike."""
    places = history_of([3, 1, 2], [1, 0, 1])
    np.testing.assert_allclose(weighted(places, 1.0).toarray(), np.array([[1, 0.25, 0.5], [1, 0, 1]]))
    np.testing.assert_allclose(weighted(places, 0.0).toarray(), np.array([[1, 1, 1], [1, 0, 1]]))


def test_contributions_follow_the_weights() -> None:
    scorer, history = MeanScorer(VECTORS, 1.0), history_of([2, 1, 0])
    # weights 1 and 1/2: the person is (1, .5), of length √1.25; item 2 gets .6 and .4 of it
    found = scorer.contributions(history, 2)
    assert found is not None
    np.testing.assert_allclose(found, np.array([0.6, 0.4, 0]) / 1.25**0.5, rtol=1e-6)


def test_retrieval_finds_the_nearest_and_leaves_the_others_out() -> None:
    """One item is asked for, beside the one of the history: the two other teas or hammers are alike."""
    found = fitted("retrieval(encoder=tfidf,nearest=1)").score(history_of(TEAS), None)[0]
    assert (found > LEFT_OUT).sum() == 3
    assert (found[3:] == LEFT_OUT).all()


@pytest.mark.parametrize("index", ["flat", "hnsw"])
def test_an_index_of_everything_gives_every_cosine(index: str) -> None:
    exact = fitted("content").score(TRAIN.positives, None)
    found = fitted(f"retrieval(encoder=tfidf,half=0,index={index})").score(TRAIN.positives, None)
    np.testing.assert_allclose(found, exact, atol=1e-5)


def test_who_else_is_asked_changes_no_list() -> None:
    scorer = fitted("retrieval(encoder=tfidf,nearest=1)")
    both = scorer.score(history_of(TEAS, [1, 0, 0, 0, 0, 0]), None)
    np.testing.assert_allclose(both[1:], scorer.score(history_of([1, 0, 0, 0, 0, 0]), None), atol=1e-6)


@pytest.mark.parametrize("name", ["content", "retrieval"])
def test_an_encoder_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="no encoder named"):
        recommender_of(f"{name}(encoder=nonsense)")


def test_topics_have_bounds() -> None:
    with pytest.raises(BadInput, match="topics"):
        recommender_of("content(encoder=topics(k=1))")


def test_a_nested_spec_reads_back() -> None:
    spec = "content(encoder=word2vec(size=50,epochs=5),half=3)"
    assert recommender_of(spec).spec == spec


def test_content_needs_words() -> None:
    with pytest.raises(BadInput, match="needs words"):
        fitted("content", train_of([[1, 1], [1, 0]]))


def test_content_of_training_is_that_of_the_pages() -> None:
    """The same fingerprint, so that an embedding that a page made is not made again."""
    data = dataset(log("ann i00 1", "ann i01 2", "bob i01 3"), items=SHOP)
    assert content_of_train(whole(data)).fingerprint == content_of(data).fingerprint


def test_at_a_desk_an_embedding_is_made_once(desk: Desk) -> None:
    content, encoder = content_of_train(TRAIN), encoder_of("tfidf")
    desk.run(embed, content, settings=encoding(encoder), report=silent)

    def never(fraction: float, message: str) -> None:
        raise AssertionError(message)

    with here.at(desk):
        kept = encoded(content, encoder, never)
    anew = encoder.encode(content, silent)
    assert isinstance(kept, csr_array)
    assert isinstance(anew, csr_array)
    assert np.array_equal(kept.toarray(), anew.toarray())


def test_categories_and_tags_are_attributes() -> None:
    items = pd.DataFrame({"category": ["a|b", "a", "b", None], "tags": [None, "rare", None, None]})
    found = attributes(items)
    # a and b are of two items each; rare is of one, which tells nothing
    half = 0.5**0.5
    np.testing.assert_allclose(found, np.array([[half, half], [1, 0], [0, 1], [0, 0]]), rtol=1e-6)


def test_softmax_over_all_items_is_the_cross_entropy() -> None:
    import torch
    from torch.nn import functional

    generator = torch.Generator().manual_seed(0)
    out, items = torch.rand(4, 3, generator=generator), torch.rand(5, 3, generator=generator)
    wanted = torch.tensor([0, 4, 2, 2])
    found = sampled_softmax(out, items, wanted, torch.arange(5))
    assert float(found) == pytest.approx(float(functional.cross_entropy(out @ items.T, wanted)), rel=1e-5)
