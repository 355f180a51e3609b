"""The people of a world: who they are, what they like, what they can spend."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_data.catalogue import Floats, Ints
from sample_data.clock import DAY, HISTORY_DAYS, HISTORY_START
from sample_data.world import Segment, World, weights

CHINESE_SHARE = 0.2
UNIFORM_SHARE = 0.1


@dataclass(frozen=True)
class People:
    """People in the order of their ids."""

    keys: list[str]
    preferences: Floats  # (n_users, n_interests), rows of length 1
    segments: Ints  # (n_users,) index into the world's segments
    needs: Floats  # (n_users, n_departments) probability that something of a department is needed right now
    budgets: Floats  # (n_users,) a price (or a number of minutes) at which a conversion becomes unlikely
    activity: Floats  # (n_users,) relative to the mean
    languages: Ints  # (n_users,) the language they write in, index into LANGUAGES
    registered: Ints  # (n_users,) seconds since 1970
    uniform_arm: NDArray[np.bool_]  # (n_users,) whose start page is filled at random
    ages: Ints
    genders: list[str]
    occupations: list[str]
    cities: list[str]


def make_people(world: World, rng: np.random.Generator) -> People:
    """All people of the world, their segments in the shares that it states."""
    n = world.n_users
    shares = np.array([segment.share for segment in world.segments])
    segments = rng.choice(len(shares), size=n, p=shares / shares.sum())
    own = [world.segments[i] for i in segments]
    languages = (rng.random(n) < CHINESE_SHARE).astype(np.int64)
    activity = np.clip(rng.lognormal(0.0, 0.5, n), 0.35, 3.5)
    return People(
        keys=[f"{world.letters[0]}{i + 1:04d}" for i in range(n)],
        preferences=_preferences(world, segments, rng),
        segments=segments,
        needs=np.round(rng.beta(*world.rules.needs, (n, len(world.departments))), 6),
        budgets=np.round(rng.lognormal(*world.rules.budget, n), 2),
        activity=activity / activity.mean(),
        languages=languages,
        registered=_registered(n, rng),
        uniform_arm=rng.permutation(n) < round(UNIFORM_SHARE * n),
        ages=np.array([_age(segment, rng) for segment in own]),
        genders=[_gender(segment, rng) for segment in own],
        occupations=[str(rng.choice(segment.occupations.split("|"))) for segment in own],
        cities=[str(rng.choice(world.cities[language].split("|"))) for language in languages],
    )


def _preferences(world: World, segments: Ints, rng: np.random.Generator) -> Floats:
    """A segment's interests, bent for each person, and one or two of their own beside them."""
    names = list(world.interests)
    table = np.zeros((len(world.segments), len(names)))
    for row, segment in enumerate(world.segments):
        for name, weight in weights(segment.interests).items():
            table[row, names.index(name)] = weight
    n = len(segments)
    shared = table[segments] * rng.lognormal(0.0, 0.45, (n, len(names)))
    own = rng.gamma(0.25, 0.25, (n, len(names)))
    raw = shared + own
    return np.round(raw / np.linalg.norm(raw, axis=1, keepdims=True), 6)


def _registered(n: int, rng: np.random.Generator) -> Ints:
    """More than half were there before the history begins; nobody comes in its last ten weeks."""
    early = rng.random(n) < 0.6
    days = np.where(early, -rng.exponential(400.0, n), rng.uniform(0.0, HISTORY_DAYS - 70, n))
    return (HISTORY_START + np.floor(days) * DAY).astype(np.int64)


def _age(segment: Segment, rng: np.random.Generator) -> int:
    mean, deviation = segment.age
    return int(np.clip(rng.normal(mean, deviation), 18, 84))


def _gender(segment: Segment, rng: np.random.Generator) -> str:
    draw = rng.random()
    if draw < 0.02:
        return "other"
    return "female" if draw < 0.02 + 0.98 * segment.women else "male"
