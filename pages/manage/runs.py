"""Manage / Runs: what was compared before; one of them again, or beside another."""

import streamlit as st

from pages.parts import (
    page_tables,
    runs_beside,
    runs_data,
    runs_evidence,
    runs_list,
    runs_naming,
    runs_one,
    session,
    states,
)
from pages.parts.words import N_, _, sentences

TITLE = N_("Runs")
PLACE = 2

st.html(page_tables.css("views", "runs"))
state = session.state()
found = runs_data.listed()
run, other = runs_data.one(state.run), runs_data.one(state.against if state.against != state.run else 0)
lead = st.container(key="lead")
runs_data.say_unknown(state, [run, other])
runs_naming.attend()
if run is not None:
    runs_one.show(run, found.runs)
told = runs_list.sentence(found) if run is None else runs_one.sentence(run)
if run is not None and other is not None:
    told = sentences([runs_beside.sentence(run, other), runs_beside.show(run, other, state)])
with lead:
    states.text_line(told)
if run is not None:
    st.subheader(_("All runs"), anchor=False)
runs_list.show(found, run)
with st.expander(_("Open an evidence file"), key="evidence"):
    runs_evidence.show()
