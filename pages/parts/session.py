"""The session's state: read once a run from the URL, written back to it by widgets.

    state = session.state()                       # a State (url_state.py), always usable
    st.segmented_control("k", PAGE_K, **session.bound("k"))   # a widget that is the field k
    session.change(person="u0417")                # in a callback: writes session and URL

The URL is the truth where it was just opened: in a new session, on a page that is entered (without
parameters it gets the state that the session had: filters survive a tour), and where the browser goes
back or forward. Any other run may carry an address from before the last change, as one that a timer asked
for while a press was on its way, and goes by the session. The session holds text only.
"""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.data.shelf import Shelf
from core.work.errors import BadInput
from core.work.settings import settings
from pages.parts import url_state
from pages.parts.url_state import State
from pages.parts.words import LANGUAGES

NAMES = tuple(field.name for field in fields(State))


@st.cache_resource
def shelf() -> Shelf:
    """The data sets that were opened on this machine."""
    return Shelf(settings().home / "shelf.json")


def choose_language() -> None:
    """Before anything has words: the language of the URL, else of the session, else of the browser."""
    asked = (
        st.query_params.get("language")
        or st.session_state.get("state", {}).get("language")
        or (st.context.locale or "en")[:2]
    )
    st.session_state["language"] = asked if asked in LANGUAGES else "en"


def begin(page: str) -> list[BadInput]:
    """At the start of a run: takes the state from the URL, or back to it.

    Returns what a link asked for in vain; it stays on the page until something is changed.
    """
    asked = {name: st.query_params[name] for name in NAMES if name in st.query_params}
    before: dict[str, str] = st.session_state.get("state", {})
    entered = st.session_state.get("page") != page
    st.session_state["page"] = page
    if entered:
        asked = before | asked
    elif not _opened():
        asked = before
    found, refused = url_state.read(asked, shelf().get)
    _keep(found)
    if refused or entered:
        st.session_state["refused"] = [(one.wrong, one.expected, one.do) for one in refused]
    return [BadInput(*parts) for parts in st.session_state["refused"]]


def state() -> State:
    """The state of this run."""
    return url_state.read(st.session_state.get("state", {}), shelf().get)[0]


def change(**values: Any) -> None:
    """Changes fields of the state, in the session and in the URL. For callbacks: a rerun follows."""
    st.session_state["refused"] = []
    _keep(url_state.changed(state(), **values))


def bound(field: str, after: Callable[[Any], Any] | None = None) -> dict[str, Any]:
    """Arguments that make a widget show a field of the state and change it.

    `after` turns the widget's value into the field's. A value of None (nothing chosen) changes nothing.
    """
    key = f"state_{field}"
    st.session_state[key] = getattr(state(), field)

    def changed() -> None:
        value = st.session_state[key]
        if value is not None:
            change(**{field: after(value) if after else value})

    return {"key": key, "on_change": changed}


def link(page: str, **values: Any) -> str:
    """The address of a page with this state and these changes, for a link in text."""
    from urllib.parse import urlencode

    query = urlencode(url_state.write(url_state.changed(state(), **values)))
    return f"{page}?{query}" if query else page


def _opened() -> bool:
    """Whether this run is of an address that the browser went back or forward to."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def _keep(found: State) -> None:
    written = url_state.write(found)
    st.session_state["state"] = written
    ours = {name: st.query_params[name] for name in NAMES if name in st.query_params}
    if ours != written:
        others = {name: st.query_params.get_all(name) for name in st.query_params if name not in NAMES}
        st.query_params.from_dict({**others, **written})
