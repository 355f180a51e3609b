"""What a recommender asks of a machine, from the size of the data: operations of each kind, and memory."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from core.data.folds import Train
from core.work.artifacts import artifact

Kind = Literal["dense", "sparse", "loop", "network"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_WORDS = ("title", "text", "category", "tags")


@artifact
@dataclass(frozen=True)
class Size:
    """How large a training part is."""

    users: int
    items: int  # of the whole catalogue
    positives: int  # pairs of person and item
    together: float  # Σ over people of (their positives)²: pairs of items that somebody shares
    alike: float  # Σ over items of (their people)²: pairs of people who share an item
    characters: float = 0.0  # in titles, texts, categories and tags of items

    def of_people(self, many: int) -> "Size":
        """The size with so many of the people, chosen at random; the catalogue stays."""
        part = min(many / max(self.users, 1), 1.0)
        return replace(
            self,
            users=min(many, self.users),
            positives=round(self.positives * part),
            together=self.together * part,
            alike=self.alike * part**2,
        )


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

    def __add__(self, other: "Demand") -> "Demand":
        """Both, one after the other, with the memory of both."""
        return Demand(_sum(self.fit, other.fit), _sum(self.score, other.score), self.bytes + other.bytes)


def _sum(one: Mapping[Kind, float], other: Mapping[Kind, float]) -> dict[Kind, float]:
    return {kind: one.get(kind, 0.0) + other.get(kind, 0.0) for kind in KINDS if kind in one or kind in other}


def total(demands: Iterable[Demand]) -> Demand:
    """What all of them take together."""
    return sum(demands, Demand({}, {}, 0.0))


def nearest_steps(rows: int, others: int, pairs: float, k: float) -> float:
    """Steps of a loop that finds the k nearest of `others` for each row, where rows and others share `pairs`
    entries: each is added, and who is met is put in order by insertion."""
    met = min(pairs / max(rows, 1), float(others))
    kept = min(k, met)
    moves = (
        kept * (1 + math.log(max(met / max(kept, 1), 1))) * kept / 16
    )  # moved 8 at a time, half of the way
    return pairs + rows * (2 * met + moves)


def size_of(train: Train) -> Size:
    """The size of a training part."""
    import numpy as np

    of_people = np.diff(train.positives.indptr).astype(np.float64)
    of_items = np.bincount(train.positives.indices, minlength=len(train.item_ids)).astype(np.float64)
    said = [train.items[column] for column in _WORDS if column in train.items]
    return Size(
        users=len(train.user_ids),
        items=len(train.item_ids),
        positives=int(train.positives.nnz),
        together=float((of_people**2).sum()),
        alike=float((of_items**2).sum()),
        characters=float(sum(text.astype("str").str.len().sum() for text in said)),
    )
