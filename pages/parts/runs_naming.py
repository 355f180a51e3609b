"""Naming, annotating and pinning a run: on Runs, and on Overview for the comparison that is shown."""

from typing import TYPE_CHECKING

import streamlit as st

from core.evaluation.comparison import Comparison
from core.work.errors import BadInput
from pages.parts import session, states
from pages.parts.words import _

if TYPE_CHECKING:
    from core.work.runs import Run

_REFUSED, _SAVED = "naming_refused", "naming_saved"
RUNS = "pages/manage/runs.py"


def form(run: "Run", where: str) -> None:
    """Name, note and pin of a run, and a button that keeps them; `where` tells two forms apart."""
    from core.work.run_tables import NOTE_LENGTH, TITLE_LENGTH

    keys = [f"run_{what}_{where}_{run.id}" for what in ("title", "note", "pinned")]
    with st.form(f"naming_{where}_{run.id}", border=False):
        st.text_input(
            _("Name"), run.title, key=keys[0], max_chars=TITLE_LENGTH, placeholder=_("what it is known by")
        )
        st.text_area(_("Note"), run.note, key=keys[1], max_chars=NOTE_LENGTH, height=100)
        st.checkbox(_("Pinned: it stays on top of Runs"), run.pinned, key=keys[2])
        st.form_submit_button(_("Save"), key=f"save_{where}_{run.id}", on_click=_save, args=(run.id, keys))
    if st.session_state.pop(_SAVED, None) == run.id:
        states.caption(_("Saved."))


def attend() -> None:
    """Says what could not be kept, once."""
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        states.bad_input(BadInput(*refused))


def for_comparison(comparison: Comparison) -> None:
    """The form for the run of a comparison, and the way to it on Runs."""
    from core.work.runs import run_book

    attend()
    with run_book() as book:
        run = book.of(comparison.experiment.to_json(), comparison.facts.fingerprint)
    if run is None:
        states.caption(
            _("This comparison is not in the run book: it was deleted, or the database could not be used.")
        )
        return
    form(run, "overview")
    if st.button(_("All runs"), key="to_runs", type="tertiary"):
        session.change(run=run.id, against=0)
        st.switch_page(RUNS)


def pin(number: int, pinned: bool) -> None:
    """Pins a run or unpins it. For callbacks."""
    _annotate(number, pinned=pinned)


def _save(number: int, keys: list[str]) -> None:
    title, note, pinned = (st.session_state.get(key) for key in keys)
    _annotate(number, title=str(title or ""), note=str(note or ""), pinned=bool(pinned))


def _annotate(
    number: int, *, title: str | None = None, note: str | None = None, pinned: bool | None = None
) -> None:
    from core.work.runs import run_book

    try:
        with run_book() as book:
            there = book.annotate(number, title=title, note=note, pinned=pinned)
        if not there:
            raise BadInput(
                f"There is no run {number}.", "the number of a run that is kept here.", "choose another."
            )
    except BadInput as error:
        st.session_state[_REFUSED] = [error.wrong, error.expected, error.do]
    else:
        st.session_state[_SAVED] = number
