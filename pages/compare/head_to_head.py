"""Compare / Head to head: two recommenders, the difference by metric and k, and who gains and who loses."""

import streamlit as st

from pages.parts import data, head_to_head, page_tables, session, states
from pages.parts.words import N_, _

TITLE = N_("Head to head")
PLACE = 2

found = data.dataset()
comparison = data.comparison(found)
state = session.state()

if len(comparison.entries) < 2:
    states.empty(
        _("Head to head takes two recommenders, and this comparison has one."),
        _("Choose another in the bar above."),
    )
else:
    lead = st.container(key="lead")
    st.html(page_tables.css("views", "topics"))
    first, second = head_to_head.choose(comparison, state)
    with lead:
        states.text_line(head_to_head.sentence(comparison, first, second, state))
    head_to_head.differences(comparison, first, second, state)
    st.subheader(_("Who gains, and who loses"))
    head_to_head.people(comparison, first, second, state)
