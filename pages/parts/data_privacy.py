"""What is kept on this machine, where, and how to erase it: a person by id, or a whole data set."""

import streamlit as st

from core.data.dataset import Dataset
from core.data.kept import kept
from core.data.load import FIRST, Source, mark, samples
from core.data.upload import is_upload
from core.evaluation.erase import Wish, erase
from core.evaluation.erasing import Erased
from core.work.errors import BadInput
from core.work.settings import settings
from pages.parts import dialog, job_panel, page_tables, session, states
from pages.parts.page_tables import Cell
from pages.parts.text import markdown
from pages.parts.url_state import OF_DATA
from pages.parts.words import _, counted, said

_ASKED = "erasing"


def section(found: Dataset, source: Source) -> None:
    """One line of what is so now; behind it what is kept, and the ways to erase it."""
    st.subheader(_("Privacy"), anchor=False)
    states.caption(_in_words())
    _attend(source)
    with st.expander(_("What is kept, where, and how to erase it"), key="privacy"):
        _kept()
        left, right = st.columns(2, gap="large")
        with left:
            _person(found, source)
        with right:
            _data(found, source)


def _in_words() -> str:
    pseudonyms = (
        _("Ids of people are replaced by pseudonyms when data is read (TOUCHSTONE_PSEUDONYM_KEY is set).")
        if settings().pseudonym_key
        else _("Ids of people are kept as the files have them; TOUCHSTONE_PSEUDONYM_KEY replaces them.")
    )
    return _("Nothing leaves this machine. {pseudonyms}").format(pseudonyms=pseudonyms)


def _kept() -> None:
    rows = [
        (Cell(said(one.name), said(one.what)), _size(one.bytes), Cell(one.where), Cell(said(one.erase)))
        for one in kept()
    ]
    head = [_("What"), _("Size"), _("Where"), _("How to erase it")]
    st.html(page_tables.table(head, rows, right=[1]))


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 50_000 else f"{count / 1e3:,.1f} kB" if count else "—"


def _person(found: Dataset, source: Source) -> None:
    st.markdown(f"**{_('Erase a person')}**")
    with st.form("erase_person_form", border=False):
        st.text_input(
            _("Id of the person"),
            key="erase_user",
            max_chars=300,
            help=_("As the file has it, or as pages show it."),
        )
        st.checkbox(_("from every data set that is known here"), key="erase_everywhere")
        sent = st.form_submit_button(_("Erase this person"), key="erase_person")
    states.caption(
        _(
            "The person is left out whenever the data is read from now on, and all that was made from it is"
            " deleted. The file itself stays: it is its owner's."
        )
    )
    user = str(st.session_state.get("erase_user", "")).strip()
    if sent and user:
        everywhere = bool(st.session_state.get("erase_everywhere"))
        wish = Wish("everywhere" if everywhere else "person", "" if everywhere else source.data, user)
        question = (
            _("Erase {user} from every data set?") if everywhere else _("Erase {user} from {data}?")
        ).format(user=user[:80], data=_(found.name))
        dialog.show(_("Erase a person"), _confirm, question, wish)


def _data(found: Dataset, source: Source) -> None:
    st.markdown(f"**{_('Erase this data set')}**")
    states.caption(_what_goes(source))
    if st.button(_("Erase this data set"), key="erase_data"):
        question = _("Erase everything that was made from {data}?").format(data=_(found.name))
        dialog.show(_("Erase this data set"), _confirm, question, Wish("data", source.data))


def _what_goes(source: Source) -> str:
    if source.data in samples():
        return _("All results and runs that were made from it are deleted. The sample itself stays.")
    if is_upload(source.data):
        return _("The upload is deleted, and all results and runs that were made from it.")
    return _(
        "All results and runs that were made from it are deleted, and its place among the data sets. A set"
        " that was downloaded goes with its files; a file of your own stays."
    )


def _confirm(question: str, wish: Wish) -> None:
    st.markdown(markdown(question, 300))
    states.caption(_("This can't be undone."))
    with st.container(horizontal=True):
        yes = st.button(_("Erase"), key="erase_yes", type="primary", on_click=_start, args=(wish,))
        no = st.button(_("Cancel"), key="erase_no")
    if yes or no:
        st.rerun()


def _start(wish: Wish) -> None:
    job = job_panel.desk().start(erase, settings=wish)
    st.session_state[_ASKED] = {"job": job.key, "what": wish.what, "data": wish.data}


def _attend(source: Source) -> None:
    """How far erasing is, and what became of it."""
    asked = st.session_state.get(_ASKED, {})
    found: Erased | None = job_panel.came_of(
        asked.get("job", ""),
        _("This could not be erased."),
        lambda: states.empty(_("Erasing was cancelled."), _("What was deleted until then is gone.")),
    )
    if found is None:
        return
    if asked["what"] == "data" and asked["data"] == source.data:
        _let_go(source)
    states.empty(_("Erased."), _erased(found))


def _let_go(source: Source) -> None:
    """The data set is gone: the shelf of this server forgets it, and the page goes to the sample."""
    if source.data in samples():
        return
    try:
        session.shelf().forget(frozenset(mark(path) for path in source.paths))
    except BadInput:  # an upload that is gone with its files
        session.shelf().forget(frozenset())
    session.change(data=FIRST, **OF_DATA)
    st.rerun()


def _erased(found: Erased) -> str:
    parts = [
        counted("{n} result", "{n} results", found.artifacts),
        counted("{n} run", "{n} runs", found.runs),
    ]
    said_so = _("Deleted: {what} ({size}).").format(what=_(", ").join(parts), size=_size(found.bytes))
    unread = (
        _("Not looked into, because they can't be read: {names}.").format(names=", ".join(found.unread))
        if found.unread
        else ""
    )
    return f"{said_so} {unread}".strip()
