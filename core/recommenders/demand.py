"""What a recommender asks of a machine, from the size of the data: operations of each kind, and memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from core.data.folds import Train
from core.work.artifacts import artifact

Kind = Literal["dense", "sparse", "loop", "network"]


@artifact
@dataclass(frozen=True)
class Size:
    """How large a training part is."""

    users: int
    items: int  # of the whole catalogue
    positives: int  # pairs of person and item
    together: float  # Σ over people of (their positives)²: pairs of items that somebody shares
    alike: float  # Σ over items of (their people)²: pairs of people who share an item


@artifact
@dataclass(frozen=True)
class Demand:
    """What a fit takes, and one score of every item for every person.

    Operations are of four kinds, since their speeds differ a hundredfold: `dense` (floating-point
    operations in BLAS), `sparse` (entries scattered or gathered, as in sparse products), `loop` (steps of
    compiled loops) and `network` (floating-point operations in small networks).
    """

    fit: Mapping[Kind, float]
    score: Mapping[Kind, float]
    bytes: float  # at the peak, beside the data


def size_of(train: Train) -> Size:
    """The size of a training part."""
    import numpy as np

    of_people = np.diff(train.positives.indptr).astype(np.float64)
    of_items = np.bincount(train.positives.indices, minlength=len(train.item_ids)).astype(np.float64)
    return Size(
        users=len(train.user_ids),
        items=len(train.item_ids),
        positives=int(train.positives.nnz),
        together=float((of_people**2).sum()),
        alike=float((of_items**2).sum()),
    )
