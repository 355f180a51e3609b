"""Manage / Data: open a data set, see how it is read and what is in it, correct that, and use it."""

import streamlit as st

from core.data.overview import overview
from pages.parts import (
    comparison_form,
    data,
    data_privacy,
    data_reading,
    data_view,
    data_words,
    job_panel,
    opening,
    page_tables,
    states,
)
from pages.parts.words import N_

TITLE = N_("Data")
PLACE = 1

lead = st.container(key="lead")
st.html(page_tables.css("views", "data"))
opening.choose()
mending = st.container()
opening.attend()
found, source = data.dataset(), data_view.source()
seen = job_panel.result(overview, found)
with lead:
    states.text_line(data_words.first_sentence(found, seen))
    format_place = st.container()
left, right = st.columns([3, 2], gap="large")
reading = left.container()
with right:
    data_view.allowed(found, seen)
    checking = st.container()
    comparison_form.use_data(found)
data_view.over_time(found, seen)
data_view.spreads(found, seen)
data_privacy.section(found, source)
# Last: looking at a file takes a process of its own a second or two.
with checking:
    data_view.checks(found)
with mending:
    data_reading.mend()
with format_place:
    data_view.format_line(found, source)
with reading:
    data_reading.section(found, source, seen)
