"""People who are held out wholly, as newcomers: their first likes can be told, the rest is judged."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from core.data.bonds import barred
from core.data.dataset import Dataset
from core.data.events import Events, event_keys, events
from core.data.folds import Test, Train, folds
from core.data.matrices import pairs_matrix, placed, without
from core.data.splits import UnseenUsers
from core.types import IntArray, TextArray
from core.work.errors import BadInput


@dataclass(frozen=True)
class HeldPeople:
    """T people without any event in training, and what became of them.

    Whatever is told of a newcomer, lists are judged on the same items: what they took after their
    first `most`. Those first ones stand in no list, so that nobody wins or loses by them.
    """

    train: Train
    user_ids: TextArray  # (T,)
    first: csr_array  # (T, I) float32: places in time of the first positives, 1 to `most`
    masked: csr_array  # (T, I) float32: what is in no list
    truth: csr_array  # (T, I) float32: the later positives
    details: pd.DataFrame  # T rows of `users`
    sentences: TextArray  # (T,) the first search of each before what is judged; "" where there is none
    few: int  # people of the fold with too few positives to be judged
    ordered: bool  # whether "first" is a matter of time; else of chance

    @cached_property
    def nobody(self) -> IntArray:
        """(T,) -1: training knows none of them."""
        return np.full(len(self.user_ids), -1, dtype=np.int32)

    def told(self, likes: int) -> Test:
        """The test part in which the first so many likes of each person are known."""
        sequence = self.first.copy()
        sequence.data[sequence.data > likes] = 0
        sequence.eliminate_zeros()
        history = sequence.copy()
        history.data[:] = 1
        return Test(
            self.user_ids,
            self.nobody,
            history,
            masked=self.masked,
            truth=self.truth,
            sequence=sequence if self.ordered else None,
        )


def held_people(dataset: Dataset, positive: str, many: int, most: int, seed: int) -> HeldPeople:
    """One of `many` folds of people, held out, each with more than `most` positives.

    Raises BadInput where nobody has that many.
    """
    train = folds(dataset, UnseenUsers(folds=many, given=0.5), positive, seed=seed)[0].train
    found = events(dataset, positive, seed)
    user, item, rank, place = _in_order(found, ~np.isin(found.user_ids, train.user_ids), seed)
    counts = np.bincount(user, minlength=len(found.user_ids))
    bar = barred(dataset, found.user_ids, found.item_ids)
    later = place > most
    shape = (len(found.user_ids), len(found.item_ids))
    truth = without(pairs_matrix(user[later], item[later], shape), bar)
    here = np.flatnonzero(np.diff(truth.indptr) > 0)
    if not len(here):
        raise BadInput(
            f"None of the people that are held out has more than {most} interactions that count.",
            "people with more of them.",
            "tell fewer likes, or load more data.",
        )
    first = placed(user[~later], item[~later], shape)
    masked = csr_array(pairs_matrix(user[~later], item[~later], shape) + bar)
    masked.data[:] = 1
    user_ids = found.user_ids[here]
    judged_from = np.full(len(found.user_ids), np.iinfo(np.int64).max)
    np.minimum.at(judged_from, user[later], rank[later])
    return HeldPeople(
        train=_without_strangers(train),
        user_ids=user_ids,
        first=first[here],
        masked=masked[here],
        truth=truth[here],
        details=dataset.users.reindex(user_ids),
        sentences=_first_searches(dataset, user_ids, judged_from[here]) if found.timed else _none(user_ids),
        few=int((counts > 0).sum()) - len(here),
        ordered=found.ordered,
    )


def _in_order(
    found: Events, held: np.ndarray, seed: int
) -> tuple[IntArray, IntArray, np.ndarray, np.ndarray]:
    """user, item, rank and place of the positives of held-out people, in order; an item counts once, when
    it came first."""
    rank = found.rank if found.ordered else event_keys(found, seed)
    rows = np.flatnonzero(found.positive & held[found.user])
    rows = rows[np.lexsort((found.tie[rows], rank[rows], found.user[rows]))]
    _, once = np.unique(found.pair[rows], return_index=True)
    rows = rows[np.sort(once)]
    user = found.user[rows]
    place = np.arange(len(rows)) - np.searchsorted(user, user) + 1
    return user, found.item[rows], found.rank[rows], place


def _without_strangers(train: Train) -> Train:
    """Training without friendships of people whom it does not know."""
    bonds = train.relations
    if bonds is None:
        return train
    known = bonds["user"].isin(train.user_ids) & bonds["other"].isin(train.user_ids)
    return replace(train, relations=bonds[known].reset_index(drop=True))


def _first_searches(dataset: Dataset, user_ids: TextArray, until: np.ndarray) -> TextArray:
    """(T,) the earliest search of each person before a moment of theirs (microseconds since 1970)."""
    asked = dataset.searches[["user", "query", "timestamp"]].dropna()
    moments = dict(zip(user_ids.tolist(), until.tolist(), strict=True))
    user = asked["user"].astype("str")
    when = asked["timestamp"].astype("int64").to_numpy()
    early = when < user.map(moments).fillna(np.iinfo(np.int64).min).to_numpy(dtype=np.int64)
    said = asked["query"].str.strip() != ""
    kept = asked.assign(user=user)[early & said.to_numpy(dtype=bool)]
    first = kept.sort_values("timestamp", kind="stable").drop_duplicates("user")
    query = dict(zip(first["user"], first["query"], strict=True))
    return np.array([str(query.get(user, "")) for user in user_ids], dtype=object)


def _none(user_ids: TextArray) -> TextArray:
    return np.full(len(user_ids), "", dtype=object)
