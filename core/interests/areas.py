"""Areas drawn on a map: which points lie inside, and how an area is written in a URL."""

import numpy as np

from core.types import BoolArray, FloatArray
from core.work.errors import BadInput

MOST_CORNERS = 80  # of a polygon in a URL
MOST_AREAS = 10


def inside(places: FloatArray, corners: FloatArray) -> BoolArray:
    """(N,) whether each place (N, 2) lies in the polygon (C, 2): even-odd rule, edges may count or not.

    >>> inside(np.array([[1, 1], [3, 1]]), np.array([[0, 0], [2, 0], [2, 2], [0, 2]]))
    array([ True, False])
    """
    found = np.zeros(len(places), dtype=bool)
    if len(corners) < 3:
        return found
    x, y = places[:, 0].astype(np.float64), places[:, 1].astype(np.float64)
    box = (x >= corners[:, 0].min()) & (x <= corners[:, 0].max())
    rows = np.flatnonzero(box & (y >= corners[:, 1].min()) & (y <= corners[:, 1].max()))
    x, y, within = x[rows], y[rows], np.zeros(len(rows), dtype=bool)
    before = corners[-1]
    for corner in corners:
        (x1, y1), (x2, y2) = before.tolist(), corner.tolist()
        if y1 != y2:
            crosses = (y1 > y) != (y2 > y)
            within ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
        before = corner
    found[rows] = within
    return found


def written(areas: list[FloatArray]) -> str:
    """Polygons as text: `x,y;x,y;…` with two decimals, `!` between polygons; at most 80 corners each."""
    return "!".join(
        ";".join(f"{x:.2f},{y:.2f}" for x, y in thinned(area).tolist()) for area in areas[:MOST_AREAS]
    )


def thinned(area: FloatArray) -> FloatArray:
    """The polygon with every so-manieth corner, so that 80 are left at most."""
    step = -(-len(area) // MOST_CORNERS)
    return area[::step] if step > 1 else area


def read(text: str) -> list[FloatArray]:
    """The polygons of a text; raises BadInput where it is none."""
    try:
        found = [
            np.array([[float(number) for number in corner.split(",")] for corner in area.split(";")])
            for area in text.split("!")
        ]
    except ValueError:
        found = []
    if not found or any(
        area.ndim != 2
        or area.shape[1] != 2
        or not 3 <= len(area) <= MOST_CORNERS
        or not np.isfinite(area).all()
        for area in found
    ):
        raise BadInput(
            f"{text[:40]!r} is no area of a map.", "three corners or more, as 0,0;1,0;1,1.", "draw it again."
        )
    return found[:MOST_AREAS]
