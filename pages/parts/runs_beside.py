"""Two runs beside each other: what was asked differently, their figures, and paired differences."""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.evaluation.recorded import figures, recorded
from core.evaluation.two_runs import TASK, Gap, Paired, Setting, Side, differing, paired_runs, side_by_side
from core.work.errors import BadInput
from pages.parts import job_panel, page_tables, runs_data, runs_one, session, states
from pages.parts.figures import Column, Line, columns_html
from pages.parts.metric_names import metric_at
from pages.parts.page_tables import Cell
from pages.parts.runs_words import in_words, why, words
from pages.parts.text import plain
from pages.parts.url_state import State
from pages.parts.words import _, listed

if TYPE_CHECKING:
    from core.work.runs import Run

Where = tuple[str, str, int]  # metric, variant, cut-off


def sentence(run: "Run", other: "Run") -> str:
    """Whether the two are of the same question, in words."""
    first, second = runs_data.title(run), runs_data.title(other)
    try:
        settings = differing(recorded(run).experiment, recorded(other).experiment)
    except BadInput:
        return _("{first} beside {second}.").format(first=first, second=second)
    task = [words(one.name) for one in settings if one.name in TASK]
    if not _same_data(run, other):
        told = _(
            "{first} and {second} are not on the same data, so their figures are of different questions."
        )
    elif task:
        told = _(
            "{first} and {second} are on the same data, but differ in {task}: their figures measure "
            "different things."
        )
    elif settings:
        told = _("{first} and {second} ask the same question of the same data; what differs stands below.")
    else:
        told = _("{first} and {second} are the same experiment on the same data.")
    return told.format(first=first, second=second, task=listed(task) if task else "")


def _same_data(run: "Run", other: "Run") -> bool:
    prints = [str(one.experiment.get("fingerprint", "")) for one in (run, other)]
    return prints[0] == prints[1] != ""


def show(run: "Run", other: "Run", state: State) -> str:
    """What differs, one metric as figures, every figure as a table; returns what they say, in words."""
    try:
        asked = recorded(run), recorded(other)
        sides = [
            one
            for one in side_by_side(figures(run), figures(other))
            if (one.first and one.first.n) or (one.second and one.second.n)
        ]
    except BadInput as error:
        states.bad_input(error)
        return ""
    _differing(run, other, differing(asked[0].experiment, asked[1].experiment))
    columns = list(
        dict.fromkeys((one.metric, one.variant, one.k) for one in sides if one.first and one.second)
    )
    if not columns:
        states.refused(
            _("They have no number in common."),
            _("A recommender, a metric and a cut-off that both runs have."),
        )
        return ""
    at = _column(columns, state)
    made = _paired(asked)
    said = _figures(run, other, [one for one in sides if (one.metric, one.variant, one.k) == at], at, made)
    if made is not None:
        states.caption(why(made))
    with st.expander(_("Every figure"), on_change="rerun", key="runs_table") as whole:
        if whole.open:
            _table(run, other, sides, made)
    return said


def _differing(run: "Run", other: "Run", settings: tuple[Setting, ...]) -> None:
    rows: list[list[str | Cell]] = []
    if not _same_data(run, other):
        rows.append([_("data set"), *(_data(one) for one in (run, other))])
    rows += [[words(one.name), one.first or "–", one.second or "–"] for one in settings if one.name != "data"]
    if run.threads != other.threads:
        rows.append([_("BLAS threads"), str(run.threads), str(other.threads)])
    before, after = ({"Touchstone": one.version, **one.libraries} for one in (run, other))
    rows += [
        [name, before.get(name) or "–", after.get(name) or "–"]
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]
    if rows:
        st.html(page_tables.table([_("What differs"), runs_data.title(run), runs_data.title(other)], rows))
    else:
        states.caption(_("Nothing differs in what was asked, nor in versions and threads."))


def _data(run: "Run") -> Cell:
    return Cell(runs_data.data_name(run), str(run.experiment.get("fingerprint", ""))[:12])


def _column(columns: list[Where], state: State) -> Where:
    """The figure that is shown: that of the state where both runs have it, else another."""
    standard = [one for one in columns if one[1] == "standard"] or columns
    wanted = (state.metric, "standard", state.k)
    by_metric = [one for one in standard if one[0] == state.metric]
    current = wanted if wanted in standard else (by_metric or standard)[0]  # of a whole ranking: k is 0
    labels = [metric_at(name, k) for name, _variant, k in standard]

    def changed() -> None:
        found = st.session_state.get("runs_column")
        if found in labels:
            name, _variant, k = standard[labels.index(found)]
            session.change(metric=name, **({"k": k} if k else {}))

    st.session_state["runs_column"] = labels[standard.index(current)]
    st.selectbox(_("Figure"), labels, key="runs_column", on_change=changed, width=260)
    return current


def _paired(asked: tuple[object, object]) -> Paired | None:
    """Paired differences; None while they are worked out. Not asked for where a comparison is gone."""
    store = job_panel.desk().store
    if not all(store.has(one.key) for one in asked):  # type: ignore[attr-defined]
        return Paired("gone")
    return job_panel.peek(paired_runs, *asked, key="paired")


def _figures(run: "Run", other: "Run", sides: list[Side], at: Where, made: Paired | None) -> str:
    gaps = {one.recommender: one for one in made.gaps if _at(one) == at} if made else {}
    looks = {**runs_one.styles(other), **runs_one.styles(run)}
    href, held_out = session.link("methods", term=at[0]), _("held-out")
    title = metric_at(at[0], at[2])

    whole = [
        end for one in sides for each in (one.first, one.second) if each for end in (each.low, each.high)
    ]

    def column(name: str, which: str) -> Column:
        lines = [
            Line(runs_data.recommender(one.recommender), looks.get(one.recommender), getattr(one, which))
            for one in sides
        ]
        n = [line.estimate.n for line in lines if line.estimate]
        under = runs_data.people(max(n, default=0))
        return Column(f"{title} · {name}", tuple(lines), under, held_out, href, holds=tuple(whole))

    shown = [
        column(plain(runs_data.title(run), 24), "first"),
        column(plain(runs_data.title(other), 24), "second"),
    ]
    if gaps:
        lines = tuple(
            Line(
                runs_data.recommender(one.recommender),
                looks.get(one.recommender),
                gaps[one.recommender].estimate if one.recommender in gaps else None,
                mark=_("tied") if one.recommender in gaps and not gaps[one.recommender].settled else "",
            )
            for one in sides
        )
        n = max(one.estimate.n for one in gaps.values())
        shown.append(
            Column(
                _("Second minus first"),
                lines,
                runs_data.people(n),
                _("paired"),
                session.link("methods", term="tied"),
                signed=True,
            )
        )
    said = in_words(sides, gaps, title, runs_data.title(other))
    st.html(columns_html(shown, alt=said))
    return said


def _at(one: Gap) -> Where:
    return one.metric, one.variant, one.k


def _table(run: "Run", other: "Run", sides: list[Side], made: Paired | None) -> None:
    gaps = {(one.recommender, *_at(one)): one for one in made.gaps} if made else {}
    first, second = (plain(runs_data.title(one), 24) for one in (run, other))
    if first == second:
        first, second = f"{first} ({run.id})", f"{second} ({other.id})"
    rows = []
    for one in sides:
        gap = gaps.get((one.recommender, one.metric, one.variant, one.k))
        row: dict[str, object] = {
            _("recommender"): runs_data.recommender(one.recommender),
            _("metric"): metric_at(one.metric, one.k),
            _("variant"): one.variant,
        }
        for name, estimate in (
            (first, one.first),
            (second, one.second),
            (_("second minus first"), gap and gap.estimate),
        ):
            for end in ("mean", "low", "high", "n"):
                row[f"{name}: {_ends(end)}"] = getattr(estimate, end) if estimate else None
        row[_("p (Holm)")] = gap.p if gap else None
        rows.append(row)
    table = pd.DataFrame(rows)
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        key="runs_figures",
        alt=_(
            "Every number of both runs with its interval and n, and paired differences where there are any"
        ),
        column_config={
            name: st.column_config.NumberColumn(format="%d" if name.endswith(": n") else "%.4f")
            for name in table.columns[3:]
        },
    )


def _ends(end: str) -> str:
    return {"mean": _("mean"), "low": _("low"), "high": _("high"), "n": "n"}[end]
