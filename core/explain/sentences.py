"""The draft of a sentence that tells a person why an item is shown: wordings, and the reason's own facts."""

from collections.abc import Mapping, Sequence

from core.explain.why import Why
from core.language.writing import Draft, Sentence
from core.recommenders.by_details import EVERYONE
from core.recommenders.reason import NAMED, Kind, Reason
from core.recommenders.two_stage import ALIKE

PURPOSE = "one sentence that tells a person why an item is shown to them"
ESTIMATED = (
    "Without {items} it would stand lower.",
    "Had you not chosen {items}, it would stand lower.",
)
WORDINGS: dict[Kind, tuple[str, ...]] = {
    "items": (
        "Shown because you chose {items}.",
        "You chose {items}, and this goes with it.",
        "Something more, since you chose {items}.",
        "For you, because of {items}.",
    ),
    "people": (
        "Liked by {n} of the {of} people whose taste is nearest to yours.",
        "Of the {of} people who are most like you, {n} liked it.",
        "{n} of the {of} people most like you liked this.",
    ),
    "words": (
        "Shown because of the words {words}.",
        "What you chose says {words}, and so does this.",
        "It speaks of {words}, as what you chose does.",
    ),
    "topic": (
        "More about {topic}.",
        "It is about {topic}, one of your topics.",
        "Because {topic} is one of your topics.",
    ),
    "popular": (
        "Liked by {n} of {of} people.",
        "Popular: {n} of {of} people liked it.",
        "{n} of {of} people liked this.",
    ),
    "segment": (
        "Popular in {segment}: liked by {n} of {of} people.",
        "In {segment}, {n} of {of} people liked it.",
    ),
    "details": ("It fits {details}.", "Chosen for {details}."),
    "features": ("Shown for its {features}.", "What speaks for it: its {features}."),
    "chance": ("It is here by chance.",),
}
_NO_NAMES = (EVERYONE, ALIKE)  # parts that tell nothing of the person
SHARED = ("They share {words}.", "What they have in common: {words}.")


def explanation(why: Why, titles: Mapping[str, str]) -> Draft | None:
    """What can be said of one reason; None where nothing speaks for the item.

    `titles`: of items by id. A reason that was estimated by leaving items out says so.
    """
    reason = why.reason
    if reason.kind == "chance":
        return Draft(PURPOSE, (Sentence(WORDINGS["chance"], ()),))
    if not reason.adds or not why.ways[0].parts or (reason.kind == "segment" and not reason.name):
        return None
    names = tuple(part.name for part in why.ways[0].parts if part.weight > 0 and part.name not in _NO_NAMES)
    estimated = reason.kind == "items" and not reason.exact
    shown = tuple(titles.get(name, name) for name in names[: 1 if estimated else NAMED])
    if not shown and reason.kind in ("items", "words", "details", "features"):
        return None
    made = [Sentence(ESTIMATED if estimated else WORDINGS[reason.kind], _facts(reason, shown))]
    if reason.kind == "items":
        made += _shared(why)
    return Draft(PURPOSE, tuple(made))


def _facts(reason: Reason, names: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    counts = (("n", (f"{reason.n:,}",)), ("of", (f"{reason.of:,}",)))
    if reason.kind in ("people", "popular"):
        return counts
    if reason.kind == "segment":
        return (("segment", (reason.name,)), *counts)
    if reason.kind == "topic":
        return (("topic", (reason.name,)),)
    return ((reason.kind, names),)


def _shared(why: Why) -> Sequence[Sentence]:
    for one, way in zip(why.reason.also, why.ways[1:], strict=True):
        words = tuple(part.name for part in way.parts[:NAMED] if part.weight > 0)
        if one.kind == "words" and words:
            return [Sentence(SHARED, (("words", words),))]
    return []
