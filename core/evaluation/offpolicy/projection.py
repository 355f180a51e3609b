"""A projection where nothing was logged: clicks and sales simulated from held-out items under assumptions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from core.evaluation.comparison import Comparison
from core.evaluation.uncertainty import Estimate, estimates, resampled
from core.types import BoolArray, FloatArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step

Chance = Annotated[float, Field(ge=0, le=1)]
TIMES = 2.0  # each assumption is halved and doubled in turn
RATES = ("ctr", "ctcvr", "cvr")


@artifact
class Assumptions(BaseModel):
    """What is taken for granted. None of it comes from the data."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    decay: Annotated[
        float, Field(ge=0, le=3, description="A position k is looked at with chance k^-this")
    ] = 0.7
    click_wanted: Annotated[
        Chance, Field(description="Chance of a click on a held-out item that is looked at")
    ] = 0.3
    click_other: Annotated[Chance, Field(description="The same of any other item")] = 0.03
    buy_wanted: Annotated[
        Chance, Field(description="Chance of a purchase after a click on a held-out item")
    ] = 0.2
    buy_other: Annotated[Chance, Field(description="The same of any other item")] = 0.05

    def varied(self) -> Iterator[tuple[str, "Assumptions"]]:
        """Each assumption halved, then doubled, the others as they are; chances stay below 1."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            for changed in (value / TIMES, value * TIMES):
                most = 3.0 if name == "decay" else 1.0
                yield name, self.model_copy(update={name: min(changed, most)})


@artifact
@dataclass(frozen=True)
class Asked:
    """Under what, for lists of which length."""

    assumptions: Assumptions
    k: int


@artifact
@dataclass(frozen=True)
class Projected:
    """One rate of one recommender: its interval over people, and how far the assumptions move it."""

    entry: int  # row of the comparison
    metric: str
    estimate: Estimate
    low: float  # the least that halving or doubling one assumption gives
    high: float


@artifact
@dataclass(frozen=True)
class Projection:
    """All rates, and whether the order rests on the assumptions."""

    figures: tuple[Projected, ...]
    leader: int  # by ctr
    leads: int  # in how many of the variations it leads still
    variations: int


@step(version=1, called="Simulating clicks and sales")
def projection(comparison: Comparison, *, settings: Asked, report: Report) -> Projection:
    """What lists would get if the assumptions held. Simulated: it knows no more than relevance does.

    A position k is looked at with chance k^-decay. What is looked at is clicked, then bought, with chances
    that depend on whether it is held out for the person (Craswell et al. 2008, §3.2).
    """
    hits = [
        _hits(comparison, row, settings.k)[_asked(comparison, row)] for row in range(len(comparison.entries))
    ]
    seed = comparison.experiment.seed
    whole = [_rates(found, settings.assumptions) for found in hits]  # (U, 2) each
    moved = [
        np.array([_means(_rates(found, other)) for _, other in settings.assumptions.varied()])
        for found in hits
    ]  # (V, 3) each
    figures: list[Projected] = []
    for row, rates in enumerate(whole):
        report(row / len(whole), "Resampling people")
        draws = resampled(rates, seed)
        with np.errstate(invalid="ignore", divide="ignore"):
            draws = np.vstack([draws, draws[1] / draws[0]])
        values = _means(rates)
        n = np.full(3, len(rates))
        band = moved[row]
        for at, one in enumerate(estimates(values, draws, n)):
            low, high = float(band[:, at].min()), float(band[:, at].max())
            figures.append(Projected(row, RATES[at], one, low, high))
    leader = int(np.argmax([_means(rates)[0] for rates in whole]))
    ctr = np.stack([band[:, 0] for band in moved])  # (R, V)
    return Projection(tuple(figures), leader, int((ctr.argmax(axis=0) == leader).sum()), ctr.shape[1])


def _asked(comparison: Comparison, row: int) -> BoolArray:
    asked = comparison.ranked[row].asked
    return np.ones(len(comparison.user_ids), dtype=bool) if asked is None else asked


def _hits(comparison: Comparison, row: int, k: int) -> BoolArray:
    """(U, k) which places hold a held-out item."""
    items = comparison.ranked[row].items[:, :k]
    many = len(comparison.item_ids)
    truth = comparison.truth.tocoo()
    held = truth.row.astype(np.int64) * many + truth.col
    people = np.arange(len(items), dtype=np.int64)[:, None]
    found: BoolArray = np.isin(people * many + items, held) & (items >= 0)
    return found


def _rates(hits: BoolArray, how: Assumptions) -> FloatArray:
    """(U, 2) expected clicks and purchases per impression of each person."""
    looked = np.arange(1.0, hits.shape[1] + 1) ** -how.decay
    clicked = looked * np.where(hits, how.click_wanted, how.click_other)
    bought = clicked * np.where(hits, how.buy_wanted, how.buy_other)
    return np.stack([clicked.mean(axis=1), bought.mean(axis=1)], axis=1)


def _means(rates: FloatArray) -> FloatArray:
    """(3,) ctr, ctcvr, cvr."""
    ctr, ctcvr = rates.mean(axis=0)
    return np.array([ctr, ctcvr, ctcvr / ctr if ctr else np.nan])
