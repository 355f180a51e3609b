"""Reviews: stars that follow quality and match, and a text that follows the stars."""

import numpy as np
import pandas as pd

from sample_data.catalogue import Catalogue, Floats
from sample_data.clock import DAY, log_end
from sample_data.descriptions import joined
from sample_data.item import Item, pick
from sample_data.people import People
from sample_data.phrases import fill, slots_of
from sample_data.world import LANGUAGES, Both, World


def make_reviews(
    world: World, people: People, catalogue: Catalogue, purchases: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Reviews of a part of the purchases, some days after each; one for a person and an item."""
    chosen = purchases[rng.random(len(purchases)) < world.rules.reviewed].drop_duplicates(["user", "item"])
    times = chosen["timestamp"] + 2 * DAY + (rng.exponential(9.0, len(chosen)) * DAY).astype(np.int64)
    chosen = chosen.assign(timestamp=times)[times < log_end(world.rules.log_days)]
    match = np.einsum("nd,nd->n", people.preferences[chosen["user"]], catalogue.topics[chosen["item"]])
    stars = _stars(match, catalogue.quality[chosen["item"]], rng)
    language = people.languages[chosen["user"]]
    taken: set[str] = set()
    texts = []
    for item, rating, tongue in zip(chosen["item"], stars, language, strict=True):
        body = _text(world, catalogue.items[item], int(rating), rng)
        while body[tongue] in taken:
            body = _text(world, catalogue.items[item], int(rating), rng)
        taken.add(body[tongue])
        texts.append(body[tongue])
    written = [LANGUAGES[tongue] for tongue in language]
    reviews = chosen[["user", "item", "timestamp"]].assign(rating=stars, text=texts, language=written)
    return reviews.sort_values(["timestamp", "user", "item"], kind="stable", ignore_index=True)


def _stars(match: Floats, quality: Floats, rng: np.random.Generator) -> Floats:
    """1 to 5: most people are content, and things of poor quality are found out."""
    mood = 3.75 + 1.5 * quality + 0.9 * (match - 0.5) + rng.normal(0.0, 1.1, len(match))
    return np.clip(np.rint(mood), 1, 5)


def _text(world: World, item: Item, stars: int, rng: np.random.Generator) -> Both:
    """An opening, a word or two on what the item promises, and an end; short reviews leave parts out."""
    words = world.reviews
    number = str(int(rng.integers(2, 15)))
    slots = slots_of(world, item) | {"n": (number, number)}
    if item.variant[0]:  # people speak of the fig candle, whatever the colour of its wrapping
        slots["look"] = item.variant
    parts = [pick(rng, words.openers[stars - 1])] if rng.random() < 0.75 else []
    if rng.random() < 0.5:
        parts.append(pick(rng, words.contexts))
    parts += _remarks(item, stars, rng)
    if rng.random() < 0.55:
        parts.append(pick(rng, words.closers[stars - 1]))
    return joined([fill(part, slots) for part in parts])


def _remarks(item: Item, stars: int, rng: np.random.Generator) -> list[Both]:
    order = [item.features[i] for i in rng.permutation(len(item.features))]
    praise = [pick(rng, feature.praise) for feature in order]
    complaint = [pick(rng, feature.complaint) for feature in order]
    both = rng.random() < 0.5
    if stars == 5:
        return praise[:2] if both else praise[:1]
    if stars == 4:
        return [praise[0], complaint[1]] if rng.random() < 0.25 else praise[:1]
    if stars == 3:
        return [praise[0], complaint[1]] if both else [complaint[0], praise[1]]
    if stars == 2:
        return [complaint[0], praise[1]] if rng.random() < 0.3 else complaint[:1]
    return complaint[:2] if both else complaint[:1]
