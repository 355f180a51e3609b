"""Steps of cleaning, each with a switch and what it did, and what reading did beside them."""

from collections.abc import Sequence

import streamlit as st

from core.data.cleaners import CLEANERS
from core.data.correcting import with_cleaner
from core.data.dataset import Dataset, Did
from core.data.load import Source
from pages.parts import data_draft, data_words, page_tables, states
from pages.parts.page_tables import Cell
from pages.parts.words import _, said

SHOWN = 8  # lines of one step


def steps(place: str, base: Source, draft: Source, found: Dataset) -> None:
    """A switch for each step, and below it what it did, count by count with examples."""
    did, off = found.origin.cleaning, {name.strip() for name in draft.off.split(",")}
    states.caption(data_words.cleaned(did))
    for name, (title, does, without) in names().items():
        if name not in CLEANERS:
            continue
        with st.container(key=f"{place}_clean_{name}", gap=None):
            _step(place, base, draft, name, title, on=name not in off)
            states.caption(does if name not in off else without)
            _did([one for one in did if one.cleaner == name])
    rest = [one for one in did if not one.cleaner]
    if rest:
        st.markdown(f"**{_('While reading')}**")
        _did(rest)


def names() -> dict[str, tuple[str, str, str]]:
    """Each step as people call it, what it does, and what is so without it."""
    return {
        "ids": (
            _("Ids in one form"),
            _("Outer blanks go, and characters are written in one form."),
            _("Ids stay as they are written."),
        ),
        "times": (
            _("Units of times"),
            _("Numbers are seconds, milliseconds or finer, by their size."),
            _("Numbers are taken for seconds."),
        ),
        "values": (
            _("Impossible values"),
            _("A row whose rating is no number goes; a price below zero is emptied."),
            _("Such ratings are emptied; prices stay."),
        ),
        "text": (
            _("Text in one form"),
            _("Control characters and outer blanks go."),
            _("Text stays as it is."),
        ),
        "duplicates": (
            _("Repeated rows"),
            _("A row that repeats another in every column goes."),
            _("Repeated rows stay."),
        ),
    }


def _step(place: str, base: Source, draft: Source, name: str, title: str, on: bool) -> None:
    key = f"{place}_step_{name}"
    st.session_state[key] = on

    def changed() -> None:
        data_draft.keep(place, base, with_cleaner(draft, name, bool(st.session_state[key])))

    st.toggle(title, key=key, on_change=changed)


def _did(did: Sequence[Did]) -> None:
    if not did:
        return
    rows = [
        (
            Cell(data_words.step_name(one), said(one.detail)),
            f"{one.count:,}",
            Cell("; ".join(one.examples[:3])),
        )
        for one in did
    ]
    head = [_("What"), _("Rows"), _("Examples")]
    st.html(page_tables.table(head, rows[:SHOWN], right=[1]))
    if len(rows) > SHOWN:
        with st.expander(_("More")):
            st.html(page_tables.table(head, rows[SHOWN:], right=[1]))
