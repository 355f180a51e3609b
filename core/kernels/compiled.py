"""Types of arrays in compiled loops, and how these are compiled."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba import float32, float64, int32, types, uint64
from scipy.sparse import csr_array

from core.types import IntArray

SCORES, LISTS = types.Array(float32, 2, "C"), types.Array(int32, 2, "C")  # those without "Read" are filled
WEIGHTS, COUNTS = types.Array(float32, 1, "C"), types.Array(int32, 1, "C")
READ_LISTS = types.Array(int32, 2, "C", readonly=True)
VALUES, INDICES = types.Array(float32, 1, "C", readonly=True), types.Array(int32, 1, "C", readonly=True)
HASHES = types.Array(uint64, 1, "C", readonly=True)
MATRIX = types.Array(float32, 2, "C", readonly=True)
REALS, TABLE = types.Array(float64, 1, "C", readonly=True), types.Array(float64, 2, "C", readonly=True)

CSR: Any = types.Tuple((INDICES, INDICES, VALUES))  # type: ignore[no-untyped-call]
CSR_ROWS: Any = types.UniTuple(INDICES, 3)  # type: ignore[no-untyped-call]


def compiled(signature: Any, *, fast: bool = False) -> Callable[[Callable[..., Any]], Any]:
    """Compiled with one signature; `fast`: sums in the order that the processor likes."""
    return numba.njit([signature], nogil=True, cache=True, error_model="numpy", fastmath=fast)


def pattern(matrix: csr_array) -> tuple[IntArray, IntArray]:
    """indptr and indices of a CSR matrix as the loops take them; fewer than 2³¹ entries."""
    return matrix.indptr.astype(np.int32, copy=False), matrix.indices.astype(np.int32, copy=False)
