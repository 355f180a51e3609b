"""What can be done with a selection of the map: save it as a segment, export it, let it go."""

import numpy as np
import streamlit as st

from core.interests import saved
from core.interests.segments import Segmentation
from core.work.errors import BadInput
from core.work.sheets import csv_text
from pages.parts import map_view, session, states
from pages.parts.map_data import Chosen
from pages.parts.words import _


def draw(map_: Segmentation, chosen: Chosen, rows: np.ndarray, people: bool) -> None:
    """The row of buttons."""
    with st.container(horizontal=True, gap="small", key="map_actions"):
        if chosen.saved:
            st.button(_("Delete segment"), key="segment_delete", on_click=_delete)
        elif people:
            with st.popover(_("Save as segment"), disabled=not len(rows)):
                _save(map_, chosen)
        st.download_button(
            _("CSV"),
            data=lambda: csv_text(map_view.table(map_, rows)),
            file_name="selection.csv",
            mime="text/csv",
            key="map_csv",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
            disabled=not len(rows),
        )
        if not chosen.saved:
            st.button(_("Clear"), key="map_clear", type="tertiary", on_click=_clear)


def _clear() -> None:
    """Lets a selection go; without one, the group that the frame shows."""
    if not session.state().selection:
        session.change(segment="")
    map_view.select("")


def _delete() -> None:
    """Lets the segment of the frame go, and shows everyone again."""
    state = session.state()
    saved.remove(state.data, state.segment)
    session.change(segment="")


def _save(map_: Segmentation, chosen: Chosen) -> None:
    """A name, and the people under it from then on."""

    def keep() -> None:
        state = session.state()
        try:
            made = saved.save(
                st.session_state.get("segment_name", ""),
                state.data,
                session.shelf().get(state.data),
                _("{how}, map by {by}").format(how=chosen.how, by=state.by),
                map_.projection.ids[chosen.rows].tolist(),
            )
            st.session_state["segment_said"] = ("", made.name)
        except BadInput as error:
            st.session_state["segment_said"] = (str(error), "")

    st.text_input(_("Name of the segment"), key="segment_name", max_chars=saved.LONGEST)
    st.button(_("Save"), key="segment_save", type="primary", on_click=keep)
    wrong, name = st.session_state.pop("segment_said", ("", ""))
    if wrong:
        states.caption(wrong)
    if name:
        states.caption(
            _("“{name}” is saved: choose it in the frame, and every page shows its people.").format(name=name)
        )
