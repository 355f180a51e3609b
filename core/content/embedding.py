"""Embeddings: a vector for each item, whatever it was made from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from core.types import BoolArray, FloatArray, TextArray
from core.work.artifacts import artifact
from core.work.fingerprint import fingerprint


@artifact
@dataclass(frozen=True)
class Embedding:
    """I unit vectors of D numbers; a row of zeros where an item gives the encoder nothing to go by."""

    encoder: str  # its spec
    item_ids: TextArray  # (I,)
    vectors: FloatArray | csr_array  # (I, D) float32; sparse where an encoder counts words

    @cached_property
    def known(self) -> BoolArray:
        """(I,) whether an item has a vector."""
        return lengths(self.vectors) > 0

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        return fingerprint(self.encoder, self.item_ids, self.vectors)


def lengths(vectors: FloatArray | csr_array) -> FloatArray:
    """(I,) Euclidean length of each row."""
    if isinstance(vectors, csr_array):
        return np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1), dtype=np.float32)).ravel()
    return np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64)).astype(np.float32)


def unit(vectors: FloatArray) -> FloatArray:
    """Rows of length 1 as float32; rows of zeros, and of what is no number, become zeros."""
    found = np.nan_to_num(np.asarray(vectors, dtype=np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    long = lengths(found)
    return found / np.where(long > 1e-12, long, 1)[:, None]
