"""The chosen topic: its name, its words, typical items and people, and how it went over time."""

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.data.pictures import picture
from core.interests import names
from core.interests.profiles import FEWEST_EVENTS, Profiles, typical_items, typical_people
from core.interests.saved import Saved
from core.interests.topics import Topics
from core.language.naming import Name
from core.work.errors import BadInput
from pages.parts import (
    charts,
    content_data,
    generated,
    nouns,
    numbers,
    page_tables,
    session,
    states,
    topic_data,
    topic_figures,
)
from pages.parts.page_tables import Bar
from pages.parts.text import escaped
from pages.parts.words import _, counted
from pages.parts.words import said as spoken

WORDS, ITEMS, PEOPLE = 12, 5, 5


def head(known: Topics, title: str, row: int, name: Name | None) -> None:
    """What the topic is called, how large it is, and a way to call it otherwise; `name`: what the language
    model said of it."""
    with st.container(key="topic_head", horizontal=True, vertical_alignment="center", gap="small"):
        share = numbers.percent(float(known.share[row]))
        size = _("{share} of all words") if known.kind == "text" else _("{share} of what was taken")
        facts = [_("topic {n}").format(n=known.ids[row]), size.format(share=share)]
        if known.npmi[row] == known.npmi[row]:
            facts.append(_("coherence {value}").format(value=numbers.figure(float(known.npmi[row]), 2)))
        under = escaped(" · ".join(facts), 200)
        st.html(f'<div class="ts-topic"><h2>{escaped(title, 160)}</h2><small>{under}</small></div>')
        with st.popover(_("Rename"), type="tertiary"):
            _rename(known, title, row, name)
    generated.label(name, "topic")


def _rename(known: Topics, title: str, row: int, name: Name | None) -> None:
    key = f"topic_name_{known.ids[row]}"
    if name is not None and name.by:  # it can be kept as it is
        key = f"{key}_generated"
        st.session_state.setdefault(key, title[: names.LONGEST])

    def keep() -> None:
        state = session.state()
        try:
            source = session.shelf().get(state.data)
            made = names.keep(st.session_state.get(key, ""), state.data, source, known, row)
            st.session_state["topic_said"] = (made.name, "")
        except BadInput as error:
            st.session_state["topic_said"] = ("", f"{spoken(error.wrong)} {spoken(error.do)}")

    def drop() -> None:
        names.drop(session.state().data, known, row)

    st.text_input(_("Name of the topic"), key=key, placeholder=title, max_chars=names.LONGEST)
    with st.container(horizontal=True, gap="small"):
        st.button(_("Save"), key="topic_save", type="primary", on_click=keep)
        if row in names.names(session.state().data, known):
            st.button(_("Use its words again"), key="topic_reset", type="tertiary", on_click=drop)
    kept, wrong = st.session_state.pop("topic_said", ("", ""))
    if kept:
        states.caption(
            _("“{name}” is kept, and found again by its words when topics change.").format(name=kept)
        )
    if wrong:
        states.caption(wrong)


def words(found: Dataset, known: Topics, row: int) -> None:
    """The most relevant words: how likely each is in the topic, and everywhere."""
    balance = session.state().relevance
    best = known.top(row, WORDS, balance)
    places = {str(word): at for at, word in enumerate(known.words)}
    overall = known.share @ known.likelihood
    inside = [float(known.likelihood[row, places[one.word]]) for one in best]
    outside = [float(overall[places[one.word]]) for one in best]
    text = known.kind == "text"
    st.subheader(_("Words") if text else _("Taken most by its people"), anchor=False)
    most = max([*inside, *outside, 1e-12])
    bars = [
        Bar(topic_data.spoken(found, known, one.word), p / most, numbers.percent(p), q / most)
        for one, p, q in zip(best, inside, outside, strict=True)
    ]
    st.html(page_tables.bars(bars))
    about = (
        _("Bar: share of the topic's words; line: share of all words.")
        if text
        else _("Bar: share of what the topic's people took; line: share of all that was taken.")
    )
    order = _("Ordered by relevance, λ = {value}.").format(value=f"{balance:g}")
    _said(f"{about} {order}", "relevance")


def _said(text: str, term: str) -> None:
    """A quiet line that leads to a definition."""
    link = escaped(session.link("methods", term=term), 4_000)
    st.html(
        f'<p class="ts-said">{escaped(text, 600)} <a href="{link}" target="_self">'
        f"{escaped(_('Definition'))}</a></p>"
    )


def items(found: Dataset, known: Topics, row: int) -> None:
    """Items that are most about it, with their pictures."""
    ids = typical_items(known, row, topic_data.weights(found, known), ITEMS)
    if not ids:
        return
    st.subheader(_("Typical {items}").format(items=nouns.noun(found.origin, "items")), anchor=False)
    about = {str(one): at for at, one in enumerate(known.item_ids)}
    images = [picture(found.origin.folder, _image(found, one)) for one in ids]
    lines = []
    for one, image in zip(ids, images, strict=True):
        art = (f'<img src="{image}" alt="">' if image else "<i></i>") if any(images) else ""
        link = escaped(session.link("content", item=one), 4_000)
        name = escaped(content_data.title(found, one), 90)
        share = numbers.percent(float(known.items[about[one], row]), 0)
        under = escaped(_("{share} about it").format(share=share))
        lines.append(
            f'<li>{art}<span><a href="{link}" target="_self">{name}</a><small>{under}</small></span></li>'
        )
    st.html(f'<ul class="ts-items{"" if any(images) else " ts-plain"}">{"".join(lines)}</ul>')


def _image(found: Dataset, item: str) -> str:
    if "image" not in found.items or item not in found.items.index:
        return ""
    value = found.items["image"].get(item)
    return value if isinstance(value, str) else ""


def people(theirs: Profiles, segment: Saved | None, row: int) -> None:
    """People whose interests are most in it; those of the segment that is shown."""
    among = _of(theirs, segment) if segment else theirs
    found = typical_people(among, row, PEOPLE)
    found = [(user, weight) for user, weight in found if weight > 0]
    st.subheader(_("Typical people"), anchor=False)
    if not found:
        states.caption(_("Nobody with {n} events or more is interested in it.").format(n=FEWEST_EVENTS))
        return
    links = [
        f'<li><a href="{escaped(session.link("people", person=user), 4_000)}" target="_self">'
        f"{escaped(user, 40)}</a> <small>{numbers.percent(weight, 0)}</small></li>"
        for user, weight in found
    ]
    st.html(f'<ul class="ts-links">{"".join(links)}</ul>')
    said = (
        _("Share of their interests; people of “{segment}” with {n} events or more.")
        if segment
        else _("Share of their interests; people with {n} events or more.")
    )
    states.caption(said.format(n=FEWEST_EVENTS, segment=segment.name if segment else ""))


def _of(theirs: Profiles, segment: Saved) -> Profiles:
    """The interests of a segment's people."""
    rows = pd.Index(theirs.user_ids).get_indexer(pd.Index(segment.users))
    rows = np.sort(rows[rows >= 0])
    return replace(
        theirs, user_ids=theirs.user_ids[rows], weights=theirs.weights[rows], events=theirs.events[rows]
    )


def over_time(theirs: Profiles, title: str, row: int) -> None:
    """Its share among events, stretch by stretch."""
    st.subheader(_("Over time"), anchor=False)
    if not theirs.starts or not (theirs.events_then >= topic_figures.FEWEST).any():
        states.caption(_("This log does not say when things happened, or too little happened."))
        return
    charts.show(
        topic_figures.time_figure(theirs, row),
        alt=_("Share of “{topic}” among events, {first} to {last}").format(
            topic=title, first=theirs.starts[0], last=theirs.starts[-1]
        ),
        table=topic_figures.time_table(theirs, row),
        key="topic_time",
    )
    events = int(theirs.events_then.sum())
    few = int((theirs.events_then < topic_figures.FEWEST).sum())
    text = counted(
        "Share of {n} event of the training part.", "Share of {n} events of the training part.", events
    )
    if few:
        text += " " + counted(
            "{n} stretch with fewer than {few} events is left out.",
            "{n} stretches with fewer than {few} events are left out.",
            few,
            few=topic_figures.FEWEST,
        )
    states.caption(text)
