"""What each person is interested in: the topics of what they took, recent more; and topics over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from core.content.embed import TrainingPart
from core.content.persons import recency_weights
from core.data.dataset import Dataset
from core.interests.documents import training
from core.interests.topics import Topics
from core.types import FloatArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.fingerprint import fingerprint
from core.work.report import Report
from core.work.steps import step

PERIODS = 12
FEWEST_EVENTS = 5  # of a person whom a topic is shown by
FEWEST_OF_PART = 100  # events before and after, so that a topic may be said to have risen


@artifact
@dataclass(frozen=True)
class Profiles:
    """The interests of U people of the training part in K topics, and the topics of P stretches of time."""

    user_ids: TextArray  # (U,)
    topic_ids: IntArray  # (K,)
    weights: FloatArray  # (U, K) float32: rows sum to 1; zeros for people of whose items nothing is known
    events: IntArray  # (U,) events that the weights rest on
    starts: tuple[str, ...]  # (P,) first day of each stretch, 2026-01-31; () without times
    over_time: FloatArray  # (P, K) share of each topic among the events of a stretch; NaN without events
    events_then: IntArray  # (P,) events of a stretch

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        return fingerprint(self.user_ids, self.topic_ids, self.weights, self.over_time)

    @property
    def everyone(self) -> FloatArray:
        """(K,) mean weight over the people of whom something is known."""
        known = self.weights.sum(axis=1) > 0
        return self.weights[known].mean(axis=0) if known.any() else np.zeros(len(self.topic_ids))


@step(version=2, called="Reading interests")
def profiles(dataset: Dataset, topics: Topics, *, settings: TrainingPart, report: Report) -> Profiles:
    """The topics of each person's items in the training part; an event counts half of one 20 later."""
    report(0.1, "Splitting")
    train = training(dataset, settings)
    report(0.6, "Weighing items")
    found = recency_weights(topics.item_ids, train) @ topics.items
    total = found.sum(axis=1, keepdims=True)
    weights = np.divide(found, total, out=np.zeros_like(found), where=total > 0)
    place = pd.Index(topics.item_ids).get_indexer(pd.Index(train.item_ids))
    known = (place >= 0) & (topics.items[place].sum(axis=1) > 0)
    rows = known[train.item]
    events = np.bincount(train.user[rows], minlength=len(train.user_ids)).astype(np.int32)
    starts, shares, then = (
        _over_time(train.rank[rows], topics.items[place[train.item[rows]]])
        if dataset.timed >= 0.95
        else ((), np.zeros((0, len(topics.ids))), np.zeros(0, dtype=np.int32))
    )
    return Profiles(
        train.user_ids,
        topics.ids,
        weights.astype(np.float32),
        events,
        starts,
        shares,
        then,
    )


def _over_time(when: np.ndarray, about: FloatArray) -> tuple[tuple[str, ...], FloatArray, IntArray]:
    """Equal stretches between the first and the last event that has a time (microseconds since 1970)."""
    timed = when > np.iinfo(np.int64).min
    when, about = when[timed], about[timed]
    if not len(when) or when.min() == when.max():
        return (), np.zeros((0, about.shape[1])), np.zeros(0, dtype=np.int32)
    edges = np.linspace(when.min(), when.max(), PERIODS + 1)
    period = np.clip(np.searchsorted(edges, when, side="right") - 1, 0, PERIODS - 1)
    many = np.bincount(period, minlength=PERIODS)
    total = np.stack([np.bincount(period, weights=column, minlength=PERIODS) for column in about.T], axis=1)
    shares = np.divide(total, many[:, None], out=np.full(total.shape, np.nan), where=many[:, None] > 0)
    starts = pd.to_datetime(edges[:-1].astype(np.int64), unit="us").strftime("%Y-%m-%d")
    return tuple(map(str, starts)), shares, many.astype(np.int32)


def typical_people(found: Profiles, row: int, most: int = 5) -> list[tuple[str, float]]:
    """People with the largest weight in a topic, among those with 5 events or more; ids and weights."""
    enough = np.flatnonzero(found.events >= FEWEST_EVENTS)
    order = enough[np.lexsort((enough, -found.weights[enough, row]))][:most]
    return [(str(found.user_ids[at]), float(found.weights[at, row])) for at in order]


def typical_items(topics: Topics, row: int, taken: FloatArray, most: int = 5) -> list[str]:
    """Items most about a topic; of equals those that more people took. `taken`: (I,) how many did."""
    order = np.lexsort((np.arange(len(taken)), -taken, -np.round(topics.items[:, row], 2)))[:most]
    return [str(topics.item_ids[at]) for at in order if topics.items[at, row] > 0]


def alike(found: Profiles, user: str, most: int = 5) -> list[tuple[str, float]]:
    """The people whose interests are nearest to a person's, by the cosine of their weights."""
    at = np.flatnonzero(found.user_ids == user)
    if not len(at) or not found.weights[at[0]].any():
        return []
    long = np.linalg.norm(found.weights, axis=1)
    close = found.weights @ found.weights[at[0]] / np.where(long > 0, long * long[at[0]], 1)
    close = np.where(found.events >= FEWEST_EVENTS, close, -1)
    close[at[0]] = -1
    order = np.argsort(-close, kind="stable")[:most]
    return [(str(found.user_ids[row]), float(close[row])) for row in order if close[row] > 0]


@dataclass(frozen=True)
class Stretch:
    """A stretch of one person's time, and what they were interested in then."""

    start: str  # its first day, 2026-01-31
    events: int  # with items of which something is known
    weights: FloatArray  # (K,) sums to 1


def stretches(topics: Topics, items: Sequence[str], times: pd.Series, most: int = 4) -> list[Stretch]:
    """One person's interests in up to four equal stretches between their first and last event.

    `items` and `times` are their events in any order; stretches without known items are left out, and
    there are none where all happened at one moment.
    """
    place = pd.Index(topics.item_ids).get_indexer(pd.Index(items))
    known = (place >= 0) & times.notna().to_numpy()
    about, when = topics.items[place[known]], pd.DatetimeIndex(times[known])
    some = about.sum(axis=1) > 0
    about, when = about[some], when[some]
    if not len(when) or when.min() == when.max():
        return []
    edges = pd.date_range(when.min(), when.max(), periods=most + 1)
    period = np.clip(np.searchsorted(edges, when, side="right") - 1, 0, most - 1)
    return [
        Stretch(f"{edges[at]:%Y-%m-%d}", int((period == at).sum()), about[period == at].mean(axis=0))
        for at in range(most)
        if (period == at).any()
    ]


@dataclass(frozen=True)
class Rise:
    """The topic whose share of events grew most: where it stands, since when, from what and to what."""

    row: int
    start: str  # first day of the later part
    before: float
    after: float


def rise(found: Profiles) -> Rise | None:
    """The topic that grew most in the last quarter of the time, beyond three standard errors.

    None without times, below 100 events before or after, and where nothing grew so far.
    """
    late = len(found.starts) // 4
    if not late:
        return None
    shares, events = np.nan_to_num(found.over_time), found.events_then.astype(np.float64)
    n = np.array([events[:-late].sum(), events[-late:].sum()])
    if n.min() < FEWEST_OF_PART:
        return None
    before = events[:-late] @ shares[:-late] / n[0]
    after = events[-late:] @ shares[-late:] / n[1]
    p = found.events_then @ shares / n.sum()
    clear = after - before > 3 * np.sqrt(p * (1 - p) * (1 / n).sum())
    if not clear.any():
        return None
    row = int(np.argmax(np.where(clear, after - before, -1)))
    return Rise(row, found.starts[-late], float(before[row]), float(after[row]))
