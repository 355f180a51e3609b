"""Colours and markers: they say which recommender, and nothing else.

Okabe and Ito's colours, darkened where needed to a contrast of 3:1 on both grounds (a test
computes it). Nothing is stored: a recommender's colour follows from the registry and the selection,
so it is the same on every page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.recommenders.base import RECOMMENDERS

GROUNDS = {"light": "#ffffff", "dark": "#14171a"}
SECOND_GROUNDS = {"light": "#f4f5f7", "dark": "#1e2226"}
INKS = {"light": "#1c1f23", "dark": "#e6e8ea"}
MUTED = {"light": "#5b626b", "dark": "#a4abb3"}

# blue, vermillion, bluish green, reddish purple, orange, sky blue, yellow
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#b8618f", "#b57d00", "#2f8fc4", "#857f00")
# Plotly's names of the shapes
MARKERS = ("circle", "square", "diamond", "triangle-up", "pentagon", "hexagon", "star")
MOST = len(COLOURS)

# The same shapes as SVG paths around (0, 0), about 10 units wide
PATHS = {
    "circle": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z",
    "square": "M-4.5 -4.5H4.5V4.5H-4.5Z",
    "diamond": "M0 -6L6 0L0 6L-6 0Z",
    "triangle-up": "M0 -5.6L5.6 4.4H-5.6Z",
    "pentagon": "M0 -5.6L5.4 -1.7L3.3 4.6H-3.3L-5.4 -1.7Z",
    "hexagon": "M-2.9 -5H2.9L5.8 0L2.9 5H-2.9L-5.8 0Z",
    "star": "M0 -6.6L1.8 -2.2L6.4 -2L2.8 0.9L4 5.4L0 2.8L-4 5.4L-2.8 0.9L-6.4 -2L-1.8 -2.2Z",
}


@dataclass(frozen=True)
class Style:
    """How a recommender is drawn."""

    colour: str
    marker: str  # a key of PATHS, and Plotly's name of the shape

    @property
    def path(self) -> str:
        """The marker as an SVG path around (0, 0)."""
        return PATHS[self.marker]


# Seen most often: they look the same whatever else is selected.
FIRST = ("ease", "item_knn", "popularity", "random", "tfidf", "user_knn")


def styles(specs: Sequence[str]) -> dict[str, Style]:
    """The style of each of at most MOST recommenders, by spec.

    Each takes the place of its name in the registry, with those of FIRST before the others; where two
    want one place, those of FIRST keep theirs, and of others the later in the selection takes the next free.
    """
    names = list(dict.fromkeys([*FIRST, *RECOMMENDERS.all()]))
    taken: dict[str, int] = {}
    chosen = specs[:MOST]
    for spec in sorted(chosen, key=lambda one: one.partition("(")[0] not in FIRST):
        name = spec.partition("(")[0]
        place = (names.index(name) if name in names else 0) % MOST
        while place in taken.values():
            place = (place + 1) % MOST
        taken[spec] = place
    return {spec: Style(COLOURS[taken[spec]], MARKERS[taken[spec]]) for spec in chosen}


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours, 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
