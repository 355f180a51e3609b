"""What every estimator is given: logged impressions, and what a target policy would have done with them."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from core.types import FloatArray, PlaceArray


@dataclass(frozen=True)
class Rows:
    """N impressions in the order of slates and positions, seen by one target policy.

    A weight is the target's probability over the log's. What the log, or the target, can't tell is None.
    """

    slate: PlaceArray  # (N,) 0 … S - 1
    position: PlaceArray  # (N,) from 0, rising within a slate
    reward: FloatArray  # (N,) float64: 1 or 0 for events, or an amount
    weight: FloatArray  # (N,) of this item at this position
    counted: FloatArray  # (N,) 1 where the target's own page has this position, else 0
    hits: PlaceArray  # (H,) rows whose item the target shows, wherever
    chance: FloatArray  # (H, K) the target's probability of the row's item at each position
    logged: FloatArray  # (H, K) the log's
    examination: FloatArray | None = None  # (K,) chance that a position is looked at, the first = 1
    slate_weight: FloatArray | None = None  # (N,) of the whole slate, repeated over its rows
    prefix_weight: FloatArray | None = None  # (N,) of the items down to this position
    modelled: FloatArray | None = None  # (N,) modelled reward of the logged item at this position
    expected: FloatArray | None = None  # (N,) the same of what the target shows at this position
    modelled_on: FloatArray | None = None  # (N,) modelled reward from this position on, after the logged item
    expected_on: FloatArray | None = None  # (N,) the same after what the target shows here
    independent: FloatArray | None = None  # (N,) ones where the log fills each position by itself
    examined: FloatArray | None = None  # (N,) see `examined_weight`, where it is worked out already
    divided: bool = False  # whether this is one position of lists
    chosen: FloatArray | None = None  # (N,) 1 where a target that always shows one list shows this item here

    @property
    def slates(self) -> int:
        """S."""
        return int(self.slate[-1]) + 1 if len(self.slate) else 0

    @cached_property
    def examined_weight(self) -> FloatArray:
        """(N,) Σⱼ eⱼ π(item at j) over Σⱼ eⱼ μ(item at j), j over positions (Li et al. 2018, §4.3)."""
        if self.examined is not None:
            return self.examined
        assert self.examination is not None
        full = np.zeros(len(self.slate))
        full[self.hits] = ratio(self.chance @ self.examination, self.logged @ self.examination)
        return full

    @cached_property
    def events(self) -> PlaceArray:
        """The rows that got a reward."""
        return np.flatnonzero(self.reward)

    @cached_property
    def per_slate_weight(self) -> FloatArray:
        """(S,) the slate's weight, once for each slate."""
        assert self.slate_weight is not None
        return self.slate_weight[self.first]

    @cached_property
    def first(self) -> PlaceArray:
        """(S,) the first row of each slate."""
        return np.searchsorted(self.slate, np.arange(self.slates)).astype(np.int64)

    @cached_property
    def before_weight(self) -> FloatArray:
        """(N,) the prefix weight of the position above; 1 on top."""
        assert self.prefix_weight is not None
        before = np.ones(len(self.slate))
        below = np.flatnonzero(np.diff(self.slate) == 0) + 1
        before[below] = self.prefix_weight[below - 1]
        return before

    def part(self, at: PlaceArray) -> "Rows":
        """The impressions at these places (n,), in order; their slates are numbered anew."""
        place = np.full(len(self.slate), -1, dtype=np.int64)
        place[at] = np.arange(len(at))
        kept = place[self.hits] >= 0
        taken = {name: value[at] for name in _BY_ROW if (value := getattr(self, name)) is not None}
        taken["slate"] = np.cumsum(np.diff(taken["slate"], prepend=taken["slate"][:1]) != 0)
        hits = place[self.hits[kept]]
        return replace(self, **taken, hits=hits, chance=self.chance[kept], logged=self.logged[kept])

    def at_position(self, position: int) -> "Rows":
        """The target's own position alone: what it shows there, wherever the log showed it.

        Weights of prefixes and whole slates do not divide so, and are left out.
        """
        here = (self.position == position).astype(np.float64)
        only = np.zeros_like(self.chance)
        only[:, position] = self.chance[:, position]
        changed = {name: value * here for name in _DIVIDED if (value := getattr(self, name)) is not None}
        return replace(
            self, **changed, chance=only, examined=None, slate_weight=None, prefix_weight=None, divided=True
        )

    def of_slates(self, values: FloatArray) -> FloatArray:
        """(S,) sums of values (N,) over each slate."""
        found: FloatArray = np.bincount(self.slate, values, self.slates).astype(np.float64)
        return found


_DIVIDED = ("weight", "counted", "expected", "chosen")
_WEIGHED = ("weight", "counted", "slate_weight", "prefix_weight", "expected", "modelled", "chosen")
_BY_ROW = ("slate", "position", "reward", *_WEIGHED, "modelled_on", "expected_on", "independent", "examined")


def ratio(above: ArrayLike, below: ArrayLike) -> FloatArray:
    """above / below, 0 where both are 0 or nothing is below."""
    up, down = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    found: FloatArray = np.where(down > 0, up / np.where(down > 0, down, 1.0), 0.0)
    return found


def ratio_error(above: ArrayLike, below: ArrayLike, people: int) -> float:
    """Standard error of Σ above / Σ below over people (U,), linearised (Särndal et al. 1992, §5.6).

    `people`: how many of the U there are; ∞ where they are fewer than two.
    """
    up, down = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    if people < 2:
        return float("inf")
    with np.errstate(over="ignore"):  # of prices beyond all measure
        spread = float(((up - ratio(up.sum(), down.sum()) * down) ** 2).sum()) * people / (people - 1)
    return float(np.sqrt(spread)) / max(float(down.sum()), 1e-12)
