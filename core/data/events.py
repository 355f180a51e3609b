"""Events: the interactions of a Dataset with dense ids, in which splits choose rows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.data.ids import hashes, pair_hashes, positions
from core.data.positive import columns_of, positives
from core.data.times import microseconds
from core.types import BoolArray, IntArray, TextArray, UIntArray


@dataclass(frozen=True)
class Events:
    """N interactions over U people and I items of the catalogue (all three sorted by id).

    `rank` orders events in time: microseconds since 1970, or the file's own order within a
    person; equal values are ordered by `tie`, a hash of (seed, item).
    """

    user_ids: TextArray  # (U,)
    item_ids: TextArray  # (I,)
    user: IntArray  # (N,)
    item: IntArray  # (N,)
    rank: np.ndarray  # (N,) int64
    tie: UIntArray  # (N,)
    value: np.ndarray  # (N,) float64, NaN where there is no rating
    kind: pd.Series  # (N,) categorical
    positive: BoolArray  # (N,)
    part: TextArray  # (N,) "train", "test" or ""
    timed: bool  # whether `rank` is a time that compares between people
    ordered: bool  # whether `rank` orders at all
    notes: tuple[str, ...] = ()

    @property
    def pair(self) -> np.ndarray:
        """(N,) int64: user and item as one number."""
        return self.user.astype(np.int64) * len(self.item_ids) + self.item


def events(dataset: Dataset, positive: str, seed: int) -> Events:
    """The events of a data set under a definition of what is positive.

    Raises BadInput where the definition fits no row (see `positives`).
    """
    frame = dataset.interactions
    user_ids = frame["user"].cat.categories[np.unique(frame["user"].cat.codes)]
    item_ids = dataset.catalogue
    item = positions(frame["item"], item_ids)
    rank, timed, ordered = _rank(frame, dataset.timed)
    chosen, notes = _positive(frame, positive)
    return Events(
        user_ids=user_ids.to_numpy(dtype=object),
        item_ids=item_ids.to_numpy(dtype=object),
        user=positions(frame["user"], user_ids),
        item=item,
        rank=rank,
        tie=hashes(item_ids, seed)[item],
        value=frame["value"].to_numpy(),
        kind=frame["kind"],
        positive=chosen,
        part=frame["part"].astype("str").to_numpy(dtype=object)
        if "part" in frame
        else np.full(len(frame), "", object),
        timed=timed,
        ordered=ordered,
        notes=notes,
    )


def _rank(frame: pd.DataFrame, timed: float) -> tuple[np.ndarray, bool, bool]:
    """When things happened. Rows without a time come first: they are never the future."""
    if timed > 0:
        return microseconds(frame["timestamp"]), True, True
    if "order" in frame:
        return frame["order"].to_numpy(dtype=np.int64), False, True
    return np.zeros(len(frame), dtype=np.int64), False, False


def _positive(frame: pd.DataFrame, expression: str) -> tuple[BoolArray, tuple[str, ...]]:
    """Positives; a test part without a column that the expression asks for is all positive."""
    if "part" in frame:
        test = (frame["part"].astype("str") == "test").to_numpy()
        for column in sorted(columns_of(expression)):
            if test.any() and not frame[column][test].notna().any():
                chosen = test.copy()
                chosen[~test] = positives(expression, frame[~test])
                what = {"value": "ratings", "kind": "kinds"}[column]
                return chosen, (f"the test file has no {what}: every row of it counts as positive",)
    return positives(expression, frame), ()


def event_keys(found: Events, seed: int) -> UIntArray:
    """(N,) a hash of (seed, user, item): an order that neither rows nor positions of ids decide."""
    return pair_hashes(
        hashes(found.user_ids.tolist(), seed)[found.user], hashes(found.item_ids.tolist(), seed)[found.item]
    )
