"""From a world and a seed to all its tables, as plain numbers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.catalogue import Catalogue, Ints, make_catalogue
from sample_data.clock import END, LOG_START
from sample_data.descriptions import item_texts
from sample_data.history import CART, PURCHASE, VIEW, browse, buy, history_bounds, plan_visits
from sample_data.opinions import make_reviews
from sample_data.people import People, make_people
from sample_data.queries import make_searches
from sample_data.slates import Log, production_ranking, simulate_log
from sample_data.truth import Truth, make_truth
from sample_data.world import Both, World

VISITS = 37.0  # organic visits of a person in the year of history
VISITS_LOGGED = 1.0  # and in the weeks of the log


@dataclass(frozen=True)
class Sample:
    """Everything that happened in a world. Users and items are numbers, times are seconds since 1970."""

    world: World
    catalogue: Catalogue
    people: People
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
    stages = iter(np.random.default_rng(seed).spawn(10))
    catalogue = make_catalogue(world, next(stages))
    people = make_people(world, next(stages))
    truth = make_truth(people, catalogue)
    past = _organic(world, people, catalogue, truth, history_bounds(), VISITS, next(stages))
    ranking = production_ranking(people, catalogue, past, next(stages))
    log = simulate_log(world.n_slates, people, catalogue, truth, ranking, next(stages))
    present = _organic(world, people, catalogue, truth, (LOG_START, END), VISITS_LOGGED, next(stages))
    present = present.assign(visit=present["visit"] + past["visit"].max() + 1)
    views = pd.concat([past, present], ignore_index=True)
    logged = _logged_views(log, next(stages)).assign(
        visit=lambda rows: rows["visit"] + views["visit"].max() + 1
    )
    interactions = _interactions(pd.concat([views, logged], ignore_index=True), catalogue, next(stages))
    searches, queries = make_searches(world, people, catalogue, views, next(stages))
    words = next(stages)
    texts = item_texts(world, catalogue.items, words)
    purchases = interactions[interactions["kind"] == PURCHASE]
    reviews = make_reviews(world, people, catalogue, purchases, words)
    return Sample(
        world, catalogue, people, truth, ranking, log, interactions, searches, queries, reviews, texts
    )


def _organic(
    world: World,
    people: People,
    catalogue: Catalogue,
    truth: Truth,
    period: tuple[int, int],
    per_user: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    visits = plan_visits(world, people, *period, per_user, rng)
    views = browse(visits, people, catalogue, rng)
    return buy(views, truth, catalogue, rng)


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


def _interactions(events: pd.DataFrame, catalogue: Catalogue, rng: np.random.Generator) -> pd.DataFrame:
    """One row for each view, cart and purchase, in the order of time; value is what was to pay."""
    consumable = np.array([item.consumable for item in catalogue.items])[events["item"]]
    several = consumable & (rng.random(len(events)) < 0.25)
    quantity = np.where(several, rng.integers(2, 4, len(events)), 1)
    price = np.round(catalogue.prices[events["item"]] * quantity, 2)
    base = events[["user", "item", "visit"]]
    nothing = np.full(len(events), np.nan)
    kinds = {VIEW: ("timestamp", nothing), CART: ("carted", price), PURCHASE: ("purchased", price)}
    parts = [
        base.assign(timestamp=events[column], kind=kind, value=value)[events[column] > 0]
        for kind, (column, value) in kinds.items()
    ]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.sort_values(["timestamp", "user", "visit", "item"], kind="stable", ignore_index=True)
    rows["session"] = pd.factorize(rows.pop("visit"))[0] + 1
    return rows
