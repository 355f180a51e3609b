"""Filling the blanks of a world's phrases, in both languages at once."""

import re
from collections.abc import Mapping

from sample_data.item import Item
from sample_data.world import Both, World

_BLANK = re.compile(r"\{([^}]+)\}")


def fill(phrase: Both, slots: Mapping[str, Both]) -> Both:
    """The phrase with its blanks filled. `{a x}` puts an article before x, a capital starts a sentence.

    >>> fill(("{A adj} {kind}.", "{adj}的{kind}。"), {"adj": ("open", "开放"), "kind": ("jar", "罐子")})
    ('An open jar.', '开放的罐子。')
    """
    english = _BLANK.sub(lambda blank: _english(blank[1], slots), phrase[0])
    chinese = _BLANK.sub(lambda blank: slots[blank[1]][1], phrase[1])
    return english, chinese


def _english(blank: str, slots: Mapping[str, Both]) -> str:
    key = blank.lower().removeprefix("a ")
    text = slots[key][0]
    if blank.lower().startswith("a "):
        text = ("an " if text[0].lower() in "aeiou" else "a ") + text
    return text[0].upper() + text[1:] if blank[0].isupper() else text


def look(world: World, item: Item) -> Both:
    """An item's colour and pattern in words."""
    if item.pattern == "plain":
        return item.colour
    pattern = world.patterns[item.pattern]
    return f"{pattern[0]} {item.colour[0]}", item.colour[1] + pattern[1]


def slots_of(world: World, item: Item) -> dict[str, Both]:
    """What can be said of an item."""
    number = (str(item.number), str(item.number))
    price = f"{item.price:.2f}".removesuffix(".00")
    return {
        "kind": item.kind.name,
        "use": item.kind.use,
        "maker": item.maker,
        "adj": item.features[0].adjective,
        "adj2": item.features[1].adjective,
        "material": item.material,
        "measure": fill(item.kind.measure.phrase, {"n": number}),
        "n": number,
        "colour": item.colour,
        "look": look(world, item),
        "variant": item.variant,
        "price": (price, price),
    }
