"""How a source is read, and how to correct it: columns, events, cleaning, what is joined.

Corrections are a draft until they are applied: then the source is read anew, and is a data set of its own.
"""

import streamlit as st

from core.data.dataset import Dataset
from core.data.load import Source
from core.data.overview import Overview
from core.data.preview import Preview, previewed
from core.work.errors import BadInput
from core.work.jobs import Job
from pages.parts import (
    data,
    data_cleaning,
    data_columns,
    data_draft,
    data_events,
    data_joining,
    data_view,
    job_panel,
    opening,
    session,
    states,
)
from pages.parts.words import _

VIEWS = ("columns", "events", "cleaning", "joining")
_VIEW = "reading_view"  # outlives the widget, which is gone while data is read
PATIENCE = 6.0  # seconds that the page waits for a look at the file before it shows progress


def section(found: Dataset, source: Source, seen: Overview) -> None:
    """One of the views on how this data set is read; what takes a look at the file may end the page."""
    names = {
        "columns": _("Columns"),
        "events": _("Events"),
        "cleaning": _("Cleaning"),
        "joining": _("Words and pictures"),
    }
    st.subheader(_("How it is read"), anchor=False)
    st.session_state["reading"] = st.session_state.get(_VIEW, "columns")
    view = st.segmented_control(
        _("How it is read"),
        VIEWS,
        key="reading",
        format_func=names.__getitem__,
        label_visibility="collapsed",
        required=True,
        on_change=_viewed,
    )
    place = "now"
    draft = data_draft.of(place, source)
    _apply(place, source, draft, found.name)
    if view == "cleaning":
        data_cleaning.steps(place, source, draft, found)
    elif view == "joining":
        data_joining.form(source, found.name)
    elif view == "events":
        data_events.editor(place, source, draft, _look(draft))
    elif data_view.choose_table(seen) == "interactions" and (look := _look(draft)).columns:
        data_columns.editor(place, source, draft, look)
    else:
        data_view.columns(seen)


def _viewed() -> None:
    st.session_state[_VIEW] = st.session_state["reading"]


def mend() -> None:
    """Where a file was refused: its columns, if saying what they hold could help."""
    refused = opening.refused()
    if refused is None:
        return
    source, name = refused
    if source.query or source.reader not in ("", "generic"):
        return
    place = "refused"
    draft = data_draft.of(place, source)
    try:
        job = _job(draft)
    except (BadInput, OSError, ValueError):
        return
    if not job.wait(PATIENCE) or job.status().state != "done":
        return
    look = job.result()
    if not look.columns or (draft == source and not look.problem):
        return
    with st.container(key="mend"):
        st.subheader(_("Which column is what?"), anchor=False)
        data_columns.editor(place, source, draft, look)
        _apply(place, source, draft, name)


def _look(draft: Source) -> Preview:
    """How the file would be read; the page ends while it is looked at for the first time."""
    _job(draft).wait(PATIENCE)
    positive = session.state().positive
    return job_panel.result(
        previewed, draft, data.content(draft), settings="" if positive == "all" else positive
    )


def _job(draft: Source) -> Job[Preview]:
    positive = session.state().positive
    return job_panel.desk().start(
        previewed, draft, data.content(draft), settings="" if positive == "all" else positive
    )


def _apply(place: str, base: Source, draft: Source, name: str) -> None:
    """What is not applied yet, and the two ways to go on."""
    if draft == base:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{place}_draft"):
        states.caption(_in_words(base, draft))
        st.button(
            _("Read again"), key=f"{place}_apply", type="primary", on_click=opening.begin, args=(draft, name)
        )
        st.button(_("Undo"), key=f"{place}_undo", on_click=data_draft.drop)


def _in_words(base: Source, draft: Source) -> str:
    parts = [
        _("columns: {columns}").format(columns=draft.columns) if draft.columns != base.columns else "",
        _("events: {events}").format(events=draft.events or _("the usual ones"))
        if draft.events != base.events
        else "",
        _("left out: {steps}").format(steps=draft.off or _("no step")) if draft.off != base.off else "",
    ]
    return _("Not applied yet: {what}").format(what=_("; ").join(filter(None, parts)))
