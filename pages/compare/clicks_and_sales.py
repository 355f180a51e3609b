"""Compare / Clicks and sales: what these lists would get, and whether the log can tell."""

import streamlit as st

from pages.parts import (
    clicks_agreement,
    clicks_controls,
    clicks_data,
    clicks_diagnostics,
    clicks_divided,
    clicks_estimators,
    clicks_funnel,
    clicks_projection,
    clicks_view,
    data,
    page_tables,
    session,
    states,
)
from pages.parts.words import N_, _

TITLE = N_("Clicks and sales")
PLACE = 4

found = data.dataset()
state = session.state()
st.html(page_tables.css("views", "topics", "segments", "clicks"))
if found.impressions.empty:
    clicks_projection.show(found, state)
    raise states.PageEnds
got = clicks_data.by_estimator(found, state)
clicks_view.lead(found, got, state)
if got.unmeasured:
    clicks_view.unmeasured(found, got, state)
    raise states.PageEnds
clicks_view.health(got)
clicks_controls.show(found, got, state)
clicks_view.rates(found, got, state)
left, right = st.columns(2, gap="large")
with left:
    st.subheader(_("From impression to purchase"), anchor=False)
    clicks_funnel.show(found, got, state)
with right:
    clicks_agreement.show(found, got, state)
clicks_view.tables(got, state)
clicks_estimators.by_estimator(found, got, state)
clicks_divided.by_position(found, state)
clicks_divided.by_day(found, state)
clicks_diagnostics.show(found, got, state)
clicks_divided.by_segment(found, state)
