"""What is selected on the map: how many, what they are about, how they differ, and who serves them better."""

import numpy as np
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.contrasting import Group, contrasts_of
from core.evaluation.differing import Contrast
from core.evaluation.metric import metrics
from core.evaluation.selection import FEWEST
from core.evaluation.selection import Chosen as People
from core.evaluation.selection import selection as selection_step
from core.interests import saved
from core.interests.documents import Asked, read_documents
from core.interests.segments import Segmentation, WordsOf, words_of
from core.work.errors import BadInput
from core.work.sheets import csv_text
from pages.parts import (
    content_data,
    figures,
    job_panel,
    map_data,
    map_view,
    nouns,
    numbers,
    page_tables,
    palette,
    session,
    states,
    topic_data,
)
from pages.parts.map_data import Chosen
from pages.parts.page_tables import Bar
from pages.parts.text import escaped
from pages.parts.words import _, counted

TOPICS = 5


def show(found: Dataset, map_: Segmentation, chosen: Chosen, comparison: Comparison | None) -> None:
    """The panel; fewer than 5 people show no details."""
    rows = np.flatnonzero(chosen.rows)
    users = map_.projection.ids[rows]
    people = map_.projection.of == "people"
    noun = _("people") if people else nouns.noun(found.origin, "items")
    st.subheader(
        _("{n} of {total} {noun}").format(n=f"{len(rows):,}", total=f"{len(chosen.rows):,}", noun=noun),
        anchor=False,
    )
    _actions(map_, chosen, rows, people)
    states.caption(_("Selected: {how}.").format(how=chosen.how))
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
            _differences(found, map_, got, users)
    if not people:
        _items(found, users)


def _actions(map_: Segmentation, chosen: Chosen, rows: np.ndarray, people: bool) -> None:
    with st.container(horizontal=True, gap="small", key="map_actions"):
        if chosen.saved:
            st.button(_("Delete segment"), key="segment_delete", on_click=_delete)
        elif people:
            with st.popover(_("Save as segment"), disabled=not len(rows)):
                _save(map_, chosen)
        st.download_button(
            _("CSV"),
            data=lambda: csv_text(map_view.table(map_, rows)),
            file_name="selection.csv",
            mime="text/csv",
            key="map_csv",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
            disabled=not len(rows),
        )
        if not chosen.saved:
            st.button(_("Clear"), key="map_clear", type="tertiary", on_click=map_view.select, args=("",))


def _delete() -> None:
    """Lets the segment of the frame go, and shows everyone again."""
    state = session.state()
    saved.remove(state.data, state.segment)
    session.change(segment="")


def _save(map_: Segmentation, chosen: Chosen) -> None:
    """A name, and the people under it from then on."""

    def keep() -> None:
        state = session.state()
        try:
            made = saved.save(
                st.session_state.get("segment_name", ""),
                state.data,
                session.shelf().get(state.data),
                _("{how}, map by {by}").format(how=chosen.how, by=state.by),
                map_.projection.ids[chosen.rows].tolist(),
            )
            st.session_state["segment_said"] = ("", made.name)
        except BadInput as error:
            st.session_state["segment_said"] = (str(error), "")

    st.text_input(_("Name of the segment"), key="segment_name", max_chars=saved.LONGEST)
    st.button(_("Save"), key="segment_save", type="primary", on_click=keep)
    wrong, name = st.session_state.pop("segment_said", ("", ""))
    if wrong:
        states.caption(wrong)
    if name:
        states.caption(
            _("“{name}” is saved: choose it in the frame, and every page shows its people.").format(name=name)
        )


def _metrics(comparison: Comparison, users: np.ndarray) -> None:
    """The metric of each recommender for the selected, and every paired difference."""
    state = session.state()
    label = f"{metrics()[state.metric, 'standard'].label}@{state.k}"
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


def _differences(found: Dataset, map_: Segmentation, got: map_data.Interests, users: np.ndarray) -> None:
    known, theirs = got
    group = Group(np.sort(map_.projection.ids), np.sort(users))
    said = job_panel.peek(contrasts_of, found, theirs, settings=group, key="contrasts")
    if not said:
        return
    st.subheader(_("How they differ from the others"), anchor=False)
    names = dict(zip(map(str, known.ids), topic_data.titles(found, known), strict=True))
    rows = [
        (
            page_tables.Cell(trait_name(one, names), share(one)),
            ratio(one),
            "" if one.settled else _("not settled"),
        )
        for one in said
    ]
    st.html(page_tables.table([_("what"), _("times as often"), ""], rows, right=[1]))
    states.caption(
        _(
            "Share among the selected over share among the others, 95 % interval (Katz);"
            " settled: Fisher's exact test at 5 % after Holm's correction."
        )
    )


def trait_name(one: Contrast, topics: dict[str, str]) -> str:
    """What a trait is, in words."""
    if one.trait.kind == "topic":
        return _("mostly about {topic}").format(topic=topics.get(one.trait.value, one.trait.value))
    if one.trait.kind == "activity":
        return _("{band} events").format(band=one.trait.value)
    return f"{one.trait.name} {one.trait.value}"


def share(one: Contrast) -> str:
    """How many of the selected have a trait; fewer than 5 are not counted out."""
    inside = f"{one.inside:,}" if one.inside >= FEWEST or not one.inside else f"< {FEWEST}"
    return f"{inside} / {one.of_inside:,}"


def ratio(one: Contrast) -> str:
    """A ratio with its interval; words where one side has nobody, a bound where it would count out few."""
    if np.isfinite(one.high) and (0 < one.inside < FEWEST or 0 < one.outside < FEWEST):
        few_here = one.inside < FEWEST
        return f"< {numbers.figure(one.high)}" if few_here else f"> {numbers.figure(one.low)}"
    if not np.isfinite(one.high):
        return _("only here") if one.inside else _("never here")
    return f"{numbers.figure(one.ratio)} ({numbers.figure(one.low)}–{numbers.figure(one.high)})"


def _items(found: Dataset, ids: np.ndarray) -> None:
    shown = found.items["title"].reindex(ids).fillna("").astype("str")
    st.subheader(nouns.noun(found.origin, "items").capitalize(), anchor=False)
    rows = [
        f'<li><span><a href="{session.link("content", item=str(item))}" target="_self">'
        f"{escaped(title or str(item), 80)}</a></span></li>"
        for item, title in list(zip(ids, shown, strict=True))[:12]
    ]
    st.html(f'<ul class="ts-items ts-plain">{"".join(rows)}</ul>')
    if len(ids) > len(rows):
        states.caption(counted("and {n} more", "and {n} more", len(ids) - len(rows)))
