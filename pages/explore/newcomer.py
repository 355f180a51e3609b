"""Explore / Newcomer: what each strategy would show somebody of whom little is known, and how it fared."""

import streamlit as st

from pages.parts import (
    data,
    newcomer_data,
    newcomer_fared,
    newcomer_form,
    newcomer_lists,
    newcomer_words,
    page_tables,
    states,
)
from pages.parts.words import N_

TITLE = N_("Newcomer")
PLACE = 5

found = data.dataset()
lead = st.container(key="lead")
st.html(page_tables.css("views", "newcomer"))
left, right = st.columns([2, 5], gap="large")
with left:
    said = newcomer_form.form(found)
measured = newcomer_data.measured(found)
with right:
    newcomer_lists.draw(found, said, measured.newcomers)
newcomer_fared.section(found, measured)
newcomer_fared.new_items_section(found, said.content)
with lead:
    states.text_line(newcomer_words.sentence(said, measured))
