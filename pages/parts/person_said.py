"""What a person's words tell: keywords over time, and the moods of their reviews."""

from urllib.parse import quote

import streamlit as st

from core.content.persons import Mood, Of, Period, PersonWords, moods, person_words
from core.content.sentiment import sentiment
from core.data.dataset import Dataset
from core.data.ids import rows_with
from pages.parts import content_data, job_panel, numbers, states
from pages.parts.content_item import mood_source
from pages.parts.data_figures import GREY
from pages.parts.text import escaped
from pages.parts.words import _, counted

_WIDE, _HIGH = 240, 48  # pixels of the line of moods


def section(found: Dataset, user: str, before: int | None) -> None:
    """Keywords and moods, where the data has words; each comes when it is worked out."""
    content = content_data.peek(found)
    if content is None:
        return
    if any(content.texts):
        said = job_panel.peek(person_words, found, content, settings=Of(user, before), key="person_words")
        if said is not None:
            _keywords(said)
    if rows_with(found.reviews["user"], user).any():
        read = job_panel.peek(sentiment, found, settings=0, key="moods")
        if read is not None:
            _moods(moods(found, read, user), mood_source(read))


def _keywords(said: PersonWords) -> None:
    if not said.words:
        return
    st.subheader(_("Keywords"), anchor=False)
    chips = "".join(f"<li>{escaped(one.word, 40)}</li>" for one in said.words)
    st.html(f'<ul class="ts-words">{chips}</ul>')
    if len(said.periods) > 1:
        lines = "".join(_period(period) for period in reversed(said.periods))
        st.html(f'<ul class="ts-items ts-plain">{lines}</ul>')
    states.caption(
        _(
            "From what they wrote, searched and touched before the split;"
            " recent words count more, common ones less."
        )
    )


def _period(period: Period) -> str:
    words = escaped(", ".join(one.word for one in period.words[:3]), 120)
    day = escaped(_("from {day}").format(day=period.start))
    return f"<li><span>{words}<small>{day}</small></span></li>"


def _moods(found: list[Mood], source: str) -> None:
    if not found:
        return
    st.subheader(_("Mood of their reviews"), anchor=False)
    said = ", ".join(
        f"{one.month.strftime('%Y-%m')}: {numbers.figure(one.mean)} (n = {one.n})" if one.month else ""
        for one in found
    )
    n = sum(one.n for one in found)
    mean = sum(one.mean * one.n for one in found) / n
    if len(found) > 1:
        st.html(_line(found, said))
    states.caption(
        counted(
            "{mean} on a scale from −1 to 1, n = {n} review. {source}",
            "{mean} on a scale from −1 to 1, n = {n} reviews. {source}",
            n,
            mean=numbers.figure(mean),
            source=source,
        )
    )


def _line(found: list[Mood], said: str) -> str:
    """A line of monthly means from bad (below) to good (above), a dot for each month: an image, since
    inline SVG is not let through."""
    step = (_WIDE - 12) / (len(found) - 1)
    at = [(6 + step * place, _HIGH / 2 - one.mean * (_HIGH / 2 - 6)) for place, one in enumerate(found)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    dots = "".join(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3' fill='{GREY}'/>" for x, y in at)
    drawn = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDE} {_HIGH}'>"
        f"<line x1='0' x2='{_WIDE}' y1='{_HIGH / 2}' y2='{_HIGH / 2}' stroke='{GREY}' stroke-opacity='.4'/>"
        f"<polyline points='{path}' fill='none' stroke='{GREY}' stroke-width='1.5'/>{dots}</svg>"
    )
    return f'<img src="data:image/svg+xml,{quote(drawn)}" alt="{escaped(said, 900)}" style="max-width: 100%">'
