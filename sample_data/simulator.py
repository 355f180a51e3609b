"""From a world and a seed to all its tables, as plain numbers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.attention import spend
from sample_data.bonds import Bonds, make_bonds
from sample_data.catalogue import Catalogue, Floats, Ints, make_catalogue
from sample_data.clock import LOG_START, log_end
from sample_data.descriptions import item_texts
from sample_data.history import browse, buy, history_bounds, plan_visits
from sample_data.opinions import make_reviews
from sample_data.people import People, make_people
from sample_data.queries import make_searches
from sample_data.slates import Log, production_ranking, simulate_log
from sample_data.truth import Truth, make_truth
from sample_data.world import Both, World


@dataclass(frozen=True)
class Sample:
    """Everything that happened in a world. Users and items are numbers, times are seconds since 1970."""

    world: World
    catalogue: Catalogue
    people: People
    bonds: Bonds
    truth: Truth
    ranking: Ints  # (n_users, n_items) what the production recommender ranks
    log: Log
    interactions: pd.DataFrame  # user, item, timestamp, kind, value, session
    searches: pd.DataFrame
    queries: pd.DataFrame  # what each different query means
    reviews: pd.DataFrame
    texts: list[tuple[Both, Both]]  # title and text of each item


def simulate(world: World, seed: int) -> Sample:
    """The whole sample. Each stage has random numbers of its own: one can change without the others."""
    *first, bonding, attending = np.random.default_rng(seed).spawn(12)
    stages = iter(first)
    catalogue = make_catalogue(world, next(stages))
    people = make_people(world, next(stages))
    bonds = make_bonds(world, people, catalogue, bonding)
    catalogue, barred = bonds.catalogue, bonds.barred
    truth = make_truth(people, catalogue, barred)
    past = _organic(world, people, bonds, truth, history_bounds(), world.rules.visits, next(stages))
    ranking = production_ranking(people, catalogue, past, barred, next(stages))
    log = simulate_log(world, people, catalogue, truth, barred, ranking, next(stages))
    weeks = LOG_START, log_end(world.rules.log_days)
    present = _organic(world, people, bonds, truth, weeks, world.rules.visits_logged, next(stages))
    present = present.assign(visit=present["visit"] + past["visit"].max() + 1)
    views = spend(world, pd.concat([past, present], ignore_index=True), catalogue, attending, one_by_one=True)
    logged = _logged_views(log, next(stages)).assign(
        visit=lambda rows: rows["visit"] + views["visit"].max() + 1
    )
    logged = spend(world, logged, catalogue, attending, one_by_one=False)
    interactions = _interactions(
        world, pd.concat([views, logged], ignore_index=True), catalogue, next(stages)
    )
    searches, queries = make_searches(world, people, catalogue, views, next(stages))
    words = next(stages)
    texts = item_texts(world, catalogue.items, words)
    purchases = interactions[interactions["kind"] == world.rules.kinds[2]]
    reviews = make_reviews(world, people, catalogue, purchases, words)
    return Sample(
        world, catalogue, people, bonds, truth, ranking, log, interactions, searches, queries, reviews, texts
    )


def _organic(
    world: World,
    people: People,
    bonds: Bonds,
    truth: Truth,
    period: tuple[int, int],
    per_user: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    visits = plan_visits(world, people, *period, per_user, rng)
    views = browse(visits, people, bonds.catalogue, bonds.barred, world.rules, rng)
    return buy(views, truth, bonds.catalogue, world.rules, rng)


def _logged_views(log: Log, rng: np.random.Generator) -> pd.DataFrame:
    """What clicks on logged slates become: a view each, and a cart and a purchase where it was bought."""
    slate, position = np.nonzero(log.clicked)
    viewed = log.times[slate] + rng.integers(1, 50, len(slate))
    carted = viewed + rng.integers(5, 40, len(slate))
    paid = carted + rng.integers(40, 400, len(slate))
    bought = log.purchased[slate, position]
    return pd.DataFrame(
        {
            "visit": log.visits[slate],
            "user": log.users[slate],
            "item": log.items[slate, position],
            "timestamp": viewed,
            "carted": np.where(bought, carted, 0),
            "purchased": np.where(bought, paid, 0),
        }
    )


def _interactions(
    world: World, events: pd.DataFrame, catalogue: Catalogue, rng: np.random.Generator
) -> pd.DataFrame:
    """One row for each view, step further and conversion, in the order of time."""
    values = _values(world, events, catalogue, rng)
    base = events[["user", "item", "visit"]]
    parts = [
        base.assign(timestamp=events[column], kind=kind, value=value)[events[column] > 0]
        for kind, column, value in zip(
            world.rules.kinds, ("timestamp", "carted", "purchased"), values, strict=True
        )
    ]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.sort_values(["timestamp", "user", "visit", "item"], kind="stable", ignore_index=True)
    rows["session"] = pd.factorize(rows.pop("visit"))[0] + 1
    return rows


def _values(
    world: World, events: pd.DataFrame, catalogue: Catalogue, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """The values of views, of steps further and of conversions."""
    nothing = np.full(len(events), np.nan)
    if world.rules.value == "nothing":
        return nothing, nothing, nothing
    if world.rules.value == "seconds":
        length = 60 * catalogue.prices[events["item"]]
        return events["seconds"].to_numpy(np.float64), length / 2, length
    consumable = np.array([item.consumable for item in catalogue.items])[events["item"]]
    several = consumable & (rng.random(len(events)) < 0.25)
    quantity = np.where(several, rng.integers(2, 4, len(events)), 1)
    price = np.round(catalogue.prices[events["item"]] * quantity, 2)
    return nothing, price, price
