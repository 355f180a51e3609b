"""The gate: whether an estimate may be shown, by how many events it rests on."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.evaluation.differing import FEWEST
from core.types import FloatArray
from core.work.artifacts import artifact

REFUSE, GREEN = 15.0, 60.0  # effective events
FAR, TOO_FAR = 0.1, 0.5  # of 1: a mean weight so far off, beyond its own noise, is amber, or refused
WRONG = 0.1  # of its value: a model that the log contradicts by more is refused
SURE = 3  # standard errors
MOST_OF_ONE = 0.25  # of the weighted events: one person's share beyond which nothing is green

Grade = Literal["green", "amber", "refused"]
ORDER: tuple[Grade, ...] = ("green", "amber", "refused")


@artifact
@dataclass(frozen=True)
class Support:
    """What an estimate rests on."""

    ess: float  # effective sample size (Σ w)² / Σ w² (Kish 1965, §11.7)
    rate: float  # pooled: reward events per impression of the log
    observed: float  # effective number of weighted events: (Σ w r)² / Σ (w r)²
    people: int
    mean_weight: float  # 1 where the log could show all of the target, by right chances; NaN: not defined
    mean_weight_sd: float  # its standard error, over people
    most_of_one: float  # share of the weighted events that one person has
    error: float = float("nan")  # of a model, per impression: what the log says beyond what it expects
    error_sd: float = float("nan")  # its standard error, over people

    @property
    def effective_events(self) -> float:
        """E = ESS × rate."""
        return self.ess * self.rate


@artifact
@dataclass(frozen=True)
class Verdict:
    """Green, amber or refused, and why not green."""

    grade: Grade
    code: str  # which sentence of words.reason says why; "" where it is green
    more: float  # how many times as many slates would give the events that are wanted; 1 = enough


def effective_sample_size(weights: FloatArray) -> float:
    """(Σ w)² / Σ w²; 0 where nothing matches."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0


def verdict(support: Support, value: float, doubt: str = "") -> Verdict:
    """The gate of an estimate; one grade lower where the whole log is in `doubt`: "log" or "fitted"."""
    found = _verdict(support, value)
    if not doubt or found.grade == "refused":
        return found
    return Verdict("amber" if found.grade == "green" else "refused", doubt, found.more)


def of_ratio(above: Verdict, below: Verdict, observed: float) -> Verdict:
    """The gate of a ratio of two estimates: the worse of both, and refused where few events are above."""
    worse = max(above, below, key=lambda one: ORDER.index(one.grade))
    if worse.grade == "refused" or observed >= REFUSE:
        return worse
    return Verdict("refused", "observed", REFUSE / observed)


def _verdict(support: Support, value: float) -> Verdict:
    events = support.effective_events
    if support.people < FEWEST:
        return Verdict("refused", "people", 1.0)
    if not support.observed:
        return Verdict("refused", "nothing", 1.0)
    if not events >= REFUSE:
        return Verdict("refused", "few", REFUSE / events if events > 0 else float("inf"))
    off = abs(support.mean_weight - 1)
    sure = np.isfinite(off) and off > SURE * support.mean_weight_sd
    if sure and off > TOO_FAR:
        return Verdict("refused", "weights", 1.0)
    if abs(support.error) > max(SURE * support.error_sd, WRONG * abs(value)):
        return Verdict("refused", "model", 1.0)
    if np.isfinite(support.error):
        return Verdict("amber", "based", 1.0)
    if events <= GREEN:
        return Verdict("amber", "some", GREEN / events)
    if support.observed < REFUSE:
        return Verdict("amber", "observed", 1.0)
    if sure and off > FAR:
        return Verdict("amber", "weights", 1.0)
    return (
        Verdict("amber", "one person", 1.0)
        if support.most_of_one > MOST_OF_ONE
        else Verdict("green", "", 1.0)
    )
