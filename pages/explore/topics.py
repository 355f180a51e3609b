"""Explore / Topics: what items are about or what is taken together, and who is interested in it."""

import streamlit as st

from core.interests.topics import check
from core.work.errors import BadInput
from pages.parts import (
    data,
    page_tables,
    session,
    states,
    topic_data,
    topic_groups,
    topic_list,
    topic_view,
    topic_words,
)
from pages.parts.words import N_, _

TITLE = N_("Topics")
PLACE = 3

found = data.dataset()
segment = data.segment(found)
lead = st.container(key="lead")
st.html(page_tables.css("views", "content", "topics"))
read = topic_data.documents(found)
topic_list.controls(found, read)
try:
    check(read, topic_data.settings(read).k)
except BadInput as error:
    states.bad_input(error)
    raise states.PageEnds from None
known = topic_data.learnt(read)
topic_data.ask_names(found, known, "topic_names")
titles = topic_data.titles(found, known)
row = topic_data.chosen(known)
left, right = st.columns([2, 3], gap="large")
with left, st.container(key="topic_list"):
    if session.state().topic not in (-1, *known.ids):
        states.caption(
            _("There is no topic {n} among these; the largest is shown.").format(n=session.state().topic)
        )
    topic_list.rows(known, titles, row)
    topic_list.curve(read, known)
with right, st.container(key="topic"):
    topic_view.head(known, titles[row], row, topic_data.generated_names(found, known).get(row))
    one, other = st.columns(2, gap="medium")
    with one:
        topic_view.words(found, known, row)
    with other:
        topic_view.items(found, known, row)
        people = st.container()
    theirs = topic_data.peek_interests(found, known, "topic_profiles")
    if theirs is not None:
        with people:
            topic_view.people(theirs, segment, row)
        topic_groups.section(found, theirs, row)
        topic_view.over_time(theirs, titles[row], row)
with lead:
    states.text_line(topic_words.first_sentence(found, known, titles, theirs))
