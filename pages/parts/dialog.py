"""Dialogs that stay open: a page that would draw itself again when its work has ended waits until they are
closed, since drawing a page closes what stands above it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

_OPEN = "dialog_open"


def show(title: str, body: Callable[..., object], *given: Any, **options: Any) -> None:
    """Opens a dialog whose content `body` draws; `options` are those of st.dialog."""
    st.session_state[_OPEN] = True
    st.dialog(title, on_dismiss=_closed, **options)(body)(*given)


def page_begins() -> None:
    """The page is drawn anew, and no dialog is open until it opens one."""
    _closed()


def redraw() -> None:
    """Draws the page again, once no dialog is open: what asks looks again until then."""
    if not st.session_state.get(_OPEN):
        st.rerun()


def _closed() -> None:
    st.session_state[_OPEN] = False
