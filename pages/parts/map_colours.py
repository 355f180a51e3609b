"""What colours a map: groups of points, each with its colour. Pure.

Colour means which recommender everywhere else; here groups have greyed hues of their own, numbers go from
grey to ink, and a difference of two recommenders goes from one's colour to the other's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.types import BoolArray, FloatArray
from pages.parts import numbers
from pages.parts.words import _

HUES = (
    *("#5f7fa3", "#b0803f", "#5d9474", "#a8688c", "#7d73b0", "#3f8f95"),
    *("#9a8b2f", "#a95f57", "#64748b", "#7f9a3f", "#8f7a66", "#6d8fbf"),
)
NONE = "#8b929a"  # no group, no value
FADED = {"light": "#d9dde2", "dark": "#343a41"}  # what is not selected
RAMP = {
    "light": ("#c3ccd6", "#93aac2", "#5f86ad", "#2f6295", "#0b3c6b"),
    "dark": ("#3c4854", "#4d6780", "#6b8fb3", "#95b9dc", "#d2e6fa"),
}
MIDDLE = {"light": "#c9ced4", "dark": "#4a525a"}


@dataclass(frozen=True)
class Group:
    """Points of one colour."""

    name: str
    colour: str
    rows: BoolArray  # (N,)


def of_labels(labels: np.ndarray, names: Sequence[str], nothing: str) -> list[Group]:
    """A group for each label from 0 on, and one for −1; those beyond the hues share a grey."""
    found = [
        Group(names[at], HUES[at], labels == at)
        for at in range(min(len(names), len(HUES)))
        if (labels == at).any()
    ]
    if (rest := labels >= len(HUES)).any():
        found.append(Group(_("others"), "#7b828b", rest))
    if (none := labels < 0).any():
        found.append(Group(nothing, NONE, none))
    return found


def of_texts(values: pd.Series) -> list[Group]:
    """A group for each value, the most frequent first."""
    counts = values.dropna().astype("str").value_counts()
    names = sorted(counts.index, key=lambda name: (-counts[name], name))
    place = {name: at for at, name in enumerate(names)}
    labels = np.array([place.get(str(value), -1) if pd.notna(value) else -1 for value in values])
    return of_labels(labels, names, _("not known"))


def of_numbers(values: FloatArray, ground: str, edges: Sequence[float] | None = None) -> list[Group]:
    """Five steps from grey to ink, by fifths of the people unless edges are given; NaN apart."""
    known = np.isfinite(values)
    if edges is None:
        edges = np.unique(np.quantile(values[known], np.linspace(0, 1, 6))).tolist() if known.any() else []
    found = []
    ramp = RAMP[ground]
    many = max(len(edges) - 1, 1)
    for at in range(len(edges) - 1):
        last = at == len(edges) - 2
        rows = known & (values >= edges[at]) & ((values <= edges[-1]) if last else (values < edges[at + 1]))
        if rows.any():
            name = f"{numbers.figure(edges[at])} – {numbers.figure(edges[at + 1])}"
            found.append(Group(name, ramp[round(at * (len(ramp) - 1) / max(many - 1, 1))], rows))
    if not found and known.any():
        found.append(Group(numbers.figure(float(values[known][0])), ramp[2], known))
    if (~known).any():
        found.append(Group(_("no value"), NONE, ~known))
    return found


def of_metric(values: FloatArray, ground: str) -> list[Group]:
    """A metric from 0 to 1 per person: none, and quarters."""
    known = np.isfinite(values)
    zero = known & (values == 0)
    rest = of_numbers(np.where(zero, np.nan, values), ground, (0, 0.25, 0.5, 0.75, 1))
    rest = [group for group in rest if group.colour != NONE]
    found = [Group("0", FADED_ZERO[ground], zero)] if zero.any() else []
    found += rest
    if (~known).any():
        found.append(Group(_("nothing held out"), NONE, ~known))
    return found


FADED_ZERO = {"light": "#d98a80", "dark": "#8a4f48"}  # nobody was found anything


def of_difference(
    values: FloatArray, ground: str, first: tuple[str, str], second: tuple[str, str]
) -> list[Group]:
    """A paired difference, centred on zero: (label, colour) of the first where it is positive."""
    known = np.isfinite(values)
    steps = (
        (_("{name} better by more than .5").format(name=second[0]), second[1], values < -0.5),
        (
            _("{name} better").format(name=second[0]),
            mixed(second[1], MIDDLE[ground]),
            (values < 0) & (values >= -0.5),
        ),
        (_("equal"), MIDDLE[ground], values == 0),
        (
            _("{name} better").format(name=first[0]),
            mixed(first[1], MIDDLE[ground]),
            (values > 0) & (values <= 0.5),
        ),
        (_("{name} better by more than .5").format(name=first[0]), first[1], values > 0.5),
    )
    found = [Group(name, colour, known & rows) for name, colour, rows in steps if (known & rows).any()]
    if (~known).any():
        found.append(Group(_("nothing held out"), NONE, ~known))
    return found


def mixed(one: str, other: str) -> str:
    """The colour halfway between two.

    >>> mixed("#000000", "#ffffff")
    '#808080'
    """
    parts = [(int(one[at : at + 2], 16) + int(other[at : at + 2], 16) + 1) // 2 for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)
