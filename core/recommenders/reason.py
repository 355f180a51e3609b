"""Why an item was recommended: one type for all recommenders, and the English sentence that says it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.types import FloatArray
from core.work.artifacts import artifact

Kind = Literal["items", "people", "words", "topic", "popular", "segment", "details", "features", "chance"]
NAMED = 3  # of the parts, in a sentence


@artifact
@dataclass(frozen=True)
class Part:
    """One thing that a reason names, and what it adds to the score (below 0: what it takes away)."""

    weight: float
    at: int = -1  # the item's index, or the person's row in training; -1 for what has a name instead
    name: str = ""  # a word, a topic, a detail such as "age 34"


@artifact
@dataclass(frozen=True)
class Reason:
    """Why an item has its score.

    `exact`: the weights of the parts are the model's own and sum to the score. Otherwise they were
    estimated by leaving items out of the history, and sum to nothing in particular.
    """

    kind: Kind
    parts: tuple[Part, ...]  # the largest weight first
    score: float
    exact: bool = True
    n: int = 0  # people that the reason rests on, where it rests on people
    of: int = 0  # among how many
    name: str = ""  # of the topic or the segment
    also: tuple["Reason", ...] = ()  # the same score, taken apart in other ways
    # first: a later stage reordered the list, and its part is not said; last: it is that stage's own score
    stage: Literal["whole", "first", "last"] = "whole"
    stranger: bool = False  # the history was scored as of somebody new (see core.recommenders.leaving_out)
    left_out: int = 0  # items of a long history that were not tried

    @property
    def adds(self) -> tuple[Part, ...]:
        """The parts that speak for the item."""
        return tuple(part for part in self.parts if part.weight > 0)

    def of_kind(self, kind: Kind) -> "Reason | None":
        """This reason, or one of the others, that names such things."""
        return next((one for one in (self, *self.also) if one.kind == kind), None)


def parts_of(weights: FloatArray) -> tuple[Part, ...]:
    """The parts of a vector of weights by index, the largest first, zeros left out."""
    order = np.argsort(-weights, kind="stable")
    return tuple(Part(float(weights[at]), int(at)) for at in order if weights[at])


def said(reason: Reason, title: Callable[[int], str]) -> str:
    """The reason as an English phrase; "" where nothing speaks for the item.

    `title`: what an item is called, by its index.

    >>> said(Reason("popular", (Part(12.0),), 12.0, n=12, of=40), str)
    'liked by 12 of 40 people'
    >>> said(Reason("items", (Part(0.5, 3), Part(0.2, 1), Part(-0.1, 2)), 0.6), "item {}".format)
    'because of item 3, item 1'
    """
    if not reason.adds and reason.kind != "chance":
        return ""
    phrase = _phrase(reason, title)
    notes = []
    if not reason.exact:
        notes.append("estimated by leaving items out")
    if reason.stage == "first":
        notes.append("of the score before the list was reordered")
    return f"{phrase} ({'; '.join(notes)})" if notes else phrase


def _phrase(reason: Reason, title: Callable[[int], str]) -> str:
    if reason.kind == "items":
        words = reason.of_kind("words")
        shared = f"; they share {_named(words.adds, title)}" if words and words.adds else ""
        return f"because of {_named(reason.adds, title)}{shared}"
    if reason.kind == "people":
        items = reason.of_kind("items")
        alike = f"; alike in {_named(items.adds, title)}" if items and items.adds else ""
        return f"liked by {reason.n:,} of the {reason.of:,} people most alike{alike}"
    return {
        "words": f"because of the words {_named(reason.adds, title)}",
        "topic": f"because of the topic {reason.name}",
        "popular": f"liked by {reason.n:,} of {reason.of:,} people",
        "segment": f"popular in the segment {reason.name}: liked by {reason.n:,} of {reason.of:,} people"
        if reason.name
        else "popular among people of the same group",
        "details": f"because of {_named(reason.adds, title)}",
        "features": f"because of its {_named(reason.adds, title)}",
        "chance": "by chance",
    }[reason.kind]


def _named(parts: Sequence[Part], title: Callable[[int], str]) -> str:
    return ", ".join(part.name or title(part.at) for part in parts[:NAMED])
