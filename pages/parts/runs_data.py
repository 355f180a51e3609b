"""Runs as pages see them: what this session may see of the run book, and how runs are called."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.evaluation.recorded import Figure, uploads
from core.recommenders.base import recommender_of
from core.work.errors import BadInput
from pages.parts import numbers, opening, ready_made, session, states
from pages.parts.text import plain
from pages.parts.url_state import State
from pages.parts.words import _, counted, said

if TYPE_CHECKING:
    from core.work.runs import Run

MORE = 30  # runs that are listed at first, and with each wish for more
_SHOWN = "runs_shown"


@dataclass(frozen=True)
class Listed:
    """The runs of a page: pinned ones first, then the newest."""

    runs: "tuple[Run, ...]"
    hidden: int  # made from files that other sessions uploaded
    more: bool  # whether the book has more


def listed() -> Listed:
    """As many runs as are wished for; raises BadInput where the run book can't be used."""
    from core.work.runs import run_book

    many = int(st.session_state.get(_SHOWN, MORE))
    with run_book() as book:
        found = book.list(many + 1)
    known = _uploads()
    shown = tuple(run for run in found[:many] if uploads(run) <= known)
    return Listed(shown, len(found[:many]) - len(shown), len(found) > many)


def show_more() -> None:
    """For a callback: lists more of them."""
    st.session_state[_SHOWN] = min(int(st.session_state.get(_SHOWN, MORE)) + MORE, 3_000)


def one(number: int) -> "Run | None":
    """The run of that number, or None where there is none that this session may see."""
    from core.work.runs import run_book

    if not number:
        return None
    with run_book() as book:
        found = book.get(number)
    return found if found is not None and uploads(found) <= _uploads() else None


def say_unknown(state: State, there: "list[Run | None]") -> None:
    """Where a link asks for a run that is not here."""
    numbers = {run.id for run in there if run is not None}
    for number in dict.fromkeys([state.run, state.against]):
        if number and number not in numbers:
            states.bad_input(
                BadInput(
                    f"There is no run {number}.",
                    "the number of a run that is kept here.",
                    "choose one below.",
                )
            )


def _uploads() -> frozenset[str]:
    """Addresses of what this session uploaded: their runs, and only theirs, are for its eyes."""
    found = set(ready_made.lists().values())
    for key in opening.uploads():
        try:
            found |= {str(value) for value in vars(session.shelf().get(key)).values()}
        except BadInput:  # gone meanwhile
            continue
    return frozenset(found)


def title(run: "Run") -> str:
    """What a run is called: by whom named it, else by its number."""
    return plain(run.title) or _("Run {n}").format(n=run.id)


def when(run: "Run") -> str:
    """When a run was made."""
    return f"{run.created:%Y-%m-%d %H:%M} UTC"


def data_name(run: "Run") -> str:
    """The name of the data set as it was."""
    return plain(said(run.name), 80)


def recommender(name: str) -> str:
    """A recommender of a record as people read it; a name that is not known here stays as it is."""
    try:
        return plain(recommender_of(name).label + name[len(name.partition("(")[0]) :], 80)
    except BadInput:
        return plain(name, 80)


def specs(run: "Run") -> list[str]:
    """The recommenders and ready-made lists of a run, as its record says them."""
    asked = run.experiment
    found = [*(asked.get("recommenders") or ()), *(asked.get("recommendations") or {})]
    return [str(spec) for spec in found]


def who(run: "Run") -> str:
    """The recommenders of a run by their labels, with settings where one is there twice."""
    found = specs(run)
    names = [spec.partition("(")[0] for spec in found]
    return ", ".join(
        recommender(spec if names.count(name) > 1 else name) for spec, name in zip(found, names, strict=True)
    )


def value(one_of: Figure) -> str:
    """A figure with its interval."""
    return f"{numbers.figure(one_of.estimate.mean)} ({numbers.interval(one_of.estimate)})"


def people(n: int) -> str:
    """n as it stands under a mean."""
    return counted("n = {n} person", "n = {n} people", n)
