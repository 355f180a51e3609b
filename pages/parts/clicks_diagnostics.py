"""What the estimates rest on: weights, effective events, one person's share, how positions are looked at."""

from collections.abc import Sequence
from math import isfinite

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.offpolicy.asked import Clicks
from core.evaluation.offpolicy.diagnostics import Diagnosis, diagnoses
from pages.parts import (
    charts,
    clicks_data,
    clicks_view,
    clicks_weights,
    clicks_words,
    job_panel,
    numbers,
    page_tables,
    states,
)
from pages.parts.page_tables import Cell
from pages.parts.text import plain
from pages.parts.url_state import State
from pages.parts.words import _


def show(found: Dataset, got: Clicks, state: State) -> None:
    """Support of each estimate of the chosen rate, examination of positions, sensitivity to clipping."""
    with st.expander(_("What the estimates rest on"), on_change="rerun", key="clicks_diagnostics") as opened:
        if not opened.open:
            return
        rate = clicks_words.rate_of(got, state.rate)
        st.html(support_table(got, rate, state.estimator))
        states.caption(
            _(
                "Weights average 1 where the log could show all of these lists and its propensities are "
                "right. ESS: how many impressions the weighted ones are worth. Effective events: ESS "
                "times the rate of the log."
            )
        )
        if got.looks.size:
            st.subheader(_("How much each position is looked at, beside the first"), anchor=False)
            _looks(got)
        st.subheader(_("Weights by item and position"), anchor=False)
        _weights(found, got, state)


def support_table(got: Clicks, rate: str, estimator: str) -> str:
    """A row a recommender: matches, mean weight, ESS, effective events, the most of one person."""
    whole = got.groups == ("",)  # pages and matches are counted in the whole log
    rows: list[list[str | Cell]] = []
    for figure in clicks_words.best_first(got, rate, estimator):
        who, one = got.who[figure.who], figure.support
        weight = Cell("–")
        if isfinite(one.mean_weight):
            weight = Cell(f"{one.mean_weight:.2f}", f"± {2 * one.mean_weight_sd:.2f}")
        lacking = bool(figure.lacks)
        rows.append(
            [
                plain(who.label, 40),
                f"{figure.estimate.n:,}",
                f"{who.slates:,}" if whole else "–",
                f"{who.matches:,}" if whole else "–",
                "–" if lacking else weight,
                "–" if lacking else f"{one.ess:,.0f}",
                "–" if lacking else f"{one.effective_events:,.1f}",
                "–" if lacking else numbers.percent(one.most_of_one),
                f"{clicks_words.SIGNS[figure.verdict.grade]} {clicks_words.grade(figure.verdict)}",
            ]
        )
    head = [
        _("recommender"),
        _("people"),
        _("pages"),
        _("shown and in the list"),
        _("mean weight"),
        _("ESS"),
        _("effective events"),
        _("most of one person"),
        _("verdict"),
    ]
    return page_tables.table(head, rows, right=range(1, 8))


def _looks(got: Clicks) -> None:
    last = got.looks[0, -1]
    alt = _("Position {k} is looked at {last} as much as position 1.").format(
        k=got.looks.shape[1], last=numbers.percent(last)
    )
    charts.show(
        clicks_weights.looks_figure(got.looks, charts.theme()),
        alt=alt,
        table=clicks_weights.looks_table(got.looks),
        key="clicks_looks",
    )


def _weights(found: Dataset, got: Clicks, state: State) -> None:
    """How weights spread, what the log never showed, and what clipping does: by item and position."""
    asked = clicks_data.question(found, state)
    made = job_panel.peek(diagnoses, found, settings=asked, key="clicks_weights")
    if not made:
        return
    looks = clicks_view.looks_of(got, state)
    rate = clicks_words.rate_of(got, state.rate)
    order = [got.who[one.who].spec for one in clicks_words.best_first(got, rate, state.estimator)]
    made = tuple(sorted(made, key=lambda one: order.index(one.spec) if one.spec in order else len(order)))
    if state.segment:
        states.caption(_("Everyone is shown here, whichever segment the frame has."))
    st.html(overlap_table(made))
    drawn = tuple(one for one in made if one.spec in looks)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("How weights spread"), anchor=False)
        charts.show(
            clicks_weights.weights_figure(drawn, looks, charts.theme()),
            alt=_("Impressions by weight: {said}").format(
                said="; ".join(f"{one.label} {one.matched:,}" for one in drawn)
            ),
            table=clicks_weights.weights_table(drawn),
            key="clicks_weights",
        )
    with right:
        st.subheader(_("Sensitivity to clipping"), anchor=False)
        charts.show(
            clicks_weights.clipping_figure(drawn, looks, charts.theme()),
            alt=_("Clicks (CTR) by IPS without clipping: {said}").format(
                said="; ".join(f"{one.label} {numbers.percent(float(one.clipped[-1]))}" for one in drawn)
            ),
            table=clicks_weights.clipping_table(drawn),
            key="clicks_clipping",
        )
        states.caption(_("The estimate is steady where the curve is flat before it ends."))


def overlap_table(made: Sequence[Diagnosis]) -> str:
    """A row a recommender: how often the log showed what it shows, and how much it never showed."""
    rows: list[list[str | Cell]] = [
        [
            plain(one.label, 40),
            Cell(f"{one.matched:,}", _("of {n} impressions").format(n=f"{one.impressions:,}")),
            f"{one.elsewhere:,}",
            Cell(numbers.percent(one.unseen / one.places), _("of {n} places").format(n=f"{one.places:,}"))
            if one.places
            else "–",
        ]
        for one in made
    ]
    head = [
        _("recommender"),
        _("shown at its place"),
        _("shown at another place"),
        _("never shown to the person"),
    ]
    return page_tables.table(head, rows, right=range(1, 4))
