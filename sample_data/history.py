"""Organic visits: what people look at, put into the cart and buy on their own."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sample_data.catalogue import FORGOTTEN, Catalogue, Ints
from sample_data.clock import DAY, HISTORY_DAYS, HISTORY_START, months, visit_times
from sample_data.people import People
from sample_data.truth import Truth
from sample_data.world import Rules, World

MOST_VIEWS = 18


@dataclass(frozen=True)
class Visits:
    """Organic visits, in no order."""

    users: Ints
    times: Ints
    focus: Ints  # (n,) the interest that each visit is about


def plan_visits(
    world: World, people: People, start: int, end: int, per_user: float, rng: np.random.Generator
) -> Visits:
    """Visits between two midnights, `per_user` each on average, none before a person has registered."""
    present = np.clip((end - np.maximum(people.registered, start)) / (end - start), 0.0, 1.0)
    counts = rng.poisson(per_user * people.activity * present)
    counts = np.maximum(counts, round(per_user / 4))
    users = np.repeat(np.arange(len(counts)), counts)
    times = visit_times(np.maximum(people.registered, start)[users], end, rng)
    season = np.array(list(world.interests.values())).T[months(times)]  # (n, n_interests)
    drive = people.preferences[users] ** 1.5 * season
    steps = np.cumsum(drive, axis=1)
    focus = (rng.random(len(users))[:, None] * steps[:, -1:] > steps).sum(axis=1)
    return Visits(users, times, focus)


def browse(
    visits: Visits,
    people: People,
    catalogue: Catalogue,
    barred: NDArray[np.bool_],
    rules: Rules,
    rng: np.random.Generator,
    chunk: int = 8192,
) -> pd.DataFrame:
    """What is viewed in each visit: rows visit, user, item, timestamp, in the order of viewing."""
    parts = [
        _browse(visits, slice(i, i + chunk), people, catalogue, barred, rules, rng)
        for i in range(0, len(visits.users), chunk)
    ]
    return pd.concat(parts, ignore_index=True)


def _browse(
    visits: Visits,
    part: slice,
    people: People,
    catalogue: Catalogue,
    barred: NDArray[np.bool_],
    rules: Rules,
    rng: np.random.Generator,
) -> pd.DataFrame:
    users, focus, times = visits.users[part], visits.focus[part], visits.times[part]
    match = np.einsum("ud,id->ui", people.preferences[users], catalogue.topics)
    pull = catalogue.appeal + 0.5 * catalogue.quality + 2.4 * match + 3.2 * catalogue.topics[:, focus].T
    pull = np.where(barred[users], -np.inf, pull - catalogue.staleness(times, FORGOTTEN))
    keys = pull + rng.gumbel(size=pull.shape)  # the largest keys are a draw without replacement
    order = np.argsort(-keys, axis=1)[:, :MOST_VIEWS]
    counts = np.minimum(rng.geometric(1 / rules.views, len(users)), MOST_VIEWS)
    gaps = 8 + rng.exponential(50.0, order.shape).astype(np.int64)
    moments = times[:, None] + np.cumsum(gaps, axis=1)
    kept = np.arange(MOST_VIEWS) < counts[:, None]
    row = np.broadcast_to(np.arange(len(users))[:, None], order.shape)[kept]
    return pd.DataFrame(
        {"visit": part.start + row, "user": users[row], "item": order[kept], "timestamp": moments[kept]}
    )


def buy(
    views: pd.DataFrame, truth: Truth, catalogue: Catalogue, rules: Rules, rng: np.random.Generator
) -> pd.DataFrame:
    """Views with what followed them: `carted` and `purchased` are times, 0 for never."""
    chance = np.minimum(0.9, rules.mood * truth.purchase_given_click[views["user"], views["item"]])
    purchased = rng.random(len(views)) < chance
    purchased &= ~_needless(views, purchased, catalogue, rules, rng)
    carted = purchased | (rng.random(len(views)) < rules.halfway)
    cart_time = views["timestamp"].to_numpy() + rng.integers(5, 40, len(views))
    purchase_time = cart_time + rng.integers(40, 400, len(views))
    return views.assign(
        carted=np.where(carted, cart_time, 0), purchased=np.where(purchased, purchase_time, 0)
    )


def _needless(
    views: pd.DataFrame,
    purchased: np.ndarray,
    catalogue: Catalogue,
    rules: Rules,
    rng: np.random.Generator,
) -> np.ndarray:
    """Purchases of a thing that the person has already and that lasts."""
    lasting = np.array([not item.consumable for item in catalogue.items])[views["item"]]
    rows = views[purchased].sort_values(["timestamp", "visit"], kind="stable")
    again = rows.duplicated(["user", "item"]).reindex(views.index, fill_value=False).to_numpy()
    return again & lasting & (rng.random(len(views)) > rules.again)


def history_bounds() -> tuple[int, int]:
    """The first midnight of the history and the one after its end."""
    return HISTORY_START, HISTORY_START + HISTORY_DAYS * DAY
