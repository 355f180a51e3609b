"""The items of a world: what each one is, and the hidden traits that people react to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_data.clock import DAY, HISTORY_START, LOG_START
from sample_data.descriptions import title
from sample_data.item import Item, pick
from sample_data.world import Department, Kind, World, weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CHINESE_SHARE = 0.2
PLAIN_SHARE = 0.55
FORGOTTEN = 8.0  # most that an item loses on organic visits, in units of logits: few come across it
STALEST = 2.0  # and most that it loses where it is shown: whoever sees it may still like it
EARLY = 45  # days before the history, from which on items appear


@dataclass(frozen=True)
class Catalogue:
    """Items in the order of their ids, with their hidden traits."""

    items: tuple[Item, ...]
    topics: Floats  # (n_items, n_interests), rows of length 1
    quality: Floats  # (n_items,) added to the logit of relevance
    appeal: Floats  # (n_items,) log of how often an item is met on organic visits
    prices: Floats  # (n_items,) what a conversion costs: a price, or minutes
    departments: Ints  # (n_items,) index into the world's departments
    published: Ints  # (n_items,) seconds since 1970, when an item appears
    half_lives: Floats  # (n_items,) days; infinite for what does not age

    def staleness(self, times: Ints, most: float) -> Floats:
        """What items have lost at each of some times, in units of logits: (n, n_items), `most` at most.

        Infinite before an item has appeared. One row of zeros where nothing appears or ages.
        """
        if not self.published.any():
            return np.zeros((1, len(self.items)))
        age = (times[:, None] - self.published) / DAY
        return np.where(age < 0, np.inf, np.minimum(most, np.log(2.0) * age / self.half_lives))


def make_catalogue(world: World, rng: np.random.Generator) -> Catalogue:
    """All items of the world, the same number of each kind up to one."""
    plan = _plan(world, rng)
    items = _distinct_items(world, plan, rng)
    names = list(world.interests)
    topics = np.array([_topic(names, item.kind, rng) for item in items])
    n = len(items)
    quality: Floats = np.clip(rng.normal(0.0, 0.4, n), -1.0, 1.0).round(6)
    luck: Floats = np.clip(rng.normal(0.0, 0.6, n), -1.5, 1.5)
    own = [item.price if world.rules.effort == "price" else float(item.number) for item in items]
    half_lives = np.array([item.kind.half_life for item in items])
    return Catalogue(
        items=tuple(items),
        topics=np.round(topics / np.linalg.norm(topics, axis=1, keepdims=True), 6),
        quality=quality,
        appeal=1.2 * quality + luck,
        prices=np.array(own),
        departments=np.array([world.departments.index(item.department) for item in items]),
        published=_published(n, rng) if world.rules.appears else np.zeros(n, dtype=np.int64),
        half_lives=np.where(half_lives > 0, half_lives, np.inf),
    )


def _published(n: int, rng: np.random.Generator) -> Ints:
    """Moments from some weeks before the history to the last day before the log, evenly, in the daytime."""
    days = np.linspace(-EARLY, (LOG_START - HISTORY_START) / DAY - 1, n).astype(np.int64)
    return HISTORY_START + rng.permutation(days) * DAY + rng.integers(5 * 3600, 20 * 3600, n)


def _plan(world: World, rng: np.random.Generator) -> list[tuple[Department, Kind]]:
    kinds = [(department, kind) for department in world.departments for kind in department.kinds]
    rows = [kinds[i % len(kinds)] for i in rng.permutation(len(kinds))]
    repeated = (rows * (world.n_items // len(rows) + 1))[: world.n_items]
    return [repeated[i] for i in rng.permutation(world.n_items)]


def _distinct_items(
    world: World, plan: list[tuple[Department, Kind]], rng: np.random.Generator
) -> list[Item]:
    chinese = set(rng.permutation(len(plan))[: round(CHINESE_SHARE * len(plan))].tolist())
    taken: set[str] = set()
    items = []
    for i, (department, kind) in enumerate(plan):
        item = _item(world, f"{world.letters[1]}{i + 1:04d}", department, kind, int(i in chinese), rng)
        while taken & set(title(world, item)):  # no two are the same in either language
            item = _item(world, item.key, department, kind, item.language, rng)
        taken |= set(title(world, item))
        items.append(item)
    return items


def _item(
    world: World, key: str, department: Department, kind: Kind, language: int, rng: np.random.Generator
) -> Item:
    known = {feature.adjective[0]: feature for feature in department.features}
    names = kind.features.split()
    chosen = rng.permutation(len(names))[:3]
    colours = list(world.colours)
    patterns = list(world.patterns)
    plain = rng.random() < PLAIN_SHARE
    measure = kind.measure
    steps = (measure.high - measure.low) // measure.step
    return Item(
        key=key,
        department=department,
        kind=kind,
        maker=pick(rng, department.makers),
        features=tuple(known[names[i]] for i in chosen),
        material=pick(rng, kind.materials),
        colour=colours[int(rng.integers(len(colours)))],
        pattern=patterns[0] if plain else patterns[int(rng.integers(1, len(patterns)))],
        variant=pick(rng, kind.variants),
        number=measure.low + measure.step * int(rng.integers(steps + 1)),
        price=_price(kind, rng),
        language=language,
        named=bool(rng.random() < 0.7),
        headline=pick(rng, kind.titles) if kind.titles[0] else ("", ""),
    )


def _price(kind: Kind, rng: np.random.Generator) -> float:
    """A price within the kind's range that ends as prices in shops do."""
    low, high = kind.price
    value = np.exp(rng.uniform(np.log(low), np.log(high)))
    ending = rng.choice([0.90, 0.50, 0.95, 0.00], p=[0.6, 0.15, 0.1, 0.15])
    return round(float(np.floor(value) + ending), 2)


def _topic(names: list[str], kind: Kind, rng: np.random.Generator) -> Floats:
    """The interests that an item speaks to: its kind's, a little different for each item."""
    own = weights(kind.interests)
    strength = np.array([own.get(name, 0.0) for name in names])
    return strength * np.exp(rng.normal(0.0, 0.25, len(names))) + rng.gamma(0.3, 0.08, len(names))
