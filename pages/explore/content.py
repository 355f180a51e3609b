"""Explore / Content: what an item says and shows, and what is like it by each encoder, side by side."""

import streamlit as st

from pages.parts import (
    content_choice,
    content_costs,
    content_data,
    content_item,
    content_neighbours,
    data,
    page_tables,
    session,
    states,
)
from pages.parts.words import N_

TITLE = N_("Content")
PLACE = 4

found = data.dataset()
content = content_data.content(found)
lead = st.container(key="lead")
st.html(page_tables.css("views", "content"))
content_data.need_something(content)
item = content_choice.choose(found, content)
left, right = st.columns([2, 3], gap="large")
with left:
    content_item.show(found, content, item)
with right:
    there = content_neighbours.columns(found, content, item)
    shares = content_neighbours.agreement(content, there)
    content_costs.section(content)
with lead:
    states.text_line(content_neighbours.sentence(found, content, there, shares))
with left:
    content_item.exposure(found, item, session.state().k)
