"""Who beats whom on Overview: every paired difference, what it amounts to, and the places of each."""

import pandas as pd
import streamlit as st

from core.evaluation.comparison import Comparison
from core.evaluation.pairs import Pair, pairs_of, rank_intervals
from pages.parts import session, states
from pages.parts.metric_names import metric_at
from pages.parts.overview_figures import order_of
from pages.parts.text import markdown, plain
from pages.parts.url_state import State
from pages.parts.words import _, counted


def show(comparison: Comparison, state: State) -> None:
    """Every pair with its interval, effect size and what would be told apart; then the places."""
    at = comparison.column(state.metric, state.k)
    found = pairs_of(comparison, at)
    if not found:
        states.caption(_("With one recommender there is no pair."))
        return
    with_zero = sum(one.holds_zero for one in found)
    states.caption(
        counted(
            "{n} of {pairs} pairwise interval of {metric} includes zero.",
            "{n} of {pairs} pairwise intervals of {metric} include zero.",
            with_zero,
            pairs=len(found),
            metric=metric_at(state.metric, state.k),
        )
    )
    _pairs(comparison, at, found)
    _places(comparison, at, state)


def _pairs(comparison: Comparison, at: int, found: list[Pair]) -> None:
    """First minus second: the better one first."""
    labels = [plain(entry.label) for entry in comparison.entries]
    rows = []
    for pair in found:
        one = comparison.better_first(pair.difference, at)
        rows.append(
            {
                _("first"): labels[one.first],
                _("second"): labels[one.second],
                _("by"): one.estimate.mean,
                _("low"): one.estimate.low,
                _("high"): one.estimate.high,
                "n": one.estimate.n,
                _("p (Holm)"): one.p,
                _("verdict"): _("told apart") if one.settled else _("tied"),
                _("effect (d)"): pair.effect if one.first == pair.difference.first else -pair.effect,
                _("detectable"): pair.detectable,
            }
        )
    decimals = (_("by"), _("low"), _("high"), _("p (Holm)"), _("detectable"))
    st.dataframe(
        pd.DataFrame(rows).sort_values(_("by"), ascending=False),
        hide_index=True,
        width="stretch",
        key="pairs_table",
        alt=_("Paired differences between recommenders with interval, n and corrected p-value"),
        column_config={name: st.column_config.NumberColumn(format="%.4f") for name in decimals}
        | {_("effect (d)"): st.column_config.NumberColumn(format="%.2f")},
    )
    states.caption(
        _(
            "First minus second, the one with the better mean first; paired by person; 95 % bootstrap "
            "intervals; p-values corrected over all pairs (Holm). Tied means: not told apart at 5 %. Effect: "
            "the mean difference over its standard deviation between people. Detectable: the true "
            "difference that so many people would show four times in five."
        )
    )
    words = markdown(_("Two of them head to head"))
    st.caption(f"[{words}]({session.link('head_to_head')})")


def _places(comparison: Comparison, at: int, state: State) -> None:
    """Where each stands, and between which places 95 % of the draws put it."""
    found, rows = rank_intervals(comparison, at), []
    for row in order_of(comparison, state):
        one = found[row]
        if one is None:
            continue
        rows.append(
            {
                _("recommender"): plain(comparison.entries[row].label),
                _("place"): one.place,
                _("best place"): one.low,
                _("worst place"): one.high,
                _("first in"): one.first,
            }
        )
    if not rows:
        return
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        width="stretch",
        key="places_table",
        alt=_("The place of each recommender with its 95 % interval"),
        column_config={_("first in"): st.column_config.NumberColumn(format="percent")},
    )
    states.caption(
        _(
            "Between the best and the worst place lie 95 % of the draws of people; first in: the share of "
            "draws in which it leads."
        )
    )
