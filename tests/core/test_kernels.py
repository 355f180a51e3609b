"""The compiled loops against plain numpy."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from core import kernels
from core.data.ids import hashes, pair_hashes
from core.recommenders.products import dense_product, lower_product

# Few different values, so that ties and "never" (-inf) are common.
VALUES = st.sampled_from([-np.inf, -1.0, 0.0, 0.5, 0.5, 2.0])


def top_k_reference(
    scores: np.ndarray, users: np.ndarray, items: np.ndarray, k: int
) -> tuple[np.ndarray, np.ndarray]:
    """By a full sort: higher scores first, equal ones by the hash of the pair, -inf never."""
    out_items = np.full((len(scores), k), -1, dtype=np.int32)
    out_scores = np.full((len(scores), k), -np.inf, dtype=np.float32)
    for row, found in enumerate(scores):
        tie = pair_hashes(np.full(len(items), users[row]), items)
        order = [item for item in np.lexsort((tie, -found)) if found[item] > -np.inf][:k]
        out_items[row, : len(order)] = order
        out_scores[row, : len(order)] = found[order]
    return out_items, out_scores


def top_k(scores: np.ndarray, users: np.ndarray, items: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    out = np.empty((len(scores), k), dtype=np.int32), np.empty((len(scores), k), dtype=np.float32)
    kernels.ranking.top_k(scores, users, items, *out)
    return out


@given(
    rows=st.lists(st.lists(VALUES, min_size=7, max_size=7), min_size=1, max_size=4),
    k=st.integers(1, 7),
    seed=st.integers(0, 5),
)
@settings(max_examples=60)
def test_top_k_equals_a_full_sort(rows: list[list[float]], k: int, seed: int) -> None:
    scores = np.array(rows, dtype=np.float32)
    users, items = hashes([f"u{row}" for row in range(len(rows))], seed), hashes(list("abcdefg"), seed)
    expected, found = top_k_reference(scores, users, items, k), top_k(scores, users, items, k)
    assert np.array_equal(found[0], expected[0])
    assert np.array_equal(found[1], expected[1])


def test_top_k_of_one_row_by_head() -> None:
    scores = np.array([[1, 3, -np.inf, 2]], dtype=np.float32)
    items, values = top_k(scores, hashes(["u"], 0), hashes(list("abcd"), 0), 4)
    assert items.tolist() == [[1, 3, 0, -1]]
    assert values.tolist() == [[3, 2, 1, -np.inf]]


def test_tied_orders_differ_between_people_and_seeds() -> None:
    flat = np.zeros((2, 50), dtype=np.float32)
    names = [f"i{item}" for item in range(50)]
    first, _ = top_k(flat, hashes(["u", "v"], 0), hashes(names, 0), 50)
    second, _ = top_k(flat, hashes(["u", "v"], 1), hashes(names, 1), 50)
    assert not np.array_equal(first[0], first[1])
    assert not np.array_equal(first[0], second[0])
    assert sorted(first[0]) == list(range(50))


def test_one_and_two_threads_agree_to_the_last_bit() -> None:
    scores = np.random.default_rng(0).integers(0, 9, (40, 300)).astype(np.float32)
    users, items = hashes([str(row) for row in range(40)], 0), hashes([str(item) for item in range(300)], 0)
    whole = top_k(scores, users, items, 20)
    with ThreadPoolExecutor(2) as pool:
        halves = list(
            pool.map(lambda rows: top_k(scores[rows], users[rows], items, 20), [slice(0, 13), slice(13, 40)])
        )
    assert np.array_equal(whole[0], np.vstack([half[0] for half in halves]))
    assert np.array_equal(whole[1], np.vstack([half[1] for half in halves]))


def test_the_compiled_hash_is_the_one_of_core_data_ids() -> None:
    left, right = hashes(["ann", "bo"], 3), hashes(["tea", "jam"], 3)
    compiled = [int(kernels.ranking.tie_key(a, b)) for a, b in zip(left, right, strict=True)]
    assert compiled == [int(key) for key in pair_hashes(left, right)]


PATTERN = csr_array(np.array([[0, 1, 0, 1], [0, 0, 0, 0]], dtype=np.float32))
SCORES = np.array([[1, 2, 3, 4], [5, 6, 7, 8]], dtype=np.float32)


def test_mask_takes_away_what_was_seen() -> None:
    scores = SCORES.copy()
    kernels.ranking.mask(scores, PATTERN.indptr, PATTERN.indices)
    assert scores.tolist() == [[1, -np.inf, 3, -np.inf], [5, 6, 7, 8]]


def test_only_keeps_nothing_but_the_candidates() -> None:
    scores = SCORES.copy()
    kernels.ranking.only(scores, PATTERN.indptr, PATTERN.indices)
    assert scores.tolist() == [[-np.inf, 2, -np.inf, 4], [-np.inf] * 4]


def test_cooccurrence_is_the_lower_half_of_the_gram_matrix() -> None:
    dense = (np.random.default_rng(0).random((30, 12)) < 0.3).astype(np.float32)
    matrix = csr_array(dense)
    assert np.array_equal(lower_product(matrix.T.tocsr()), np.tril(dense.T @ dense))


def hits(lists: list[list[int]], truth: list[list[int]]) -> list[tuple[int, int]]:
    matrix = csr_array(np.array(truth, dtype=np.float32))
    person, rank = np.empty(matrix.nnz, dtype=np.int32), np.empty(matrix.nnz, dtype=np.int32)
    found = kernels.ranking.hits(np.array(lists, dtype=np.int32), matrix.indptr, matrix.indices, person, rank)
    return list(zip(person[:found].tolist(), rank[:found].tolist(), strict=True))


@pytest.mark.parametrize(
    ("lists", "truth", "expected"),
    [
        pytest.param([[3, 1, 0]], [[1, 0, 0, 1]], [(0, 0), (0, 2)], id="two hits"),
        pytest.param([[1, 1, 1]], [[0, 1, 0, 0]], [(0, 0)], id="a repeated item counts once"),
        pytest.param([[2, -1, -1]], [[0, 1, 0, 0]], [], id="a short list"),
        pytest.param([[-2, 1, -1]], [[0, 1, 0, 0]], [(0, 1)], id="an unknown item keeps its place"),
        pytest.param([[1], [1]], [[0, 1], [1, 0]], [(0, 0)], id="each person has their own items"),
        pytest.param([[1, 0]], [[0, 0]], [], id="nothing is held out"),
    ],
)
def test_hits(lists: list[list[int]], truth: list[list[int]], expected: list[tuple[int, int]]) -> None:
    assert hits(lists, truth) == expected


def test_a_product_is_written_where_it_belongs() -> None:
    left = csr_array(np.array([[0, 2, 0], [1, 0, 3], [0, 0, 0]], dtype=np.float32))
    right = csr_array(np.array([[1, 0], [0, 5], [0.5, 2]], dtype=np.float32))
    assert dense_product(left, right).tolist() == [[0, 10], [2.5, 6], [0, 0]]
