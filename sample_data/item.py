"""One item of a world, and how one of several phrases is picked."""

from dataclasses import dataclass

import numpy as np

from sample_data.world import Both, Department, Feature, Kind, choices


@dataclass(frozen=True)
class Item:
    """One item, as far as its reader can tell."""

    key: str
    department: Department
    kind: Kind
    maker: Both
    features: tuple[Feature, ...]  # the first stands in the title
    material: Both
    colour: Both
    pattern: str
    variant: Both
    number: int
    price: float
    language: int
    named: bool  # whether the title names the first feature
    headline: Both  # a title of its kind's own, with blanks; empty where the world's titles are used

    @property
    def consumable(self) -> bool:
        return self.kind.consumable


def pick(rng: np.random.Generator, both: Both) -> Both:
    """One of the alternatives of a phrase."""
    options = choices(both)
    return options[int(rng.integers(len(options)))]
