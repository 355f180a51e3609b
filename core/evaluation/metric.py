"""How metrics are declared: a function and a decorator that says what Methods shows of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

from core.evaluation.judged import Judged
from core.types import FloatArray
from core.work.errors import BadInput
from core.work.plugins import modules, unknown

PerUser = Callable[[Judged, int], FloatArray]
Catalogue = Callable[[FloatArray, int], FloatArray]
F = TypeVar("F", bound=Callable[..., object])
Needs = Literal["hits", "around", "places", "ratings"]


@dataclass(frozen=True)
class Metric:
    """A metric: its function and its definition. `variant` tells two definitions of one name apart."""

    name: str
    label: str
    variant: str
    better: Literal["higher", "lower"]
    formula: str  # LaTeX
    source: str
    meaning: str  # one sentence in plain words
    compute: PerUser | None = None
    over_lists: Catalogue | None = None  # a catalogue metric: lists → one value
    serves: bool = True  # whether a better value means that people are served better: it counts their hits
    needs: Needs = "hits"  # what of a Judged it is made from beside the hits; without it, it is not defined
    cut: bool = True  # whether it looks at the first k only; else it is of the whole ranking, and has no k

    @property
    def key(self) -> tuple[str, str]:
        """Name and variant."""
        return self.name, self.variant

    @property
    def decides(self) -> bool:
        """Whether settings can be tuned by it: a mean over people of hits in lists alone."""
        return self.compute is not None and self.needs == "hits"

    def cuts(self, cutoffs: tuple[int, ...]) -> tuple[int, ...]:
        """The cut-offs that it has a value at; 0 stands for the whole ranking."""
        return cutoffs if self.cut else (0,)

    def values(self, judged: Judged, k: int) -> FloatArray:
        """(U,) float64, one a person.

        NaN for those who were not asked about or for whom it is not defined, where what it needs is not
        known, and for a catalogue metric.
        """
        if self.compute is None or (self.needs != "hits" and getattr(judged, self.needs) is None):
            return np.full(len(judged.relevant), np.nan)
        found = self.compute(judged, k).astype(np.float64)
        return found if judged.asked is None else np.where(judged.asked, found, np.nan)


def metric(
    label: str,
    *,
    better: Literal["higher", "lower"],
    formula: str,
    source: str,
    name: str | None = None,
    variant: str = "standard",
    serves: bool = True,
    needs: Needs = "hits",
    cut: bool = True,
) -> Callable[[PerUser], PerUser]:
    """Declares `f(judged, k) -> (U,)`, one value per person, NaN where it is not defined for a person."""

    def declare(function: PerUser) -> PerUser:
        about = (name or function.__name__, label, variant, better, formula, source, _meaning(function))
        return _marked(function, Metric(*about, compute=function, serves=serves, needs=needs, cut=cut))

    return declare


def catalogue_metric(
    label: str,
    *,
    better: Literal["higher", "lower"],
    formula: str,
    source: str,
    name: str | None = None,
    variant: str = "standard",
) -> Callable[[Catalogue], Catalogue]:
    """Declares `f(shown, k) -> (B,)`, one value for all lists, from how often each item is shown, (B, I).

    Its interval comes from resampling people: each of the B rows is one draw of them.
    """

    def declare(function: Catalogue) -> Catalogue:
        about = (name or function.__name__, label, variant, better, formula, source, _meaning(function))
        return _marked(function, Metric(*about, over_lists=function, serves=False))

    return declare


def metrics() -> dict[tuple[str, str], Metric]:
    """Every declared metric by (name, variant), in the order of declaration."""
    found: dict[tuple[str, str], Metric] = {}
    for module in modules("core.evaluation.metrics"):
        for value in vars(module).values():
            declared = getattr(value, "metric", None)
            if isinstance(declared, Metric) and value.__module__ == module.__name__:
                found[declared.key] = declared
    return found


def metrics_named(names: tuple[str, ...]) -> list[Metric]:
    """The metrics of these names with all their variants; raises BadInput for a name that is not there."""
    known = metrics()
    there = list(dict.fromkeys(name for name, _ in known))
    for name in names:
        if name not in there:
            raise unknown("metric", name, there)
    return [known[key] for name in dict.fromkeys(names) for key in known if key[0] == name]


def _marked(function: F, declared: Metric) -> F:
    """The function itself, known to `metrics` from now on."""
    vars(function)["metric"] = declared
    return function


def _meaning(function: Callable[..., object]) -> str:
    text = (function.__doc__ or "").strip().split("\n\n")[0]
    if not text:
        raise BadInput(
            f"The metric {function.__name__} has no docstring.",
            "one sentence that says what it means.",
            "write it.",
        )
    return " ".join(text.split())
