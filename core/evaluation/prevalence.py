"""How much groups of people are interested in topics: means with intervals, for the values of a column,
for how active people are, or for saved segments."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from core.data.dataset import Dataset
from core.evaluation.differing import FEWEST, traits
from core.evaluation.uncertainty import Estimate, estimates, means, resampled
from core.interests.profiles import Profiles
from core.types import BoolArray, TextArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step

MOST = 12  # groups; the smaller ones are taken together


@artifact
@dataclass(frozen=True)
class Members:
    """A group by its people."""

    name: str
    users: TextArray


@artifact
@dataclass(frozen=True)
class Among:
    """Which groups are compared: those of a column, of how active people are, or these segments."""

    what: Literal["column", "activity", "segments"]
    column: str = ""
    segments: tuple[Members, ...] = ()
    seed: int = 0


@artifact
@dataclass(frozen=True)
class Prevalence:
    """A group, and its mean weight of each of K topics; without figures below 5 people."""

    kind: Literal["everyone", "group", "others"]
    group: str  # a value of the column, a band of numbers, a segment's name; "" for the other kinds
    estimates: tuple[Estimate, ...]  # (K,) or ()


@step(version=1, called="Comparing interests of groups")
def prevalence(
    dataset: Dataset, profiles: Profiles, *, settings: Among, report: Report
) -> tuple[Prevalence, ...]:
    """The interests of everyone, then of each group: mean weights of the people of whom something is known.

    Intervals are percentiles of a bootstrap over the group's people. Beyond 12 groups of a column, the
    smaller ones are taken together as the last. A column that tells people apart one by one has no groups.
    """
    known = profiles.weights.sum(axis=1) > 0
    everyone = Prevalence("everyone", "", _estimates(profiles, known, settings.seed))
    groups = list(_groups(dataset, profiles, settings))
    if settings.what != "segments":
        groups = _largest(groups)
    found = [everyone]
    for at, (kind, name, rows) in enumerate(groups):
        report((at + 1) / (len(groups) + 1), "Drawing people")
        found.append(Prevalence(kind, name, _estimates(profiles, rows & known, settings.seed)))
    return tuple(found)


Group = tuple[Literal["group", "others"], str, BoolArray]


def _groups(dataset: Dataset, profiles: Profiles, settings: Among) -> Iterator[Group]:
    if settings.what == "segments":
        ids = profiles.user_ids.astype(str)
        for one in settings.segments:
            yield "group", one.name, np.isin(ids, one.users.astype(str))
        return
    columns = [settings.column] if settings.what == "column" else []
    only = replace(dataset, users=dataset.users[columns])
    for trait, has, _known in traits(only, None, profiles.user_ids):
        if trait.kind == settings.what:
            yield "group", trait.value, has


def _largest(groups: list[Group]) -> list[Group]:
    """At most MOST groups in their order; the smaller ones of more as one."""
    if len(groups) <= MOST:
        return groups
    sizes = np.array([rows.sum() for _kind, _name, rows in groups])
    large = set(np.argsort(-sizes, kind="stable")[: MOST - 1].tolist())
    rest = np.any([rows for at, (_kind, _name, rows) in enumerate(groups) if at not in large], axis=0)
    return [*(one for at, one in enumerate(groups) if at in large), ("others", "", rest)]


def _estimates(profiles: Profiles, rows: BoolArray, seed: int) -> tuple[Estimate, ...]:
    if rows.sum() < FEWEST:
        return ()
    values = profiles.weights[rows].astype(np.float64)
    whole, n = means(values)
    return tuple(estimates(whole, resampled(values, seed), n))
