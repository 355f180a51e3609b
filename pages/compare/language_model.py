"""Compare / Language model: who answers, what its order changes, and what it goes by beside the people."""

import streamlit as st

from pages.parts import data, model_panels, page_tables, session, states
from pages.parts.words import N_, _

TITLE = N_("Language model")
PLACE = 2

found = data.dataset()
comparison = data.comparison(found)
st.html(page_tables.css("views"))
asked = model_panels.entries(comparison)
states.text_line(model_panels.sentence(comparison, asked))
model_panels.who_answers()
if not asked:
    st.button(
        _("Compare it too"),
        type="primary",
        on_click=session.change,
        kwargs={"recommenders": model_panels.with_model(session.state().recommenders)},
    )
for row in asked:
    model_panels.show(found, comparison, row)
