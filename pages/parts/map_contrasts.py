"""How the selected people differ from the others: ratios with intervals, as a table."""

import numpy as np
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.contrasting import Group, contrasts_of
from core.evaluation.differing import FEWEST, Contrast
from core.interests.segments import Segmentation
from pages.parts import job_panel, numbers, page_tables, states, topic_data
from pages.parts.map_data import Interests
from pages.parts.words import _


def section(found: Dataset, map_: Segmentation, got: Interests, users: np.ndarray) -> None:
    """What tells them apart, the surest first."""
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
