"""What is known of items and people beside the held-out items, for metrics beyond hits."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from core.content.embedding import unit
from core.data.folds import Fold, Train
from core.recommenders.categories import Categories, categories_of
from core.types import FloatArray, IntArray
from core.work.errors import BadInput


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
        """(I,) the place of each item by popularity, from 0; of equals the first in the catalogue."""
        place = np.empty(len(self.taken), dtype=np.int32)
        place[np.argsort(-self.taken, kind="stable")] = np.arange(len(self.taken), dtype=np.int32)
        return place

    @cached_property
    def categories(self) -> Categories:
        """The categories of the items."""
        return categories_of(self.train.items)

    @cached_property
    def vectors(self) -> FloatArray:
        """(I, D) float32 unit rows: right singular vectors of who took what; zeros for what nobody took."""
        from core.interests.points import factors

        try:
            _left, size, right = factors(self.train, self.train.seed)
        except BadInput:
            return np.zeros((len(self.taken), 0), dtype=np.float32)
        return unit(np.asarray((right * size[:, None]).T, dtype=np.float32))
