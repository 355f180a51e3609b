"""Tunings that this installation has done: which settings of a comparison were tuned, and how much was tried.

A record holds settings and figures, no ids of people.
"""

import math
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.evaluation.division import DIVIDES
from core.evaluation.experiment import Experiment
from core.recommenders.base import recommender_of
from core.work import kept_json
from core.work.errors import BadInput
from core.work.settings import settings

if TYPE_CHECKING:
    from core.evaluation.comparison import Comparison
    from core.evaluation.tuning import Tuned

MOST = 500  # records of an installation
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Kept:
    """One tuning: on which data and division, what it found, and with which budget."""

    data: str  # fingerprint of the data set
    division: dict[str, Any]  # what made the parts, as the experiment says it
    recommender: str  # name in the registry
    spec: str  # with the best settings
    trials: int
    metric: str
    k: int
    sampler: str
    value: float | None  # of the best on the validation part
    default_value: float | None  # of the default; None where it failed
    people: int  # of the validation part

    @property
    def settings(self) -> dict[str, Any] | None:
        """All settings of the spec; None where it is no longer understood."""
        try:
            return recommender_of(self.spec).model_dump(mode="json")
        except BadInput:
            return None


def tunings_file() -> Path:
    """Where this installation keeps its tunings."""
    return settings().home / "tunings.json"


def keep(found: "Tuned", division: Experiment, data: str) -> None:
    """Keeps what a tuning found, in place of an earlier one that found the same by the same metric.

    Where there was nothing to search, nothing was tuned and nothing is kept.
    """
    if found.combinations <= 1:
        return
    made = Kept(
        data,
        _division(division),
        found.recommender,
        found.spec,
        len(found.history),
        found.tuning.metric,
        found.tuning.k,
        found.tuning.sampler,
        _number(found.value),
        _number(found.default_value),
        found.people,
    )
    with _LOCK:
        others = [one for one in _read() if _same(one) != _same(made)]
        kept_json.write(tunings_file(), [asdict(one) for one in [*others, made][-MOST:]])


def tuned_of(comparison: "Comparison") -> dict[str, Kept]:
    """Spec → the tuning that found its settings, on these data and parts; the latest where there are several.

    Settings that were not tuned here, and ready-made lists, are not there.
    """
    experiment = comparison.experiment
    here = [
        (one, one.settings)
        for one in _read()
        if one.data == comparison.facts.fingerprint and one.division == _division(experiment)
    ]
    return {
        entry.spec: one
        for entry in comparison.entries
        if entry.spec not in experiment.recommendations
        for one, chosen in here
        if chosen == entry.settings and one.recommender == entry.spec.partition("(")[0]
    }


def _division(experiment: Experiment) -> dict[str, Any]:
    found = experiment.to_json()
    return {name: found[name] for name in DIVIDES}


def _same(one: Kept) -> tuple[Any, ...]:
    return one.data, sorted(one.division.items(), key=str), one.spec, one.metric, one.k


def _read() -> list[Kept]:
    return kept_json.read(tunings_file(), _made, [])


def _made(found: Any) -> list[Kept]:
    return [Kept(**one) for one in found]


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
