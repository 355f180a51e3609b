"""The frame of all pages: data set, facts, recommenders, jobs, language.

dashboard.py calls `begin`, runs the page, and calls `job_panel.poll`. A page opens with

    from pages.parts import data, frame, session, states
    found = data.dataset()            # or the page ends: loading, failed
    frame.facts(found)                # fills the frame's facts line
    states.text_line(_("…"))          # one sentence made from the data
"""

from collections import Counter
from contextvars import ContextVar
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.data import downloads
from core.data.dataset import Dataset, Origin
from core.data.known import KNOWN
from core.data.load import name_of_sample, samples
from core.data.splits import SPLITS, default_split
from core.interests import saved
from core.recommenders.base import recommender_of
from core.work.errors import BadInput
from pages.parts import nouns, palette, ready_made, recommender_form, segment_words, session, states, theme
from pages.parts.text import escaped, markdown, plain
from pages.parts.url_state import OF_DATA
from pages.parts.words import LANGUAGES, _, counted, language

LOGO, ICON = (Path(__file__).parent / name for name in ("touchstone.svg", "icon.svg"))

_facts_place: ContextVar[DeltaGenerator] = ContextVar("facts")  # of this run


def begin(refused: list[BadInput]) -> DeltaGenerator:
    """Draws the frame's row and what the URL asked for in vain; the place of the job tray."""
    st.html(theme.CSS)
    with st.container(key="frame", horizontal=True, vertical_alignment="center", gap="small"):
        _data_picker()
        _facts_place.set(st.container(key="facts", width="content"))
        _segment()
        _recommenders()
        tray = st.container(key="tray_place", width="content")
        _language()
    states.notices(refused)
    return tray


def facts(found: Dataset) -> None:
    """Fills the frame's line: people, items, split, what counts as a hit."""
    counts = found.counts
    words = [
        counted("{n} person", "{n} people", counts["users"]),
        nouns.count(found.origin, counts["items"]),
        split_words(
            session.state().split
            or default_split(found.origin.split, found.timed, "part" in found.interactions)
        ),
        positive_words(session.state().positive or found.origin.positive or "all", found.origin),
    ]
    _facts_place.get().html(f'<p class="ts-facts">{escaped(" · ".join(words))}</p>')


def split_words(spec: str) -> str:
    """A split in a word or two."""
    return _(SPLITS[spec.partition("(")[0]].label)


def positive_words(expression: str, origin: Origin) -> str:
    """What counts as a hit, in short; an expression of one's own is shown as it is written."""
    if expression == origin.positive and "conversions" in origin.nouns:
        return nouns.noun(origin, "conversions")
    short = {
        "all": _("every interaction"),
        "kind == purchase": _("purchases"),
        "kind=purchase": _("purchases"),
        "kind==purchase": _("purchases"),
        "kind in (purchase)": _("purchases"),
    }
    return short.get(expression, plain(expression, 40))


def title_of(key: str) -> str:
    """A data set's key as people read it."""
    if key in KNOWN:
        return KNOWN[key].title
    own = name_of_sample(key)
    return plain(_(own) if own else key.rpartition("-")[0] or key)


def titles_of(keys: list[str]) -> dict[str, str]:
    """Titles of data sets by key, no two the same: a select tells its options apart by what it shows."""
    found = {key: title_of(key) for key in keys}
    often = Counter(found.values())
    return {key: title if often[title] == 1 else f"{title} · {key[-4:]}" for key, title in found.items()}


def _data_picker() -> None:
    keys = list(dict.fromkeys([*samples(), *downloads.fetched(), *session.shelf().keys()]))
    current = session.state().data
    options = keys if current in keys else [current, *keys]
    st.selectbox(
        _("Data set"),
        options,
        format_func=titles_of(options).__getitem__,
        label_visibility="collapsed",
        width=190,
        **session.bound("data", _other_data),
    )


def _other_data(key: str) -> str:
    """Another data set: what belonged to the old one (a person, a split, positives) is let go."""
    session.change(**OF_DATA)
    return key


def _segment() -> None:
    """Whose figures are shown: everyone's, or those of a saved segment; where one was saved."""
    state = session.state()
    names = [one.name for one in saved.segments(state.data)]
    if not names and not state.segment:
        return
    options = list(dict.fromkeys(["", *names, state.segment]))
    st.selectbox(
        _("Segment"),
        options,
        format_func=lambda name: segment_words.label(name) if name else _("everyone"),
        label_visibility="collapsed",
        width=150,
        **session.bound("segment"),
    )


def _recommenders() -> None:
    specs = session.state().recommenders
    looks = palette.styles(specs)
    st.html(
        "<style>"
        + "".join(theme.marker_style(f"chip_{at}", looks[spec]) for at, spec in enumerate(specs))
        + "</style>"
    )
    with st.container(key="chips", horizontal=True, gap="xsmall", width="content"):
        for at, spec in enumerate(specs):
            if st.button(
                markdown(label_of(spec, specs)),
                key=f"chip_{at}",
                type="tertiary",
                help=_("Settings, or remove"),
            ):
                recommender_form.open_form(spec)
        recommender_form.add_menu()
        ready_made.chips()


def label_of(spec: str, among: tuple[str, ...]) -> str:
    """A recommender's label, with its settings where the selection has it twice."""
    name = spec.partition("(")[0]
    if spec in ready_made.lists():
        return spec
    twice = sum(other.partition("(")[0] == name for other in among) > 1
    return recommender_of(spec).label + (spec[len(name) :] if twice else "")


def _language() -> None:
    other = "en" if language() == "zh" else "zh"
    if st.button(
        {"en": "EN", "zh": "中文"}[other], key="language_switch", type="tertiary", help=LANGUAGES[other]
    ):
        session.change(language=other)
        st.rerun()
