"""What a ranker knows of a candidate: a table of numbers that a person can read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.categories import Categories, categories_of
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact


@artifact
@dataclass(frozen=True)
class ItemFacts:
    """What is known of I items from a training part."""

    popularity: FloatArray  # (I,) ln(1 + people who like it)
    recent: FloatArray  # (I,) share of those among the latest tenth of events; NaN where nothing tells time
    price: FloatArray  # (I,) NaN where there is none
    categories: Categories


NAMES = (
    "people who like it",
    "share of them of late",
    "length of the history",
    "share of its category in the history",
    "price",
    "price against the history's",
)


def facts_of(train: Train) -> ItemFacts:
    """The facts of a training part."""
    many = len(train.item_ids)
    liked = np.bincount(train.positives.indices, minlength=many)
    price = train.items["price"].to_numpy(np.float64) if "price" in train.items else np.full(many, np.nan)
    return ItemFacts(np.log1p(liked), _recent(train, many), price, categories_of(train.items))


def _recent(train: Train, many: int) -> FloatArray:
    if not train.rank.any():
        return np.full(many, np.nan)
    late = train.rank >= np.quantile(train.rank, 0.9)
    return np.bincount(train.item[late], minlength=many) / np.maximum(
        np.bincount(train.item, minlength=many), 1
    )


def features(
    facts: ItemFacts,
    scores: Sequence[FloatArray],
    ranks: Sequence[FloatArray],
    history: csr_array,
    items: IntArray,
) -> FloatArray:
    """(B·P, 2S + 6) float64 features of P candidates of B people, in the order of `names`.

    scores, ranks: S sources' scores (0 to 1) and reciprocal ranks of all items, (B, I) each.
    """
    shown = np.maximum(items, 0)
    from_sources = [
        np.take_along_axis(found, shown, axis=1) for pair in zip(scores, ranks, strict=True) for found in pair
    ]
    length = np.log1p(np.diff(history.indptr))[:, None] + np.zeros(items.shape)
    wanted = facts.categories.of(history)
    fit = (
        np.stack([(facts.categories.shares[own] @ mine) for own, mine in zip(shown, wanted, strict=True)])
        if facts.categories.names
        else np.full(items.shape, np.nan)
    )
    price = facts.price[shown]
    usual = _usual_price(facts.price, history)[:, None]
    gap = np.divide(price, usual, out=np.full(price.shape, np.nan), where=usual > 0)
    found = [*from_sources, facts.popularity[shown], facts.recent[shown], length, fit, price, gap]
    return np.stack(found, axis=-1).reshape(-1, len(found)).astype(np.float64)


def _usual_price(price: FloatArray, history: csr_array) -> FloatArray:
    """(B,) mean price of what each history holds; NaN where none is known."""
    known = np.where(np.isfinite(price), price, 0)
    count = np.asarray(history @ np.isfinite(price).astype(np.float64))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(history @ known) / count


def names(sources: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns of `features`."""
    from_sources = [f"{what} {source}" for source in sources for what in ("score by", "reciprocal rank by")]
    return (*from_sources, *NAMES)
