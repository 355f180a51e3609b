"""Manage / Data: open a data set, see what is in it and what cleaning did, and use it."""

import streamlit as st

from core.data.overview import overview
from pages.parts import comparison_form, data, data_view, data_words, job_panel, opening, page_tables, states

lead = st.container(key="lead")
st.html(page_tables.CSS)
opening.choose()
opening.attend()
found = data.dataset()
seen = job_panel.result(overview, found)
with lead:
    states.text_line(data_words.first_sentence(found, seen))
    format_place = st.container()
left, right = st.columns([3, 2], gap="large")
with left:
    data_view.cleaning(found)
    data_view.columns(seen)
with right:
    data_view.allowed(seen)
    comparison_form.use_data(found)
data_view.over_time(seen)
data_view.spreads(seen)
with format_place:  # last: looking at a stranger's file takes a child a second or two
    data_view.format_line(found, data_view.source())
