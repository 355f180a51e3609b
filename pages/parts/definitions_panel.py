"""Other tools' definitions on Overview: what the same lists score there, and why."""

import pandas as pd
import streamlit as st

from core.evaluation.comparison import Comparison
from core.evaluation.definitions import OURS, TOOLS, Restated, by, restated
from core.evaluation.metric import metrics
from pages.parts import job_panel, numbers, states
from pages.parts.overview_figures import order_of
from pages.parts.text import plain
from pages.parts.url_state import State
from pages.parts.words import _


def show(comparison: Comparison, state: State) -> None:
    """A switch between tools; figures by theirs beside ours, and a sentence for each difference."""
    got = job_panel.peek(restated, comparison, settings=state.k, key="definitions")
    if got is None:
        return
    tool = st.segmented_control(
        _("By the definitions of"),
        list(TOOLS),
        key="definitions_tool",
        default=next(iter(TOOLS)),
        format_func=lambda name: f"{name} {TOOLS[name]}",
        required=True,
    )
    tool = tool if tool in TOOLS else next(iter(TOOLS))
    st.dataframe(
        _table(comparison, got, tool, state),
        hide_index=True,
        width="stretch",
        key="definitions_table",
        alt=_("Each recommender's metrics here and by the definitions of {tool}").format(tool=tool),
    )
    differing = [one for one in got.metrics if by(tool, one)]
    for name in differing:
        own = by(tool, name)
        if own is not None:
            states.caption(f"{_(metrics()[name, 'standard'].label)}: {_(own.difference)}")
    if not differing:
        states.caption(_("{tool} computes all of these as they are computed here.").format(tool=tool))
    states.caption(
        _(
            "The same lists and held-out items, by each tool's defaults; read in its code and checked "
            "against it. How a paper splits its data, and whether it ranks all items, changes figures "
            "more than this."
        )
    )


def _table(comparison: Comparison, got: Restated, tool: str, state: State) -> pd.DataFrame:
    here, there = got.estimates[got.tools.index(OURS)], got.estimates[got.tools.index(tool)]
    rows = []
    for row in order_of(comparison, state):
        for at, name in enumerate(got.metrics):
            one, other = here[at][row], there[at][row]
            rows.append(
                {
                    _("recommender"): plain(comparison.entries[row].label),
                    _("metric"): f"{_(metrics()[name, 'standard'].label)}@{got.k}",
                    _("here"): f"{numbers.figure(one.mean)} ({numbers.interval(one)})",
                    tool: f"{numbers.figure(other.mean)} ({numbers.interval(other)})",
                    "n": f"{other.n:,}",
                    _("definition"): _("another") if by(tool, name) else _("the same"),
                }
            )
    return pd.DataFrame(rows)
