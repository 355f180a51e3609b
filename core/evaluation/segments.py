"""Ways to divide the people of a comparison into segments: no two segments share a person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.differing import FEWEST, bands, traits
from core.types import BoolArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step

MOST = 12  # segments; the smaller ones are taken together
ACTIVITY = 3  # bands of how long a history is
NEW = 0.75  # of the time that the data covers: who is first seen later is new


@artifact
@dataclass(frozen=True)
class Segment:
    """What its people have in common."""

    kind: str  # "value"; "new", "old", "inside" a selection; the rest: "others", "none" (in no cluster)
    name: str  # a value, a band as "3 – 9", a cluster's or a selection's name; "" where the kind says all


OTHERS = Segment("others", "")


@artifact
@dataclass(frozen=True)
class Division:
    """G segments of T people, each with at least 5 of them, except perhaps the one that takes the rest."""

    segments: tuple[Segment, ...]  # (G,)
    labels: IntArray  # (T,) the segment of each person; -1: of whom nothing is known

    @property
    def sizes(self) -> IntArray:
        """(G,) people."""
        known = self.labels[self.labels >= 0]
        return np.bincount(known, minlength=len(self.segments)).astype(np.int32)

    @property
    def unknown(self) -> int:
        """People of whom nothing is known."""
        return int((self.labels < 0).sum())


Part = tuple[Segment, BoolArray]  # a segment and who is in it (T,)


@artifact
@dataclass(frozen=True)
class By:
    """What the data say of people that divides them."""

    what: Literal["column", "activity", "arrival"]
    column: str = ""


@step(version=1, called="Dividing people")
def divide(dataset: Dataset, comparison: Comparison, *, settings: By, report: Report) -> Division:
    """The people of a comparison by a column, by how active they are, or by when they came."""
    report(0.1, "Dividing people")
    if settings.what == "column":
        return by_column(dataset, comparison.user_ids, settings.column)
    if settings.what == "activity":
        return by_activity(comparison)
    return by_arrival(dataset, comparison.user_ids)


def by_column(dataset: Dataset, ids: TextArray, name: str) -> Division:
    """People by a column of theirs: values, or quarters of the people where it holds numbers or days.

    No segment where it has one value, or more than 40 texts: then it tells people apart one by one.
    """
    values = dataset.users[name].reindex(pd.Index(ids))
    if pd.api.types.is_datetime64_any_dtype(values):
        known = values.notna()
        days = (values.dt.tz_localize(None).astype("datetime64[s]") - pd.Timestamp(0)).dt.days.where(known)
        found = bands(
            "column", name, days, show=lambda day: f"{pd.Timestamp(0) + pd.Timedelta(day, 'D'):%Y-%m-%d}"
        )
    else:
        found = (
            one
            for one in traits(replace(dataset, users=dataset.users[[name]]), None, ids)
            if one[0].kind == "column"
        )
    parts = [(trait.value, has) for trait, has, _known in found]
    if name in dataset.origin.personal:
        parts = _open_ended(parts)
    return _divided([(Segment("value", value), has) for value, has in parts], len(ids))


def _open_ended(parts: list[tuple[str, BoolArray]]) -> list[tuple[str, BoolArray]]:
    """Bands whose outer ends are not said: the lowest and the highest value are one person's."""
    if len(parts) < 2 or not all(" – " in value for value, _ in parts):
        return parts
    (first, low), (last, high) = parts[0], parts[-1]
    ends = (f"≤ {first.partition(' – ')[2]}", low), (f"≥ {last.partition(' – ')[0]}", high)
    return [ends[0], *parts[1:-1], ends[1]]


def by_activity(comparison: Comparison) -> Division:
    """People by how many items their history holds, from which their lists were made: thirds of them."""
    lengths = pd.Series(np.diff(comparison.history.indptr))
    found = bands("activity", "", lengths, ACTIVITY)
    return _divided([(Segment("value", trait.value), has) for trait, has, _ in found], len(lengths))


def by_arrival(dataset: Dataset, ids: TextArray) -> Division:
    """New people, first seen in the last quarter of the time that the data covers, and old ones."""
    seen, moment = first_seen(dataset, "user")
    when = seen.reindex(pd.Index(ids))
    new, old = (when >= moment).to_numpy(), (when < moment).to_numpy()
    return _divided([(Segment("new", ""), new), (Segment("old", ""), old)], len(ids))


def first_seen(dataset: Dataset, who: str) -> tuple[pd.Series, pd.Timestamp]:
    """When each `user` or `item` was seen first, by id, and the moment from which on one is new."""
    rows = dataset.interactions.dropna(subset=["timestamp"])
    start, end = rows["timestamp"].min(), rows["timestamp"].max()
    return rows.groupby(who, observed=True)["timestamp"].min(), start + NEW * (end - start)


def by_cluster(ids: TextArray, names: Sequence[str], of: TextArray, labels: IntArray) -> Division:
    """People by the cluster (N,) of each of a map's people `of` (N,); those not on it are in none."""
    place = pd.Index(of).get_indexer(pd.Index(ids))
    mine = np.where(place >= 0, labels[place], -1)
    parts: list[Part] = [(Segment("value", name), mine == at) for at, name in enumerate(names)]
    return _divided([*parts, (Segment("none", ""), mine < 0)], len(ids))


def by_members(ids: TextArray, name: str, members: Collection[str]) -> Division:
    """The people of one selection or saved segment, and all others."""
    inside = np.isin(ids.astype(str), np.array(sorted(members), dtype=str))
    return _divided([(Segment("inside", name), inside), (OTHERS, ~inside)], len(ids))


def _divided(parts: list[Part], people: int) -> Division:
    """The parts in their order; those of fewer than 5 people, and the smallest beyond 12, with the others."""
    named = [(segment, has) for segment, has in parts if segment != OTHERS]
    sizes = [int(has.sum()) for _segment, has in named]
    kept = [at for at, size in enumerate(sizes) if size >= FEWEST]
    if len(kept) < sum(size > 0 for size in sizes) or len(kept) > MOST:
        kept = sorted(sorted(kept, key=lambda at: -sizes[at])[: MOST - 1])
    labels = np.full(people, -1, dtype=np.int32)
    for _segment, has in parts:
        labels[has] = len(kept)
    for number, at in enumerate(kept):
        labels[named[at][1]] = number
    hidden = (labels < 0) | (labels == len(kept))
    if kept and 0 < hidden.sum() < FEWEST:  # everyone less what is shown would show these few
        gone = min(kept, key=lambda at: sizes[at])
        kept.remove(gone)
        labels[:] = len(kept)
        for number, at in enumerate(kept):
            labels[named[at][1] & ~hidden] = number
    rest = (OTHERS,) if (labels == len(kept)).any() else ()
    return Division((*(named[at][0] for at in kept), *rest), labels)
