"""The inverse of a positive definite matrix by LAPACK, while other threads go on.

scipy's own wrappers of these routines hold Python's lock while they run: a server would answer nobody until
a large matrix is inverted. Called by address, they don't.
"""

import ctypes
from functools import lru_cache
from typing import Any

import numpy as np

from core.types import FloatArray


def invert(lower: FloatArray) -> bool:
    """Puts the inverse of a symmetric positive definite matrix in its own place; whether there is one.

    lower: (N, N) float32, C-contiguous; only its lower triangle is read and written.
    """
    many = ctypes.c_int(len(lower))
    failed = ctypes.c_int(0)
    values = lower.ctypes.data_as(ctypes.c_void_p)
    # LAPACK works on columns: the lower triangle of our rows is the upper one of its columns.
    for name in ("spotrf", "spotri"):
        _routine(name)(b"U", ctypes.byref(many), values, ctypes.byref(many), ctypes.byref(failed))
        if failed.value:
            return False
    return bool(np.isfinite(lower.diagonal()).all())


@lru_cache(maxsize=2)
def _routine(name: str) -> Any:
    """A LAPACK routine of scipy's, as (uplo, n, a, lda, info)."""
    from numba.extending import get_cython_function_address

    address = get_cython_function_address("scipy.linalg.cython_lapack", name)
    return ctypes.CFUNCTYPE(None, ctypes.c_char_p, *[ctypes.c_void_p] * 4)(address)
