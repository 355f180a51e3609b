"""Topics: what is set, and the topics as rows that the keyboard reaches."""

import numpy as np
import streamlit as st

from core.data.dataset import Dataset
from core.interests.documents import Documents
from core.interests.topics import MOST_K, Topics, coherence_curve
from core.interests.topics import CurvePoint as Point
from pages.parts import (
    charts,
    generated,
    job_panel,
    nouns,
    numbers,
    session,
    states,
    topic_data,
    topic_figures,
)
from pages.parts.text import escaped, markdown
from pages.parts.words import _, counted

SHOWN = 20  # rows; smaller topics are one click away


def controls(found: Dataset, read: Documents) -> None:
    """How many topics, what they are learnt from, and how their words are ordered."""
    most = min(MOST_K, read.different)
    with st.container(key="topic_controls", horizontal=True, vertical_alignment="bottom", gap="small"):
        if most >= 2:
            how_many = session.bound("topics")
            st.session_state[how_many["key"]] = topic_data.settings(read).k
            st.number_input(_("Topics"), min_value=2, max_value=most, width=130, **how_many)
        if topic_data.speaks(found):
            ways = {"text": _("words"), "items": _("taken together")}
            learnt = session.bound("learnt", _other_kind)
            st.session_state[learnt["key"]] = read.kind
            st.segmented_control(
                _("Learnt from"), list(ways), format_func=ways.__getitem__, required=True, **learnt
            )
        generated.switch()
        balance = session.state().relevance
        with st.popover(_("Settings: λ = {value}").format(value=f"{balance:g}"), type="tertiary"):
            st.slider(
                _("Order of words, λ"),
                0.0,
                1.0,
                step=0.05,
                help=_("1: the likeliest words first. 0: those that hardly occur elsewhere first."),
                **session.bound("relevance", lambda value: round(value, 3)),
            )
    states.caption(_about(found, read))


def _other_kind(kind: str) -> str:
    """Topics of the other kind have numbers of their own."""
    session.change(topic=-1)
    return kind


def _about(found: Dataset, read: Documents) -> str:
    """What topics are learnt from, in a sentence."""
    items = nouns.noun(found.origin, "items")
    if read.kind == "text":
        documents = int((np.diff(read.counts.indptr) > 0).sum())
        return _(
            "Learnt from {words} words of {many} {items}. Who is interested is counted in the training part."
        ).format(words=f"{read.different:,}", many=f"{documents:,}", items=items)
    together = _(
        "Learnt from what people took together in the training part: a topic is a set of {items} that the"
        " same people take, whatever these say."
    ).format(items=items)
    if topic_data.speaks(found):
        return together
    return _("These {items} say nothing in words.").format(items=items) + " " + together


def rows(known: Topics, titles: list[str], chosen: int) -> None:
    """The topics, the largest first, with their number and their share; one of them is chosen."""
    order = np.argsort(-known.share, kind="stable").tolist()
    rules = [_rule(known, row, row == chosen) for row in order]
    st.html(f"<style>{''.join(rules)}</style>")
    with st.container(key="topic_rows", gap=None):
        for row in order[:SHOWN]:
            _row(known, titles[row], row, row == chosen)
    if rest := order[SHOWN:]:
        label = counted("{n} smaller topic", "{n} smaller topics", len(rest))
        with st.expander(label, expanded=chosen in rest), st.container(key="topic_rows_more", gap=None):
            for row in rest:
                _row(known, titles[row], row, row == chosen)


def _row(known: Topics, title: str, row: int, chosen: bool) -> None:
    name = markdown(title, 90)
    label = f"**{name}**" if chosen else name
    share = markdown(numbers.percent(float(known.share[row]), 0 if known.share[row] >= 0.01 else 1))
    st.button(
        f"{label} :gray[{share}]",
        key=f"topic_row_{known.ids[row]}",
        type="tertiary",
        width="stretch",
        on_click=choose,
        args=(int(known.ids[row]),),
    )


def _rule(known: Topics, row: int, chosen: bool) -> str:
    """The row's number, and its share as a bar on the scale of the largest."""
    key = f".st-key-topic_row_{known.ids[row]} button"
    wide = 100 * float(known.share[row] / known.share.max())
    ink = "currentColor" if chosen else "var(--ts-muted)"
    bar = f"linear-gradient(to right, {ink} {wide:.1f}%, var(--ts-faint) {wide:.1f}%)"
    edge = f"{key} {{ border-left-color: currentColor; }}" if chosen else ""
    return f'{key}::before {{ content: "{known.ids[row]}"; }} {key}::after {{ background: {bar}; }} {edge}'


def choose(topic: int) -> None:
    """Shows a topic; for callbacks."""
    session.change(topic=topic)


def curve(read: Documents, known: Topics) -> None:
    """How coherent other numbers of topics are; worked out when it is opened."""
    with st.expander(_("How many topics?"), on_change="rerun", key="topic_curve") as opened:
        if not opened.open:
            return
        found = job_panel.peek(coherence_curve, read, settings=0, key="topic_curve_job")
        if found is None:
            return
        here = Point(len(known.ids), known.coherence) if np.isfinite(known.coherence) else None
        best = max((one for one in found if np.isfinite(one.npmi)), key=lambda one: one.npmi, default=None)
        if best is None:
            states.caption(_("Coherence can't be measured here: topics have too few words."))
            return
        charts.show(
            topic_figures.curve_figure(found, here),
            alt=_("Mean coherence (NPMI) at {first} to {last} topics; highest at {best}").format(
                first=found[0].k, last=found[-1].k, best=best.k
            ),
            table=topic_figures.curve_table(found, here),
            key="topic_curve_chart",
        )
        link = escaped(session.link("methods", term="npmi"), 4_000)
        said = _(
            "NPMI: how much more often than by chance the ten likeliest words of a topic stand together, −1"
            " never, 0 as by chance, 1 always; the mean over topics (Bouma 2009; Röder et al. 2015). A higher"
            " one is easier to name; it is no proof of the right number."
        )
        st.html(
            f'<p class="ts-said">{escaped(said, 600)} <a href="{link}" target="_self">'
            f"{escaped(_('Definition'))}</a></p>"
        )
