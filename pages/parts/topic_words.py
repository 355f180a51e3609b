"""What the Topics page says in its first sentence, made from the data."""

import numpy as np

from core.data.dataset import Dataset
from core.interests.profiles import Profiles, rise
from core.interests.topics import Topics
from pages.parts import nouns, numbers
from pages.parts.text import plain
from pages.parts.words import _, sentences


def first_sentence(found: Dataset, known: Topics, titles: list[str], theirs: Profiles | None) -> str:
    """How many topics of what, the largest, and what rose of late."""
    largest = int(np.argmax(known.share))
    first = (
        _("{n} topics of what {items} say; the largest, “{name}”, has {share} of all words.")
        if known.kind == "text"
        else _(
            "{n} topics of {items} that are taken together; the largest, “{name}”, is {share} of all that was"
            " taken."
        )
    ).format(
        n=len(known.ids),
        items=nouns.noun(found.origin, "items"),
        name=plain(titles[largest], 60),
        share=numbers.percent(float(known.share[largest]), 0),
    )
    grown = rise(theirs) if theirs is not None else None
    if grown is None:
        return first
    return sentences(
        [
            first,
            _("Since {day} “{name}” rose most: from {before} to {after} of what people did.").format(
                day=grown.start,
                name=plain(titles[grown.row], 60),
                before=numbers.percent(grown.before),
                after=numbers.percent(grown.after),
            ),
        ]
    )
