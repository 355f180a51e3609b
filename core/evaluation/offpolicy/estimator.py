"""Estimators as declared functions: the formula that Methods shows stands beside the code."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

import numpy as np

from core.evaluation.offpolicy.rows import Rows
from core.types import FloatArray, PlaceArray
from core.work.plugins import unknown

Weights = Literal["item", "examined", "prefix", "slate", "chosen"]
Need = Literal["examination", "prefix", "slate", "model", "onward", "one list", "independent"]
Applied = Callable[..., FloatArray]  # weights as an estimator uses them, under its setting


@dataclass(frozen=True)
class Sums:
    """An estimate as a function of sums over impressions, so that a resample of people needs only their sums.

    `value` takes the totals of the terms, each (…), or (K, …) by position, and gives (…): reward per
    impression.
    """

    terms: Sequence[FloatArray]  # T times (N,)
    value: Callable[..., FloatArray]
    by_position: bool = False  # whether terms are summed position by position


# From how often each person is drawn (b, U), and examination in each draw (b, K), to estimates (b,).
Redraw = Callable[[FloatArray, FloatArray], FloatArray]
Redrawn = Callable[[Rows, PlaceArray, int], Redraw]  # of rows, whose they are (N,), among so many people


@dataclass(frozen=True)
class Estimator:
    """An estimator with its definition and what it assumes."""

    name: str
    label: str
    formula: str  # LaTeX
    source: str
    assumes: str
    fails: str
    weights: Weights  # which weights its effective sample size is of
    needs: tuple[Need, ...]
    sums: Callable[..., Sums]
    settings: dict[str, float] = field(default_factory=dict)
    redrawn: Redrawn | None = None
    applied: Applied | None = None

    def value(self, rows: Rows, **settings: Any) -> float:
        """The estimate, reward per impression; NaN where it is not defined."""
        made = self.sums(rows, **{**self.settings, **settings})
        return float(made.value(*totals(made, rows)))

    def weights_of(self, rows: Rows) -> FloatArray:
        """(N,), or (S,) for whole slates: the weights that its effective sample size is of."""
        if self.weights == "examined":
            return rows.examined_weight
        if self.weights == "slate":
            return rows.per_slate_weight
        found = {"item": rows.weight, "prefix": rows.prefix_weight, "chosen": rows.chosen}[self.weights]
        assert found is not None
        return found

    @property
    def leans(self) -> bool:
        """Whether a model stands uncorrected where weights are left out."""
        return self.applied is not None and "model" in self.needs

    def applied_to(self, weights: FloatArray) -> FloatArray:
        """(N,) weights as it uses them: clipped or shrunk where it does that."""
        return weights if self.applied is None else self.applied(weights, *self.settings.values())

    def lacking(self, rows: Rows) -> tuple[Need, ...]:
        """What it needs and the log, or the target, can't tell."""
        there = {
            "examination": rows.examination,
            "prefix": rows.prefix_weight,
            "slate": rows.slate_weight,
            "model": rows.modelled,
            "onward": rows.modelled_on,
            "one list": rows.chosen,
            "independent": rows.independent,
        }
        return tuple(need for need in self.needs if there[need] is None)


_DECLARED: dict[str, Estimator] = {}


def estimator(
    name: str,
    label: str,
    *,
    formula: str,
    source: str,
    assumes: str,
    fails: str,
    weights: Weights = "item",
    needs: tuple[Need, ...] = (),
    redrawn: Redrawn | None = None,
    applied: Applied | None = None,
    **settings: float,
) -> Callable[[Callable[..., Sums]], Callable[..., Sums]]:
    """Declares the function below as an estimator; further keywords are its settings."""

    def declare(sums: Callable[..., Sums]) -> Callable[..., Sums]:
        _DECLARED[name] = Estimator(
            name, label, formula, source, assumes, fails, weights, needs, sums, settings, redrawn, applied
        )
        return sums

    return declare


def estimators() -> dict[str, Estimator]:
    """All that are declared, in the order of their files and lines."""
    package = import_module("core.evaluation.offpolicy.estimators")
    for module in sorted(one.name for one in iter_modules(package.__path__)):
        import_module(f"{package.__name__}.{module}")
    return _DECLARED


def estimator_of(name: str) -> Estimator:
    """The estimator of a name; raises BadInput for one that there is not."""
    known = estimators()
    if name not in known:
        raise unknown("estimator", name[:60], list(known))
    return known[name]


def totals(made: Sums, rows: Rows) -> FloatArray:
    """(T,) or (T, K): the terms summed over all impressions."""
    if not made.by_position:
        return np.array([term.sum() for term in made.terms])
    return np.stack([np.bincount(rows.position, term) for term in made.terms])


def mean(*totals: FloatArray) -> FloatArray:
    """The first total over the second: a mean where the second counts."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.divide(totals[0], totals[1])
