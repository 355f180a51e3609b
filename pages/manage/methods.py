"""Manage / Methods: what every number means, made from what is registered."""

import streamlit as st

from pages.parts import methods_text, session, states
from pages.parts.words import N_, _

TITLE = N_("Methods")
PLACE = 3

entries = methods_text.entries()
term = session.state().term
groups = list(dict.fromkeys(entry.group for entry in entries))
linked = next((entry.group for entry in entries if entry.term == term), groups[0])
if (
    "methods_group" not in st.session_state or st.session_state.get("methods_term") != term
):  # a link leads to its group, whatever was open
    st.session_state["methods_term"], st.session_state["methods_group"] = term, linked

states.text_line(methods_text.lead(entries))
with st.container(horizontal=True, vertical_alignment="center"):
    st.text_input(
        _("Search"),
        type="search",
        live=True,
        placeholder=_("a metric, a recommender, a word…"),
        key="methods_search",
        label_visibility="collapsed",
        width=300,
    )
    group = st.segmented_control(
        _("Group"),
        groups,
        format_func={name: _(name) for name in groups}.__getitem__,
        key="methods_group",
        required=True,
        label_visibility="collapsed",
    )
wanted = st.session_state["methods_search"].strip().casefold()
shown = [entry for entry in entries if (wanted in entry.words if wanted else entry.group == group)]
if not shown:
    states.empty(
        _("Nothing here is called that."), _("Try a shorter word, or a recommender's or metric's name.")
    )
for entry in sorted(shown, key=lambda entry: entry.term != term):  # what a link asks for stands on top
    methods_text.show(entry, wanted=entry.term == term)
