"""The sections of the Data page; each draws one part of a data set at a glance."""

from collections.abc import Sequence

import streamlit as st

from core.data.checks import DataCheck, checked
from core.data.dataset import Dataset
from core.data.load import Source, samples
from core.data.overview import Meaning, Overview, Spread
from core.data.readers.base import READERS
from core.data.recognise import Guess, guesses, recognised
from pages.parts import (
    charts,
    data,
    data_figures,
    data_words,
    job_panel,
    nouns,
    numbers,
    opening,
    page_tables,
    session,
    states,
)
from pages.parts.page_tables import Bar, Cell
from pages.parts.text import markdown
from pages.parts.words import _, counted, said

LOOK = 8.0  # seconds that the readers may look at a source


def format_line(found: Dataset, source: Source) -> None:
    """Which format it was taken for, how sure that is, and the way to correct it; licence and files."""
    sure = _guesses(source)
    licence = _("licence: {licence}").format(licence=_(found.origin.licence)) if found.origin.licence else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="format"):
        states.caption(
            " · ".join(
                filter(None, [data_words.understood(sure, found.origin.reader), licence, _files(found)])
            )
        )
        if source.data and source.data not in samples():
            with st.popover(_("Change"), type="tertiary", key="change_reader"):
                _change_reader(found, source, sure)


def _files(found: Dataset) -> str:
    """The files that were read, the first few by name."""
    files = found.origin.files
    if len(files) > 3:
        return counted("{n} file", "{n} files", len(files))
    return ", ".join(one.name for one in files)


def _guesses(source: Source) -> tuple[Guess, ...]:
    """How sure each reader is: looked at here for a sample, in a child for what a stranger made."""
    if source.data in samples():
        return guesses(source)
    job = job_panel.desk().start(recognised, source, data.content(source))
    return job.result() if job.wait(LOOK) and job.status().state == "done" else ()


def _change_reader(found: Dataset, source: Source, sure: tuple[Guess, ...]) -> None:
    names = list(READERS.all())
    certainty = {guess.reader: data_words.certainty(guess.certainty) for guess in sure}

    def label(name: str) -> str:
        word = certainty.get(name, _("not its format") if sure else "")
        return markdown(f"{_(READERS.get(name).label)} · {word}" if word else _(READERS.get(name).label))

    current = found.origin.reader if found.origin.reader in names else names[0]
    chosen = st.selectbox(_("Read it as"), names, index=names.index(current), format_func=label, key="reader")
    st.button(
        _("Read again"),
        key="read_again",
        type="primary",
        on_click=_read_again,
        args=(source, str(chosen), found.name),
    )


def _read_again(source: Source, reader: str, name: str) -> None:
    opening.begin(Source(**{**vars(source), "reader": reader}), name)


def allowed(found: Dataset, seen: Overview) -> None:
    """What the data set allows, and what it would take where it doesn't."""
    st.subheader(_("What it allows"), anchor=False)
    st.html(page_tables.marked_list(data_words.allows(seen.allowed, found.origin)))


def choose_table(seen: Overview) -> str:
    """Which table of the data set is looked at; the only one where there is one."""
    tables = list(dict.fromkeys(one.table for one in seen.meanings))
    names = {table: data_words.table_name(table) for table in tables}
    if st.session_state.get("columns_of") not in tables:
        st.session_state["columns_of"] = tables[0]
    if len(tables) > 1:
        st.segmented_control(
            _("Table"),
            tables,
            key="columns_of",
            format_func=names.__getitem__,
            label_visibility="collapsed",
            required=True,
        )
    return str(st.session_state["columns_of"])


def columns(seen: Overview) -> None:
    """The columns of the chosen table, each with what it is taken for and three of its values."""
    chosen = st.session_state["columns_of"]
    _columns([one for one in seen.meanings if one.table == chosen])
    if chosen == "users" and any(one.personal for one in seen.meanings):
        states.caption(
            _(
                "Personal columns are never shown for one person, nor exported;"
                " here stand only values that five people or more share."
            )
        )


def _columns(meanings: Sequence[Meaning]) -> None:
    rows = [
        (
            one.source,
            Cell(data_words.role(one.column), data_words.meaning(one.kind)),
            Cell(" · ".join(one.examples) or _("kept back"), _("personal") if one.personal else ""),
            numbers.percent(one.filled, 0 if one.filled in (0, 1) else 1),
        )
        for one in meanings
    ]
    head = [_("Column"), _("Taken for"), _("Three values"), _("Filled")]
    st.html(page_tables.table(head, rows, right=[3]))


def checks(found: Dataset) -> None:
    """What to know before believing a comparison; what is as it should be is folded."""
    st.subheader(_("Checks"), anchor=False)
    done = job_panel.result(checked, found)
    marks = {"ok": "✓", "note": "·", "warning": "!"}
    order = ("warning", "note")
    rows = [
        (marks[one.verdict], data_words.check_name(one.check), _with_examples(one))
        for verdict in order
        for one in done
        if one.verdict == verdict
    ]
    if rows:
        st.html(page_tables.marked_list(rows))
    passed = [
        (marks["ok"], data_words.check_name(one.check), said(one.detail))
        for one in done
        if one.verdict == "ok"
    ]
    if passed:
        with st.expander(counted("{n} check passed", "{n} checks passed", len(passed))):
            st.html(page_tables.marked_list(passed))


def _with_examples(one: DataCheck) -> str:
    examples = "; ".join(one.examples[:3])
    return f"{said(one.detail)} ({examples})" if examples else said(one.detail)


def spreads(found: Dataset, seen: Overview) -> None:
    """Activity of people and popularity of items."""
    left, right = st.columns(2, gap="large")
    with left:
        _spread(_("Activity"), _("people"), seen.activity, "activity")
    with right:
        _spread(_("Popularity"), nouns.noun(found.origin, "items"), seen.popularity, "popularity")


def _spread(title: str, what: str, found: Spread, key: str) -> None:
    st.subheader(title, anchor=False)
    sentence = _(
        "The busiest tenth of {what} has {share} of all events; half have {median} or more, {once} have one."
    ).format(
        what=what,
        share=numbers.percent(found.top_tenth),
        median=f"{found.median:,.0f}",
        once=f"{found.once:,}",
    )
    states.caption(f"{sentence} n = {found.n:,} {what}")
    charts.show(
        data_figures.curve_figure(found, what),
        alt=f"{title}: {sentence}",
        table=data_figures.spread_table(found),
        key=key,
    )


def over_time(found: Dataset, seen: Overview) -> None:
    """Events by day or month, and the way from a view to a purchase."""
    left, right = st.columns([2, 1], gap="large")
    with left:
        st.subheader(_("Events by month") if seen.by_month else _("Events by day"), anchor=False)
        if seen.days.empty:
            states.caption(_("No event has a time."))
        else:
            kinds = ", ".join(data_words.kind_name(kind) for kind in data_figures.kinds_of(seen.days))
            alt = _("Events from {dates}, a row for each kind: {kinds}").format(
                dates=data_words.dates(seen.first, seen.last), kinds=kinds
            )
            charts.show(
                data_figures.days_figure(seen.days, seen.by_month),
                alt=alt,
                table=data_figures.days_table(seen),
                key="days",
            )
    with right:
        st.subheader(data_words.way(seen) if len(seen.funnel) > 1 else _("Events by kind"), anchor=False)
        _funnel(found, seen)


def _funnel(found: Dataset, seen: Overview) -> None:
    most = max(one.events for one in seen.funnel)
    rows = [
        Bar(
            data_words.kind_name(one.kind),
            one.events / most,
            f"{one.events:,} · {counted('{n} person', '{n} people', one.people)}",
        )
        for one in seen.funnel
    ]
    st.html(page_tables.bars(rows))
    share = numbers.percent(1 - seen.sparsity)
    states.caption(
        _("Of all pairs of person and {item}, {share} ever met (sparsity {sparsity}).").format(
            item=nouns.noun(found.origin, "item"), share=share, sparsity=numbers.percent(seen.sparsity)
        )
    )


def source() -> Source:
    """The source of the state's data set."""
    return session.shelf().get(session.state().data)
