"""The list of runs: each with its name, pin and note, what it was of, and what led."""

from typing import TYPE_CHECKING

import streamlit as st

from core.evaluation.recorded import leading
from pages.parts import frame, runs_data, runs_naming, session, states
from pages.parts.comparison_form import OVERVIEW
from pages.parts.metric_names import metric_at
from pages.parts.runs_data import Listed
from pages.parts.text import escaped, markdown
from pages.parts.words import _, counted, sentences

if TYPE_CHECKING:
    from core.work.runs import Run


def sentence(found: Listed) -> str:
    """How many there are, and what the latest said."""
    if not found.runs:
        return _("No comparison is kept here yet.")
    many = len(found.runs)
    first = (
        _("More than {n} comparisons are kept.").format(n=f"{many:,}")
        if found.more
        else counted("{n} comparison is kept.", "{n} comparisons are kept.", many)
    )
    latest = max(found.runs, key=lambda run: (run.created, run.id))
    best = leading(latest)
    if best is None:
        return first
    last = _("The latest, on {data}: {name} has the best {metric}, {value}.").format(
        data=runs_data.data_name(latest),
        name=runs_data.recommender(best.recommender),
        metric=metric_at(best.metric, best.k),
        value=runs_data.value(best),
    )
    return sentences([first, last])


def show(found: Listed, chosen: "Run | None") -> None:
    """The rows; with a run open, each of the others can be set beside it."""
    if not found.runs:
        states.empty(
            _("Every comparison is kept here once it is done, with all that it takes to run it again."),
            _("Compare recommenders first; then name, pin, compare and reproduce what came out."),
        )
        if st.button(_("Compare recommenders"), key="runs_compare", type="primary"):
            st.switch_page(OVERVIEW)
    else:
        head = [_("Data set"), _("Recommenders"), _("Best result"), _("When")]
        cells = "".join(f"<span>{escaped(one)}</span>" for one in head)
        wide = " ts-run-beside" if chosen is not None else ""  # room for a button in each row
        with st.container(key="runs_head", horizontal=True, gap="small"):
            st.html(f'<div class="ts-run ts-run-head{wide}" aria-hidden="true">{cells}</div>')
        for run in found.runs:
            _row(run, chosen)
    if found.hidden:
        states.caption(
            counted(
                "{n} run on files that somebody else uploaded is not listed.",
                "{n} runs on files that somebody else uploaded are not listed.",
                found.hidden,
            )
        )
    if found.more:
        st.button(_("Show more"), key="runs_more", on_click=runs_data.show_more)


def _row(run: "Run", chosen: "Run | None") -> None:
    here = chosen is not None and chosen.id == run.id
    with st.container(
        key=f"row_{'here_' if here else ''}{run.id}", horizontal=True, vertical_alignment="top", gap="small"
    ):
        st.button(
            _("Unpin") if run.pinned else _("Pin"),
            key=f"{'pinned' if run.pinned else 'pin'}_{run.id}",
            icon=":material/keep:",
            type="tertiary",
            help=_("Unpin") if run.pinned else _("Pin: it stays on top"),
            width=28,
            on_click=runs_naming.pin,
            args=(run.id, not run.pinned),
        )
        st.button(
            markdown(runs_data.title(run)),
            key=f"open_{run.id}",
            type="tertiary",
            help=_("What it was, and all that can be done with it"),
            width=190,
            on_click=session.change,
            kwargs={"run": run.id, "against": 0},
        )
        st.html(_facts(run))
        if chosen is not None:
            beside = session.state().against == run.id
            word, change = (
                (_("Close"), {"run": 0, "against": 0})
                if here
                else (_("Take away"), {"against": 0})
                if beside
                else (_("Set beside"), {"against": run.id})
            )
            st.button(
                word,
                key=f"beside_{run.id}",
                type="tertiary",
                width=84,
                on_click=session.change,
                kwargs=change,
            )


def _facts(run: "Run") -> str:
    best = leading(run)
    result = (
        _cell(
            f"{runs_data.recommender(best.recommender)} {runs_data.value(best)}",
            f"{metric_at(best.metric, best.k)} · {runs_data.people(best.estimate.n)}",
        )
        if best
        else _cell(_("not readable"), _("written by another version"))
    )
    note = f'<p class="ts-run-note">{escaped(run.note, 160)}</p>' if run.note else ""
    split = str(run.experiment.get("split") or "")
    return (
        f'<div class="ts-run">{_cell(runs_data.data_name(run), split_words(split))}'
        f"{_cell(runs_data.who(run))}{result}{_cell(runs_data.when(run))}{note}</div>"
    )


def split_words(spec: str) -> str:
    """A split in a word or two; one that is not known here stays as it is."""
    try:
        return frame.split_words(spec)
    except KeyError:
        return spec


def _cell(text: str, under: str = "") -> str:
    below = f"<small>{escaped(under, 120)}</small>" if under else ""
    return f"<span>{escaped(text, 200)}{below}</span>"
