"""What people type into the search box on the way to what they look at first."""

import numpy as np
import pandas as pd

from sample_data.catalogue import Catalogue
from sample_data.item import pick
from sample_data.people import People
from sample_data.phrases import fill, slots_of
from sample_data.world import LANGUAGES, World

SEARCHED = 0.28


def make_searches(
    world: World, people: People, catalogue: Catalogue, views: pd.DataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Searches before a part of the visits, and what each different query means in both languages."""
    opening = views.drop_duplicates("visit")
    opening = opening[rng.random(len(opening)) < SEARCHED]
    slots = [slots_of(world, item) for item in catalogue.items]
    pairs = [fill(pick(rng, world.queries), slots[item]) for item in opening["item"]]
    language = people.languages[opening["user"]]
    typed = [pair[tongue] for pair, tongue in zip(pairs, language, strict=True)]
    searches = pd.DataFrame({"user": opening["user"], "query": typed, "timestamp": opening["timestamp"] - 5})
    meaning = pd.DataFrame(
        {
            "query": typed,
            "language": [LANGUAGES[tongue] for tongue in language],
            "en": [pair[0] for pair in pairs],
            "zh": [pair[1] for pair in pairs],
            "kind": [catalogue.items[item].kind.name[0] for item in opening["item"]],
        }
    )
    meaning = meaning.drop_duplicates("query").sort_values("query", ignore_index=True)
    return searches.sort_values(["timestamp", "user"], kind="stable", ignore_index=True), meaning
