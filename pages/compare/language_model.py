"""Compare / Language model: who answers, what its order changes, and what it goes by beside the people."""

import streamlit as st

from pages.parts import data, forecasts, frame, model_bill, model_panels, page_tables, session, states
from pages.parts.palette import MOST
from pages.parts.words import N_, _

TITLE = N_("Language model")
PLACE = 5

found = data.dataset()
comparison = data.comparison(found)
st.html(page_tables.css("views"))
asked = model_panels.entries(comparison)
states.text_line(model_panels.sentence(comparison, asked))
model_panels.who_answers()
if not asked:
    selection = model_panels.with_model(session.state().recommenders)
    model_bill.show(selection[-1], forecasts.known())
    gone = [spec for spec in session.state().recommenders if spec not in selection]
    if gone:
        label = frame.label_of(gone[0], session.state().recommenders)
        states.caption(
            _("It takes the place of {name}: at most {n} are compared.").format(name=label, n=MOST)
        )
    st.button(
        _("Compare it too"), type="primary", on_click=session.change, kwargs={"recommenders": selection}
    )
for row in asked:
    model_panels.show(found, comparison, row)
