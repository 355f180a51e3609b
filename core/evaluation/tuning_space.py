"""What tuning searches of a recommender: the settings that are free, and the values that they may take."""

import itertools
import math
from dataclasses import dataclass
from typing import Any

from core.recommenders.base import RECOMMENDERS, Recommender
from core.recommenders.options import Option, Search, options_of
from core.work import specs


@dataclass(frozen=True)
class Free:
    """A setting that is searched: one of `choices`, or a number from `low` to `high`."""

    name: str
    default: Any
    choices: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    log: bool = False
    whole: bool = False

    @property
    def many(self) -> float:
        """How many values it may take; infinite for numbers that are not whole."""
        if self.choices:
            return len(self.choices)
        return self.high - self.low + 1 if self.whole else math.inf

    @property
    def values(self) -> tuple[Any, ...]:
        """All that it may be, where that can be counted."""
        return self.choices or tuple(range(int(self.low), int(self.high) + 1))


def space(recommender: Recommender) -> tuple[Free, ...]:
    """The settings that a search covers: those that were not given, but no texts and no seeds."""
    given = recommender.model_fields_set
    found = (_free(option) for option in options_of(type(recommender)) if option.name not in given)
    return tuple(one for one in found if one is not None)


def untuned(spec: str) -> str:
    """The spec without the settings that a search covers: what is left stays as it was given.

    >>> untuned("item_knn(k=50,shrinkage=10)")
    'item_knn'
    """
    name, given = specs.parse(spec)
    searched = {option.name for option in options_of(RECOMMENDERS.get(name)) if _free(option) is not None}
    return specs.write(name, {key: value for key, value in given.items() if key not in searched})


def size(free: tuple[Free, ...]) -> float:
    """How many combinations there are; 1 where nothing is free."""
    return math.prod(one.many for one in free)


def combinations(free: tuple[Free, ...]) -> list[dict[str, Any]]:
    """Every combination of a space that can be counted, the defaults first."""
    first = defaults(free)
    every = (
        dict(zip([one.name for one in free], values, strict=True))
        for values in itertools.product(*(one.values for one in free))
    )
    return [first, *(one for one in every if one != first)]


def defaults(free: tuple[Free, ...]) -> dict[str, Any]:
    """The settings as they are when nobody chooses."""
    return {one.name: one.default for one in free}


def _free(option: Option) -> Free | None:
    if option.kind == "text" or option.name == "seed" or option.name.endswith("_seed"):
        return None
    if option.kind == "choice":
        return Free(option.name, str(option.default), option.choices)
    if option.kind == "flag":
        return Free(option.name, bool(option.default), (False, True))
    if option.low is None or option.high is None:
        return None
    within = option.search or Search(option.low, option.high, option.log)
    low, high = min(within.low, option.default), max(within.high, option.default)  # the default is in reach
    log = (within.log or option.log) and low > 0
    return Free(option.name, option.default, (), low, high, log, option.kind == "whole")
