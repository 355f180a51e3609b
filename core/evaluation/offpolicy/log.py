"""The log of what was shown, as arrays: impressions in the order of slates and positions."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from core.data.dataset import Dataset, Did
from core.data.ids import positions
from core.data.impressions import UNKNOWN
from core.data.times import microseconds
from core.types import BoolArray, FloatArray, PlaceArray, TextArray

MOSTLY = 0.9  # of slates: beyond it, slates of one impression are parts of pages that are not known
SEVERAL = "pages of more than one person"
TWICE = "pages with two items at one position"
PLACES = 50  # positions below are left out: nobody's list is compared there


@dataclass(frozen=True)
class Log:
    """N impressions of S slates, seen by U people; items are places in the catalogue."""

    user_ids: TextArray  # (U,) people with an impression
    items: int  # I, of the whole catalogue
    width: int  # K, the longest page of the whole log
    user: PlaceArray  # (N,)
    slate: PlaceArray  # (N,) 0 … S - 1, rising
    position: PlaceArray  # (N,) from 0, rising within a slate
    item: PlaceArray  # (N,)
    time: np.ndarray  # (N,) int64, see `microseconds`
    propensity: FloatArray  # (N,) NaN where it is missing
    policy: PlaceArray  # (N,) place in `policies`
    policies: tuple[str, ...]
    clicked: BoolArray  # (N,)
    purchased: BoolArray  # (N,)
    price: FloatArray  # (N,) NaN where it is not known
    slate_propensity: FloatArray | None = None  # (N,)
    prefix_propensity: FloatArray | None = None  # (N,)
    left_out: tuple[Did, ...] = ()

    @property
    def slates(self) -> int:
        """S."""
        return int(self.slate[-1]) + 1 if len(self.slate) else 0

    @cached_property
    def lengths(self) -> PlaceArray:
        """(N,) how many positions the page of each impression has.

        Where nearly every impression is a slate of its own, pages are not known: those are as long as the
        longest.
        """
        longest = np.zeros(self.slates, dtype=np.int64)
        np.maximum.at(longest, self.slate, self.position + 1)
        single = np.bincount(self.slate, minlength=self.slates) == 1
        if self.slates and single.mean() > MOSTLY:
            longest[single] = self.width
        return longest[self.slate]

    def where(self, kept: BoolArray, why: str = "", detail: str = "left out") -> "Log":
        """The slates all of whose impressions are `kept` (N,); what is left out is counted under `why`."""
        bad = np.zeros(self.slates, dtype=bool)
        bad[self.slate[~kept]] = True
        rows = np.flatnonzero(~bad[self.slate])
        did = (Did(why, int(bad.sum()), detail),) if why and bad.any() else ()
        if len(rows) == len(kept):
            return self
        people, user = dense(self.user[rows], len(self.user_ids))
        slate = self.slate[rows]
        return replace(
            self,
            user_ids=self.user_ids[people],
            user=user,
            slate=np.cumsum(np.diff(slate, prepend=slate[:1]) != 0),
            left_out=(*self.left_out, *did),
            **{name: getattr(self, name)[rows] for name in _BY_ROW if getattr(self, name) is not None},
        )


_BY_ROW = (
    "position",
    "item",
    "time",
    "propensity",
    "policy",
    "clicked",
    "purchased",
    "price",
    "slate_propensity",
    "prefix_propensity",
)


def log_of(dataset: Dataset) -> Log:
    """The impressions of a data set, whole slates only.

    Left out and counted are slates of several people, those in which two items have one position, and what
    lies below `PLACES`.
    """
    frame = dataset.impressions
    frame = frame[frame["position"].to_numpy() <= PLACES]
    below = len(dataset.impressions) - len(frame)
    codes = frame["user"].cat.codes.to_numpy().astype(np.int32)
    people, user = dense(codes, len(frame["user"].cat.categories))
    policy = frame["policy"].cat.codes.to_numpy().astype(np.int32)
    names = tuple(map(str, frame["policy"].cat.categories))
    slate, position = frame["slate"].to_numpy(), frame["position"].to_numpy()
    found = Log(
        user_ids=frame["user"].cat.categories[people].to_numpy(dtype=object),
        items=len(dataset.catalogue),
        width=int(position.max(initial=0)),
        user=user,
        slate=np.cumsum(np.diff(slate, prepend=slate[:1]) != 0),
        position=position.astype(np.int64) - 1,
        item=positions(frame["item"], dataset.catalogue),
        time=microseconds(frame["timestamp"]),
        propensity=frame["propensity"].to_numpy(dtype=np.float64),
        policy=np.where(policy < 0, len(names), policy),
        policies=(*names, "") if (policy < 0).any() else names,
        clicked=frame["clicked"].to_numpy(dtype=bool),
        purchased=frame["purchased"].to_numpy(dtype=bool),
        price=frame["price"].to_numpy(dtype=np.float64) if "price" in frame else np.full(len(frame), np.nan),
        **{name: _optional(frame, name) for name in ("slate_propensity", "prefix_propensity")},
        left_out=(
            *(one for one in dataset.origin.cleaning if one.step == UNKNOWN),
            *([Did("positions", below, f"below position {PLACES}, left out")] if below else []),
        ),
    )
    same = np.zeros(len(found.slate), dtype=bool)
    same[1:] = np.diff(found.slate) == 0
    several = same & (np.diff(found.user, prepend=found.user[:1]) != 0)
    found = found.where(~several, SEVERAL)
    same = np.diff(found.slate, prepend=-1) == 0
    return found.where(~(same & (np.diff(found.position, prepend=-1) == 0)), TWICE)


def dense(codes: PlaceArray, size: int) -> tuple[PlaceArray, PlaceArray]:
    """Which of `size` numbers occur, sorted, and where each of `codes` (N,) stands among them."""
    there = np.bincount(codes, minlength=size) > 0
    return np.flatnonzero(there), (np.cumsum(there) - 1).astype(np.int32)[codes]


def _optional(frame: pd.DataFrame, name: str) -> FloatArray | None:
    return frame[name].to_numpy(dtype=np.float64) if name in frame and frame[name].notna().all() else None
