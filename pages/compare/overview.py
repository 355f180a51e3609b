"""Compare / Overview: who serves these people best, and how sure is that."""

import streamlit as st

from pages.parts import (
    data,
    definitions_panel,
    overview_agreement,
    overview_clicks,
    overview_controls,
    overview_pairs,
    segment_words,
    session,
    states,
    steadiness_panel,
    tuning_panel,
    verdict,
)
from pages.parts import overview_panels as panels
from pages.parts.figures import columns_html
from pages.parts.overview_figures import columns
from pages.parts.words import N_, _

TITLE = N_("Overview")
PLACE = 1

found = data.dataset()
comparison = data.comparison(found)
rates = data.rates(found)
state = session.state()
sentence = verdict.sentence(comparison, state.metric, state.k)
if state.segment:
    sentence = _("{segment}: {sentence}").format(
        segment=segment_words.label(state.segment), sentence=sentence
    )

states.text_line(sentence)
panels.show_failures(found, comparison)
place = st.container(key="figures")
got = overview_clicks.peek(found, state)  # the ranking metrics wait for no estimate
with place:
    if state.view == "table":
        panels.show_table(comparison, rates, got)
    else:
        st.html(columns_html(columns(comparison, rates, found, state, got), alt=sentence))
overview_clicks.note(found, got, state)
overview_controls.controls(comparison, state, got)
tuning_panel.show_who(comparison)

left, right = st.columns(2, gap="large")
with left:
    st.subheader(_("Quality against cost"))
    panels.show_cost(comparison, state)
with right:
    st.subheader(_("Can I believe it?"))
    panels.show_integrity(comparison, steadiness_panel.tried(found, comparison, state))
with st.expander(_("Who beats whom: every paired difference"), on_change="rerun", key="pairs") as pairs:
    if pairs.open:
        overview_pairs.show(comparison, state)
with st.expander(_("Does it hold under other splits and seeds?"), on_change="rerun", key="steady") as steady:
    if steady.open:
        steadiness_panel.show(found, comparison, state)
with st.expander(_("What would other tools say?"), on_change="rerun", key="definitions") as definitions:
    if definitions.open:
        definitions_panel.show(comparison, state)
with st.expander(_("Tuned settings"), on_change="rerun", key="tuned") as tuned:
    if tuned.open:
        tuning_panel.show(found, state)
with st.expander(_("How different are the lists?"), on_change="rerun", key="agreement") as lists:
    if lists.open:
        overview_agreement.show(found, comparison, state)
