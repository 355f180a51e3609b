"""Known data sets from their publishers: licence first, then the download, with progress and cancel."""

from collections.abc import Callable

import streamlit as st

from core.data.downloads import Accepted, fetch_set, is_fetched
from core.data.known import KNOWN, Known, known
from core.work.errors import BadInput
from core.work.report import Cancelled
from pages.parts import job_panel, states
from pages.parts.text import escaped
from pages.parts.words import _, said


def choose(take: Callable[[str], None]) -> None:
    """The known sets by name; the licence of the chosen one, consent, and how far its download is."""
    names = list(KNOWN)
    name = st.selectbox(
        _("Known data sets"),
        names,
        key="known_set",
        format_func=lambda one: _label(KNOWN[one]),
        label_visibility="collapsed",
        width=420,
    )
    try:
        wanted = known(str(name))
    except BadInput as error:  # the configuration gives it an address that is none
        states.bad_input(error)
        return
    if is_fetched(wanted.name):
        states.caption(_("It is on this machine already."))
        st.button(_("Use it"), key="use_fetched", type="primary", on_click=take, args=(wanted.name,))
        return
    if not _under_way(wanted.name):
        _consent(wanted)


def _label(one: Known) -> str:
    state = (
        _("on this machine") if is_fetched(one.name) else _("{mb} MB").format(mb=f"{one.bytes / 1e6:,.1f}")
    )
    return f"{one.title} · {state}"


def _consent(wanted: Known) -> None:
    body = "".join(f"<p>{escaped(part, 900)}</p>" for part in (said(wanted.licence), _where(wanted)))
    st.html(f'<div class="ts-panel ts-empty"><strong>{escaped(_("Its licence"))}</strong>{body}</div>')
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        agreed = st.checkbox(_("I have read the licence and accept it"), key=f"accept_{wanted.name}")
        st.button(
            _("Download"),
            key="download",
            type="primary",
            disabled=not agreed,
            on_click=_start,
            args=(wanted.name,),
        )


def _where(wanted: Known) -> str:
    checked = (
        _("The archive is compared with the published checksum.")
        if wanted.checksum
        else _("Its publisher gives no checksum.")
    )
    return _("{mb} MB from {address}. {checked}").format(
        mb=f"{wanted.bytes / 1e6:,.1f}", address=wanted.address, checked=checked
    )


def _start(name: str) -> None:
    job_panel.desk().start(fetch_set, name, settings=Accepted(licence=True))


def _under_way(name: str) -> bool:
    """Draws how the download of that set is doing, or how it ended; True while it goes on."""
    job = job_panel.desk().find(fetch_set, name, settings=Accepted(licence=True))
    if job is None or job.status().state == "done":
        return False
    if not job.finished:
        job_panel.follow(job.key)
        return True
    try:
        job.result(0)
    except BadInput as error:
        states.bad_input(error)
    except Cancelled:
        states.empty(_("The download was cancelled."), _("What came so far is kept: it goes on from there."))
    except Exception:
        states.error(_("The download failed."), said(job.status().error))
    return False
