"""RP3beta, SLIM, PureSVD, iALS and weighted neighbours against their definitions."""

import math

import numpy as np
import pytest
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import recommender_of
from core.recommenders.ials import IALSScorer
from core.recommenders.linear import LinearScorer
from core.recommenders.neighbours import weights_of
from core.work.report import silent
from tests.making import history_of, train_of

# i0 is liked by three people, i1 and i2 by two, i3 by one who likes nothing else.
MATRIX = [[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 1, 0], [0, 0, 0, 1]]
RNG = np.random.default_rng(5)
LARGER = (RNG.random((60, 30)) < RNG.random(30) * 0.5).astype(int)
LARGER[:, 0] = 1  # nobody is without a history


def weights(spec: str, train: Train) -> np.ndarray:
    scorer = recommender_of(spec).fit(train, silent)
    assert isinstance(scorer, LinearScorer)
    return scorer.weights.toarray() if isinstance(scorer.weights, csr_array) else scorer.weights


def test_a_walk_of_three_steps_by_head() -> None:
    # From i1 (2 people, each step 1/2): u0 with 2 items and u1 with 3 lead on to i0: 1/2·1/2 + 1/2·1/3.
    found = weights("rp3beta(alpha=1,beta=0)", train_of(MATRIX))
    assert found[1, 0] == pytest.approx(1 / 4 + 1 / 6)
    # i0 has three people: with beta = 1 it is divided by 3.
    assert weights("rp3beta(alpha=1,beta=1)", train_of(MATRIX))[1, 0] == pytest.approx((1 / 4 + 1 / 6) / 3)
    assert not found[3].any()  # nobody leads on from i3


@pytest.mark.parametrize(("alpha", "beta"), [(1, 0), (0.5, 0.4), (1.3, 0.9)])
def test_walks_are_the_product_of_the_paper(alpha: float, beta: float) -> None:
    dense = LARGER.astype(np.float64)
    people, items = dense.sum(axis=1), dense.sum(axis=0)
    first = (dense / np.maximum(items, 1)).T ** alpha
    second = (dense / people[:, None]) ** alpha
    expected = first @ second / np.maximum(items, 1) ** beta
    np.fill_diagonal(expected, 0)
    found = weights(f"rp3beta(alpha={alpha},beta={beta},k=30)", train_of(LARGER.tolist()))
    np.testing.assert_allclose(found, expected, rtol=1e-5)


@pytest.mark.parametrize("name", ["rp3beta", "item_knn"])
def test_a_cut_is_by_target_or_by_source(name: str) -> None:
    full = weights(f"{name}(k=30)", train_of(LARGER.tolist()))
    by_target = weights(f"{name}(k=4,cut=target)", train_of(LARGER.tolist()))
    by_source = weights(f"{name}(k=4,cut=source)", train_of(LARGER.tolist()))
    assert (np.count_nonzero(by_target, axis=0) <= 4).all()
    assert (np.count_nonzero(by_source, axis=1) <= 4).all()
    for cut, axis in ((by_target, 0), (by_source, 1)):
        kept = np.sort(full, axis=axis).take(range(26, 30), axis=axis)
        np.testing.assert_allclose(cut.sum(axis=axis), kept.sum(axis=axis), rtol=1e-5)
        assert np.isin(cut[cut > 0], full).all()


def test_asymmetric_similarity_by_head() -> None:
    # i0 (3 people) and i1 (2) share 2. As a target i0 divides by 3^a · 2^(1-a).
    found = weights("item_knn(similarity=asymmetric,asymmetry=1)", train_of(MATRIX))
    assert found[1, 0] == pytest.approx(2 / 3)
    assert found[0, 1] == pytest.approx(2 / 2)
    source = weights("item_knn(similarity=asymmetric,asymmetry=1,cut=source)", train_of(MATRIX))
    np.testing.assert_allclose(source, found)
    half = weights("item_knn(similarity=asymmetric,asymmetry=0.5)", train_of(MATRIX))
    np.testing.assert_allclose(half, weights("item_knn", train_of(MATRIX)), rtol=1e-6)


def test_weights_of_columns_by_head() -> None:
    # Four rows; a column that two of them have: ln(4 / 3). The first row is as long as the mean.
    matrix = csr_array(np.array([[1, 1], [1, 0], [0, 1], [0, 0]], dtype=np.float32))
    found = weights_of(matrix, "tfidf").of(matrix).toarray()
    assert found[0].tolist() == pytest.approx([math.log(4 / 3)] * 2)
    long = weights_of(matrix, "bm25").of(matrix).toarray()
    assert long[0, 0] == pytest.approx(math.log(4 / 3) * 2.2 / (1.2 * (0.25 + 0.75 * 2 / 1) + 1))
    assert weights_of(matrix, "binary").of(matrix) is matrix


def test_weighted_cosine_is_the_cosine_of_weighted_rows() -> None:
    by_item = csr_array(LARGER.T.astype(np.float32))
    rows = weights_of(by_item, "bm25").of(by_item).toarray().astype(np.float64)
    length = np.sqrt((rows**2).sum(axis=1))
    expected = rows @ rows.T / np.maximum(np.outer(length, length), 1e-12)
    np.fill_diagonal(expected, 0)
    found = weights("item_knn(weighting=bm25,k=30)", train_of(LARGER.tolist()))
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-7)


def test_people_are_asked_by_those_most_like_them() -> None:
    """With cut=other a person counts only for the k who are most like them."""
    train = train_of(LARGER.tolist())
    dense = LARGER.astype(np.float64)
    size = dense.sum(axis=1)
    alike = 2 * dense @ dense.T / (size[:, None] + size[None, :])
    np.fill_diagonal(alike, 0)
    least = np.sort(alike, axis=0)[-5]
    expected = np.where(alike >= least - 1e-9, alike, 0) @ dense
    people = np.arange(60, dtype=np.int32)
    scorer = recommender_of("user_knn(k=5,similarity=dice,cut=other)").fit(train, silent)
    np.testing.assert_allclose(scorer.score(train.positives, people), expected, rtol=1e-5)
    own = recommender_of("user_knn(k=5,similarity=dice)").fit(train, silent)
    assert not np.allclose(own.score(train.positives, people), expected)


def test_slim_is_the_elastic_net() -> None:
    """scikit-learn's ElasticNet on the same objective: its alpha·l1_ratio is our l1 / people, and so on."""
    from sklearn.linear_model import ElasticNet

    dense, l1, l2 = LARGER.astype(np.float64), 1.5, 4.0
    found = weights(f"slim(l1={l1},l2={l2},k=30)", train_of(LARGER.tolist()))
    people = len(dense)
    net = ElasticNet(
        alpha=(l1 + l2) / people,
        l1_ratio=l1 / (l1 + l2),
        positive=True,
        fit_intercept=False,
        max_iter=10_000,
        tol=1e-10,
    )
    for target in range(dense.shape[1]):
        others = dense.copy()
        others[:, target] = 0
        expected = net.fit(others, dense[:, target]).coef_
        np.testing.assert_allclose(found[:, target], expected, atol=2e-4)


def test_slim_gives_no_weight_without_enough_people() -> None:
    assert not weights("slim(l1=2)", train_of(MATRIX)).any()
    assert weights("slim(l1=1.9)", train_of(MATRIX))[1, 0] > 0  # i0 and i1 share two people


def test_pure_svd_projects_on_the_strongest_directions() -> None:
    dense = LARGER.astype(np.float64)
    _, _, right = np.linalg.svd(dense, full_matrices=False)
    found = recommender_of("pure_svd(factors=7)").fit(train_of(LARGER.tolist()), silent)
    expected = dense @ right[:7].T @ right[:7]
    np.testing.assert_allclose(found.score(csr_array(dense.astype(np.float32)), None), expected, atol=1e-4)


def test_pure_svd_of_all_directions_is_the_history() -> None:
    train = train_of(MATRIX)
    found = recommender_of("pure_svd(factors=1000)").fit(train, silent).score(train.positives, None)
    assert found.shape == (4, 4)


def test_ials_solves_the_least_squares_of_the_paper() -> None:
    """At the end of a fit the people's factors are those of Hu et al. 2008, eq. 4, given the items'."""
    train = train_of(LARGER.tolist())
    scorer = recommender_of("ials(factors=5,regularization=2,alpha=3)").fit(train, silent)
    assert isinstance(scorer, IALSScorer)
    factors = scorer.factors.astype(np.float64)
    for row in (0, 7):
        confidence = 1 + 3 * LARGER[row]
        left = factors.T @ (confidence[:, None] * factors) + 2 * np.eye(5)
        expected = np.linalg.solve(left, factors.T @ (confidence * LARGER[row]))
        np.testing.assert_allclose(scorer.people(train.positives[[row]])[0], expected, rtol=1e-3, atol=1e-5)


def test_ials_finds_two_groups() -> None:
    block = np.kron(np.eye(2, dtype=int), np.ones((10, 6), dtype=int))
    block[0, 0] = 0
    found = recommender_of("ials(factors=4,regularization=0.1)").fit(train_of(block.tolist()), silent)
    scores = found.score(history_of(block[0].tolist()), None)[0]
    assert scores[0] > scores[6:].max()
