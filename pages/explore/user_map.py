"""Explore / User map: people or items as a map, its clusters, and what a selection of them is like."""

import streamlit as st

from core.evaluation.protocol import compare
from pages.parts import (
    data,
    job_panel,
    map_data,
    map_naming,
    map_panel,
    map_view,
    nouns,
    numbers,
    page_tables,
    session,
    states,
)
from pages.parts.words import N_, _, counted

TITLE = N_("User map")
PLACE = 2

found = data.dataset()
lead = st.container(key="lead")
st.html(page_tables.css("views", "content", "map"))
people = session.state().of != "items"
comparison = (
    job_panel.peek(compare, found, settings=data.experiment(found), key="map_compare") if people else None
)
map_view.controls(found, comparison)
map_, new = map_data.with_new(found, map_data.drawn(found))
named = map_naming.ask(found, map_)
map_ = map_naming.called(map_, named)
level = st.session_state.get("map_level", 1)
groups = map_data.groups(found, map_, int(level), comparison)
chosen = map_data.selection(found, map_, groups)
by_cluster = map_data.colour(found, comparison) == "cluster"
left, right = st.columns([3, 2], gap="large")
if chosen is not None:  # before the map: to draw many points keeps a browser from showing anything else
    with right, st.container(key="map_panel"):
        map_panel.show(found, map_, chosen, comparison, map_naming.chosen(map_, named))
with left:
    focus = map_view.search(map_)
    if by_cluster and session.state().colour != "cluster" and (comparison or not people):
        states.caption(
            _("“{colour}” can't colour single points here, so clusters do.").format(
                colour=session.state().colour.partition(":")[2] or session.state().colour
            )
        )
    map_view.draw(map_, groups, chosen, focus, new)
    if not by_cluster:
        map_view.legend(groups, chosen)
with left if chosen is not None else right:  # beside the map, or below it where its place is taken
    map_view.clusters(map_, chosen, groups if by_cluster else None, new)
with lead:
    fitted = map_.chosen.clusters.labels[: len(map_.projection.ids) - new]
    none = float((fitted < 0).mean()) if len(fitted) else 0.0
    noun = _("people") if people else nouns.noun(found.origin, "items")
    many = len(map_.chosen.names)
    largest = map_data.cluster_name(map_.chosen, 0) if many else ""
    states.text_line(
        counted(
            "{total} {noun} in {n} cluster, {none} of them in none; it is about {largest}.",
            "{total} {noun} in {n} clusters, {none} of them in none; the largest is about {largest}.",
            many,
            total=f"{len(fitted):,}",
            noun=noun,
            none=numbers.percent(none, 0),
            largest=largest,
        )
        if many
        else _("{total} {noun}, and nowhere are they dense enough to be a cluster.").format(
            total=f"{len(map_.projection.ids):,}", noun=noun
        )
    )
