"""People whom a model learnt by heart: how their own factors follow when their history is edited."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from core.types import FloatArray, IntArray
from core.work.artifacts import artifact


@artifact
@dataclass(frozen=True)
class Beyond:
    """What a model learnt of each of U people beyond what their histories tell: learnt − folded in.

    Factors are folded in from any history; what was learnt beyond that is added in the share of the
    training history that is still there. So a person with the history of training has exactly the factors
    that were learnt, one with another history has what anyone with that history has, and one edit moves
    them a little.
    """

    factors: FloatArray  # (U, F) float32: learnt − folded in from the training history
    histories: csr_array  # (U, I): the training histories

    def of(self, history: csr_array, users: IntArray | None) -> FloatArray:
        """(B, F) float32 to add to the folded factors of B histories; zeros for strangers (-1)."""
        found = np.zeros((history.shape[0], self.factors.shape[1]), dtype=np.float32)
        if users is None:
            return found
        known = np.flatnonzero(users >= 0)
        if len(known):
            rows = users[known]
            found[known] = self.factors[rows] * _in_common(history[known], self.histories[rows])[:, None]
        return found


def _in_common(left: csr_array, right: csr_array) -> FloatArray:
    """(B,) float32 Jaccard similarity of each row of a matrix with the same row of another, as sets."""
    one, other = _ones(left), _ones(right)
    both = np.asarray(one.multiply(other).sum(axis=1), dtype=np.float32).ravel()
    either = np.asarray(one.sum(axis=1) + other.sum(axis=1), dtype=np.float32).ravel() - both
    return np.where(either > 0, both / np.maximum(either, 1), 1).astype(np.float32)


def _ones(matrix: csr_array) -> csr_array:
    return csr_array(((matrix.data > 0).astype(np.float32), matrix.indices, matrix.indptr), matrix.shape)
