"""Who is interested in the chosen topic: means of groups with their intervals."""

import numpy as np
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.differing import FEWEST
from core.evaluation.people import open_columns
from core.evaluation.prevalence import Among, Members, Prevalence, prevalence
from core.evaluation.uncertainty import Estimate
from core.interests import saved
from core.interests.profiles import Profiles
from pages.parts import figures, job_panel, session, states
from pages.parts.text import plain
from pages.parts.words import _

NOBODY = Estimate(float("nan"), float("nan"), float("nan"), 0)


def section(found: Dataset, theirs: Profiles, row: int) -> None:
    """The topic's mean share of people's interests: of everyone, and of the groups that are chosen."""
    options = choices(found)
    bound = session.bound("among")
    asked = st.session_state[bound["key"]]
    if asked not in options:
        st.session_state[bound["key"]] = next(iter(options))
    with st.container(key="topic_among", horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(_("Who is interested, by"), anchor=False, width="content")
        chosen = st.selectbox(
            _("Groups"),
            list(options),
            format_func=options.__getitem__,
            width=230,
            label_visibility="collapsed",
            **bound,
        )
    if asked and asked not in options:
        states.caption(_("“{name}” can't be compared here.").format(name=asked.partition(":")[2] or asked))
    got = job_panel.peek(prevalence, found, theirs, settings=among(chosen), key="prevalence")
    if got is None:
        return
    if len(got) == 1:
        states.caption(
            _("“{name}” has one value, or tells people apart one by one: it makes no groups.").format(
                name=options[chosen]
            )
        )
    title = _("Share of their interests")
    column = figures.Column(
        title,
        tuple(_line(one, row) for one in _ordered(got, row)),
        under=_("means, 95 % intervals from resampled people, training part"),
        href=session.link("methods", term="interests"),
        share=True,
    )
    alt = _("{title}, by {what}").format(title=title, what=options[chosen])
    with st.container(key="topic_groups"):
        st.html(figures.columns_html([column], alt))


def choices(found: Dataset) -> dict[str, str]:
    """What groups can be made of, by the URL's word; the first is shown where nothing is chosen."""
    state = session.state()
    segments = {"segments": _("saved segments")} if saved.segments(state.data) else {}
    columns = {f"column:{name}": plain(name.replace("_", " "), 40) for name in open_columns(found)}
    made = {**columns, **segments, "activity": _("number of events")}
    return {**segments, **made} if state.segment else made


def among(chosen: str) -> Among:
    """What a choice asks core for."""
    what, _colon, column = chosen.partition(":")
    if what == "column":
        return Among("column", column)
    if what == "activity":
        return Among("activity")
    kept = saved.segments(session.state().data)
    return Among(
        "segments", segments=tuple(Members(one.name, np.array(one.users, dtype=object)) for one in kept)
    )


def _ordered(found: tuple[Prevalence, ...], row: int) -> list[Prevalence]:
    """Everyone first; then groups by their mean, numbers in their own order; the rest last."""
    groups = [one for one in found if one.kind == "group"]
    if not all(one.group[:1].isdigit() for one in groups):
        groups.sort(key=lambda one: -one.estimates[row].mean if one.estimates else 1)
    return [
        *(one for one in found if one.kind == "everyone"),
        *groups,
        *(one for one in found if one.kind == "others"),
    ]


def _line(one: Prevalence, row: int) -> figures.Line:
    name = {"everyone": _("everyone"), "others": _("all others")}.get(one.kind) or _shown(one.group)
    if not one.estimates:
        return figures.Line(name, None, NOBODY, words=_("fewer than {n} people").format(n=FEWEST))
    estimate = one.estimates[row]
    return figures.Line(name, None, estimate, mark=f"n = {estimate.n:,}", strong=one.kind == "everyone")


def _shown(group: str) -> str:
    """A group's name; a band of one number as that number."""
    first, _dash, last = group.partition(" – ")
    return first if first == last else group
