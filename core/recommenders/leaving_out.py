"""Reasons after the fact: what an item of the history gave is how far the score falls without it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.sparse import csr_array, vstack

from core.recommenders.reason import Reason, parts_of
from core.types import FloatArray, IntArray
from core.work.report import Report
from core.work.steps import step

if TYPE_CHECKING:
    from core.recommenders.base import Scorer

MOST = 200  # items of a history that are left out one by one: the latest, where there is an order
_BLOCK_BYTES = 32 * 1024 * 1024
_ROUNDING = 1e-5  # of a score

Follows = Literal["yes", "as new", "no"]


def reasons(
    scorer: "Scorer", history: csr_array, users: IntArray | None, items: Sequence[int]
) -> list[Reason]:
    """A reason for each item: the model's own where it has one, else by leaving items out.

    `history` (1, I), with places in time where the scorer asks for them; `users` (1,) the row in training.
    """
    own = [scorer.reason(history, users, int(item)) for item in items]
    missing = [at for at, one in enumerate(own) if one is None]
    estimated = left_out(scorer, history, users, [int(items[at]) for at in missing]) if missing else []
    found = dict(zip(missing, estimated, strict=True))
    made = [found[at] if one is None else one for at, one in enumerate(own)]
    return [replace(one, stage="first") if scorer.pool and one.stage == "whole" else one for one in made]


@step(version=1, called="Asking the model")
def reasons_of(
    scorer: "Scorer",
    history: csr_array,
    users: IntArray,
    *,
    settings: tuple[int, ...],
    report: Report,
) -> tuple[Reason, ...]:
    """`reasons` for the items `settings`; users (1,): -1 for a stranger."""
    report(0.0, "Asking the model")
    return tuple(reasons(scorer, history, users, settings))


def left_out(
    scorer: "Scorer", history: csr_array, users: IntArray | None, items: Sequence[int]
) -> list[Reason]:
    """What each item of the history gives to each score: how far it falls without that one item.

    A model that looks at no history of people whom it knows is asked about the same history of
    somebody new, and the reason says so.
    """
    places = tried(history)
    edited = (
        csr_array(vstack([without(history, [place]) for place in places], format="csr"))
        if len(places)
        else None
    )
    row = users
    whole, parts = _scores(scorer, history, edited, row, items)
    stranger = (
        users is not None
        and bool((users >= 0).any())
        and edited is not None
        and not _falls(whole, parts).any()
    )
    if stranger:
        row = np.full(1, -1, dtype=np.int32)
        asked = _scores(scorer, history, edited, row, items)
        stranger = bool(_falls(*asked).any())
        whole, parts = asked if stranger else (whole, parts)
    falls = _falls(whole, parts)
    made = []
    for column in range(len(items)):
        weights = np.zeros(history.shape[1])
        weights[places] = falls[:, column]
        made.append(
            Reason(
                "items",
                parts_of(weights),
                float(whole[column]),
                exact=False,
                stranger=stranger,
                left_out=int(history.nnz) - len(places),
            )
        )
    return made


def tried(history: csr_array) -> np.ndarray:
    """The items of a history (1, I) that are left out one by one: the latest MOST, or the first by index."""
    newest = np.lexsort((history.indices, -history.data))[:MOST]
    return np.sort(history.indices[newest])


def without(history: csr_array, items: Sequence[int]) -> csr_array:
    """A history (1, I) without some items; places in time close up."""
    kept = ~np.isin(history.indices, np.asarray(items, dtype=np.int64))
    return one_history(history.indices[kept], history.data[kept], history.shape)


def one_history(items: np.ndarray, values: np.ndarray, shape: tuple[int, int]) -> csr_array:
    """A history (1, I) of items with ones, or with places in time that are then 1, 2, …"""
    values = np.asarray(values, dtype=np.float32)
    if len(values) and values.max() > 1:
        values = (np.argsort(np.argsort(values, kind="stable"), kind="stable") + 1).astype(np.float32)
    rows = np.zeros(len(items), dtype=np.int32)
    made = csr_array((values, (rows, np.asarray(items, dtype=np.int32))), shape=shape)
    made.sort_indices()
    return made


def follows(scorer: "Scorer", history: csr_array, edited: csr_array, users: IntArray) -> Follows:
    """Whether scores follow an edit of a history (1, I).

    "as new": only if the person is taken for somebody whom training does not know.
    """
    if not np.array_equal(scorer.score(history, users), scorer.score(edited, users)):
        return "yes"
    if (users < 0).all():
        return "no"
    stranger = np.full(1, -1, dtype=np.int32)
    same = np.array_equal(scorer.score(history, stranger), scorer.score(edited, stranger))
    return "no" if same else "as new"


def _scores(
    scorer: "Scorer",
    history: csr_array,
    edited: csr_array | None,
    users: IntArray | None,
    items: Sequence[int],
) -> tuple[FloatArray, FloatArray]:
    """(N,) scores of N items and (E, N) those of E edited histories."""
    whole = scorer.score(history, users)[0, list(items)].astype(np.float64)
    if edited is None:
        return whole, np.empty((0, len(items)))
    size = max(1, _BLOCK_BYTES // (4 * history.shape[1]))
    parts = []
    for first in range(0, edited.shape[0], size):
        block = csr_array(edited[first : first + size])
        row = None if users is None else np.repeat(users, block.shape[0])
        parts.append(scorer.score(block, row)[:, list(items)].astype(np.float64))
    return whole, np.concatenate(parts)


def _falls(whole: FloatArray, parts: FloatArray) -> FloatArray:
    """(E, N) how far each score fell; 0 where it is no more than what the size of a batch changes."""
    with np.errstate(invalid="ignore"):
        falls = whole - parts
        real = np.isfinite(falls) & (np.abs(falls) > _ROUNDING * np.abs(whole))
    return np.where(real, falls, 0.0)
