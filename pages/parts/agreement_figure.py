"""The matrix of agreement as a heat map: one ink, since colours mean recommenders."""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from core.evaluation.agreement import pair_of
from core.evaluation.uncertainty import Estimate
from pages.parts import numbers
from pages.parts.palette import INKS, MUTED, SECOND_GROUNDS
from pages.parts.text import escaped, plain
from pages.parts.words import _

DEEP = {"light": "#5b626b", "dark": "#a4abb3"}  # of agreement 1


def matrix_figure(
    labels: list[str], order: list[int], values: tuple[Estimate, ...], ground: str = "light"
) -> Any:
    """Rows and columns in the order of the page; each pair once, below the diagonal."""
    import plotly.graph_objects as go

    names = [escaped(labels[one], 22) for one in order]
    size = len(order)
    grid = np.full((size, size), np.nan)
    texts = [[""] * size for _row in order]
    hovers = [[""] * size for _row in order]
    for row in range(size):
        for column in range(row):
            one = values[pair_of(order[row], order[column], size)]
            grid[row, column] = one.mean
            texts[row][column] = _cell(one, ground)
            hovers[row][column] = (
                f"{names[row]} – {names[column]}<br>{numbers.figure(one.mean)} ({numbers.interval(one)})"
                f"<br>n = {one.n:,}"
            )
    figure = go.Figure(
        go.Heatmap(
            z=grid[1:, :-1],
            x=list(range(size - 1)),
            y=list(range(size - 1)),
            text=texts[1:],
            customdata=[row[:-1] for row in hovers[1:]],
            texttemplate="%{text}",
            textfont={"size": 14},
            hovertemplate="%{customdata}<extra></extra>",
            hoverongaps=False,
            zmin=0,
            zmax=1,
            colorscale=[[0, SECOND_GROUNDS[ground]], [1, DEEP[ground]]],
            showscale=False,
            xgap=3,
            ygap=3,
        )
    )
    axis = {
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickmode": "array",
        "tickvals": list(range(size - 1)),
        "tickfont": {"color": MUTED[ground], "size": 13},
        "ticks": "",
    }
    figure.update_layout(
        height=40 + 52 * (size - 1) + 24,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        dragmode=False,
        xaxis={**axis, "ticktext": names[:-1], "side": "bottom"},
        yaxis={**axis, "ticktext": names[1:], "autorange": "reversed", "ticklabelstandoff": 6},
    )
    return figure


def _cell(one: Estimate, ground: str) -> str:
    """The figure in an ink that is read on the cell's own ground."""
    ink = INKS[ground] if one.mean < 0.5 else {"light": "#ffffff", "dark": "#14171a"}[ground]
    return f'<span style="color:{ink}">{numbers.figure(one.mean, 2)}</span>'


def matrix_table(labels: list[str], values: tuple[Estimate, ...]) -> pd.DataFrame:
    """What stands behind it: every pair with its interval and n."""
    return pd.DataFrame(
        [
            {
                _("one"): plain(a),
                _("other"): plain(b),
                _("agreement"): round(one.mean, 4),
                _("low"): round(one.low, 4),
                _("high"): round(one.high, 4),
                "n": one.n,
            }
            for (a, b), one in zip(combinations(labels, 2), values, strict=True)
        ]
    )
