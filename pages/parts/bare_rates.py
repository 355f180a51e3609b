"""The lesson of Methods on bare rates: on a sample, beside the truth."""

import streamlit as st

from core.data.load import Source
from core.evaluation.experiment import experiment_of, settled
from core.evaluation.offpolicy.asked import asked_of
from core.evaluation.offpolicy.lesson import ESTIMATOR, Taught, lesson
from core.evaluation.protocol import dataset_of
from pages.parts import data, job_panel, numbers, page_tables, states
from pages.parts.page_tables import Cell
from pages.parts.text import plain
from pages.parts.words import _

SAMPLE = "news"
RECOMMENDERS = ("user_knn", "ease", "popularity", "tfidf", "pure_svd", "random")
SLATE = 5


def show() -> None:
    """The table, worked out when it is opened."""
    with st.expander(_("See it on the sample of news"), on_change="rerun", key="bare_rates") as opened:
        if not opened.open:
            return
        source = Source(data=SAMPLE)
        found = job_panel.peek(dataset_of, source, data.content(source), key="bare_data")
        if found is None:
            return
        asked = settled(experiment_of({"data": SAMPLE, "recommenders": RECOMMENDERS}), found, data.content)
        taught = job_panel.peek(
            lesson, found, settings=asked_of(asked, SLATE, (ESTIMATOR,)), key="bare_lesson"
        )
        if taught:
            _table(taught)


def _table(taught: tuple[Taught, ...]) -> None:
    by_bare = sorted(taught, key=lambda one: -one.bare)
    head = [_("recommender"), _("truth"), _("bare rate"), _("off by"), _("estimate, off-policy")]
    rows: list[list[str | Cell]] = [
        [
            plain(one.label, 40),
            numbers.percent(one.truth),
            Cell(numbers.percent(one.bare), _("place {n}").format(n=by_bare.index(one) + 1)),
            numbers.change(one.bare / one.truth - 1, 0),
            Cell(numbers.percent(one.estimate.mean), numbers.interval(one.estimate, share=True)),
        ]
        for one in taught
    ]
    st.html(page_tables.css("views"))
    st.html(page_tables.table(head, rows, right=[1, 2, 3, 4]))
    states.caption(
        _(
            "Clicks per impression of lists of {n}, best by truth first. Simulated people, whose chances "
            "of a click are known."
        ).format(n=SLATE)
    )
