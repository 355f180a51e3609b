"""The columns of a file: what each is taken for and how certain that is, correctable, with its first rows."""

from collections.abc import Callable

import streamlit as st

from core.data.columns import LOG
from core.data.correcting import with_role
from core.data.load import Source
from core.data.mapping import BY_CONTENT, BY_NAME, Guess
from core.data.preview import Preview
from pages.parts import data_draft, data_words, page_tables, states
from pages.parts.text import escaped, markdown, plain
from pages.parts.words import _, counted, said

MOST = 24  # columns that are shown at once; those that mean something come first
ROWS = 5  # of the preview


def editor(place: str, base: Source, draft: Source, seen: Preview) -> None:
    """A row for each column with what it is taken for, and the first rows as they would be read."""
    if seen.problem:
        if draft != base:
            states.refused(said(seen.problem.partition(" Expected:")[0]), "")
        states.caption(_("Say below which column holds the person and which the item."))
    with st.container(key=f"{place}_columns", gap=None):
        for at, one in _shown(place, seen.columns):
            _row(place, at, one, base, draft, seen)
    _first_rows(seen)


def _shown(place: str, columns: tuple[Guess, ...]) -> list[tuple[int, Guess]]:
    numbered = list(enumerate(columns))
    if len(columns) <= MOST:
        return numbered
    first = sorted(numbered, key=lambda one: not one[1].role)
    rest = [at for at, one in first[MOST:]]
    more = st.selectbox(
        counted("{n} more column", "{n} more columns", len(rest)),
        rest,
        index=None,
        format_func=lambda at: plain(columns[at].column, 60),
        placeholder=_("Show another column"),
        key=f"{place}_more",
    )
    return [*first[:MOST], *([(more, columns[more])] if more is not None else [])]


def _row(place: str, at: int, one: Guess, base: Source, draft: Source, seen: Preview) -> None:
    key = f"{place}_role_{at}"
    st.session_state[key] = one.role

    def changed() -> None:
        role = str(st.session_state[key])
        data_draft.keep(place, base, with_role(draft, seen.columns, one.column, role))

    left, middle, right = st.columns([5, 4, 2], vertical_alignment="center", gap="small")
    examples = " · ".join(one.examples) or _("empty")
    left.html(
        f'<p class="ts-column-name"><b>{escaped(one.column, 60)}</b><span>{escaped(examples, 120)}</span></p>'
    )
    middle.selectbox(
        _("What {column} holds").format(column=markdown(one.column, 60)),
        ["", *LOG],
        key=key,
        format_func=role_name,
        label_visibility="collapsed",
        on_change=changed,
    )
    right.html(f'<p class="ts-small ts-close">{escaped(_certainty(one))}</p>')


def role_name(role: str) -> str:
    """What a column can be taken for."""
    if not role:
        return _("nothing: left out")
    return _("review") if role == "review" else data_words.role(role)


def _certainty(one: Guess) -> str:
    if one.certainty >= 1:
        return _("set")
    if not one.role:
        return ""
    return (
        _("sure") if one.certainty >= BY_NAME else _("likely") if one.certainty > BY_CONTENT else _("a guess")
    )


def _first_rows(seen: Preview) -> None:
    if seen.rows.empty:
        return
    names = [str(name) for name in seen.rows.columns]
    named: Callable[[str], str] = (lambda name: name) if seen.problem else role_name
    shown = names[:8]
    title = _("The first rows, as they are") if seen.problem else _("The first rows, read so")
    st.html(f'<p class="ts-small ts-close">{escaped(title)}</p>')
    rows = [[str(cell) for cell in row] for row in seen.rows[shown].head(ROWS).to_numpy()]
    st.html(page_tables.table([named(name) for name in shown], rows))
