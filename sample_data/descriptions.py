"""Titles and texts of items."""

import numpy as np

from sample_data.item import Item, pick
from sample_data.phrases import fill, slots_of
from sample_data.world import Both, World

JOIN = (" ", "")  # what stands between two sentences


def title(world: World, item: Item) -> Both:
    """What the item is called."""
    slots = slots_of(world, item)
    slots["end"] = item.variant if item.variant[0] else slots["look"]
    if item.headline[0]:
        return fill(item.headline, slots)
    named, plain = world.titles
    return fill(named if item.named else plain, slots)


def text(world: World, item: Item, rng: np.random.Generator) -> Both:
    """Four to six sentences: what it is for, what it can do, what it is made of, how it looks."""
    slots = slots_of(world, item)
    looks = world.wrappings if item.variant[0] else world.looks
    tells = [pick(rng, feature.tells) for feature in item.features[: int(rng.integers(2, 4))]]
    facts = [pick(rng, world.making), pick(rng, looks)]
    middle = tells + facts if rng.random() < 0.6 else [tells[0], *facts, *tells[1:]]
    closing = [pick(rng, item.department.closers)] if rng.random() < 0.7 else []
    opener = pick(rng, item.kind.leads if item.kind.leads[0] else world.openers)
    sentences = [fill(part, slots) for part in [opener, *middle, *closing]]
    return joined(sentences)


def joined(sentences: list[Both]) -> Both:
    """Sentences as one paragraph."""
    english, chinese = zip(*sentences, strict=True)
    return JOIN[0].join(english), JOIN[1].join(chinese)


def tags(world: World, item: Item) -> Both:
    """Kind, features and look or maker, separated by `|`."""
    words = [item.kind.name, *(feature.adjective for feature in item.features)]
    if world.tagged == "maker":
        words.append(item.maker)
    if world.tagged == "look":
        words.append(item.colour)
    if world.tagged == "look" and item.pattern != "plain":
        words.append(world.patterns[item.pattern])
    return "|".join(word[0] for word in words), "|".join(word[1] for word in words)


def item_texts(world: World, items: tuple[Item, ...], rng: np.random.Generator) -> list[tuple[Both, Both]]:
    """Title and text of each item, no two texts the same in either language."""
    taken: set[str] = set()
    pairs = []
    for item in items:
        body = text(world, item, rng)
        while taken & set(body):
            body = text(world, item, rng)
        taken |= set(body)
        pairs.append((title(world, item), body))
    return pairs
