"""The timeline of one person: what they did when, in a row for each kind of event."""

from typing import Any

import pandas as pd

from pages.parts import charts
from pages.parts.data_figures import GREY
from pages.parts.data_words import kind_name
from pages.parts.text import escaped, plain
from pages.parts.words import _

ACCENT = "#3b82c4"  # at least 3:1 on both grounds
ORDER = ("purchase", "accept", "finish", "read", "cart", "request", "halfway", "click", "view")


def timeline_figure(history: pd.DataFrame, split: pd.Timestamp | None) -> Any:
    """Events as marks on a row for each kind; what happened after the split's moment is filled."""
    import plotly.graph_objects as go

    timed = history.dropna(subset=["timestamp"])
    kinds = kinds_of(timed)
    figure = go.Figure()
    for later, symbol, colour in ((False, "circle-open", GREY), (True, "circle", ACCENT)):
        part = timed[timed["later"] == later]
        if part.empty:
            continue
        titles = [escaped(title or item, 60) for title, item in zip(part["title"], part["item"], strict=True)]
        figure.add_scatter(
            x=part["timestamp"],
            y=part["kind"].map(kind_name),
            mode="markers",
            marker={"symbol": symbol, "size": 8, "color": colour, "opacity": 0.75},
            text=titles,
            hovertemplate="%{text}<br>%{x|%Y-%m-%d %H:%M}<extra></extra>",
        )
    if split is not None and timed["timestamp"].min() < split < timed["timestamp"].max():
        figure.add_vline(x=split.timestamp() * 1000, line={"color": GREY, "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=split.timestamp() * 1000,
            y=1,
            yref="paper",
            yanchor="bottom",
            text=_("held out from here"),
            showarrow=False,
        )
    figure.update_layout(
        height=74 + 30 * len(kinds),
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 22, "b": 8},
        dragmode=False,
        hovermode="closest",
    )
    figure.update_yaxes(
        categoryorder="array", categoryarray=[kind_name(kind) for kind in reversed(kinds)], zeroline=False
    )
    figure.update_xaxes(zeroline=False, nticks=6, tickformatstops=charts.date_ticks())
    return figure


def kinds_of(history: pd.DataFrame) -> list[str]:
    """The kinds in the history, those that say most first."""
    found = [str(kind) for kind in history["kind"].unique()]
    return sorted(found, key=lambda kind: (ORDER.index(kind) if kind in ORDER else len(ORDER), kind))


def history_table(history: pd.DataFrame) -> pd.DataFrame:
    """What stands behind the timeline, the latest first."""
    return pd.DataFrame(
        {
            _("when"): history["timestamp"].dt.strftime("%Y-%m-%d %H:%M").fillna(""),
            _("what happened"): history["kind"].map(kind_name),
            _("item"): [
                plain(title or item, 120)
                for title, item in zip(history["title"], history["item"], strict=True)
            ],
            _("category"): history["category"].map(plain),
            _("value"): history["value"],
        }
    )
