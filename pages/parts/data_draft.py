"""Corrections of how a source is read that were not applied yet: a source beside the one they are of.

They stand in the session as text. A draft belongs to a place on the page and to the source it began
with; where that is another one by now, the draft is gone.
"""

import streamlit as st

from core.data.load import Source

_DRAFTS = "drafts"


def of(place: str, base: Source) -> Source:
    """The source with the corrections so far."""
    kept = st.session_state.get(_DRAFTS, {}).get(place)
    return Source(**kept["draft"]) if kept and kept["base"] == vars(base) else base


def keep(place: str, base: Source, draft: Source) -> None:
    """Keeps a draft in the place of the one before."""
    drafts = st.session_state.get(_DRAFTS, {})
    st.session_state[_DRAFTS] = {**drafts, place: {"base": dict(vars(base)), "draft": dict(vars(draft))}}


def drop() -> None:
    """Lets go of all drafts. For callbacks."""
    st.session_state.pop(_DRAFTS, None)
