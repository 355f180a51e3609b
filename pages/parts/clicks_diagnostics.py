"""What the estimates rest on: weights, effective events, one person's share, how positions are looked at."""

from math import isfinite

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.offpolicy.asked import Clicks
from core.evaluation.offpolicy.clicks import clicks
from core.evaluation.offpolicy.estimator import estimators
from pages.parts import (
    charts,
    clicks_charts,
    clicks_data,
    clicks_estimators,
    clicks_view,
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
        rate = clicks_view.rate_of(got, state)
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
        st.subheader(_("Sensitivity to clipping"), anchor=False)
        if st.toggle(_("Compute with and without clipping"), key="clicks_clipping"):
            _clipping(found, state)


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
        clicks_charts.looks_figure(got.looks, charts.theme()),
        alt=alt,
        table=clicks_charts.looks_table(got.looks),
        key="clicks_looks",
    )


def clipped_names() -> tuple[str, ...]:
    """The estimators that cut or shrink weights, each after the one that does not."""
    found: list[str] = []
    for name, one in estimators().items():
        if one.applied is not None and one.settings:
            plain_one = "dr" if "model" in one.needs else "ips"
            found += [plain_one, name]
    return tuple(
        dict.fromkeys(sorted(found, key=lambda name: (name.find("ips") < 0, name not in ("ips", "dr"))))
    )


def _clipping(found: Dataset, state: State) -> None:
    names = clipped_names()
    asked = clicks_data.question(found, state, names)
    got = job_panel.peek(clicks, found, settings=asked, key="clicks_clipping")
    if got is None:
        return
    rate = clicks_view.rate_of(got, state)
    st.html(clicks_estimators.estimator_table(got, rate))
    limits = [
        f"{clicks_words.estimator_name(name)} {value:g}"
        for name in names
        for value in estimators()[name].settings.values()
    ]
    states.caption(
        _("The same rate with weights as they are, and cut or shrunk. Limits: {limits}.").format(
            limits=", ".join(limits)
        )
    )
