"""Splits: which interactions are learnt from, and which are held out.

A split divides the positive rows. The other rows (views where purchases are positive) are
signals for training: one that lies after a person's first held-out row, or that is of a
held-out pair, stays out of training, so that nothing of the test leaks through them.
"""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from core.data.events import Events, event_keys
from core.types import BoolArray
from core.work import specs
from core.work.errors import BadInput
from core.work.plugins import unknown


@dataclass(frozen=True)
class Part:
    """One division of the rows: `train` and `test` are masks over the events, never both true.

    `reveal` marks rows that are history of test people who are not in training. `time` is the
    first moment of the test part where the split has one (microseconds since 1970).
    """

    train: BoolArray
    test: BoolArray
    reveal: BoolArray
    time: int | None = None

    def left_out(self, positive: BoolArray) -> BoolArray:
        """Signals that are in neither part, since they would tell of the test part."""
        return ~positive & ~self.train & ~self.test & ~self.reveal


class Split(specs.Declared):
    """A rule that divides events; its settings are its fields."""

    label: ClassVar[str]

    @abstractmethod
    def divide(self, events: Events, seed: int) -> list[Part]:
        """One part, or one for each fold; raises BadInput where the data can't be split so."""

    @property
    def spec(self) -> str:
        """The split as `name(key=value,…)`, with every setting that has a value."""
        return specs.write(
            self.name, {key: value for key, value in self.model_dump().items() if value is not None}
        )


Share = Annotated[float, Field(gt=0, lt=1)]


class Random(Split):
    """A random share of each person's positive rows (rounded down)."""

    name = "random"
    label = "random share"
    test: Annotated[float, Field(gt=0, lt=1, description="Share of each person's interactions held out")] = (
        0.2
    )

    def divide(self, events: Events, seed: int) -> list[Part]:
        place, many = _places(events, event_keys(events, seed))
        return [_part(events, events.positive & (place >= many - _floor(many * self.test)), by_rank=False)]


class LeaveLast(Split):
    """The last interactions of each person: a number of them, or a share (rounded down)."""

    name = "leave_last"
    label = "leave last"
    n: Annotated[
        int | None,
        Field(ge=1, le=1000, description="How many of each person's last interactions are held out"),
    ] = None
    fraction: Annotated[
        float | None, Field(gt=0, lt=1, description="Which share of each person's interactions is held out")
    ] = None

    def divide(self, events: Events, seed: int) -> list[Part]:
        if not events.ordered:
            raise BadInput(
                "leave_last needs times, and the data has none.",
                "a timestamp or order column.",
                "use random(test=0.2), or add the times.",
            )
        place, many = _places(events, events.rank, events.tie)
        held = _floor(many * self.fraction) if self.fraction else np.minimum(self.n or 1, many)
        return [_part(events, events.positive & (place >= many - held), by_rank=True)]


Last = Annotated[
    int | None,
    Field(
        ge=1,
        le=1000,
        description="Of people whom training does not know (sessions), all is revealed but so many of their"
        " last events; none: they are left out",
    ),
]


class ByTime(Split):
    """One moment for all: what happened from it on is held out; rows at one time stay together."""

    name = "by_time"
    label = "by time"
    test: Annotated[
        float, Field(gt=0, lt=1, description="Share of all interactions that lie after the moment")
    ] = 0.2
    last: Last = None

    def divide(self, events: Events, seed: int) -> list[Part]:
        if not events.timed:
            raise BadInput(
                "by_time needs times, and the data has none.",
                "a timestamp column.",
                "use random(test=0.2) or, with an order column, leave_last(n=1).",
            )
        ranks = np.sort(events.rank[events.positive])
        first = min(int(_floor(len(ranks) * (1 - self.test))), len(ranks) - 1)
        time = int(ranks[first])
        late = events.rank >= time
        part = Part(~late, late & events.positive, np.zeros_like(late), time)
        return [part if self.last is None else _revealed(events, part, self.last, seed)]


class UnseenUsers(Split):
    """Folds of people: those of a fold are unknown to training, and a part of their history is revealed."""

    name = "unseen_users"
    label = "unseen people"
    folds: Annotated[int, Field(ge=2, le=20, description="Number of folds of people")] = 5
    given: Annotated[
        float, Field(gt=0, lt=1, description="Share of each person's interactions that is revealed")
    ] = 0.8

    def divide(self, events: Events, seed: int) -> list[Part]:
        from core.data.ids import hashes

        order = np.argsort(hashes(events.user_ids.tolist(), seed), kind="stable")
        fold = np.empty(len(order), dtype=np.int64)
        fold[order] = np.arange(len(order)) % self.folds
        keys = (events.rank, events.tie) if events.ordered else (event_keys(events, seed),)
        place, many = _places(events, *keys)
        held = events.positive & (place >= many - _floor(many * (1 - self.given)))
        parts = []
        for one in range(self.folds):
            here = fold[events.user] == one
            part = _part(events, held & here, by_rank=events.ordered)
            parts.append(Part(part.train & ~here, part.test, part.train & here))
        return parts


class Given(Split):
    """The split that came with the files: train and test."""

    name = "given"
    label = "as given"
    last: Last = None

    def divide(self, events: Events, seed: int) -> list[Part]:
        test = events.part == "test"
        if not test.any() or test.all():
            raise BadInput(
                "The data has no given split.",
                "files named train and test, or --train and --test.",
                "choose another split.",
            )
        part = Part(events.part == "train", test & events.positive, np.zeros_like(test))
        return [part if self.last is None else _revealed(events, part, self.last, seed)]


SPLITS: dict[str, type[Split]] = {cls.name: cls for cls in (Random, LeaveLast, ByTime, UnseenUsers, Given)}


def split_of(spec: str) -> Split:
    """The split of a spec such as `leave_last(n=1)`; raises BadInput that names what is wrong."""
    split = specs.made(spec, _class_of)
    if isinstance(split, LeaveLast) and split.n is not None and split.fraction is not None:
        raise BadInput(f"{spec!r} has n and fraction.", "one of them.", "leave one out.")
    return split if not isinstance(split, LeaveLast) or split.fraction or split.n else LeaveLast(n=1)


def default_split(dataset_split: str, timed: float, parted: bool) -> str:
    """The split where none is named: the data set's own, the files', by_time at 95 % times, else random."""
    if dataset_split or parted:
        return dataset_split or "given"
    return "by_time(test=0.2)" if timed >= 0.95 else "random(test=0.2)"


def _floor(numbers: np.ndarray | float) -> np.ndarray:
    """Whole numbers, rounded down, with 0.2 × 5 counted as 1."""
    return np.floor(np.asarray(numbers, dtype=np.float64) + 1e-9).astype(np.int64)


def _places(events: Events, *keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each event: its place among its person's positive rows in the order of the keys, and their number.

    Places count from 0; events that are not positive have place -1.
    """
    rows = np.flatnonzero(events.positive)
    order = rows[np.lexsort((*[key[rows] for key in reversed(keys)], events.user[rows]))]
    counts = np.bincount(events.user[rows], minlength=len(events.user_ids))
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    place = np.full(len(events.user), -1, dtype=np.int64)
    place[order] = np.arange(len(order)) - starts[events.user[order]]
    return place, counts[events.user]


def _part(events: Events, test: BoolArray, by_rank: bool) -> Part:
    """Training is the rest, less signals that would tell of the test part."""
    signal = ~events.positive
    late = np.isin(events.pair, events.pair[test])
    if by_rank:
        first = np.full(len(events.user_ids), np.iinfo(np.int64).max)
        np.minimum.at(first, events.user[test], events.rank[test])
        late = late | (events.rank >= first[events.user])
    return Part(~test & ~(signal & late), test, np.zeros_like(test))


def _revealed(events: Events, part: Part, last: int, seed: int) -> Part:
    """The part in which people unknown to training show all but their last positive rows.

    At least one row is shown; a person with a single one can't be judged, and is counted as unknown.
    """
    known = np.zeros(len(events.user_ids), dtype=bool)
    known[events.user[part.train]] = True
    stranger = ~known[events.user]
    keys = (events.rank, events.tie) if events.ordered else (event_keys(events, seed),)
    place, many = _places(events, *keys)
    held = stranger & events.positive & (place >= many - np.clip(many - 1, 1, last))
    shown = _part(events, held, by_rank=events.ordered).train & stranger
    return Part(part.train, (part.test & ~stranger) | held, shown, part.time)


def _class_of(name: str) -> type[Split]:
    if name not in SPLITS:
        raise unknown("split", name, list(SPLITS))
    return SPLITS[name]
