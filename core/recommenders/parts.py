"""Recommenders that are made of others: how a setting names them, and how they are fit."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import AfterValidator
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.apart import fitted
from core.recommenders.base import NamesRecommender, NamesRecommenders, Recommender, Scorer, recommender_of
from core.recommenders.demand import Demand, Size, total
from core.types import FloatArray, IntArray
from core.work.errors import BadInput
from core.work.here import desk_or_none
from core.work.report import Report, within
from core.work.specs import split_list

_DEEPEST = 3  # of parts in parts
_MOST = 6


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


def _one(text: str) -> str:
    """The text in canonical form; raises ValueError for more than one recommender."""
    if len(specs_in(text)) != 1:
        raise ValueError("name one recommender; hybrid(of=…) makes one of several")
    return _known(text)


Named = Annotated[str, AfterValidator(_known), NamesRecommenders]
NamedOne = Annotated[str, AfterValidator(_one), NamesRecommender]


def named(text: str) -> list[Recommender]:
    """The recommenders that a setting names."""
    return [recommender_of(spec) for spec in specs_in(text)]


def fit_each(recommenders: Sequence[Recommender], train: Train, report: Report) -> list[Scorer]:
    """Their scorers; at a desk each is fit once, whoever asks for it."""
    many = max(len(recommenders), 1)
    scorers = []
    for at, one in enumerate(recommenders):
        part = within(report, at / many, (at + 1) / many)
        scorers.append(fitted(one, train, part).scorer if desk_or_none() else one.fit(train, part))
    return scorers


def score_of(scorer: Scorer, history: csr_array, users: IntArray | None) -> FloatArray:
    """The scores of a part, which gets places in time only where it asks for them. Ours to write into."""
    if scorer.ordered:
        return scorer.score(history, users).astype(np.float32, copy=True)
    ones = np.ones(len(history.data), dtype=np.float32)
    plain = csr_array((ones, history.indices, history.indptr), shape=history.shape)
    return scorer.score(plain, users).astype(np.float32, copy=True)


def one_stage(recommenders: Sequence[Recommender], scorers: Sequence[Scorer]) -> None:
    """Raises BadInput for a part that reorders lists: only scores can be mixed."""
    for recommender, scorer in zip(recommenders, scorers, strict=True):
        if scorer.pool:
            raise BadInput(
                f"{recommender.spec} reorders lists, so its scores can't be mixed with others.",
                "parts that score items.",
                f"mix first and reorder then, as in {recommender.name}(of=hybrid).",
            )


def summed(demands: Sequence[Demand | None], more: Demand) -> Demand | None:
    """The demand of parts that are kept together, and what comes on top; None where one is unknown."""
    known = [one for one in demands if one is not None]
    return total([*known, more]) if len(known) == len(demands) else None


def demands_of(text: str, size: Size) -> list[Demand | None]:
    """The demand of each recommender that a setting names."""
    return [one.demand(size) for one in named(text)]
