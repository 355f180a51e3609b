"""Charts of what estimates rest on: how positions are looked at, how weights spread, what clipping does."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd

from core.evaluation.offpolicy.diagnostics import Diagnosis
from core.types import FloatArray
from pages.parts.clicks_charts import layout, name_lines
from pages.parts.clicks_figures import Looks
from pages.parts.palette import MUTED
from pages.parts.text import escaped, plain
from pages.parts.words import _


def looks_figure(looks: FloatArray, ground: str = "light") -> Any:
    """(3, K) how much each position is looked at, with its interval; grey, as it is of no recommender."""
    import plotly.graph_objects as go

    mean, low, high = 100 * looks
    places = list(range(1, len(mean) + 1))
    figure = go.Figure(
        go.Scatter(
            x=places,
            y=mean,
            mode="lines+markers",
            line={"color": MUTED[ground], "width": 2},
            marker={"color": MUTED[ground], "size": 7},
            error_y={
                "array": high - mean,
                "arrayminus": mean - low,
                "color": MUTED[ground],
                "thickness": 1.5,
                "width": 0,
            },
            hovertemplate=_("position") + " %{x}: %{y:.1f} %<extra></extra>",
        )
    )
    figure.update_layout(**layout(220, ground, right=8))
    figure.update_xaxes(
        title={"text": _("position")}, dtick=max(1, len(mean) // 10), zeroline=False, showgrid=False
    )
    figure.update_yaxes(rangemode="tozero", ticksuffix=" %", nticks=4, zeroline=False)
    return figure


def looks_table(looks: FloatArray) -> pd.DataFrame:
    """What stands behind it."""
    mean, low, high = (100 * looks).round(2)
    return pd.DataFrame(
        {
            _("position"): range(1, len(mean) + 1),
            _("looked at, %"): mean,
            _("low"): low,
            _("high"): high,
        }
    )


def weights_figure(made: Sequence[Diagnosis], looks: Looks, ground: str = "light") -> Any:
    """How many impressions have which weight, on two logarithmic axes; a line a recommender."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for one in made:
        there = one.counts > 0
        figure.add_trace(
            go.Scatter(
                x=((one.edges[:-1] * one.edges[1:]) ** 0.5)[there],
                y=one.counts[there],
                name=escaped(plain(one.label, 24)),
                mode="lines+markers",
                line={"color": looks[one.spec].colour, "width": 1.5, "dash": "dot"},
                marker={"color": looks[one.spec].colour, "symbol": looks[one.spec].marker, "size": 9},
                hovertemplate=f"{escaped(one.label)}<br>%{{x:.3g}}: %{{y:,}}<extra></extra>",
            )
        )
    figure.update_layout(**layout(260, ground), hovermode="closest")
    drawn = [np.log10(one.counts[one.counts > 0]) for one in made if one.counts.any()]
    ends = [float(counts[-1]) for counts in drawn]
    names = [plain(one.label, 24) for one in made if one.counts.any()]
    spread = max((float(counts.max()) for counts in drawn), default=1.0)
    spread -= min((float(counts.min()) for counts in drawn), default=0.0)
    name_lines(figure, names, ends, 1.2 * max(spread, 1.0), ground)
    figure.update_xaxes(type="log", title={"text": _("weight")}, dtick=1, zeroline=False)
    figure.update_yaxes(type="log", title={"text": _("impressions")}, dtick=1, zeroline=False)
    return figure


def weights_table(made: Sequence[Diagnosis]) -> pd.DataFrame:
    """What stands behind it."""
    return pd.DataFrame(
        [
            {
                _("recommender"): plain(one.label),
                _("weight from"): low,
                _("to"): high,
                _("impressions"): int(count),
            }
            for one in made
            for low, high, count in zip(one.edges[:-1], one.edges[1:], one.counts, strict=True)
            if count
        ]
    )


def clipping_figure(made: Sequence[Diagnosis], looks: Looks, ground: str = "light") -> Any:
    """The CTR by IPS over the weight at which weights are clipped, the last without clipping."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for one in made:
        names = [limit_words(float(limit)) for limit in one.limits]
        figure.add_trace(
            go.Scatter(
                x=names,
                y=100 * one.clipped,
                name=escaped(plain(one.label, 24)),
                mode="lines+markers",
                line={"color": looks[one.spec].colour, "width": 1.5},
                marker={"color": looks[one.spec].colour, "symbol": looks[one.spec].marker, "size": 7},
                customdata=100 * one.kept,
                hovertemplate=f"{escaped(one.label)}, %{{x}}<br>%{{y:.3g}} % · "
                + _("weight left: {share} %").format(share="%{customdata:.0f}")
                + "<extra></extra>",
            )
        )
    figure.update_layout(**layout(260, ground), hovermode="closest")
    ends = [100 * float(one.clipped[-1]) for one in made]
    height = max((100 * float(one.clipped.max()) for one in made), default=1.0)
    name_lines(figure, [plain(one.label, 24) for one in made], ends, height, ground)
    figure.update_xaxes(type="category", title={"text": _("weights clipped at")}, showgrid=False)
    figure.update_yaxes(rangemode="tozero", ticksuffix=" %", nticks=5, zeroline=False)
    return figure


def clipping_table(made: Sequence[Diagnosis]) -> pd.DataFrame:
    """What stands behind it."""
    return pd.DataFrame(
        [
            {
                _("recommender"): plain(one.label),
                _("weights clipped at"): limit_words(float(limit)),
                _("CTR, %"): round(100 * float(rate), 3),
                _("weight left, %"): round(100 * float(kept), 1),
            }
            for one in made
            for limit, rate, kept in zip(one.limits, one.clipped, one.kept, strict=True)
        ]
    )


def limit_words(limit: float) -> str:
    """A limit of weights, or that there is none."""
    return f"{limit:,.0f}" if isfinite(limit) else _("not clipped")
