"""Train and Test: a split's parts as matrices, with everything that was left out counted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from core.data.dataset import Dataset, Did
from core.data.events import Events, events
from core.data.matrices import pairs_matrix, placed, without
from core.data.splits import Part, Split
from core.types import BoolArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.fingerprint import fingerprint

Seen = Literal["positive", "any", "none"]


@artifact
@dataclass(frozen=True)
class Train:
    """What a recommender may learn from: U people, I items (the whole catalogue), N events."""

    user_ids: TextArray  # (U,)
    item_ids: TextArray  # (I,)
    positives: csr_array  # (U, I) float32, 1 where a person has a positive event
    user: IntArray  # (N,) events of every kind, in order of person and item
    item: IntArray  # (N,)
    rank: np.ndarray  # (N,) int64, when (see Events)
    value: np.ndarray  # (N,) float64
    kind: TextArray  # (N,)
    positive: BoolArray  # (N,) which events count as positive
    items: pd.DataFrame  # I rows: what is known of each item
    users: pd.DataFrame  # U rows: what is known of each person
    seed: int
    relations: pd.DataFrame | None = None  # user, other: friends, where items are people; else None
    folder: str = ""  # where the pictures that `items` name lie

    @cached_property
    def sequence(self) -> csr_array | None:
        """(U, I) float32: `positives` with places in time, 1 = the first; None where nothing tells them."""
        from core.data.ids import hashes

        if not self.rank.any():
            return None
        rows = np.flatnonzero(self.positive)
        tie = hashes(self.item_ids.tolist(), self.seed)[self.item[rows]]
        rows = rows[np.lexsort((tie, self.rank[rows], self.user[rows]))]
        return placed(self.user[rows], self.item[rows], self.positives.shape)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        return fingerprint(
            self.user_ids,
            self.item_ids,
            self.positives,
            self.user,
            self.item,
            self.rank,
            self.value,
            self.kind,
            self.positive,
            self.items,
            self.users,
            self.seed,
            self.relations if self.relations is not None else "no relations",
            *([self.folder] if self.folder else []),
        )

    def part(self, kept: BoolArray) -> "Train":
        """The training part of some of its people, by a mask (U,); the catalogue stays."""
        place = (np.cumsum(kept) - 1).astype(np.int32)
        rows, people = kept[self.user], np.flatnonzero(kept)
        return replace(
            self,
            user_ids=self.user_ids[kept],
            positives=self.positives[people],
            user=place[self.user[rows]],
            item=self.item[rows],
            rank=self.rank[rows],
            value=self.value[rows],
            kind=self.kind[rows],
            positive=self.positive[rows],
            users=self.users.iloc[people],
        )


@artifact
@dataclass(frozen=True)
class Test:
    """T people with at least one held-out item, and what a list of theirs is judged against."""

    user_ids: TextArray  # (T,)
    users: IntArray  # (T,) their row in training, -1 for people it does not know
    history: csr_array  # (T, I) float32: the positives that scorers are given
    masked: csr_array  # (T, I): what is never recommended to them
    truth: csr_array  # (T, I) float32: 1 where an item is held out
    candidates: csr_array | None = None  # (T, I): the only items that are ranked, in place of the mask
    time: int | None = None  # the split's moment, microseconds since 1970
    sequence: csr_array | None = None  # (T, I): `history` with places in time, 1 = the first; None = no order
    ratings: csr_array | None = None  # (T, I): of held-out items, where there are any; None = there are none

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        allowed = self.candidates if self.candidates is not None else "all"
        order = self.sequence if self.sequence is not None else "no order"
        own = self.user_ids, self.users, self.history, self.masked, self.truth, allowed, order
        return fingerprint(*own, *([] if self.ratings is None else [self.ratings]))

    def given(self, ordered: bool) -> csr_array:
        """(T, I) the histories as a scorer takes them: with places in time where it asks for known ones."""
        return self.sequence if ordered and self.sequence is not None else self.history

    def part(self, rows: np.ndarray) -> "Test":
        """The test part of some of its people."""
        return replace(
            self,
            user_ids=self.user_ids[rows],
            users=self.users[rows],
            history=self.history[rows],
            masked=self.masked[rows],
            truth=self.truth[rows],
            candidates=None if self.candidates is None else self.candidates[rows],
            sequence=None if self.sequence is None else self.sequence[rows],
            ratings=None if self.ratings is None else self.ratings[rows],
        )


@artifact
@dataclass(frozen=True)
class Fold:
    """A training part with its test part, and what was dropped on the way."""

    train: Train
    test: Test
    dropped: tuple[Did, ...]

    def validation(self, split: Split, seed: int, seen: Seen = "positive") -> "Fold":
        """The same division once more, inside the training part: for tuning, never for results."""
        return divided(self.train, split, seed, seen)


def divided(train: Train, split: Split, seed: int, seen: Seen = "positive") -> Fold:
    """A training part as a training part and a test part of its own; items keep their places."""
    made = next(_folds(_train_events(train), train.items, train.users, split, seen, seed))
    return replace(made, train=replace(made.train, relations=train.relations, folder=train.folder))


def folds(
    dataset: Dataset,
    split: Split,
    positive: str = "",
    exclude_seen: Seen = "positive",
    seed: int = 0,
    min_user: int = 1,
    min_item: int = 1,
) -> list[Fold]:
    """The folds of a data set: one, or as many as the split has.

    People and items with fewer than `min_user` or `min_item` positive interactions are left out
    first, repeatedly until none is left. Raises BadInput where nothing can be held out.
    """
    if dataset.interactions.empty:
        raise BadInput(
            f"{dataset.name} has no interactions, only impressions: nobody has a history to learn from.",
            "a log of what people did.",
            "look at its clicks, or choose other data.",
        )
    found, dropped = _active(events(dataset, positive, seed), min_user, min_item)
    items = dataset.items.reindex(found.item_ids)
    users = dataset.users.reindex(found.user_ids)
    notes = tuple(Did("positives", int(found.positive.sum()), note) for note in found.notes)
    made = _folds(found, items, users, split, exclude_seen, seed)
    friends = _friends(dataset)
    return [
        replace(
            fold,
            train=replace(fold.train, relations=friends, folder=dataset.origin.folder),
            dropped=(*notes, *dropped, *fold.dropped),
        )
        for fold in made
    ]


def whole(dataset: Dataset, positive: str = "", seed: int = 0) -> Train:
    """Everything as a training part: for recommending now, not for judging."""
    found = events(dataset, positive, seed)
    everything = np.ones(len(found.user), dtype=bool)
    items, users = dataset.items.reindex(found.item_ids), dataset.users.reindex(found.user_ids)
    train = _train(found, everything, np.arange(len(found.user_ids)), items, users, seed)
    return replace(train, relations=_friends(dataset), folder=dataset.origin.folder)


def _friends(dataset: Dataset) -> pd.DataFrame | None:
    """Who is a friend of whom, where items are people; None elsewhere."""
    if not dataset.origin.items_are_people:
        return None
    bonds = dataset.relations[dataset.relations["kind"].astype("str") == "friend"]
    return bonds[["user", "other"]].astype("str").reset_index(drop=True)


def _folds(
    found: Events, items: pd.DataFrame, users: pd.DataFrame, split: Split, seen: Seen, seed: int
) -> Iterator[Fold]:
    for part in split.divide(found, seed):
        known = np.unique(found.user[part.train])
        train = _train(found, part.train, known, items, users, seed)
        test, dropped = _test(found, part, known, seen)
        if not len(test.user_ids):
            raise BadInput(
                f"The split {split.spec} holds out nothing that can be judged.",
                "people with interactions both before and after it.",
                "choose another split, or more data.",
            )
        yield Fold(train, test, dropped)


def _train(
    found: Events, mask: BoolArray, known: np.ndarray, items: pd.DataFrame, users: pd.DataFrame, seed: int
) -> Train:
    place = np.full(len(found.user_ids), -1, dtype=np.int32)
    place[known] = np.arange(len(known), dtype=np.int32)
    rows, liked = np.flatnonzero(mask), np.flatnonzero(mask & found.positive)
    return Train(
        user_ids=found.user_ids[known],
        item_ids=found.item_ids,
        positives=pairs_matrix(
            place[found.user[liked]], found.item[liked], (len(known), len(found.item_ids))
        ),
        user=place[found.user[rows]],
        item=found.item[rows],
        rank=found.rank[rows],
        value=found.value[rows],
        kind=found.kind.iloc[rows].astype("str").to_numpy(dtype=object),
        positive=found.positive[rows],
        items=items,
        users=users.iloc[known],
        seed=seed,
    )


def _test(found: Events, part: Part, known: np.ndarray, seen: Seen) -> tuple[Test, tuple[Did, ...]]:
    shape = (len(found.user_ids), len(found.item_ids))
    given = part.train | part.reveal
    history = _where(found, given & found.positive, shape)
    mask = {"positive": given & found.positive, "any": given, "none": np.zeros_like(given)}[seen]
    masked = _where(found, mask, shape)
    truth = _where(found, part.test, shape)
    repeated = truth.multiply(masked).tocsr()
    left = without(truth, masked)
    tested = np.unique(found.user[part.test])
    judged = np.zeros(shape[0], dtype=bool)
    judged[known] = True
    judged[found.user[part.reveal]] = True
    strangers = tested[~judged[tested]]
    here = np.flatnonzero(judged & (np.diff(left.indptr) > 0))
    users = np.full(shape[0], -1, dtype=np.int32)
    users[known] = np.arange(len(known), dtype=np.int32)
    order = _sequence(found, given & found.positive, shape) if found.ordered else None
    test = Test(
        found.user_ids[here],
        users[here],
        history[here],
        masked[here],
        left[here],
        time=part.time,
        sequence=None if order is None else order[here],
        ratings=_ratings(found, part.test, left, here),
    )
    return test, (
        *_did("people unknown to training", strangers, found.user_ids, "left out of the test part"),
        *_did(
            "test pairs already seen in training",
            repeated.indices,
            found.item_ids,
            "dropped, since seen items are not recommended",
        ),
        *_did(
            "training rows that would tell of the test part",
            found.item[part.left_out(found.positive)],
            found.item_ids,
            "left out of training",
        ),
    )


def _ratings(found: Events, test: BoolArray, truth: csr_array, here: np.ndarray) -> csr_array | None:
    """(T, I) float32: the last rating of each held-out pair of the people `here`; none is as good as 0."""
    rated = test & np.isfinite(found.value) & (found.kind == "rating").to_numpy()
    rows = np.flatnonzero(rated)
    rows = rows[np.lexsort((found.value[rows], found.tie[rows], found.rank[rows]))]
    _, last = np.unique(found.pair[rows][::-1], return_index=True)
    rows = rows[len(rows) - 1 - last]
    pairs = found.user[rows].astype(np.int32), found.item[rows]
    all_rated = csr_array((found.value[rows].astype(np.float32), pairs), shape=truth.shape)
    matrix = all_rated.multiply(truth).tocsr()
    matrix.sort_indices()
    return matrix[here] if matrix.nnz else None


def _did(step: str, rows: np.ndarray, ids: TextArray, detail: str) -> tuple[Did, ...]:
    return (Did(step, len(rows), detail, tuple(str(ids[row]) for row in rows[:3])),) if len(rows) else ()


def _where(found: Events, mask: BoolArray, shape: tuple[int, int]) -> csr_array:
    return pairs_matrix(found.user[mask], found.item[mask], shape)


def _sequence(found: Events, mask: BoolArray, shape: tuple[int, int]) -> csr_array:
    """(shape) float32 CSR: the place of each item in its person's order of events, 1 = the first.

    An item that comes again stands where it came last. Exact up to 2²⁴ events of a person.
    """
    rows = np.flatnonzero(mask)
    rows = rows[np.lexsort((found.tie[rows], found.rank[rows], found.user[rows]))]
    return placed(found.user[rows], found.item[rows], shape)


def _active(found: Events, min_user: int, min_item: int) -> tuple[Events, tuple[Did, ...]]:
    """Events of people and items with enough positive ones; the others are left out and counted."""
    kept = np.ones(len(found.user), dtype=bool)
    while True:
        counted = kept & found.positive
        few = (np.bincount(found.user[counted], minlength=len(found.user_ids)) < min_user)[found.user]
        rare = (np.bincount(found.item[counted], minlength=len(found.item_ids)) < min_item)[found.item]
        out = kept & ((few if min_user > 1 else False) | (rare if min_item > 1 else False))
        if not out.any():
            break
        kept &= ~out
    if kept.all():
        return found, ()
    if not (kept & found.positive).any():
        raise BadInput(
            f"Nobody is left with {min_user} interactions a person and {min_item} an item.",
            "some.",
            "lower the minimum.",
        )
    detail = f"fewer than {min_user} positive interactions a person or {min_item} an item"
    return _rows(found, kept), (Did("minimum activity", int((~kept).sum()), detail),)


def _rows(found: Events, kept: BoolArray) -> Events:
    """The events of a mask; people without any are dropped, the catalogue stays."""
    users = np.unique(found.user[kept])
    place = np.full(len(found.user_ids), -1, dtype=np.int32)
    place[users] = np.arange(len(users), dtype=np.int32)
    return replace(
        found,
        user_ids=found.user_ids[users],
        user=place[found.user[kept]],
        item=found.item[kept],
        rank=found.rank[kept],
        tie=found.tie[kept],
        value=found.value[kept],
        kind=found.kind[kept].reset_index(drop=True),
        positive=found.positive[kept],
        part=found.part[kept],
    )


def _train_events(train: Train) -> Events:
    """The training part as events, to be divided again."""
    from core.data.ids import hashes

    timed = bool(np.abs(train.rank).max(initial=0) > 10**12)
    return Events(
        user_ids=train.user_ids,
        item_ids=train.item_ids,
        user=train.user,
        item=train.item,
        rank=train.rank,
        tie=hashes(train.item_ids.tolist(), train.seed)[train.item],
        value=train.value,
        kind=pd.Series(pd.Categorical(train.kind)),
        positive=train.positive,
        part=np.full(len(train.user), "", dtype=object),
        timed=timed,
        ordered=timed or bool(train.rank.any()),
    )
