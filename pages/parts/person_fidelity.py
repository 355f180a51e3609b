"""Do these reasons hold: items that reasons name are taken out, and the recommended items should fall."""

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.uncertainty import Estimate
from core.explain.fidelity import REMOVED, Fidelity, Sample, fidelity
from pages.parts import job_panel, numbers, page_tables, person_reason, session, states
from pages.parts.page_tables import Cell
from pages.parts.text import escaped
from pages.parts.words import _, counted


def section(found: Dataset, comparison: Comparison) -> None:
    """Opened lazily: each recommender is tested by a job of its own."""
    with st.expander(_("Do these reasons hold?"), on_change="rerun", key="fidelity") as opened:
        if opened.open:
            _table(found, comparison)


def _table(found: Dataset, comparison: Comparison) -> None:
    tested = []
    for at in comparison.fitted:
        entry = comparison.entries[at]
        sample = Sample(comparison.experiment, entry.spec)
        result = job_panel.peek(fidelity, found, settings=sample, key=f"fidelity_{at}")
        if result is not None:
            tested.append((entry.label, result))
    if not tested:
        return
    head = [_("recommender"), _("without the named items"), _("without others"), _("difference")]
    st.html(page_tables.table(head, [_row(label, one) for label, one in tested], right=[1, 2, 3]))
    states.caption(
        counted(
            "Places that the first three items of a list fall when the {n} item that the reason names first"
            " is taken out of the history, and when as many others are; 95 % interval.",
            "Places that the first three items of a list fall when the {n} items that the reason names first"
            " are taken out of the history, and when as many others are; 95 % interval.",
            REMOVED,
        )
    )
    href = escaped(session.link("methods", term="fidelity"), 4_000)
    st.html(
        f'<p class="ts-said"><a href="{href}" target="_self">{escaped(_("How this is measured"))}</a></p>'
    )


def _row(label: str, one: Fidelity) -> list[str | Cell]:
    if one.named is None or one.others is None or one.further is None:
        return [Cell(label, _("its reasons name no items of the history")), "–", "–", "–"]
    n = counted("n = {n} person", "n = {n} people", one.named.n)
    name = Cell(label, f"{person_reason.badge(one.exact)} · {n}")
    return [name, _fall(one.named), _fall(one.others), _fall(one.further)]


def _fall(estimate: Estimate) -> Cell:
    low, high = (numbers.figure(end, 2) for end in (estimate.low, estimate.high))
    return Cell(numbers.figure(estimate.mean, 2), _("{low} to {high}").format(low=low, high=high))
