"""Where items are people: whose profile each item is, who are friends, and who is never shown to whom."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sample_data.catalogue import Catalogue, Ints
from sample_data.people import People
from sample_data.world import World

MEAN_FRIENDS = 6.0  # before friends of friends are added
INTRODUCED = 0.015  # share of friends of friends who are friends too
OWN_SHARE = 0.5  # how much of a profile's topic is what its owner likes, beside what it tells


@dataclass(frozen=True)
class Bonds:
    """The items as people's profiles, and who knows whom. In most worlds, nothing."""

    catalogue: Catalogue
    friends: pd.DataFrame  # user, other: numbers of people, each pair in both directions
    barred: NDArray[np.bool_]  # (n_users, n_items) what is never shown: oneself and friends


def make_bonds(world: World, people: People, catalogue: Catalogue, rng: np.random.Generator) -> Bonds:
    """Bonds where a world's items are people; none elsewhere."""
    if not world.rules.mutual:
        none = np.zeros((len(people.keys), len(catalogue.items)), dtype=bool)
        return Bonds(catalogue, pd.DataFrame({"user": [], "other": []}, dtype=np.int64), none)
    owners = _owners(people, catalogue)
    order = np.argsort(owners)
    owners = owners[order]
    friends = _friends(people, rng)
    barred = friends[:, owners]
    barred[owners, np.arange(len(owners))] = True
    user, other = np.nonzero(friends)
    profiles = _as_profiles(people, catalogue, owners, order)
    return Bonds(profiles, pd.DataFrame({"user": user, "other": other}), barred)


def _owners(people: People, catalogue: Catalogue) -> Ints:
    """For each profile the person whom it suits best, of the same language; nobody has two."""
    from scipy.optimize import linear_sum_assignment

    languages = np.array([item.language for item in catalogue.items])
    suits = np.einsum("id,ud->iu", catalogue.topics, people.preferences)
    suits -= 10.0 * (languages[:, None] != people.languages)
    return linear_sum_assignment(-suits.round(6))[1].astype(np.int64)


def _as_profiles(people: People, catalogue: Catalogue, owners: Ints, order: Ints) -> Catalogue:
    """The catalogue in the order of its owners' ids, under these ids."""
    items = [
        replace(catalogue.items[at], key=people.keys[owner]) for at, owner in zip(order, owners, strict=True)
    ]
    topics = (1 - OWN_SHARE) * catalogue.topics[order] + OWN_SHARE * people.preferences[owners]
    return replace(
        catalogue,
        items=tuple(items),
        topics=np.round(topics / np.linalg.norm(topics, axis=1, keepdims=True), 6),
        quality=catalogue.quality[order],
        appeal=catalogue.appeal[order],
        prices=catalogue.prices[order],
        departments=catalogue.departments[order],
        published=people.registered[owners],
        half_lives=catalogue.half_lives[order],
    )


def _friends(people: People, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Who knows whom from before the history, (n_users, n_users), the same in both directions.

    People with common interests, of one town and of one language meet more easily, and friends introduce
    their friends to one another.
    """
    towns = np.array(people.cities)
    pull = 4.0 * np.einsum("ud,vd->uv", people.preferences, people.preferences)
    pull += 0.8 * (towns[:, None] == towns) + 1.0 * (people.languages[:, None] == people.languages)
    chance = np.triu(np.exp(pull), 1)
    chance *= MEAN_FRIENDS * len(towns) / 2 / chance.sum()
    met = rng.random(chance.shape) < chance
    met |= met.T
    common = np.einsum("uv,vw->uw", met.astype(np.int64), met.astype(np.int64))
    introduced = np.triu(rng.random(common.shape) < INTRODUCED * common, 1)
    return met | introduced | introduced.T
