"""One run: what it was, its figures, and what can be done with it."""

import json
from typing import TYPE_CHECKING

import streamlit as st

from core.evaluation.recorded import Figure, figures, leading
from core.work.errors import BadInput
from pages.parts import (
    page_tables,
    palette,
    runs_again,
    runs_data,
    runs_naming,
    runs_open,
    session,
    states,
)
from pages.parts.figures import Column, Line, columns_html
from pages.parts.metric_names import metric_at
from pages.parts.page_tables import Cell
from pages.parts.runs_list import split_words
from pages.parts.text import plain
from pages.parts.url_state import State
from pages.parts.words import _

if TYPE_CHECKING:
    from core.work.runs import Run

FIRST = ("precision", "recall", "ndcg")


def sentence(run: "Run") -> str:
    """`First try, on Sample shop: EASE has the best NDCG@10, 0.214 (0.206–0.222), of 3.`"""
    best = leading(run)
    if best is None:
        return _("{title}, on {data}.").format(title=runs_data.title(run), data=runs_data.data_name(run))
    return _("{title}, on {data}: {name} has the best {metric} of {many}, {value}.").format(
        title=runs_data.title(run),
        data=runs_data.data_name(run),
        name=runs_data.recommender(best.recommender),
        metric=metric_at(best.metric, best.k),
        many=len({one.recommender for one in figures(run)}),
        value=runs_data.value(best),
    )


def show(run: "Run", others: "tuple[Run, ...]") -> None:
    """Actions, figures and the record; an expander keeps the record short."""
    if run.note:
        st.text(plain(run.note, 2_000))
    _actions(run, others)
    runs_again.attend(run)
    if session.state().against:
        return
    try:
        _figures(run, session.state())
    except BadInput as error:
        states.bad_input(error)
    with st.expander(_("The record"), key="record"):
        st.html(page_tables.table([], _record(run)))


def _actions(run: "Run", others: "tuple[Run, ...]") -> None:
    with st.container(key="run_actions", horizontal=True, vertical_alignment="bottom", gap="small"):
        if st.button(_("Open in Overview"), key="run_overview", type="primary"):
            runs_open.in_overview(run)
        st.button(
            _("Reproduce"),
            key="run_again",
            help=_("Runs its experiment again from nothing, and says whether every number is the same"),
            on_click=runs_again.start,
            args=(run.id,),
        )
        with st.popover(_("Name and pin"), icon=":material/keep:", key="run_naming"):
            runs_naming.form(run, "runs")
        st.download_button(
            _("Experiment"),
            json.dumps(run.experiment, ensure_ascii=False, indent=1),
            f"run-{run.id}.json",
            "application/json",
            key="run_json",
            icon=":material/download:",
            help=_("As JSON: python -m core compare --experiment FILE repeats it"),
            on_click="ignore",
        )
        _beside(run, others)


def _beside(run: "Run", others: "tuple[Run, ...]") -> None:
    names = {other.id: f"{runs_data.title(other)} · {runs_data.data_name(other)}" for other in others}
    asked = session.state().against
    options = [
        0,
        *(number for number in dict.fromkeys([*names, *([asked] if asked else [])]) if number != run.id),
    ]
    st.selectbox(
        _("Set beside"),
        options,
        format_func=lambda number: (
            plain(names.get(number, _("Run {n}").format(n=number)), 80) if number else _("no other run")
        ),
        width=260,
        **session.bound("against"),
    )


def _figures(run: "Run", state: State) -> None:
    found = [one for one in figures(run) if one.variant == "standard" and one.estimate.n]
    if not found:
        return
    k = state.k if any(one.k == state.k for one in found) else found[0].k
    there = {one.metric: one.k for one in found if one.k in (k, 0)}
    names = [name for name in (*FIRST, state.metric) if name in there] or list(there)[:3]
    columns = [
        column(run, [one for one in found if one.column == (name, "standard", there[name])])
        for name in dict.fromkeys(names)
    ]
    st.html(columns_html(columns, alt=sentence(run)))


def column(run: "Run", found: list[Figure]) -> Column:
    """One metric of a run, recommender by recommender in the order of the record."""
    looks = styles(run)
    most = max(one.estimate.n for one in found)
    return Column(
        title=metric_at(found[0].metric, found[0].k),
        lines=tuple(
            Line(
                runs_data.recommender(one.recommender),
                looks.get(one.recommender),
                one.estimate,
                mark="" if one.estimate.n == most else f"n = {one.estimate.n:,}",
            )
            for one in found
        ),
        under=runs_data.people(most),
        badge=_("held-out"),
        href=session.link("methods", term=found[0].metric),
    )


def styles(run: "Run") -> dict[str, palette.Style]:
    """The style of each recommender by the name that the record gives it."""
    found = palette.styles(runs_data.specs(run))
    return {name: style for spec, style in found.items() for name in (spec.partition("(")[0], spec)}


def _record(run: "Run") -> list[list[str | Cell]]:
    asked = run.experiment
    least = [str(asked.get(name, 1)) for name in ("min_user", "min_item")]
    counts = str(asked.get("positive") or "") or _("every interaction")
    libraries = ", ".join(f"{name} {version}" for name, version in run.libraries.items() if version)
    return [
        [_("Number"), str(run.id)],
        [_("Data set"), Cell(runs_data.data_name(run), str(asked.get("fingerprint", "")))],
        [_("What counts as a hit"), counts],
        [
            _("What is held out"),
            Cell(split_words(str(asked.get("split") or "")), str(asked.get("split") or "")),
        ],
        [_("People and items with fewer events are left out"), " · ".join(least)],
        [_("Recommenders"), ", ".join(runs_data.specs(run))],
        [_("Metrics"), ", ".join(map(str, asked.get("metrics") or ()))],
        ["k", ", ".join(map(str, asked.get("k") or ()))],
        [_("Seed"), str(asked.get("seed", 0))],
        [_("When"), runs_data.when(run)],
        [_("Fitting and lists took"), _("{n} s").format(n=f"{run.seconds:,.1f}")],
        [
            _("Where"),
            _("engine {engine}, BLAS threads: {threads}").format(engine=run.engine, threads=run.threads),
        ],
        [_("Versions"), f"Touchstone {run.version}" + (f", {libraries}" if libraries else "")],
    ]
