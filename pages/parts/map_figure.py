"""The map as a chart of ECharts. Pure: takes places, groups and labels, and returns its options."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.types import BoolArray, FloatArray, TextArray
from pages.parts.map_colours import FADED, Group
from pages.parts.palette import GROUNDS, INKS
from pages.parts.text import plain

LARGE = 20_000  # points: from here on they are drawn in batches
WIDE = 130  # pixels of a label until it breaks into lines
MARGIN = 0.09  # of the map's width, so that no label is cut


@dataclass(frozen=True)
class Label:
    """A name on the map: where, and how many points it stands for."""

    text: str
    x: float
    y: float
    size: int


def options(
    places: FloatArray,
    ids: TextArray,
    groups: Sequence[Group],
    selected: BoolArray | None,
    labels: Sequence[Label],
    ground: str,
    focus: int | None = None,
    outline: Sequence[FloatArray] = (),
    new: int = 0,
) -> dict[str, Any]:
    """Points (N, 2) in the colours of their groups, those that are not selected greyed; names over them.

    `focus` is the row that is flown to; `outline` the areas (C, 2) that a link selects. Names that would
    overlap are left out until zooming makes room, those of large clusters stay. The last `new` points are
    hollow: they are placed approximately.
    """
    size = 9 if len(places) < 500 else 6 if len(places) < 5_000 else 4 if len(places) < LARGE else 2.5
    datasets, series = [], []

    hollow = np.arange(len(places)) >= len(places) - new

    def add(rows: BoolArray, colour: str, name: str, z: int) -> None:
        series_of(rows & ~hollow, {"color": colour, "opacity": 0.85}, name, z)
        series_of(rows & hollow, {"color": "transparent", "borderColor": colour, "borderWidth": 1.5}, name, z)

    def series_of(rows: BoolArray, style: dict[str, Any], name: str, z: int) -> None:
        if not rows.any():
            return
        frame = {
            "x": places[rows, 0].round(3),
            "y": places[rows, 1].round(3),
            "id": [plain(str(i), 60) for i in ids[rows]],
        }
        datasets.append({"source": pd.DataFrame(frame)})
        series.append(
            {
                "type": "scatter",
                "name": plain(name, 60),
                "datasetIndex": len(datasets) - 1,
                "encode": {"x": "x", "y": "y", "tooltip": ["id"], "itemName": "id"},
                "symbolSize": size,
                "itemStyle": style,
                "large": len(places) > LARGE,
                "largeThreshold": LARGE,
                "z": z,
            }
        )

    chosen = selected if selected is not None else np.ones(len(places), dtype=bool)
    add(~chosen, FADED[ground], "", 2)
    for group in groups:
        add(group.rows & chosen, group.colour, group.name, 3)
    points = len(series)
    series += [_outline(area, ground) for area in outline]
    if focus is not None:
        series.append(_focus(places[focus], plain(str(ids[focus]), 40), ground))
    series.append(_names(labels, ground))
    return {
        "dataset": datasets,
        "series": series,
        "animation": False,
        "grid": {"left": 44, "right": 44, "top": 34, "bottom": 12},
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "xAxis": _axis(places[:, 0]),
        "yAxis": _axis(places[:, 1]),
        "dataZoom": _zoom(places, focus),
        "brush": {
            "toolbox": ["polygon", "rect", "keep", "clear"],
            "xAxisIndex": "all",
            "yAxisIndex": "all",
            "seriesIndex": list(range(points)),  # not the names
            "transformable": False,
            "throttleType": "debounce",
            "throttleDelay": 250,
            "outOfBrush": {"colorAlpha": 1},
            "brushStyle": {"borderWidth": 1.5, "color": "rgba(120,130,140,.12)", "borderColor": INKS[ground]},
        },
        "toolbox": {"right": 4, "top": 0, "itemSize": 16, "itemGap": 14},
        "legend": {"show": False},
    }


def _axis(values: FloatArray) -> dict[str, Any]:
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    room = MARGIN * max(high - low, 1e-3)
    return {
        "type": "value",
        "show": False,
        "min": round(low - room, 3),
        "max": round(high + room, 3),
        "scale": True,
    }


def _zoom(places: FloatArray, focus: int | None) -> list[dict[str, Any]]:
    found = []
    for axis, name in enumerate(("xAxisIndex", "yAxisIndex")):
        zoom: dict[str, Any] = {"type": "inside", name: 0, "filterMode": "none", "zoomOnMouseWheel": True}
        if focus is not None:
            near = 0.12 * float(np.ptp(places[:, axis]) or 1)
            zoom["startValue"] = round(float(places[focus, axis]) - near, 3)
            zoom["endValue"] = round(float(places[focus, axis]) + near, 3)
        found.append(zoom)
    return found


def _names(labels: Sequence[Label], ground: str) -> dict[str, Any]:
    largest = max((label.size for label in labels), default=1)
    return {
        "type": "scatter",
        "silent": True,
        "z": 10,
        "itemStyle": {"color": "transparent"},
        "data": [
            {
                "name": plain(label.text, 60),
                "value": [round(label.x, 3), round(label.y, 3)],
                # Of two names in each other's way, that of the larger symbol stays.
                "symbolSize": 2 + 8 * label.size / largest,
                "label": {"fontSize": round(11 + 3 * (label.size / largest) ** 0.5, 1)},
            }
            for label in labels
        ],
        "label": {
            "show": True,
            "formatter": "{b}",
            "position": "inside",
            "color": INKS[ground],
            "textBorderColor": GROUNDS[ground],
            "textBorderWidth": 4,
            "fontWeight": 600,
            "width": WIDE,
            "overflow": "break",
            "lineHeight": 15,
        },
        "labelLayout": {"hideOverlap": True},
        "tooltip": {"show": False},
    }


def _focus(place: FloatArray, name: str, ground: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "silent": True,
        "z": 11,
        "symbolSize": 18,
        "itemStyle": {"color": "transparent", "borderColor": INKS[ground], "borderWidth": 2},
        "data": [{"name": name, "value": [round(float(one), 3) for one in place]}],
        "label": {
            "show": True,
            "formatter": "{b}",
            "position": "top",
            "color": INKS[ground],
            "fontWeight": 600,
        },
        "tooltip": {"show": False},
    }


def _outline(area: FloatArray, ground: str) -> dict[str, Any]:
    corners = [[round(float(x), 3), round(float(y), 3)] for x, y in [*area, area[0]]]
    return {
        "type": "line",
        "silent": True,
        "z": 9,
        "data": corners,
        "showSymbol": False,
        "lineStyle": {"color": INKS[ground], "width": 1.5, "type": "dashed"},
        "tooltip": {"show": False},
    }


def areas_of(event: Any) -> list[FloatArray]:
    """The polygons (C, 2) that a selection event of the chart holds; rectangles as four corners."""
    found: list[FloatArray] = []
    for area in event.get("areas", []) if hasattr(event, "get") else []:
        corners = area.get("coord_range")
        try:
            if area.get("brush_type") == "rect":
                (x0, x1), (y0, y1) = corners
                corners = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
            shape = np.array(corners, dtype=np.float64)
        except (TypeError, ValueError):
            continue
        if shape.ndim == 2 and shape.shape[1] == 2 and len(shape) >= 3 and np.isfinite(shape).all():
            found.append(shape)
    return found
