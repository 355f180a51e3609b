"""Figures of topics: one topic over time, and coherence over the number of topics. Grey: no recommender is
meant."""

from typing import Any

import numpy as np
import pandas as pd

from core.interests.profiles import Profiles
from core.interests.topics import CurvePoint
from pages.parts import charts, numbers
from pages.parts.data_figures import GREY
from pages.parts.person_figures import ACCENT
from pages.parts.words import _

FEWEST = 20  # events of a stretch that is drawn


def time_figure(theirs: Profiles, row: int) -> Any:
    """The share of a topic among the events of each stretch; few events leave a gap."""
    import plotly.graph_objects as go

    enough = theirs.events_then >= FEWEST
    drawn = slice(int(enough.argmax()), len(enough) - int(enough[::-1].argmax()))
    figure = go.Figure(
        go.Scatter(
            x=pd.to_datetime(list(theirs.starts[drawn])),
            y=np.where(enough, 100 * theirs.over_time[:, row], np.nan)[drawn],
            mode="lines+markers",
            line={"color": GREY, "width": 2},
            marker={"color": GREY, "size": 6},
            customdata=theirs.events_then[drawn],
            hovertemplate="%{x|%Y-%m-%d}<br>%{y:.1f} % · n = %{customdata:,}<extra></extra>",
        )
    )
    figure.update_layout(**_layout(200))
    figure.update_xaxes(zeroline=False, nticks=6, tickformatstops=charts.date_ticks())
    figure.update_yaxes(rangemode="tozero", ticksuffix=" %", nticks=4, zeroline=False)
    return figure


def time_table(theirs: Profiles, row: int) -> pd.DataFrame:
    """What stands behind it: each stretch, its share, and the events that it rests on."""
    enough = theirs.events_then >= FEWEST
    return pd.DataFrame(
        {
            _("from"): list(theirs.starts),
            _("share, %"): np.where(enough, (100 * theirs.over_time[:, row]).round(2), np.nan),
            _("events"): theirs.events_then,
        }
    )


def curve_figure(found: tuple[CurvePoint, ...], chosen: CurvePoint | None) -> Any:
    """Mean coherence over the number of topics, with the number that is shown marked."""
    import plotly.graph_objects as go

    points = sorted(
        {one.k: one for one in (*found, *([chosen] if chosen else []))}.values(), key=lambda one: one.k
    )
    figure = go.Figure(
        go.Scatter(
            x=[one.k for one in points],
            y=[one.npmi for one in points],
            mode="lines+markers",
            line={"color": GREY, "width": 2},
            marker={"color": GREY, "size": 6},
            hovertemplate="%{x}<br>%{y:.3f}<extra></extra>",
        )
    )
    if chosen is not None:
        figure.add_scatter(
            x=[chosen.k],
            y=[chosen.npmi],
            mode="markers+text",
            marker={"color": ACCENT, "size": 11},
            text=[_("{n} are shown").format(n=chosen.k)],
            textposition="bottom center" if _in_a_valley(points, chosen.k) else "top center",
            cliponaxis=False,
            hovertemplate="%{x}<br>%{y:.3f}<extra></extra>",
        )
    values = [one.npmi for one in points if np.isfinite(one.npmi)]
    room = 0.35 * (max(values) - min(values)) if len(values) > 1 else 0.05
    figure.update_layout(**_layout(220))
    figure.update_xaxes(title=_("number of topics"), zeroline=False, nticks=8)
    if values:
        figure.update_yaxes(range=[min(values) - room, max(values) + room])
    figure.update_yaxes(title="NPMI", nticks=4, zeroline=False)
    return figure


def _in_a_valley(points: list[CurvePoint], k: int) -> bool:
    """Whether the points beside the one at k lie higher, so that words above it would stand on the line."""
    at = [one.k for one in points].index(k)
    beside = [one.npmi for one in points[max(at - 1, 0) : at + 2] if one.k != k]
    return bool(beside) and float(np.mean(beside)) > points[at].npmi


def curve_table(found: tuple[CurvePoint, ...], chosen: CurvePoint | None) -> pd.DataFrame:
    """What stands behind it."""
    points = {one.k: one.npmi for one in (*found, *([chosen] if chosen else []))}
    ks = sorted(points)
    return pd.DataFrame({_("topics"): ks, "NPMI": [numbers.figure(points[k], 3) for k in ks]})


def _layout(height: int) -> dict[str, Any]:
    return {
        "height": height,
        "showlegend": False,
        "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
        "dragmode": False,
        "hovermode": "closest",
    }
