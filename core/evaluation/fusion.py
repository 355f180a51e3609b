"""Several lists as one: reciprocal rank fusion."""

from collections.abc import Sequence

import numpy as np

from core.types import IntArray

DEPTH = 100  # places of each list that are read
_DAMPING = 60  # Cormack et al. 2009: how little the first places differ


def fused(lists: Sequence[IntArray], k: int) -> IntArray:
    """(B, k) int32: the items with the largest Σ 1/(60 + place) over lists (B, K) of item indices, -1 = none.

    Cormack, Clarke & Büttcher 2009, Reciprocal rank fusion. Of equal ones, that which an earlier list
    places first.

    >>> fused([np.array([[7, 3, 5]]), np.array([[5, 7, 9]])], 3)
    array([[7, 5, 3]], dtype=int32)
    """
    out = np.full((len(lists[0]), k), -1, dtype=np.int32)
    for row in range(len(out)):
        sums: dict[int, float] = {}
        for one in lists:
            for place, item in enumerate(one[row, :DEPTH].tolist(), 1):
                if item >= 0:
                    sums[item] = sums.get(item, 0.0) + 1 / (_DAMPING + place)
        best = sorted(sums, key=lambda item: -sums[item])[:k]
        out[row, : len(best)] = best
    return out
