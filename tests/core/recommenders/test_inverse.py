"""The inverse against numpy's, and that others go on meanwhile."""

import threading
import time

import numpy as np
import pytest

from core.recommenders.inverse import invert


@pytest.mark.parametrize("size", [1, 2, 50])
def test_the_lower_triangle_of_the_inverse(size: int) -> None:
    rows = np.random.default_rng(size).normal(size=(size, size + 3)).astype(np.float32)
    matrix = rows @ rows.T + np.eye(size, dtype=np.float32)
    wanted = np.linalg.inv(matrix.astype(np.float64))
    found = matrix.copy()
    assert invert(found)
    np.testing.assert_allclose(np.tril(found), np.tril(wanted), rtol=2e-4, atol=2e-5)


def test_a_matrix_without_an_inverse() -> None:
    assert not invert(np.zeros((3, 3), dtype=np.float32))
    assert not invert(-np.eye(3, dtype=np.float32))


def test_other_threads_go_on() -> None:
    """This thread has its turn many times while two routines run: under their lock it would have it twice."""
    matrix = 4_000 * np.eye(4_000, dtype=np.float32) + 1
    work = threading.Thread(target=invert, args=(matrix,))
    work.start()
    turns = 0
    while work.is_alive():
        time.sleep(0.001)
        turns += 1
    assert turns > 10
