"""Each recommender against its definition, on matrices that a reader can check by head."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import recommender_of
from core.work.errors import BadInput
from core.work.report import silent
from tests.making import history_of, train_of

# Four people and four items: i0 and i1 go together, i3 stands alone.
MATRIX = [[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 1, 0], [0, 0, 0, 1]]
LARGER = (np.random.default_rng(5).random((40, 25)) < 0.25).astype(int).tolist()


def scores(spec: str, train: Train, history: csr_array, users: list[int] | None = None) -> np.ndarray:
    known = None if users is None else np.array(users, dtype=np.int32)
    return recommender_of(spec).fit(train, silent).score(history, known)


def test_popularity_counts_people() -> None:
    assert scores("popularity", train_of(MATRIX), history_of([0, 0, 0, 0])).tolist() == [[3, 2, 2, 1]]


def test_random_scores_everything_alike() -> None:
    assert not scores("random", train_of(MATRIX), history_of([1, 0, 0, 0])).any()


def ease_reference(matrix: np.ndarray, l2: float) -> np.ndarray:
    """Steck 2019, eq. 8, in float64: B = I - P·diag(1/P)."""
    inverse = np.linalg.inv(matrix.T @ matrix + l2 * np.eye(matrix.shape[1]))
    weights = np.eye(matrix.shape[1]) - inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return weights


@pytest.mark.parametrize("l2", [1, 10, 458])
def test_ease_is_the_closed_form(l2: float) -> None:
    dense = np.array(LARGER, dtype=np.float64)
    found = scores(f"ease(l2={l2})", train_of(LARGER), csr_array(dense.astype(np.float32)))
    np.testing.assert_allclose(found, dense @ ease_reference(dense, l2), rtol=1e-4, atol=1e-5)


def test_ease_of_two_items_by_head() -> None:
    # Gram [[2, 1], [1, 1]] + l2 = 1 gives [[3, 1], [1, 2]], whose inverse is [[2, -1], [-1, 3]] / 5:
    # the weight of i1 for i0 is 1/2, that of i0 for i1 is 1/3.
    found = scores("ease(l2=1)", train_of([[1, 1], [1, 0]]), history_of([1, 0], [0, 1]))
    np.testing.assert_allclose(found, [[0, 1 / 3], [1 / 2, 0]], rtol=1e-6)


FORMULAS = {
    "cosine": lambda common, a, b, shrinkage: common / (math.sqrt(a * b) + shrinkage),
    "jaccard": lambda common, a, b, shrinkage: common / (a + b - common + shrinkage),
    "dice": lambda common, a, b, shrinkage: 2 * common / (a + b + shrinkage),
}


def similarities(matrix: np.ndarray, similarity: str, shrinkage: float) -> np.ndarray:
    """Between the rows of a 0/1 matrix, 0 with themselves; one pair after the other."""
    found = np.zeros((len(matrix), len(matrix)))
    for a, left in enumerate(matrix):
        for b, right in enumerate(matrix):
            common = float(left @ right)
            if a != b and common:
                found[a, b] = FORMULAS[similarity](common, left.sum(), right.sum(), shrinkage)
    return found


def strongest(row: np.ndarray, k: int) -> np.ndarray:
    """The row with all but its k largest values set to 0; only for rows without a tie at the cut."""
    order = np.argsort(-row, kind="stable")
    return np.where(np.isin(np.arange(len(row)), order[:k]), row, 0)


@pytest.mark.parametrize("similarity", FORMULAS)
@pytest.mark.parametrize("shrinkage", [0, 10])
def test_item_knn_sums_similarities(similarity: str, shrinkage: float) -> None:
    dense = np.array(LARGER, dtype=np.float64)
    expected = dense @ similarities(dense.T, similarity, shrinkage)
    spec = f"item_knn(k=25,similarity={similarity},shrinkage={shrinkage})"
    found = scores(spec, train_of(LARGER), csr_array(dense.astype(np.float32)))
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("similarity", FORMULAS)
@pytest.mark.parametrize("shrinkage", [0, 10])
def test_user_knn_sums_similarities_of_other_people(similarity: str, shrinkage: float) -> None:
    dense = np.array(LARGER, dtype=np.float64)
    expected = similarities(dense, similarity, shrinkage) @ dense
    spec = f"user_knn(k=40,similarity={similarity},shrinkage={shrinkage})"
    found = scores(spec, train_of(LARGER), csr_array(dense.astype(np.float32)), list(range(40)))
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


def test_similarities_by_head() -> None:
    # i0 has u0 u1 u2, i1 has u0 u1: they share two. √3·√2 = 2.449, 3 + 2 - 2 = 3, 2·2/(3 + 2) = .8.
    train, likes_i0 = train_of(MATRIX), history_of([1, 0, 0, 0])
    assert scores("item_knn", train, likes_i0)[0, 1] == pytest.approx(2 / math.sqrt(6))
    assert scores("item_knn(similarity=jaccard)", train, likes_i0)[0, 1] == pytest.approx(2 / 3)
    assert scores("item_knn(similarity=dice)", train, likes_i0)[0, 1] == pytest.approx(0.8)
    assert scores("item_knn(similarity=dice,shrinkage=5)", train, likes_i0)[0, 1] == pytest.approx(0.4)


def test_item_knn_keeps_the_k_most_similar_of_each_target() -> None:
    # Most like i1 is i0 (2/√6 = .82), then i2 (1/2): with k = 1, i2 says nothing for i1.
    train = train_of(MATRIX)
    assert scores("item_knn(k=1)", train, history_of([0, 0, 1, 0]))[0, 1] == 0
    assert scores("item_knn(k=2)", train, history_of([0, 0, 1, 0]))[0, 1] == pytest.approx(0.5)


def test_user_knn_asks_the_k_most_similar() -> None:
    # u0 {i0 i1} is nearest u1 {i0 i1 i2} (2/√6), then u2 {i0 i2} (1/2); both like i2.
    train, own = train_of(MATRIX), history_of([1, 1, 0, 0])
    assert scores("user_knn(k=1)", train, own, [0])[0, 2] == pytest.approx(2 / math.sqrt(6))
    assert scores("user_knn(k=2)", train, own, [0])[0, 2] == pytest.approx(2 / math.sqrt(6) + 0.5)


def test_user_knn_takes_a_stranger_with_the_same_history_for_another_person() -> None:
    train, own = train_of(MATRIX), history_of([1, 1, 0, 0])
    assert scores("user_knn(k=1)", train, own, [-1])[0] == pytest.approx([1, 1, 0, 0])
    assert scores("user_knn(k=1)", train, own, None)[0] == pytest.approx([1, 1, 0, 0])


TEXTS = pd.DataFrame(
    {
        "item": ["i00", "i01", "i02", "i03"],
        "title": ["green tea", "green tea", "black coffee", "black tea"],
    }
)


def test_tfidf_is_the_cosine_of_words() -> None:
    # Sublinear TF-IDF with smoothed idf = ln((1 + n) / (1 + df)) + 1, rows of length 1: written out.
    idf = {word: math.log(5 / (1 + df)) + 1 for word, df in {"green": 2, "tea": 3, "black": 2}.items()}

    def vector(*words: str) -> np.ndarray:
        raw = np.array([idf[word] if word in words else 0 for word in idf])
        return raw / np.linalg.norm(raw)

    green, black = vector("green", "tea"), vector("black", "tea")
    found = scores("tfidf", train_of(MATRIX, TEXTS), history_of([1, 0, 0, 0]))[0]
    expected = [1, 1, green @ vector("black"), green @ black]  # coffee stands in one item only
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def test_tfidf_reads_chinese_character_by_character() -> None:
    chinese = TEXTS.assign(title=["绿茶", "红茶", "咖啡", "咖啡豆"])
    found = scores("tfidf", train_of(MATRIX, chinese), history_of([1, 0, 0, 0]))[0]
    assert found[1] > 0
    assert found[2] == found[3] == 0


def test_tfidf_without_words_says_what_to_do() -> None:
    with pytest.raises(BadInput, match=r"needs words.*--items"):
        recommender_of("tfidf").fit(train_of(MATRIX), silent)


def test_a_reason_names_the_items_that_add_most() -> None:
    scorer = recommender_of("item_knn").fit(train_of(MATRIX), silent)
    reason = scorer.reason(history_of([1, 1, 0, 1]), None, 2)
    assert reason is not None
    assert [part.at for part in reason.parts] == [0, 1]  # 2/√6 from i0, 1/2 from i1, nothing from i3
    assert reason.score == pytest.approx(2 / math.sqrt(6) + 0.5)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("eas", "no recommender named 'eas'.*write ease"),
        ("ease(l2=0)", "l2.*greater than or equal to 1"),
        ("ease(l2=nan)", "l2"),
        ("ease(l=5)", "setting 'l' that there is not.*l2"),
        ("item_knn(similarity=euclid)", "similarity.*'cosine', 'jaccard', 'dice' or 'asymmetric'"),
        ("ease(l2=5", "can't be read"),
        ("__class__", "can't be read"),
        ("ease(l2=5,l2=6)", "can't be read"),
    ],
)
def test_a_wrong_spec_says_what_is_wrong(spec: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        recommender_of(spec)


@pytest.mark.parametrize("values", [{"l2": 458.0}, {"l2": 0.1 + 1}, {"l2": 99_999.5}])
def test_a_spec_keeps_settings_to_the_last_bit(values: dict[str, Any]) -> None:
    from core.recommenders.ease import EASE

    assert recommender_of(EASE(**values).spec) == EASE(**values)
