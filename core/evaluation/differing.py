"""How some people differ from the others: ratios of shares with intervals, tested with correction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.evaluation.uncertainty import LEVEL, holm
from core.interests.profiles import Profiles
from core.types import BoolArray, TextArray
from core.work.artifacts import artifact

FEWEST = 5  # people: fewer show no details
MOST_VALUES = 40  # of a column: one with more tells people apart one by one
BANDS = 4  # that numbers and activity are cut into


@artifact
@dataclass(frozen=True)
class Trait:
    """Something that is true of some people: a value of a column, a main topic, how active they are."""

    kind: str  # "column", "topic" or "activity"
    name: str  # of the column; "" else
    value: str  # of the column, the topic's id, a band of numbers as "3 to 9"


@artifact
@dataclass(frozen=True)
class Contrast:
    """How much more often a trait holds among some people than among the others."""

    trait: Trait
    inside: int  # of the group have it
    of_inside: int  # people of the group of whom it is known
    outside: int
    of_outside: int
    ratio: float  # of the shares, group over others; infinite where none of the others has it
    low: float
    high: float
    p: float  # Fisher's exact test, Holm-adjusted over all traits

    @property
    def settled(self) -> bool:
        """Whether the group is told apart from the others in this."""
        return self.p < 1 - LEVEL


Found = tuple[Trait, BoolArray, BoolArray]  # a trait, who has it (N,), of whom it is known (N,)


def contrasts(
    dataset: Dataset, profiles: Profiles | None, ids: TextArray, group: BoolArray, most: int = 8
) -> list[Contrast]:
    """How a group (N,) of the people `ids` (N,) differs from the rest; the surest first.

    The ratio's interval is Katz's (Katz et al. 1978) by scipy. [] for fewer than 5 people inside or outside.
    Traits that fewer than 5 people have, or that are known of fewer than 5 inside or outside, are left out.
    """
    if group.sum() < FEWEST or (~group).sum() < FEWEST:
        return []
    found = [
        one
        for trait, has, known in traits(dataset, profiles, ids)
        if has.sum() >= FEWEST and (one := _contrast(trait, has & known, known, group)) is not None
    ]
    adjusted = holm([one.p for one in found])
    found = [replace(one, p=p) for one, p in zip(found, adjusted, strict=True)]
    found.sort(key=lambda one: (one.p, -abs(np.log(max(one.ratio, 1e-9)))))
    return found[:most]


def traits(dataset: Dataset, profiles: Profiles | None, ids: TextArray) -> Iterator[Found]:
    """Every trait that people may have: columns of theirs, their main topic, how many events they have."""
    users = dataset.users.reindex(pd.Index(ids))
    for column in users.columns:
        yield from _column(str(column), users[column])
    events = dataset.interactions["user"].value_counts().reindex(pd.Index(ids)).fillna(0)
    yield from bands("activity", "", events)
    if profiles is not None:
        place = pd.Index(profiles.user_ids).get_indexer(pd.Index(ids))
        weights = np.where((place >= 0)[:, None], profiles.weights[place], 0)
        known = weights.sum(axis=1) > 0
        main = profiles.topic_ids[weights.argmax(axis=1)]
        for topic in profiles.topic_ids:
            yield Trait("topic", "", str(topic)), known & (main == topic), known


def _column(name: str, values: pd.Series) -> Iterator[Found]:
    known = values.notna().to_numpy()
    texts = values.astype("str")
    if pd.api.types.is_numeric_dtype(values) and values.nunique() > BANDS:
        yield from bands("column", name, values)
    elif 1 < texts[known].nunique() <= MOST_VALUES:
        for value in sorted(texts[known].unique()):
            yield Trait("column", name, value), known & (texts == value).to_numpy(), known


def bands(
    kind: str, name: str, values: pd.Series, many: int = BANDS, show: Callable[[float], str] = "{:g}".format
) -> Iterator[Found]:
    """Numbers by quantiles of the people: at most `many` bands, fewer where many share a number."""
    known = values.notna().to_numpy()
    numbers = values.to_numpy(dtype=np.float64)
    if not known.any():
        return
    edges = np.unique(np.quantile(numbers[known], np.linspace(0, 1, many + 1)))
    for at in range(len(edges) - 1):
        below = numbers <= edges[-1] if at == len(edges) - 2 else numbers < edges[at + 1]
        has = known & (numbers >= edges[at]) & below
        inside = numbers[has]
        if len(inside):
            yield Trait(kind, name, f"{show(inside.min())} – {show(inside.max())}"), has, known


def _contrast(trait: Trait, has: BoolArray, known: BoolArray, group: BoolArray) -> Contrast | None:
    from scipy.stats import fisher_exact
    from scipy.stats.contingency import relative_risk

    inside, of_inside = int((has & group).sum()), int((known & group).sum())
    outside, of_outside = int((has & ~group).sum()), int((known & ~group).sum())
    if of_inside < FEWEST or of_outside < FEWEST:
        return None
    table = np.array([[inside, of_inside - inside], [outside, of_outside - outside]])
    p = float(fisher_exact(table)[1])
    risk = relative_risk(inside, of_inside, outside, of_outside)
    low, high = 0.0, float("inf")  # where nobody has it on one side, the data bound nothing
    if inside and outside:
        found = risk.confidence_interval(LEVEL)
        low, high = float(found.low), float(found.high)
    return Contrast(
        trait, inside, of_inside, outside, of_outside, float(risk.relative_risk), float(low), float(high), p
    )
