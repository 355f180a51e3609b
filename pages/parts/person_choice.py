"""Choosing a person: search, previous and next, and orders that lead to somebody worth a look."""

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.people import ORDERS, order_of, search, step_from
from pages.parts import nouns, person_words, session, states
from pages.parts.text import markdown
from pages.parts.words import _, counted

MOST = 8


def choose(found: Dataset, comparison: Comparison, column: int, metric: str) -> str:
    """Draws the choice; the id of the person that is shown: the state's, else the first of the order."""
    order = order_of(comparison, session.state().order, column)
    person = session.state().person or step_from(comparison.user_ids, order, "", 1)
    with st.container(key="person_row", horizontal=True, vertical_alignment="center", gap="small"):
        query = st.text_input(
            _("Search people"),
            key="person_search",
            type="search",
            live=True,
            placeholder=_("Search by id, attribute or {item}").format(item=nouns.noun(found.origin, "item")),
            label_visibility="collapsed",
            max_chars=200,
            width=300,
        )
        with st.container(
            key="person_step", horizontal=True, vertical_alignment="center", gap="xsmall", width="content"
        ):
            _step(
                _("Previous"),
                "previous",
                ":material/chevron_left:",
                step_from(comparison.user_ids, order, person, -1),
            )
            st.markdown(f"**{markdown(person, 40)}**", width="content")
            _step(
                _("Next"),
                "next",
                ":material/chevron_right:",
                step_from(comparison.user_ids, order, person, 1),
            )
        names = person_words.orders()
        st.segmented_control(
            _("Order of people"),
            ORDERS,
            format_func=names.__getitem__,
            label_visibility="collapsed",
            width="content",
            **session.bound("order", _start),
        )
    meaning = person_words.order_meaning(session.state().order, metric)
    if meaning:
        states.caption(meaning)
    _results(found, query or "")
    return person


def _step(label: str, key: str, icon: str, to: str) -> None:
    st.button(label, key=key, icon=icon, type="tertiary", on_click=show, args=(to,))


def _start(order: str) -> str:
    """Another order starts at its first person."""
    session.change(person="")
    return order


def show(person: str) -> None:
    """Shows a person; for callbacks."""
    st.session_state["person_search"] = ""
    session.change(person=person)


def _results(found: Dataset, query: str) -> None:
    if not query.strip():
        return
    people = search(found, query)
    if not people:
        states.caption(
            _(
                "Nobody is found. Ids, open attributes and the titles of items are searched;"
                " personal columns are not."
            )
        )
        return
    with st.container(key="person_found", horizontal=True, gap="small"):
        for at, one in enumerate(people[:MOST]):
            why = person_words.found_by(one.by, one.what)
            label = markdown(f"{one.user} · {why}" if why else one.user, 60)
            st.button(label, key=f"found_{at}", on_click=show, args=(one.user,))
    if len(people) > MOST:
        states.caption(
            counted(
                "{n} more is found: write more of it.",
                "{n} more are found: write more of it.",
                len(people) - MOST,
            )
        )
