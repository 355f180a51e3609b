"""What is selected on the map: how many, what they are about, how they differ, and who serves them better."""

import numpy as np
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.differing import FEWEST
from core.evaluation.selection import Chosen as People
from core.evaluation.selection import selection as selection_step
from core.interests.documents import Asked, read_documents
from core.interests.segments import Segmentation, WordsOf, words_of
from core.language.naming import Name
from pages.parts import (
    content_data,
    figures,
    generated,
    job_panel,
    map_actions,
    map_contrasts,
    map_data,
    nouns,
    numbers,
    page_tables,
    palette,
    session,
    states,
    topic_data,
)
from pages.parts.map_data import Chosen
from pages.parts.metric_names import metric_at
from pages.parts.page_tables import Bar
from pages.parts.text import escaped
from pages.parts.words import _, counted

TOPICS = 5


def show(
    found: Dataset,
    map_: Segmentation,
    chosen: Chosen,
    comparison: Comparison | None,
    name: Name | None,
) -> None:
    """The panel; fewer than 5 people show no details. `name`: what the language model said of a cluster."""
    rows = np.flatnonzero(chosen.rows)
    users = map_.projection.ids[rows]
    people = map_.projection.of == "people"
    noun = _("people") if people else nouns.noun(found.origin, "items")
    st.subheader(
        _("{n} of {total} {noun}").format(n=f"{len(rows):,}", total=f"{len(chosen.rows):,}", noun=noun),
        anchor=False,
    )
    map_actions.draw(map_, chosen, rows, people)
    states.caption(_("Selected: {how}.").format(how=chosen.how))
    generated.label(name, "cluster")
    _typical(map_, people)
    if len(rows) < (FEWEST if people else 1):
        states.refused(
            _("Too few to say anything of."),
            _("Details are shown for {n} people or more, so that nobody is shown alone.").format(n=FEWEST),
        )
        return
    if people and comparison is not None:
        _metrics(comparison, users)
    _words(found, users)
    got = map_data.interests(found, "panel")
    if got is not None:
        _topics(found, map_, got, users)
        if people:
            map_contrasts.section(found, map_, got, users)
    if not people:
        _items(found, users)


def _metrics(comparison: Comparison, users: np.ndarray) -> None:
    """The metric of each recommender for the selected, and every paired difference."""
    state = session.state()
    label = metric_at(state.metric, state.k)
    asked = People(np.sort(users), comparison.column(state.metric, state.k))
    got = job_panel.peek(selection_step, comparison, settings=asked, key="selection")
    if got is None:
        return
    n = counted("n = {n} of {all} selected", "n = {n} of {all} selected", got.n, all=f"{got.selected:,}")
    if not got.estimates:
        states.refused(
            _("{label} can't be given for these people.").format(label=label),
            _("{n} of them have held-out items; it takes {few}.").format(n=got.n, few=FEWEST),
        )
        return
    looks = palette.styles([entry.spec for entry in comparison.entries])
    lines = tuple(
        figures.Line(entry.label, looks.get(entry.spec), estimate)
        for entry, estimate in zip(comparison.entries, got.estimates, strict=True)
    )
    pairs = tuple(
        figures.Line(
            _("{first} − {second}").format(
                first=comparison.entries[one.first].label, second=comparison.entries[one.second].label
            ),
            None,
            one.estimate,
            "" if one.settled else _("not settled"),
        )
        for one in got.differences
    )
    held_out = _("held-out")
    st.html(
        figures.columns_html(
            [figures.Column(label, lines, n, held_out, session.link("methods", term=state.metric))],
            alt=f"{label}, {n}",
        )
    )
    if pairs:
        title = _("Differences of {label}").format(label=label)
        st.html(
            figures.columns_html(
                [
                    figures.Column(
                        title, pairs, n, held_out, session.link("methods", term="tied"), signed=True
                    )
                ],
                alt=f"{title}, {n}",
            )
        )


def _words(found: Dataset, ids: np.ndarray) -> None:
    """Words of what the selected took, that others say less often."""
    part = content_data.part(found)
    documents = job_panel.peek(read_documents, found, settings=Asked(part), key="panel_read")
    if documents is None or documents.different < 2:
        return
    asked = WordsOf(np.sort(ids), part)
    own = map_data.drawn(found).projection  # without people who are only placed on it
    said = job_panel.peek(words_of, found, documents, own, settings=asked, key="panel_words")
    if said:
        st.subheader(_("Words"), anchor=False)
        st.html(f'<ul class="ts-words">{"".join(f"<li>{escaped(word, 40)}</li>" for word in said)}</ul>')


def _typical(map_: Segmentation, people: bool) -> None:
    """Members of a selected cluster that stand where it is densest."""
    kind, _colon, rest = session.state().selection.partition(":")
    if kind != "cluster":
        return
    level, number = (int(one) for one in rest.split("."))
    links = ", ".join(
        f'<a href="{escaped(_link(one, people), 4_000)}" target="_self">{escaped(one, 40)}</a>'
        for one in map_.levels[level].typical[number]
    )
    st.html(f'<p class="ts-quote">{escaped(_("Typical:"))} {links}</p>')


def _link(one: str, people: bool) -> str:
    return session.link("people", person=one) if people else session.link("content", item=one)


def _topics(found: Dataset, map_: Segmentation, got: map_data.Interests, users: np.ndarray) -> None:
    known, theirs = got
    ids, weights = (
        (theirs.user_ids, theirs.weights) if map_.projection.of == "people" else (known.item_ids, known.items)
    )
    inside = np.isin(ids.astype(str), users.astype(str)) & (weights.sum(axis=1) > 0)
    if not inside.any():
        return
    mine = weights[inside].mean(axis=0)
    everyone = weights[weights.sum(axis=1) > 0].mean(axis=0)
    names = topic_data.titles(found, known)
    best = np.argsort(-mine, kind="stable")[:TOPICS]
    most = max(float(mine.max()), float(everyone.max()), 1e-9)
    st.subheader(_("Topics"), anchor=False)
    st.html(
        page_tables.bars(
            [
                Bar(names[at], mine[at] / most, numbers.percent(float(mine[at]), 0), everyone[at] / most)
                for at in best
            ]
        )
    )
    states.caption(
        counted(
            "Mean share of their interests, n = {n}; the line marks everybody's.",
            "Mean share of their interests, n = {n}; the line marks everybody's.",
            int(inside.sum()),
        )
    )


def _items(found: Dataset, ids: np.ndarray) -> None:
    shown = found.items["title"].reindex(ids).fillna("").astype("str")
    st.subheader(nouns.noun(found.origin, "items").capitalize(), anchor=False)
    rows = [
        f'<li><span><a href="{escaped(session.link("content", item=str(item)), 4_000)}" target="_self">'
        f"{escaped(title or str(item), 80)}</a></span></li>"
        for item, title in list(zip(ids, shown, strict=True))[:12]
    ]
    st.html(f'<ul class="ts-items ts-plain">{"".join(rows)}</ul>')
    if len(ids) > len(rows):
        states.caption(counted("and {n} more", "and {n} more", len(ids) - len(rows)))
