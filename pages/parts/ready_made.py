"""Ready-made lists of another system, compared beside the recommenders: uploaded, kept while the server runs.

The session holds their names and addresses. They are not in links: the file is only on this server.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from core.data import upload
from core.recommenders.base import RECOMMENDERS
from core.work.errors import BadInput
from pages.parts import dialog, states
from pages.parts.text import markdown, plain
from pages.parts.words import _

_KEY, _REFUSED, _FILE, _NAME = "ready_made", "ready_made_refused", "lists_file", "lists_name"
_LONGEST = 40


def lists() -> dict[str, str]:
    """The address of each uploaded file by the name of its lists."""
    found: dict[str, str] = st.session_state.get(_KEY, {})
    return found


def chips() -> None:
    """A button for each of them, which removes it."""
    for at, name in enumerate(lists()):
        if st.button(markdown(name), key=f"lists_chip_{at}", type="tertiary", icon=":material/list:"):
            dialog.show(markdown(name), _remove, name, width="small")


def open_form() -> None:
    """Opens the dialog that takes a file."""
    st.session_state[_REFUSED] = None
    dialog.show(_("Lists of another system"), _form, width="medium")


def _form() -> None:
    st.markdown(
        _(
            "A file of user, item and rank or score, one row for each place of each list (CSV, TSV or"
            " Parquet). The lists are judged on the same held-out items as every recommender."
        )
    )
    with st.form("lists_form", border=False):
        st.file_uploader(_("File"), key=_FILE)
        st.text_input(_("Name of these lists"), key=_NAME, max_chars=_LONGEST)
        pressed = st.form_submit_button(_("Compare them"), type="primary", on_click=_take)
    if st.session_state.get(_REFUSED):
        states.bad_input(BadInput(*st.session_state[_REFUSED]))
    elif pressed:
        st.rerun()
    states.caption(_("They stay in this session until the server stops, and are not part of a link."))


def _take() -> None:
    try:
        name, address = _kept(st.session_state.get(_FILE), st.session_state.get(_NAME, ""))
    except BadInput as error:
        st.session_state[_REFUSED] = (error.wrong, error.expected, error.do)
        return
    st.session_state[_REFUSED] = None
    st.session_state[_KEY] = {**lists(), name: address}


def _kept(file: Any, name: str) -> tuple[str, str]:
    """The name of the lists and the address under which their file is kept; raises BadInput."""
    if file is None:
        raise BadInput(_("No file was given."), _("user, item and rank or score."), _("choose a file."))
    chosen = plain(name.strip() or Path(upload.shown(file.name)).stem, _LONGEST).strip()
    if not chosen or chosen in lists() or chosen in RECOMMENDERS.all():
        raise BadInput(
            _("The name “{name}” is taken.").format(name=chosen),
            _("a name of their own."),
            _("choose another name."),
        )
    return chosen, upload.keep([upload.Given(file.name, file, file.size)])


def _remove(name: str) -> None:
    st.markdown(_("Lists of another system, from a file."))
    if st.button(_("Remove"), key="lists_remove", on_click=_away, args=(name,)):
        st.rerun()


def _away(name: str) -> None:
    left = lists()
    address = left.get(name, "")
    st.session_state[_KEY] = {key: value for key, value in left.items() if key != name}
    if address:
        upload.discard(address)
