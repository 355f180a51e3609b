"""What is known of items and people beside the held-out items, for metrics beyond hits."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from core.content.embedding import unit
from core.data.folds import Fold, Train
from core.recommenders.categories import Categories, categories_of
from core.types import FloatArray, IntArray

FACTORS = 32  # of who took what


@dataclass(frozen=True)
class Around:
    """The training part and the histories of U people; what follows from them is worked out when needed."""

    train: Train
    history: csr_array  # (U, I) what each list was made from; an entry counts once, whatever it says

    @classmethod
    def of(cls, fold: Fold) -> "Around":
        """Around the people of a test part."""
        return cls(fold.train, fold.test.history)

    @property
    def people(self) -> int:
        """How many people there are in training."""
        return len(self.train.user_ids)

    @cached_property
    def taken(self) -> IntArray:
        """(I,) people in training who took each item."""
        many = np.bincount(self.train.positives.indices, minlength=len(self.train.item_ids))
        return many.astype(np.int32)

    @cached_property
    def popular(self) -> IntArray:
        """(I,) how many items more people took, from 0; equals share their place."""
        return np.searchsorted(np.sort(-self.taken), -self.taken).astype(np.int32)

    @cached_property
    def categories(self) -> Categories:
        """The categories of the items."""
        return categories_of(self.train.items)

    @cached_property
    def vectors(self) -> FloatArray:
        """(I, D) float64 unit rows: V·Σ of who took what in D ≤ 32 factors; zeros for what nobody took.

        Worked out to the last digits, so that neither seeds nor the order of ids change a cosine.
        """
        from scipy.sparse.linalg import svds

        matrix = self.train.positives.astype(np.float64)
        many = min(FACTORS, min(matrix.shape) - 1)
        if many < 1 or not matrix.nnz:
            return np.zeros((matrix.shape[1], 0))
        _left, size, right = svds(matrix, many, v0=np.ones(min(matrix.shape)))
        found = np.where(self.taken[:, None] > 0, right.T * size, 0.0)
        return unit(found)
