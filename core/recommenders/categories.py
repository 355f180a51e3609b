"""Which categories each item has, as a matrix."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from core.types import FloatArray
from core.work.artifacts import artifact
from core.work.errors import BadInput


@artifact
@dataclass(frozen=True)
class Categories:
    """The categories of I items; an item with several (joined by |) has each in equal parts."""

    names: tuple[str, ...]  # C
    shares: csr_array  # (I, C) float32, rows sum to 1, or to 0 for an item without a category

    def of(self, history: csr_array) -> FloatArray:
        """(B, C) float32: how the items of each history spread over categories; rows sum to 1 or 0."""
        spread = (history @ self.shares).toarray()
        total = spread.sum(axis=1, keepdims=True)
        return np.asarray(spread / np.where(total > 0, total, 1), dtype=np.float32)


def categories_of(items: pd.DataFrame) -> Categories:
    """The categories in a table of items, in order of name; none where it has no such column."""
    if "category" not in items:
        return Categories((), csr_array(np.zeros((len(items), 0), dtype=np.float32)))
    text = items["category"].astype("str").fillna("").reset_index(drop=True)
    text = text.where(items["category"].notna().to_numpy(), "")
    parts = text.str.split("|").explode()
    parts = parts[parts != ""]
    codes, names = pd.factorize(parts, sort=True)
    many = np.bincount(parts.index, minlength=len(items))
    share = (1 / many[parts.index]).astype(np.float32)
    shape = (len(items), len(names))
    found = csr_array((share, (parts.index.to_numpy(np.int32), codes.astype(np.int32))), shape=shape)
    found.sum_duplicates()
    return Categories(tuple(map(str, names)), found)


def needed(items: pd.DataFrame, what: str) -> Categories:
    """The categories; raises BadInput where no item has one."""
    found = categories_of(items)
    if not found.names:
        raise BadInput(
            f"{what} needs categories, and no item has one.",
            "items with a category.",
            "give a table of items (--items).",
        )
    return found
