"""States that a page can be in instead of showing figures: empty, refused, error, loading.

Each says what is so and what to do. `PageEnds` ends a page early; dashboard.py catches it, so that
the frame stays whole.
"""

from collections.abc import Callable

import streamlit as st

from core.work.errors import BadInput
from pages.parts.text import escaped, markdown
from pages.parts.words import _, said


class PageEnds(Exception):
    """The page has said what there is to say; the frame goes on."""


def empty(what: str, do: str, button: str = "", on_click: Callable[[], None] | None = None) -> None:
    """Nothing to show yet: what, what to do, and at most one button."""
    _panel("empty", what, do)
    if button:
        st.button(button, key="empty_action", type="primary", on_click=on_click)


def refused(what: str, needed: str) -> None:
    """A number that can't be given honestly: why, and what it would take."""
    _panel("refused", what, needed)


def bad_input(error: BadInput) -> None:
    """Something a person can mend: what is wrong, what was expected, what to do."""
    _panel(
        "error",
        said(error.wrong),
        f"{_('Expected:')} {said(error.expected)}",
        f"{_('What to do:')} {said(error.do)}",
    )


def error(what: str, do: str, detail: str = "") -> None:
    """Something failed: what, where, and what to do."""
    _panel("error", what, detail, do)


def notices(errors: list[BadInput]) -> None:
    """What a link asked for and didn't get, one quiet line each."""
    for one in errors[:4]:
        st.html(f'<p class="ts-notice" role="status">{escaped(said(one.wrong))} {escaped(said(one.do))}</p>')


def skeleton(rows: int = 4, columns: int = 5) -> None:
    """A grey outline in the shape of what will stand here."""
    line = '<span class="ts-bone"></span>' * columns
    st.html(
        f'<div class="ts-skeleton" aria-hidden="true"><span class="ts-bone ts-wide"></span>'
        f"{''.join(f'<div>{line}</div>' for _row in range(rows))}</div>"
    )


def text_line(text: str) -> None:
    """The page's first sentence, as plain text: it may hold names from data."""
    st.html(f'<p class="ts-lead">{escaped(text, 600)}</p>')


def caption(text: str) -> None:
    """A quiet line of plain text."""
    st.caption(markdown(text, 600))


def _panel(kind: str, title: str, *lines: str) -> None:
    body = "".join(f"<p>{escaped(line, 900)}</p>" for line in lines if line)
    st.html(
        f'<div class="ts-panel ts-{kind}" role="{"alert" if kind == "error" else "status"}">'
        f"<strong>{escaped(title, 900)}</strong>{body}</div>"
    )
