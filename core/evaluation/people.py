"""People of a comparison: finding one, and walking through them in an order that tells something."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.data.ids import hashes
from core.evaluation.comparison import Comparison
from core.types import IntArray, TextArray

MOST = 50
_AGREED = 1e-9  # differences of rounding are no disagreement


@dataclass(frozen=True)
class Found:
    """A person that a search found, and by what: the id, a column of theirs, or an item they touched."""

    user: str
    by: str  # "id", the name of a column, or "item"
    what: str  # the value that matched; for an item its title, else its id


def search(dataset: Dataset, query: str, most: int = MOST) -> list[Found]:
    """People whose id, attributes or items contain the text, each once; ids first, then attributes.

    Personal columns are not searched: finding people by them would show them for one person.
    """
    wanted = query.strip().casefold()
    if not wanted:
        return []
    found: dict[str, Found] = {}
    for one in (
        *_by_id(dataset.user_ids, wanted),
        *_by_attribute(dataset, wanted),
        *_by_item(dataset, wanted, most),
    ):
        if len(found) == most:
            break
        found.setdefault(one.user, one)
    return list(found.values())


def _by_id(ids: pd.Index, wanted: str) -> list[Found]:
    """The id itself first, then those that start with the text, then those that contain it."""
    folded = [str(user).casefold() for user in ids]
    rows = [row for row, text in enumerate(folded) if wanted in text]
    rows.sort(key=lambda row: (folded[row] != wanted, not folded[row].startswith(wanted), folded[row]))
    return [Found(str(ids[row]), "id", str(ids[row])) for row in rows]


def _by_attribute(dataset: Dataset, wanted: str) -> list[Found]:
    users = dataset.users[dataset.users.index.isin(dataset.user_ids)]
    found = []
    for column in open_columns(dataset):
        values = users[column].astype("str").fillna("")
        for user, value in values[_contains(values, wanted)].items():
            found.append(Found(str(user), column, str(value)))
    return found


def _by_item(dataset: Dataset, wanted: str, most: int) -> list[Found]:
    """People who touched the items whose id or title contains the text; the most active of them first."""
    ids = pd.Series(dataset.item_ids, dtype="str")
    titles = dataset.items["title"].reindex(ids).astype("str").fillna("").reset_index(drop=True)
    match = _contains(ids, wanted) | _contains(titles, wanted)
    if not match.any():
        return []
    names = dict(zip(ids[match], titles[match], strict=True))
    rows = dataset.interactions[["user", "item"]]
    rows = rows[rows["item"].isin(names)].astype("str")
    counts = (
        rows.groupby("user", sort=True)["item"]
        .agg(["size", "first"])
        .sort_values("size", ascending=False, kind="stable")
    )
    return [
        Found(str(user), "item", names[first] or first) for user, first in counts["first"].head(most).items()
    ]


def _contains(texts: pd.Series, wanted: str) -> pd.Series:
    return texts.str.casefold().str.contains(wanted, regex=False)


def open_columns(dataset: Dataset) -> list[str]:
    """The columns of `users` that may be shown for one person: those not marked as personal."""
    return [str(column) for column in dataset.users.columns if column not in dataset.origin.personal]


def row_of(comparison: Comparison, user: str) -> int | None:
    """Where a person stands in the comparison; None for somebody of whom nothing is held out."""
    place = int(np.searchsorted(comparison.user_ids, user))
    return place if place < len(comparison.user_ids) and comparison.user_ids[place] == user else None


ORDERS = ("id", "surprise", "disagreement", "worst")


def order_of(comparison: Comparison, name: str, column: int) -> IntArray:
    """(T,) people in one of ORDERS: by id, in an order that says nothing, or by a metric (see below)."""
    if name == "surprise":
        return surprise(comparison)
    if name == "disagreement":
        return biggest_disagreement(comparison, column)
    if name == "worst":
        return worst_served(comparison, column)
    return np.arange(len(comparison.user_ids), dtype=np.int32)


def surprise(comparison: Comparison) -> IntArray:
    """(T,) people in the order of a hash of (seed, id): mixed, and the same at every visit."""
    keys = hashes(comparison.user_ids.tolist(), comparison.experiment.seed)
    return np.argsort(keys, kind="stable").astype(np.int32)


def worst_served(comparison: Comparison, column: int) -> IntArray:
    """(T,) people from the lowest mean of a metric over the recommenders.

    Of equals the one with more held-out items comes first: more could have been found.
    """
    return _ordered(comparison, np.mean(_values(comparison, column), axis=0))


def biggest_disagreement(comparison: Comparison, column: int) -> IntArray:
    """(T,) people from the largest gap between the best and the worst recommender for them."""
    values = _values(comparison, column)
    return _ordered(comparison, values.min(axis=0) - values.max(axis=0))


def step_from(ids: TextArray, order: IntArray, user: str, by: int) -> str:
    """The person `by` places after this one in an order, round and round; the first for a stranger.

    >>> ids, order = np.array(["a", "b", "c"], dtype=object), np.array([2, 0, 1])
    >>> step_from(ids, order, "b", 1), step_from(ids, order, "a", -1), step_from(ids, order, "?", 1)
    ('c', 'c', 'c')
    """
    places = np.flatnonzero(ids[order] == user)
    at = (int(places[0]) + by) % len(order) if len(places) else 0
    return str(ids[order[at]])


def _values(comparison: Comparison, column: int) -> np.ndarray:
    """(R, T) one metric; a person for whom it is not defined counts as well served."""
    return np.nan_to_num(comparison.values[:, column], nan=1.0)


def _ordered(comparison: Comparison, key: np.ndarray) -> IntArray:
    held = np.diff(comparison.truth.indptr)
    rounded = np.round(key / _AGREED).astype(np.int64)
    return np.lexsort((np.arange(len(key)), -held, rounded)).astype(np.int32)


@dataclass(frozen=True)
class Place:
    """A place in somebody's list."""

    rank: int  # from 1
    item: str  # the item's id; "" outside the catalogue
    score: float
    hit: bool  # held out: the person really took it later


def places(comparison: Comparison, entry: int, row: int, most: int) -> list[Place]:
    """The first places of one recommender's list for one person; shorter where the list ends."""
    ranked = comparison.ranked[entry]
    held = set(held_out(comparison, row).tolist())
    made = []
    for rank, item in enumerate(ranked.items[row, :most], 1):
        if item == -1:
            break
        name = str(comparison.item_ids[item]) if item >= 0 else ""
        made.append(Place(rank, name, float(ranked.scores[row, rank - 1]), int(item) in held))
    return made


def held_out(comparison: Comparison, row: int) -> np.ndarray:
    """The indices of the items held out of one person."""
    truth = comparison.truth
    return truth.indices[truth.indptr[row] : truth.indptr[row + 1]]


def scores_of(comparison: Comparison, column: int, row: int) -> Sequence[float]:
    """R values of one metric for one person."""
    return [float(value) for value in comparison.values[:, column, row]]
