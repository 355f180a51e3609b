"""The settings of a recommender as a form, a table or a search space shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from core.recommenders.base import LogScale, NamesRecommender, names_recommenders

Kind = Literal["choice", "flag", "whole", "number", "text", "open", "part", "parts"]


@dataclass(frozen=True)
class Search:
    """Marks a setting that tuning searches in a narrower range than its bounds, by factors where `log` is."""

    low: float
    high: float
    log: bool = False


@dataclass(frozen=True)
class Suggested:
    """Marks a text setting for which a form can offer values; others may be written, as specs."""

    values: Callable[[], tuple[str, ...]]


@dataclass(frozen=True)
class Option:
    """One setting: its kind, bounds (inclusive; None = open), choices, default and description."""

    name: str
    kind: Kind
    default: Any
    description: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    log: bool = False  # spread over magnitudes
    search: Search | None = None  # where tuning looks; None = within the bounds

    @property
    def bounds(self) -> str:
        """The values that are allowed, in short: "1 to 5,000", "cosine, jaccard"."""
        if self.choices:
            return ", ".join(self.choices)
        if self.low is None or self.high is None:
            return {"flag": "yes, no"}.get(self.kind, "")
        return f"{self.low:,g} to {self.high:,g}"


def options_of(declared: type[BaseModel]) -> tuple[Option, ...]:
    """The settings of a recommender, or of an encoder, in the order of declaration.

    >>> from core.recommenders.ease import EASE
    >>> options_of(EASE)[0].bounds
    '1 to 100,000'
    """
    return tuple(_option(name, field) for name, field in declared.model_fields.items())


def _option(name: str, field: FieldInfo) -> Option:
    kind, choices = _kind(field.annotation)
    if names_recommenders(field.metadata):
        kind = "part" if NamesRecommender in field.metadata else "parts"
    suggested = next((rule for rule in field.metadata if isinstance(rule, Suggested)), None)
    if suggested is not None:
        kind, choices = "open", suggested.values()
    low: Any = None
    high: Any = None
    for rule in field.metadata:
        low = rule.ge if isinstance(rule, Ge) else rule.gt if isinstance(rule, Gt) else low
        high = rule.le if isinstance(rule, Le) else rule.lt if isinstance(rule, Lt) else high
    log = any(rule is LogScale or isinstance(rule, LogScale) for rule in field.metadata)
    search = next((rule for rule in field.metadata if isinstance(rule, Search)), None)
    return Option(name, kind, field.default, field.description or "", low, high, choices, log, search)


def _kind(annotation: Any) -> tuple[Kind, tuple[str, ...]]:
    if get_origin(annotation) is Literal:
        return "choice", tuple(map(str, get_args(annotation)))
    kinds: dict[Any, Kind] = {bool: "flag", int: "whole", float: "number"}
    return kinds.get(annotation, "text"), ()
