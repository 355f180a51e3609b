"""Recommenders that are made of others: how a setting names them, and how they are fit."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer, recommender_of
from core.recommenders.fitting import fit, fitting
from core.work.errors import BadInput
from core.work.here import desk_or_none
from core.work.report import Report, within
from core.work.specs import split_list

_DEEPEST = 3  # of parts in parts
_MOST = 6


class Parts:
    """Marks a setting that names other recommenders by their specs, joined by + where there are several."""


def specs_in(text: str) -> list[str]:
    """The specs that are joined by +, outside parentheses.

    >>> specs_in("ease(l2=458) + item_knn(k=50,shrinkage=0)")
    ['ease(l2=458)', 'item_knn(k=50,shrinkage=0)']
    """
    return split_list(text, "+")


def _known(text: str) -> str:
    """The text in canonical form; raises ValueError for what is no recommender."""
    found = specs_in(text)
    depth = max((text[:at].count("(") - text[:at].count(")") for at in range(len(text) + 1)), default=0)
    if not 1 <= len(found) <= _MOST or depth > _DEEPEST:
        raise ValueError(f"name 1 to {_MOST} recommenders, joined by +, at most {_DEEPEST} within each other")
    try:
        return "+".join(recommender_of(spec).spec for spec in found)
    except BadInput as error:
        raise ValueError(str(error)) from error


Named = Annotated[str, AfterValidator(_known), Parts]


def named(text: str) -> list[Recommender]:
    """The recommenders that a setting names."""
    return [recommender_of(spec) for spec in specs_in(text)]


def fit_each(recommenders: Sequence[Recommender], train: Train, report: Report) -> list[Scorer]:
    """Their scorers; at a desk each is fit once, whoever asks for it."""
    desk, many = desk_or_none(), max(len(recommenders), 1)
    scorers = []
    for at, one in enumerate(recommenders):
        part = within(report, at / many, (at + 1) / many)
        if desk is None:
            scorers.append(one.fit(train, part))
        else:
            scorers.append(desk.run(fit, train, settings=fitting(one), report=part).scorer)
    return scorers
