"""Figures of a data set: how events are spread and when they happened. Grey: no recommender is meant."""

from typing import Any

import pandas as pd

from core.data.overview import Overview, Spread
from pages.parts import charts
from pages.parts.data_words import kind_name
from pages.parts.text import escaped
from pages.parts.words import _

GREY = "#7d858f"  # at least 3:1 on both grounds
ROW = 92  # pixels of one kind of event


def curve_figure(found: Spread, what: str) -> Any:
    """Events of each person or item, from the busiest to the quietest; logarithmic counts."""
    import plotly.graph_objects as go

    curve = found.curve
    figure = go.Figure(
        go.Scatter(
            x=100 * curve["share"],
            y=curve["count"],
            mode="lines",
            line={"color": GREY, "width": 2},
            fill="tozeroy",
            fillcolor="rgba(125,133,143,.18)",
            customdata=100 * curve["cumulated"],
            hovertemplate=f"%{{x:.0f}} % {escaped(what)}<br>%{{y:,}} · %{{customdata:.0f}} %<extra></extra>",
        )
    )
    figure.update_layout(**_layout(210))
    figure.update_xaxes(
        title=_("share of {what}, the busiest first").format(what=what),
        ticksuffix=" %",
        range=[0, 100],
        nticks=5,
    )
    figure.update_yaxes(title=_("events each"), type="log", dtick=1, zeroline=False)
    return figure


def days_figure(days: pd.DataFrame, by_month: bool) -> Any:
    """Events by day or month, one row with its own scale for each kind of event."""
    from plotly.subplots import make_subplots

    kinds = kinds_of(days)
    hover = "%{x|%Y-%m}" if by_month else "%{x|%Y-%m-%d}"
    figure = make_subplots(
        rows=len(kinds),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=min(0.3 / len(kinds), 0.12),
        subplot_titles=[escaped(kind_name(kind)) for kind in kinds],
    )
    for row, kind in enumerate(kinds, 1):
        part = days[days["kind"] == kind]
        figure.add_bar(
            x=part["start"],
            y=part["events"],
            marker={"color": GREY, "line": {"width": 0}},
            xperiod="M1" if by_month else None,
            xperiodalignment="middle" if by_month else None,
            hovertemplate=f"{hover}<br>%{{y:,}}<extra>{escaped(kind_name(kind))}</extra>",
            row=row,
            col=1,
        )
    figure.update_layout(**_layout(70 + ROW * len(kinds)), bargap=0.15)
    figure.update_xaxes(tickformatstops=charts.date_ticks())
    figure.update_yaxes(nticks=3, zeroline=False, rangemode="tozero")
    figure.for_each_annotation(lambda one: one.update(x=0, xanchor="left", font={"size": 12}))
    return figure


def kinds_of(days: pd.DataFrame) -> list[str]:
    """The kinds of events, the most frequent first; at most six."""
    totals = days.groupby("kind")["events"].sum().sort_values(ascending=False)
    return [str(kind) for kind in totals.index[:6]]


def spread_table(found: Spread) -> pd.DataFrame:
    """What stands behind a curve."""
    curve = found.curve
    return pd.DataFrame(
        {
            _("share"): (100 * curve["share"]).round(1),
            _("events each"): curve["count"],
            _("share of all events"): (100 * curve["cumulated"]).round(1),
        }
    )


def days_table(found: Overview) -> pd.DataFrame:
    """What stands behind the days."""
    days = found.days
    return pd.DataFrame(
        {
            _("from"): days["start"].dt.strftime("%Y-%m" if found.by_month else "%Y-%m-%d"),
            _("kind"): days["kind"].map(kind_name),
            _("events"): days["events"],
        }
    )


def _layout(height: int) -> dict[str, Any]:
    return {
        "height": height,
        "showlegend": False,
        "margin": {"l": 8, "r": 8, "t": 22, "b": 8},
        "dragmode": False,
        "hovermode": "closest",
    }
