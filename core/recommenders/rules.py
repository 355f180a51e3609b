"""Business rules as a last stage: pin, boost, leave out, at most n of a category."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.recommenders.categories import Categories, categories_of
from core.recommenders.demand import Demand, Size
from core.recommenders.later import LaterStage, Of, Pool, reordering_demand
from core.recommenders.parts import fit_each, named, score_of
from core.types import FloatArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report

Names = Annotated[str, Field(max_length=500, pattern=r"^[^()=,]*$")]


@artifact
@dataclass(frozen=True)
class RulesScorer(LaterStage):
    """Rules as indices of items and shares of categories."""

    pinned: IntArray  # in the order in which they stand first
    boosted: IntArray
    boost: float
    left_out: IntArray
    categories: Categories
    at_most: int  # of a category; 0 = as many as there are
    length: int  # in the first so many places

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        scores = score_of(self.first, history, users)
        high = scores.max(axis=1, keepdims=True)
        span = high - np.where(np.isneginf(scores), np.inf, scores).min(axis=1, keepdims=True)
        scores[:, self.boosted] += np.float32(self.boost) * span
        step = np.where(span > 0, span, 1)
        for back, item in enumerate(self.pinned[::-1], 1):
            scores[:, item] = (high + step * (self.boost + back))[:, 0]
        scores[:, self.left_out] = -np.inf
        return scores

    def order(self, items: IntArray, liked: FloatArray, history: csr_array) -> IntArray:
        lifted = liked + self.boost * np.isin(items, self.boosted) * (self.first.pool > 0)
        for back, item in enumerate(self.pinned[::-1], 1):
            lifted[items == item] = 2 + self.boost + back
        order = np.argsort(np.where(items >= 0, -lifted, np.inf), axis=1, kind="stable").astype(np.int32)
        if not self.at_most or not self.categories.names:
            return order
        member = self.categories.shares.toarray() > 0
        return np.stack([self._limited(own, shown, member) for own, shown in zip(order, items, strict=True)])

    def _limited(self, order: IntArray, items: IntArray, member: np.ndarray) -> IntArray:
        """The order with what is too much of a category moved behind the first `length` places."""
        count = np.zeros(member.shape[1], dtype=np.int64)
        kept: list[int] = []
        behind: list[int] = []
        for at in order:
            mine = member[items[at]] if items[at] >= 0 else np.zeros_like(count, dtype=bool)
            full = bool((count[mine] >= self.at_most).any()) and items[at] not in self.pinned
            if len(kept) < self.length and full:
                behind.append(int(at))
                continue
            count += mine
            kept.append(int(at))
        first, rest = kept[: self.length], kept[self.length :]
        place = {int(at): where for where, at in enumerate(order)}
        return np.array([*first, *sorted(behind + rest, key=place.__getitem__)], dtype=np.int32)


class Rules(Recommender):
    """Business rules on another recommender's lists, so that their cost shows beside it.

    Pinned items stand first for everyone who may be shown them; boosted ones are lifted by a share of
    the range of a person's scores; left-out ones are never shown. Items and categories are named by id
    and by name, joined by +. Raises BadInput for a name that is not there.
    """

    name = "rules"
    label = "Business rules"
    of: Of = "ease"
    pin: Annotated[Names, Field(description="Items that stand first, by id, joined by +")] = ""
    boost: Annotated[Names, Field(description="Items or categories that are lifted, joined by +")] = ""
    boost_by: Annotated[
        float, Field(ge=0, le=1, description="By how much of the range of a person's scores")
    ] = 0.2
    exclude: Annotated[Names, Field(description="Items or categories that are left out, joined by +")] = ""
    at_most: Annotated[
        int, Field(ge=0, le=1000, description="Items of one category in the first places; 0 = any number")
    ] = 0
    length: Annotated[int, Field(ge=1, le=1000, description="How many first places that limit is for")] = 10
    pool: Pool = 100

    def fit(self, train: Train, report: Report) -> Scorer:
        categories = categories_of(train.items)
        pinned = _items(self.pin, train.item_ids, None)
        boosted = _items(self.boost, train.item_ids, categories)
        left_out = _items(self.exclude, train.item_ids, categories)
        (first,) = fit_each(named(self.of), train, report)
        return RulesScorer(
            first,
            self.pool,
            pinned,
            np.unique(boosted),
            self.boost_by,
            np.unique(left_out),
            categories,
            self.at_most,
            self.length,
        )

    def demand(self, size: Size) -> Demand | None:
        return reordering_demand(self.of, size, 20.0 * self.pool + 2e5)


def _items(names: str, item_ids: TextArray, categories: Categories | None) -> IntArray:
    """The items that ids and categories name, in the order named; raises BadInput for an unknown one."""
    found: list[int] = []
    for name in filter(None, (part.strip() for part in names.split("+"))):
        place = int(np.searchsorted(item_ids, name))
        if place < len(item_ids) and item_ids[place] == name:
            found.append(place)
        elif categories is not None and name in categories.names:
            column = categories.shares[:, [categories.names.index(name)]].toarray()[:, 0]
            found += np.flatnonzero(column).tolist()
        else:
            what = "item" if categories is None else "item or category"
            raise BadInput(
                f"The rules name {name[:60]!r}, and there is no such {what}.",
                f"an {what} of the data.",
                "correct the name.",
            )
    return np.array(list(dict.fromkeys(found)), dtype=np.int32)
