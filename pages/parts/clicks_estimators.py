"""A rate by estimator: what each says of each recommender, its verdict, what it takes or lacks."""

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.offpolicy.asked import Clicks, Figure
from core.evaluation.offpolicy.clicks import clicks
from core.evaluation.offpolicy.estimator import estimators
from pages.parts import (
    charts,
    clicks_data,
    clicks_figures,
    clicks_words,
    job_panel,
    numbers,
    page_tables,
    session,
)
from pages.parts.core_estimator_words import parted
from pages.parts.page_tables import Cell
from pages.parts.text import plain
from pages.parts.url_state import State
from pages.parts.words import _, sentences


def by_estimator(found: Dataset, got: Clicks, state: State) -> None:
    """Recommenders by estimators for the chosen rate: value, verdict, and what is lacking."""
    rate = clicks_words.rate_of(got, state.rate)
    title = _("{rate} by estimator").format(rate=clicks_words.rate_names()[rate])
    with st.expander(title, on_change="rerun", key="clicks_estimators") as opened:
        if not opened.open:
            return
        if st.toggle(_("All estimators"), key="clicks_all"):
            asked = clicks_data.question(found, state, tuple(estimators()))
            every = job_panel.peek(clicks, found, settings=asked, key="clicks_all_estimators")
            if every is None:
                return
            got = every
        st.html(estimator_table(got, rate))
        own = [one for one in got.figures if one.metric == rate]
        charts.behind(lambda: clicks_figures.frame(got, own), title, "clicks_estimators")


def estimator_table(got: Clicks, rate: str) -> str:
    """A row an estimator, a column a recommender; names lead to Methods."""
    names = list(dict.fromkeys(one.estimator for one in got.figures if one.metric == rate))
    order = [got.who[one.who] for one in clicks_words.best_first(got, rate, names[0])] if names else []
    rows: list[list[str | Cell]] = []
    links = []
    for name in names:
        cells = [got.figure(who.spec, rate, name) for who in order]
        assumes = sentences([_(one) for one in parted(estimators()[name].assumes)])
        lacking = next((one for one in cells if one and one.lacks), None)
        links.append(session.link("methods", term=f"estimator-{name}"))
        rows.append(
            [
                Cell(clicks_words.estimator_name(name), ""),
                *(_cell(rate, one) for one in cells),
                clicks_words.why(got, lacking) if lacking else assumes,
            ]
        )
    head = [_("estimator"), *(plain(who.label, 30) for who in order), _("what it takes")]
    return f'<div class="ts-estimators">{page_tables.table(head, rows, links=links)}</div>'


def _cell(rate: str, one: Figure | None) -> Cell | str:
    if one is None or one.lacks:
        return "–"
    sign = clicks_words.SIGNS[one.verdict.grade]
    events = f"{sign} E = {one.support.effective_events:,.0f}"
    if not clicks_words.usable(one):
        return Cell(clicks_words.grade(one.verdict), events)
    ends = numbers.interval(one.estimate, share=rate != "revenue")
    return Cell(clicks_words.shown(rate, one.estimate.mean), f"{ends} · {events}")
