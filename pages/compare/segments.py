"""Compare / Segments: whom each recommender serves worse, and which items it shows."""

import streamlit as st

from core.evaluation.by_segment import Divided, by_segment
from core.evaluation.metric import metrics
from pages.parts import (
    data,
    job_panel,
    page_tables,
    segment_data,
    segment_items,
    segment_view,
    segment_words,
    session,
    states,
)
from pages.parts import overview_panels as panels
from pages.parts.words import N_, _

TITLE = N_("Segments")
PLACE = 3

found = data.dataset()
comparison = data.everyones(found)
state = session.state()
column = comparison.column(state.metric, state.k)
lead = st.container(key="lead")
st.html(page_tables.css("views", "topics", "segments"))
way, by = segment_view.controls(found, state)
division = segment_data.divided(found, comparison, way)
got = job_panel.result(by_segment, comparison, settings=Divided(division, column))
with lead:
    states.text_line(segment_words.sentence(comparison, column, division, got, by))
panels.show_failures(found, comparison)
if any(got.pairs):
    segment_view.heat(found, comparison, column, way, division, got)
    segment_view.gaps(comparison, column, division, got)
elif metrics()[state.metric, "standard"].compute is None:
    states.refused(
        _("{metric} is one value for all lists together.").format(
            metric=_(metrics()[state.metric, "standard"].label)
        ),
        _("Choose a metric that each person has a value of."),
    )
else:
    states.refused(
        _("“{name}” makes no segments here.").format(name=by),
        _("It takes two values that at least 5 people each have. Choose another way to divide people."),
    )
segment_items.section(found, comparison, state, comparison.best_first(column))
