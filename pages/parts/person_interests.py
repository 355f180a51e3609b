"""What a person is interested in: topics of what they took, over time, and who is like them."""

import numpy as np
import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation import people, person
from core.evaluation.comparison import Comparison
from core.interests import saved
from core.interests.profiles import FEWEST_EVENTS, Profiles, Stretch, alike, stretches
from core.interests.topics import Topics
from pages.parts import numbers, page_tables, person_view, session, states, topic_data
from pages.parts.page_tables import Bar
from pages.parts.text import escaped
from pages.parts.words import _, counted

MOST = 6  # topics of a person
LEAST = 0.02  # a share below it is no interest
CLEAR = 0.15  # a topic of a stretch, or of a portrait, that is named
Interests = tuple[Topics, Profiles]


def section(found: Dataset, user: str) -> Interests | None:
    """Their topics beside everybody's mean; categories where topics can't be learnt or know nothing of them.

    Returns topics and interests where they know something of this person; None too while they are learnt.
    """
    read = topic_data.peek_documents(found, "person_documents")
    if read is None:
        return None
    if read.different < 2:
        person_view.categories(found, user)
        return None
    known = topic_data.peek_topics(read, "person_topics")
    theirs = topic_data.peek_interests(found, known, "person_profiles") if known is not None else None
    if known is None or theirs is None:
        return None
    topic_data.ask_names(found, known, "person_names")
    weights = _of(theirs, user)
    if not weights.any():
        person_view.categories(found, user)
        return None
    _bars(found, known, theirs, user, weights)
    return known, theirs


def _of(theirs: Profiles, user: str) -> np.ndarray:
    at = np.flatnonzero(theirs.user_ids == user)
    return theirs.weights[at[0]] if len(at) else np.zeros(len(theirs.topic_ids))


def _bars(found: Dataset, known: Topics, theirs: Profiles, user: str, weights: np.ndarray) -> None:
    st.subheader(_("Interests"), anchor=False)
    titles = topic_data.titles(found, known)
    everyone = theirs.everyone
    order = np.argsort(-weights, kind="stable")[:MOST]
    order = order[(weights[order] >= LEAST) | (np.arange(len(order)) == 0)]
    most = max(float(weights.max()), float(everyone[order].max()))
    st.html(
        page_tables.bars(
            [
                Bar(
                    titles[row],
                    weights[row] / most,
                    numbers.percent(float(weights[row]), 0),
                    everyone[row] / most,
                )
                for row in order
            ]
        )
    )
    events = int(theirs.events[np.flatnonzero(theirs.user_ids == user)[0]])
    states.caption(
        counted(
            "Topics of {n} event in training, recent ones count more; the line marks everybody's mean.",
            "Topics of {n} events in training, recent ones count more; the line marks everybody's mean.",
            events,
        )
    )


def main_topics(found: Dataset, user: str, got: Interests | None) -> tuple[str, ...]:
    """The names of the topics that are clearly theirs, the largest first."""
    if got is None:
        return ()
    weights, titles = _of(got[1], user), topic_data.titles(found, got[0])
    order = np.argsort(-weights, kind="stable")
    return tuple(titles[row] for at, row in enumerate(order) if not at or weights[row] >= CLEAR)


def more(found: Dataset, user: str, comparison: Comparison, got: Interests) -> None:
    """Their interests over time, the saved segments that they are in, and people like them."""
    _over_time(found, user, comparison, got[0])
    _segments(user)
    _alike(user, got[1])


def _over_time(found: Dataset, user: str, comparison: Comparison, known: Topics) -> None:
    rows = before(found, user, comparison)
    parts = stretches(known, rows["item"].tolist(), rows["timestamp"])
    if len(parts) < 2:
        return
    st.subheader(_("Interests over time"), anchor=False)
    titles = topic_data.titles(found, known)
    lines = "".join(_stretch(part, titles) for part in reversed(parts))
    st.html(f'<ul class="ts-items ts-plain">{lines}</ul>')


def before(found: Dataset, user: str, comparison: Comparison) -> pd.DataFrame:
    """Their history without what is held out."""
    rows = person.history(found, user, comparison.time)
    if comparison.time is not None:
        return rows[~rows["later"]]
    at = people.row_of(comparison, user)
    held = comparison.item_ids[people.held_out(comparison, at)] if at is not None else []
    return rows[~rows["item"].isin(list(held))]


def _stretch(part: Stretch, titles: list[str]) -> str:
    order = np.argsort(-part.weights, kind="stable")[:2]
    named = [row for at, row in enumerate(order) if not at or part.weights[row] >= CLEAR]
    said = " · ".join(f"{titles[row]} {numbers.percent(float(part.weights[row]), 0)}" for row in named)
    under = _("from {day}").format(day=part.start) + " · " + counted("{n} event", "{n} events", part.events)
    return f"<li><span>{escaped(said, 200)}<small>{escaped(under)}</small></span></li>"


def _segments(user: str) -> None:
    inside = [one for one in saved.segments(session.state().data) if user in one.users]
    if not inside:
        return
    st.subheader(_("Segments"), anchor=False)
    lines = [
        f'<li><a href="{escaped(session.link("user_map", segment=one.name), 4_000)}" target="_self">'
        f"{escaped(one.name, 60)}</a> <small>"
        f"{escaped(counted('{n} person', '{n} people', len(one.users)))}</small></li>"
        for one in inside
    ]
    st.html(f'<ul class="ts-links">{"".join(lines)}</ul>')


def _alike(user: str, theirs: Profiles) -> None:
    found = alike(theirs, user)
    if not found:
        return
    st.subheader(_("People like this one"), anchor=False)
    lines = [
        f'<li><a href="{escaped(session.link("people", person=other), 4_000)}" target="_self">'
        f"{escaped(other, 40)}</a> <small>{numbers.figure(close, 2)}</small></li>"
        for other, close in found
    ]
    st.html(f'<ul class="ts-links">{"".join(lines)}</ul>')
    states.caption(
        _("The nearest by their interests, with the cosine; among people with {n} events or more.").format(
            n=FEWEST_EVENTS
        )
    )
