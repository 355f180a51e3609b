"""Words and pictures of items from a second file, joined by the id of the item."""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from core.data import upload
from core.data.load import Source
from core.data.upload import Given
from core.work.errors import BadInput
from core.work.settings import settings
from pages.parts import opening, states
from pages.parts.text import plain
from pages.parts.words import _


def form(source: Source, name: str) -> None:
    """What is joined now, and a form for more; sending it reads the data anew."""
    states.caption(_joined(source))
    with st.form("join_form", border=False):
        left, right = st.columns(2, gap="large")
        with left:
            st.text_input(
                _("Details of items: path of a table on this server"),
                key="items_path",
                placeholder="data/items.csv",
                max_chars=1_000,
            )
            st.file_uploader(
                _("or upload it"),
                key="items_file",
                max_upload_size=max(1, int(settings().max_upload_mb)),
            )
        with right:
            st.text_input(
                _("Pictures: path of a folder on this server"),
                key="pictures_path",
                placeholder="data/pictures",
                max_chars=1_000,
                help=_("Files are named by the id of their item, as 35888.jpg."),
            )
        st.form_submit_button(_("Join and read again"), key="join", on_click=_join, args=(source, name))
    states.caption(
        _(
            "A table of items has an item column and any of title, text, category, tags, price and image."
            " Its values win over those of the data set."
        )
    )
    if source.items or source.pictures:
        st.button(_("Take them away again"), key="unjoin", on_click=_unjoin, args=(source, name))


def _joined(source: Source) -> str:
    parts = [
        _("details of items from {file}").format(file=_shown(source.items)) if source.items else "",
        _("pictures from {folder}").format(folder=_shown(source.pictures)) if source.pictures else "",
    ]
    found = _("; ").join(filter(None, parts))
    return _("Joined: {what}.").format(what=found) if found else _("Nothing is joined to this data set.")


def _shown(address: str) -> str:
    if not upload.is_upload(address):
        return plain(Path(address).name, 60)
    try:
        return plain(", ".join(upload.names_of(address).values()), 60)
    except BadInput:
        return _("an upload that is gone")


def _join(source: Source, name: str) -> None:
    items, pictures = (str(st.session_state.get(key, "")).strip() for key in ("items_path", "pictures_path"))
    file = st.session_state.get("items_file")
    try:
        if any(map(upload.is_upload, (items, pictures))):
            raise BadInput(_("This is no path."), _("a file or folder on this server."), _("write its path."))
        if file is not None:
            items = upload.keep([Given(file.name, file, file.size)])
        if not items and not pictures:
            raise BadInput(
                _("No second file was given."),
                _("a table of items, or a folder of pictures."),
                _("write its path, or upload the table."),
            )
    except BadInput as error:
        opening.refuse(error)
        return
    opening.begin(replace(source, items=items or source.items, pictures=pictures or source.pictures), name)


def _unjoin(source: Source, name: str) -> None:
    opening.begin(replace(source, items="", pictures=""), name)
