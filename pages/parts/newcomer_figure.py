"""Quality over the number of likes that a strategy was told, with intervals."""

from collections.abc import Mapping
from typing import Any

from core.evaluation.newcomers import Fared, Newcomers
from pages.parts import numbers
from pages.parts.data_figures import GREY
from pages.parts.palette import INKS, MUTED, Style
from pages.parts.text import escaped
from pages.parts.words import _

_PLAIN = {
    "sentence": "circle-open",
    "wishes": "triangle-up-open",
    "together": "diamond-open",
}  # of what is no recommender
_WIDE = 0.36  # of the room of one number of likes that marks are spread over


def likes_figure(
    found: Newcomers, column: int, title: str, looks: Mapping[str, Style], ground: str = "light"
) -> Any:
    """Marks with intervals: strategies that read likes over how many they were told, then the others.

    What reads no likes has a place of its own at the right, and a line across to compare with.
    """
    import plotly.graph_objects as go

    places = {likes: at for at, likes in enumerate(found.likes)}
    names = list(dict.fromkeys((one.way, one.spec) for one in found.fared))
    figure = go.Figure()
    for at, key in enumerate(names):
        rows = [one for one in found.fared if (one.way, one.spec) == key]
        shift = _WIDE * (at / max(len(names) - 1, 1) - 0.5)
        flat = rows[0].way in ("popularity", "details", "sentence", "wishes")
        xs = [len(places) + shift] if flat else [places[one.likes] + shift for one in rows]
        style = looks.get(rows[0].spec)
        colour, symbol = (
            (style.colour, style.marker) if style else (GREY, _PLAIN.get(rows[0].way, "square-open"))
        )
        if flat:
            figure.add_trace(_across(go, rows[0], column, len(places) + 1, colour))
        figure.add_trace(_marks(go, rows, column, xs, colour, symbol, flat))
    axis = {"tickfont": {"color": MUTED[ground]}, "title_font": {"color": MUTED[ground]}}
    figure.update_layout(
        height=340,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        dragmode=False,
        hovermode="closest",
        font={"color": MUTED[ground]},
        legend={
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 0,
            "font": {"color": INKS[ground], "size": 13},
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    figure.update_xaxes(
        title={"text": _("likes that were told")},
        tickvals=[*places.values(), len(places)],
        ticktext=[*map(str, places), _("reads none")],
        range=[-0.5, len(places) + 0.5],
        zeroline=False,
        showgrid=False,
        **axis,
    )
    figure.update_yaxes(title={"text": escaped(title)}, rangemode="tozero", nticks=6, zeroline=False, **axis)
    return figure


def _across(go: Any, one: Fared, column: int, places: int, colour: str) -> Any:
    mean = one.estimates[column].mean
    return go.Scatter(
        x=[-0.5, places - 0.5],
        y=[mean, mean],
        mode="lines",
        line={"color": colour, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(
    go: Any, rows: list[Fared], column: int, xs: list[float], colour: str, symbol: str, flat: bool
) -> Any:
    values = [one.estimates[column] for one in rows]
    label = escaped(_(rows[0].label), 40)
    return go.Scatter(
        x=xs,
        y=[one.mean for one in values],
        name=label,
        mode="markers" if flat else "lines+markers",
        line={"color": colour, "width": 1.5},
        marker={"color": colour, "symbol": symbol, "size": 10},
        error_y={
            "array": [one.high - one.mean for one in values],
            "arrayminus": [one.mean - one.low for one in values],
            "color": colour,
            "thickness": 2,
            "width": 0,
        },
        text=[f"{numbers.figure(one.mean)} ({numbers.interval(one)}), n = {one.n:,}" for one in values],
        hovertemplate=f"{label}<br>%{{text}}<extra></extra>",
    )
