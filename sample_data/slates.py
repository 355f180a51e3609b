"""The logged start page: K items a slate, chosen by a policy with known probabilities."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sample_data.catalogue import STALEST, Catalogue, Floats, Ints
from sample_data.clock import DAY, LOG_START, visit_times
from sample_data.people import People
from sample_data.truth import SLATE_SIZE, Truth
from sample_data.world import World

EXPLOIT, EXPLORE = 0.7, 0.3
PAUSE = 60  # seconds at least between two slates of a person
NEW_VISIT = 0.25


@dataclass(frozen=True)
class Log:
    """Slates in the order of time; (S, K) arrays have one column for each position."""

    users: Ints  # (S,)
    times: Ints  # (S,) seconds
    visits: Ints  # (S,) number of the visit that a slate belongs to
    items: Ints  # (S, K)
    propensities: Floats  # (S, K) probability of this item at this position for this person
    clicked: NDArray[np.bool_]  # (S, K)
    purchased: NDArray[np.bool_]  # (S, K)


def production_ranking(
    people: People,
    catalogue: Catalogue,
    events: pd.DataFrame,
    barred: NDArray[np.bool_],
    rng: np.random.Generator,
) -> Ints:
    """What the world's own recommender ranks, (n_users, n_items), best first.

    It knows popularity, age and a blurred picture of what people like, nothing of quality; what a person has
    bought comes last, and what they are never shown after that. One ranking for each person, fixed before
    the first slate.
    """
    n_items = len(catalogue.items)
    bought = events[events["purchased"] > 0]
    counts = np.bincount(bought["item"], minlength=n_items)
    blurred = np.clip(people.preferences + rng.normal(0.0, 0.16, people.preferences.shape), 0.0, None)
    blurred /= np.linalg.norm(blurred, axis=1, keepdims=True)
    score = 3.0 * np.einsum("ud,id->ui", blurred, catalogue.topics) + 0.5 * np.log1p(counts)
    score += rng.normal(0.0, 0.35, score.shape) - catalogue.staleness(np.array([LOG_START]), STALEST)
    score[bought["user"], bought["item"]] -= 100.0
    score[barred] = -np.inf
    return np.argsort(-score, axis=1, kind="stable")


def simulate_log(
    world: World,
    people: People,
    catalogue: Catalogue,
    truth: Truth,
    barred: NDArray[np.bool_],
    ranking: Ints,
    rng: np.random.Generator,
) -> Log:
    """All slates, with what was clicked and bought."""
    n_slates = world.n_slates
    users, times, visits = _schedule(n_slates, world.rules.log_days, people, rng)
    shown = (~barred).sum(axis=1)[users, None]  # (S, 1) how many items there are for a person
    best = ranking[users, :SLATE_SIZE]
    uniform_arm = people.uniform_arm[users]
    exploit = (rng.random(n_slates) < EXPLOIT) & ~uniform_arm
    items = np.where(exploit[:, None], best, _uniform_slates(barred, users, rng))
    mixed = EXPLOIT * (items == best) + EXPLORE / shown
    propensities = np.where(uniform_arm[:, None], 1 / shown, mixed)
    clicked = rng.random(items.shape) < truth.examination * truth.relevance[users[:, None], items]
    needed = rng.random((n_slates, people.needs.shape[1])) < people.needs[users]
    needs_item = np.take_along_axis(needed, catalogue.departments[items], axis=1)
    willing = rng.random(items.shape) < truth.purchase_given_need[users[:, None], items]
    return Log(users, times, visits, items, propensities, clicked, clicked & needs_item & willing)


def _uniform_slates(barred: NDArray[np.bool_], users: Ints, rng: np.random.Generator) -> Ints:
    """Slates of different items, each order equally likely.

    Draws with a repetition, or with an item that the person is never shown, are thrown again.
    """
    n_items = barred.shape[1]
    items = rng.integers(0, n_items, (len(users), SLATE_SIZE))
    while len(again := np.flatnonzero(_unfit(items, barred, users))):
        items[again] = rng.integers(0, n_items, (len(again), SLATE_SIZE))
    return items


def _unfit(items: Ints, barred: NDArray[np.bool_], users: Ints) -> NDArray[np.bool_]:
    repeated = (np.diff(np.sort(items, axis=1), axis=1) == 0).any(axis=1)
    return repeated | barred[users[:, None], items].any(axis=1)


def _schedule(n_slates: int, days: int, people: People, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """Who sees a slate when, and in which visit: users, times and visits, sorted by time."""
    n_users = len(people.keys)
    floor = n_slates // n_users // 8
    counts = floor + rng.multinomial(n_slates - floor * n_users, people.activity / people.activity.sum())
    users = np.repeat(np.arange(n_users), counts)
    opens = (rng.random(n_slates) < NEW_VISIT) | (np.diff(users, prepend=-1) != 0)
    visit = np.cumsum(opens) - 1
    first = np.full(visit[-1] + 1, LOG_START)
    starts = visit_times(first, LOG_START + (days - 1) * DAY, rng)
    times = starts[visit] + rng.integers(0, 1800, n_slates)
    times = _spaced(users, times, days)
    order = np.lexsort((users, times))
    return users[order], times[order], visit[order]


def _spaced(users: Ints, times: Ints, days: int) -> Ints:
    """The same times, moved on where two of a person would be closer than a pause: rows stay apart."""
    order = np.lexsort((times, users))
    sorted_users, sorted_times = users[order], times[order]
    rank = np.arange(len(users)) * PAUSE
    lift = sorted_users * (days * DAY * 10)  # keeps people apart in one running maximum
    spaced = np.maximum.accumulate(sorted_times - rank + lift) + rank - lift
    result = np.empty_like(times)
    result[order] = spaced
    return result
