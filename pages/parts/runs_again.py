"""Reproducing a run from a page: the job, how far it is, and whether every number came out the same."""

from math import isnan
from typing import TYPE_CHECKING

import streamlit as st

from core.evaluation.recorded import recorded
from core.work.errors import BadInput
from pages.parts import job_panel, numbers, page_tables, runs_data, states
from pages.parts.metric_names import metric_at
from pages.parts.words import _, counted, said, sentences

if TYPE_CHECKING:
    from core.evaluation.reproducing import Changed, Off, Reproduced
    from core.work.runs import Run

_ASKED = "reproducing"  # in the session: number of a run → key of its job
SHOWN = 50  # numbers that differ


def start(number: int) -> None:
    """Starts to run the experiment of a run again. For a callback."""
    from core.evaluation.reproducing import reproduce

    run = runs_data.one(number)
    if run is None:
        return
    try:
        job = job_panel.desk().start(reproduce, recorded(run))
    except BadInput as error:
        st.session_state[_ASKED] = {str(number): [error.wrong, error.expected, error.do]}
        return
    st.session_state[_ASKED] = {str(number): job.key}


def attend(run: "Run") -> None:
    """How far it is, or what came of it."""
    asked = st.session_state.get(_ASKED, {}).get(str(run.id))
    if isinstance(asked, list):
        states.bad_input(BadInput(*asked))
        return
    found: Reproduced | None = job_panel.came_of(
        asked or "", _("This could not be run again."), lambda: states.caption(_("Cancelled."))
    )
    if found is not None:
        _show(found)


def _show(found: "Reproduced") -> None:
    if found.same:
        states.empty(same_words(found), reasons(found))
    else:
        states.error(differs_words(found), reasons(found))
        st.html(page_tables.table(*_table(found.off[:SHOWN]), right=(2, 3)))
        if len(found.off) > SHOWN:
            states.caption(_("The first {n} are shown.").format(n=SHOWN))
    for text in found.failed:
        states.caption(_("Took no part this time: {text}").format(text=said(text)))


def same_words(found: "Reproduced") -> str:
    """`Reproduced: all 324 numbers are the same to the last digit.`"""
    return _("Reproduced: all {n} numbers are the same to the last digit.").format(n=f"{found.numbers:,}")


def differs_words(found: "Reproduced") -> str:
    """How many differ, and by how much at most."""
    return counted(
        "{n} of {numbers} numbers differs, by {largest}.",
        "{n} of {numbers} numbers differ, by {largest} at most.",
        len(found.off),
        numbers=f"{found.numbers:,}",
        largest=_small(found.largest),
    )


def _small(value: float) -> str:
    """Two digits, however small: 4 × 10⁻⁹."""
    digits, _e, power = f"{value:.1e}".partition("e")
    if -5 < int(power) < 6:
        return f"{value:.2g}"
    return f"{float(digits):g} × 10" + f"{int(power)}".translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def reasons(found: "Reproduced") -> str:
    """What is not as it was, and so may be why."""
    if not found.changed:
        if found.same:
            return _("Data, versions and threads are those of the record.")
        return _("Data, versions and threads are those of the record: the difference has another reason.")
    first = (
        _("Not as it was, and no number changed:") if found.same else _("Not as it was, so it may be why:")
    )
    return sentences([first, "; ".join(map(_reason, found.changed)) + "."])


def _reason(one: "Changed") -> str:
    if one.what == "libraries":
        return _("the record does not say with which versions it ran")
    name = {
        "data": _("the data set (fingerprint)"),
        "content": _("files beside the data, or the language model"),
        "threads": _("BLAS threads"),
        "touchstone": "Touchstone",
    }.get(one.what, one.what)
    return _("{name}: {before}, now {now}").format(name=name, before=one.before or "–", now=one.now or "–")


def _table(off: "tuple[Off, ...]") -> tuple[list[str], list[list[str]]]:
    ends = {"mean": _("mean"), "low": _("low"), "high": _("high"), "n": "n"}
    head = [_("recommender"), _("number"), _("in the record"), _("now")]
    rows = [
        [
            runs_data.recommender(one.recommender),
            f"{metric_at(one.metric, one.k, one.variant)} · {ends[one.what]}",
            exact(one.before),
            exact(one.now),
        ]
        for one in off
    ]
    return head, rows


def exact(value: float) -> str:
    """Every digit of a number: this is where the last one counts."""
    return numbers.figure(value) if isnan(value) else repr(value)
