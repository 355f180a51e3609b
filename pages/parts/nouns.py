"""The words of a domain: what a data set calls its items, their categories and what counts as a hit."""

from core.data.dataset import Origin
from pages.parts.text import plain
from pages.parts.words import N_, _, language

OF_ANY = {
    "item": N_("item"),
    "items": N_("items"),
    "category": N_("category"),
    "categories": N_("categories"),
    "conversion": N_("event that counts"),
    "conversions": N_("events that count"),
}
OF_READERS = (  # the nouns that known data sets come with
    N_("article"),
    N_("articles"),
    N_("film"),
    N_("films"),
    N_("product"),
    N_("products"),
)


def noun(origin: Origin, which: str) -> str:
    """The data set's word in the reader's language, else the word for any data set.

    >>> noun(Origin("", "", nouns={"items": "films"}), "items")
    'films'
    >>> noun(Origin("", ""), "items")
    'items'
    """
    spoken = language()
    own = origin.nouns.get(which, "")
    if own and spoken != "en":
        own = origin.nouns.get(f"{spoken}:{which}", "") or (_(own) if _(own) != own else "")
    return plain(own, 40) or _(OF_ANY[which])


def count(origin: Origin, n: int, one: str = "item", many: str = "items") -> str:
    """So many of them: `1 film`, `280 videos`."""
    return _("{n} {noun}").format(n=f"{n:,}", noun=noun(origin, one if n == 1 else many))
