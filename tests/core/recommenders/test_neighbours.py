"""Neighbours by counting all pairs in a dense matrix against those found row by row."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from core.data.ids import hashes
from core.recommenders import neighbours
from core.recommenders.neighbours import KINDS, Measure, nearest

VALUES = st.sampled_from([0.0, 0.0, 1.0, 1.0, 2.5])


@given(
    rows=st.lists(st.lists(VALUES, min_size=5, max_size=5), min_size=1, max_size=9),
    k=st.integers(1, 9),
    kind=st.sampled_from(KINDS[:-1]),
    shrinkage=st.sampled_from([0.0, 10.0]),
    asymmetry=st.sampled_from([0.0, 0.3, 1.0]),
)
def test_both_ways_find_the_same_to_the_last_bit(
    rows: list[list[float]], k: int, kind: str, shrinkage: float, asymmetry: float
) -> None:
    matrix = csr_array(np.array(rows, dtype=np.float32))
    keys = hashes([f"i{row}" for row in range(len(rows))], 0)
    measure = Measure(kind, shrinkage, asymmetry)
    dense = nearest(matrix, keys, k, measure)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(neighbours, "DENSE", 0)
        by_row = nearest(matrix, keys, k, measure)
    assert np.array_equal(dense.indptr, by_row.indptr)
    assert np.array_equal(dense.indices, by_row.indices)
    assert np.array_equal(dense.data, by_row.data)


def test_cosine_neighbours_by_head() -> None:
    """a is taken with b by both of its people, with c by one of two; nobody takes d."""
    matrix = csr_array(np.array([[1, 1, 0], [1, 1, 0], [0, 1, 0], [0, 0, 0]], dtype=np.float32))
    found = nearest(matrix, hashes(list("abcd"), 0), 2, Measure("cosine")).toarray()
    half = np.float32(1) / np.sqrt(np.float32(2))
    assert found.tolist() == [[0, 1, half, 0], [1, 0, half, 0], [half, half, 0, 0], [0, 0, 0, 0]]
