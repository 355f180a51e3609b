"""Charts with Plotly, each with an alt text and the table behind it.

    charts.show(charts.cost_figure(points, "NDCG@10"), alt=…, table=frame, key="cost")

Builders are pure: they take values and return a figure. Colours of text and axes are the theme's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.evaluation.uncertainty import Estimate
from pages.parts import dialog, numbers
from pages.parts.palette import INKS, MUTED, Style
from pages.parts.text import escaped
from pages.parts.words import _, language

SOON = 0.5  # seconds from a page without its charts to one with them
_ASKED, _DRAWN = "charts_asked", "charts_drawn"
CONFIG = {"displayModeBar": False, "responsive": True}


@dataclass(frozen=True)
class Point:
    """A recommender's quality and what 1,000 lists cost it, in seconds."""

    label: str
    style: Style
    seconds: float
    estimate: Estimate


def theme() -> str:
    """light or dark, as the browser shows the page."""
    found = st.context.theme.type
    return found if found in INKS else "light"


def date_ticks() -> list[dict[str, Any]]:
    """`tickformatstops` of an axis of dates: names of months are English, so Chinese has them as numbers."""
    if language() == "en":
        return []
    return [
        {"dtickrange": ["M1", None], "value": "%Y-%m"},
        {"dtickrange": [86_400_000, "M1"], "value": "%m-%d"},
    ]


def cost_figure(points: list[Point], title: str, ground: str = "light") -> Any:
    """Quality over cost: one mark a recommender with its interval, named beside it; log seconds."""
    import plotly.graph_objects as go

    figure = go.Figure()
    sides = _sides(points)
    for point, side in zip(points, sides, strict=True):
        one = point.estimate
        figure.add_trace(
            go.Scatter(
                x=[point.seconds],
                y=[one.mean],
                name=escaped(point.label),
                mode="markers+text",
                text=[escaped(point.label, 24)],
                textposition=f"middle {side}",
                cliponaxis=False,
                textfont={"size": 13, "color": INKS[ground]},
                marker={"color": point.style.colour, "symbol": point.style.marker, "size": 11},
                error_y={
                    "array": [one.high - one.mean],
                    "arrayminus": [one.mean - one.low],
                    "color": point.style.colour,
                    "thickness": 2,
                    "width": 0,
                },
                hovertemplate=f"{escaped(point.label)}<br>{escaped(title)} {numbers.figure(one.mean)}"
                f" ({numbers.interval(one)})<br>{seconds(point.seconds)}<extra></extra>",
            )
        )
    spread = _log_range([point.seconds for point in points])
    axis = {"tickfont": {"color": MUTED[ground]}, "title_font": {"color": MUTED[ground]}}
    figure.update_layout(
        showlegend=False,
        height=280,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        hovermode="closest",
        dragmode=False,
        font={"color": MUTED[ground]},
        xaxis={
            "type": "log",
            "title": {"text": _("seconds per 1,000 lists, fitting included")},
            "range": spread,
            "showgrid": True,
            **axis,
            "tickvals": _powers(spread),
            "zeroline": False,
        },
        yaxis={"title": {"text": escaped(title)}, "nticks": 5, "zeroline": False, **axis},
    )
    return figure


def show(figure: Any, alt: str, table: pd.DataFrame, key: str) -> None:
    """A chart with its alt text, and the table behind it one click away.

    When a browser's session begins, the place of a chart is drawn first; the chart comes with `follow`.
    """
    if waits():
        st.html(f'<div class="ts-bone" style="height: {figure.layout.height or 300}px"></div>')
        return
    st.plotly_chart(figure, width="stretch", key=key, config=CONFIG, alt=alt)
    behind(lambda: table, alt, key)


def behind(table: Callable[[], pd.DataFrame], alt: str, key: str) -> None:
    """The table behind a chart, made and drawn when it is opened."""
    with st.expander(_("The figures in this chart"), on_change="rerun", key=f"{key}_figures") as figures:
        if figures.open:  # what draws a table is a megabyte: a browser loads it when it is asked for
            st.dataframe(table(), hide_index=True, width="stretch", key=f"{key}_table", alt=alt)


def follow() -> None:
    """At the end of a page: the charts follow once the browser has drawn what was said.

    What draws them is five megabytes, and a browser that takes them up shows nothing else meanwhile.
    """
    if waits():
        st.fragment(_drawn, run_every=SOON)()


def waits() -> bool:
    """Whether charts come later: a browser's session begins, and has drawn nothing yet."""
    return _DRAWN not in st.session_state and "Mozilla" in st.context.headers.get("User-Agent", "")


def _drawn() -> None:
    if _ASKED in st.session_state:  # the browser asks again: it has drawn the page
        st.session_state[_DRAWN] = "yes"
        dialog.redraw()
    st.session_state[_ASKED] = "yes"


def seconds(value: float) -> str:
    """A time in seconds or milliseconds.

    >>> seconds(0.0042), seconds(3.21)
    ('4.20 ms', '3.21 s')
    """
    return f"{numbers.figure(1000 * value)} ms" if value < 1 else f"{numbers.figure(value)} s"


def _sides(points: list[Point]) -> list[str]:
    """Where each name stands: right of its mark, or left where the next mark would be in the way."""
    import math

    xs = [math.log10(max(point.seconds, 1e-6)) for point in points]
    ys = [point.estimate.mean for point in points]
    wide, high = max(max(xs) - min(xs), 0.5), (max(ys) - min(ys)) or 1.0

    def in_the_way(one: int, other: int) -> bool:
        return (
            0 <= xs[other] - xs[one] < 0.22 * wide and abs(ys[other] - ys[one]) < 0.1 * high and one != other
        )

    return [
        "left" if any(in_the_way(one, other) for other in range(len(points))) else "right"
        for one in range(len(points))
    ]


def _log_range(values: list[float]) -> list[float]:
    """Ends of the axis as powers of ten, with room at the right for names."""
    import math

    ends = [math.log10(max(value, 1e-6)) for value in values]
    width = max(max(ends) - min(ends), 0.5)
    return [min(ends) - 0.3 * width, max(ends) + 0.35 * width]


def _powers(spread: list[float]) -> list[float]:
    import math

    marks = [
        factor * 10.0**power
        for power in range(math.floor(spread[0]), math.ceil(spread[1]) + 1)
        for factor in (1, 2, 5)
    ]
    inside = [mark for mark in marks if spread[0] <= math.log10(mark) <= spread[1]]
    return [mark for mark in inside if mark == 10.0 ** round(math.log10(mark))] if len(inside) > 7 else inside
