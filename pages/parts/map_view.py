"""The map itself, its controls, and its legend as rows that the keyboard reaches."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.interests import areas
from core.interests.clusters import METHODS
from core.interests.segments import Segmentation
from core.types import BoolArray
from pages.parts import (
    charts,
    generated,
    map_data,
    map_figure,
    map_naming,
    nouns,
    numbers,
    overview_controls,
    session,
    states,
)
from pages.parts.map_colours import Group
from pages.parts.map_data import Chosen
from pages.parts.map_figure import Label
from pages.parts.text import markdown
from pages.parts.url_values import GROUPS_MOST
from pages.parts.words import _, counted

HIGH = 560  # pixels


def controls(found: Dataset, comparison: Comparison | None) -> None:
    """Of what the map is, from what, and what colours it; how clusters are found behind Settings."""
    state = session.state()
    colours = map_data.colourings(found, comparison)
    names = map_data.embeddings(found)
    with st.container(key="map_controls", horizontal=True, vertical_alignment="bottom", gap="small"):
        of = {"people": _("people"), "items": nouns.noun(found.origin, "items")}
        st.segmented_control(
            _("Map of"),
            list(of),
            format_func=of.__getitem__,
            required=True,
            **session.bound("of", _other_map),
        )
        st.selectbox(
            _("from"),
            list(dict.fromkeys([*names, state.by])),
            format_func=lambda name: names.get(name, name),
            width=180,
            **session.bound("by", _other_map),
        )
        st.selectbox(
            _("colour by"),
            list(dict.fromkeys([*colours, state.colour])),
            format_func=lambda name: colours.get(name, name),
            width=230,
            **session.bound("colour", _other_colour),
        )
        generated.switch()
        with st.popover(_("Settings"), type="tertiary"):
            overview_controls.metric(state)
            methods = {"hdbscan": _("by density (HDBSCAN)"), "kmeans": _("k-means")}
            st.radio(
                _("Clusters"),
                list(METHODS),
                format_func=methods.__getitem__,
                **session.bound("method", _other_map),
            )
            if state.method == "kmeans":
                st.number_input(
                    _("How many"), min_value=2, max_value=GROUPS_MOST, **session.bound("groups", _other_map)
                )


def _other_map(value: Any) -> Any:
    """Another map: what was selected on the old one is let go."""
    session.change(selection="")
    return value


def _other_colour(value: str) -> str:
    """What was drawn, or chosen as a cluster, stays; a group of the old colours has no meaning now."""
    if session.state().selection.startswith("group:"):
        session.change(selection="")
    return value


def search(map_: Segmentation) -> int | None:
    """A field for an id to fly to; its row on the map."""
    query = st.text_input(
        _("Find on the map"),
        key="map_search",
        type="search",
        placeholder=_("an id"),
        label_visibility="collapsed",
        max_chars=200,
        width=200,
    )
    wanted = (query or "").strip()
    if not wanted:
        return None
    ids = map_.projection.ids
    at = np.flatnonzero(ids == wanted)
    if not len(at):
        at = np.flatnonzero(np.char.find(np.char.lower(ids.astype(str)), wanted.lower()) >= 0)
    if not len(at):
        states.caption(_("“{id}” is not on this map.").format(id=wanted))
        return None
    return int(at[0])


def draw(
    map_: Segmentation, groups: Sequence[Group], chosen: Chosen | None, focus: int | None, new: int
) -> None:
    """The chart; a lasso becomes the state's selection. The last `new` points are only placed on it."""
    projection = map_.projection
    key = f"map_{projection.of}_{projection.by}"

    def selected() -> None:
        event = st.session_state.get(key)
        found = map_figure.areas_of(event["selection"]) if event else []
        session.change(selection=f"area:{areas.written(found)}" if found else "")

    if charts.waits():
        st.html(f'<div class="ts-bone" style="height: {HIGH}px"></div>')
        return
    st.echarts_chart(
        map_figure.options(
            projection.places,
            projection.ids,
            groups,
            chosen.rows if chosen else None,
            labels(map_),
            charts.theme(),
            focus,
            map_data.outline(),
            new,
        ),
        height=HIGH,
        key=key,
        on_select=selected,
        alt=alt(map_),
    )
    states.caption(about(map_))
    if new:
        states.caption(
            counted(
                "{n} person came after the split: hollow, placed between their nearest, approximately.",
                "{n} people came after the split: hollow, placed between their nearest, approximately.",
                new,
            )
        )
    charts.behind(lambda: table(map_, np.arange(len(projection.ids))), alt(map_), "map")


def labels(map_: Segmentation) -> list[Label]:
    """Names of clusters at all levels, each cluster once; the largest first."""
    found: dict[str, Label] = {}
    for level in map_.levels:
        for number, (x, y) in enumerate(level.clusters.centres.tolist()):
            name = map_data.cluster_name(level, number)
            found.setdefault(name, Label(name, x, y, int(level.clusters.sizes[number])))
    return sorted(found.values(), key=lambda one: -one.size)


def alt(map_: Segmentation) -> str:
    """The map in a sentence."""
    names = [map_data.cluster_name(map_.chosen, at) for at in range(min(5, len(map_.chosen.names)))]
    return _("Map of {n} points in {many} clusters: {names}").format(
        n=f"{len(map_.projection.ids):,}", many=len(map_.chosen.names), names="; ".join(names) or _("none")
    )


def about(map_: Segmentation) -> str:
    """How far the map and its clusters can be believed."""
    projection, clusters = map_.projection, map_.chosen.clusters
    said = []
    if np.isfinite(projection.trustworthiness):
        said.append(
            _("Neighbours on the map are neighbours in the embedding: trustworthiness {value} of 1.").format(
                value=numbers.figure(projection.trustworthiness)
            )
        )
    if projection.method == "pca":
        said.append(_("Too few different points for UMAP: laid out by their principal components."))
    if np.isfinite(clusters.silhouette):
        said.append(_("Silhouette {value} (−1 to 1).").format(value=numbers.figure(clusters.silhouette)))
    if np.isfinite(clusters.stability):
        said.append(
            _("Clusters of bootstrap samples agree by {value} (adjusted Rand index, 1 = the same).").format(
                value=numbers.figure(clusters.stability)
            )
        )
    if projection.left_out:
        said.append(
            counted(
                "{n} is not on the map: nothing is known of it.",
                "{n} are not on the map: nothing is known of them.",
                projection.left_out,
            )
        )
    return " ".join(said)


def legend(groups: Sequence[Group], chosen: Chosen | None) -> None:
    """What the colours mean, as selected / total, in rows that select."""
    rows = [_Row(group.name, group.rows, f"group:{at}", group.colour) for at, group in enumerate(groups)]
    st.subheader(_("Colours"), anchor=False)
    _rows(rows, chosen)


def clusters(map_: Segmentation, chosen: Chosen | None, coloured: Sequence[Group] | None, new: int) -> None:
    """Clusters as rows that select; the level of detail above them."""
    names = {0: _("few"), 1: _("some"), 2: _("many")}
    level = st.segmented_control(
        _("Clusters"),
        list(names),
        key="map_level",
        default=1,
        format_func=lambda at: f"{names[at]} ({len(map_.levels[at].names)})",
        required=True,
    )
    one = map_.levels[level if level is not None else 1]
    colours = {group.name: group.colour for group in coloured or ()}
    called = [map_data.cluster_name(one, number) for number in range(len(one.names))]
    _rows(
        [
            _Row(name, one.clusters.labels == number, f"cluster:{level}.{number}", colours.get(name, ""))
            for number, name in enumerate(called)
        ],
        chosen,
    )
    if not one.names:
        states.caption(_("Nothing is dense enough to be a cluster. k-means makes some, see Settings."))
    none = int((one.clusters.labels < 0).sum()) - new
    if none:
        states.caption(counted("{n} point is in no cluster.", "{n} points are in no cluster.", none))


@dataclass(frozen=True)
class _Row:
    name: str
    rows: BoolArray
    what: str  # the selection that it makes
    colour: str


def _rows(found: Sequence[_Row], chosen: Chosen | None) -> None:
    rules = []
    place = st.container(gap=None)
    for row in found:
        key = "pick_" + re.sub(r"\W", "_", row.what)
        total = int(row.rows.sum())
        count = f"{int((row.rows & chosen.rows).sum()):,} / {total:,}" if chosen else f"{total:,}"
        if row.colour:
            rules.append(f".st-key-{key} button::before {{ background: {row.colour}; }}")
        place.button(
            f"{markdown(row.name, 60)} :gray[{count}]",
            key=key,
            type="tertiary",
            width="stretch",
            on_click=select,
            args=(row.what,),
        )
    st.html(f"<style>{''.join(rules)}</style>")


def select(what: str) -> None:
    """Selects a cluster, or lets it go where it was selected; for callbacks."""
    session.change(selection="" if session.state().selection == what else what)


def table(map_: Segmentation, rows: np.ndarray) -> pd.DataFrame:
    """The points of these rows: id, place, cluster."""
    one = map_.chosen
    names = np.array([map_data.cluster_name(one, at) for at in range(len(one.names))] + [""], dtype=object)
    found = pd.DataFrame(
        {
            "item" if map_.projection.of == "items" else "user": map_.projection.ids[rows],
            "x": map_.projection.places[rows, 0].round(4),
            "y": map_.projection.places[rows, 1].round(4),
            "cluster": names[one.clusters.labels[rows]],
        }
    )
    if generated.wanted():  # whoever reads the file should know which names are not the words
        made = [map_naming.is_generated(one, at) for at in range(len(one.names))]
        found["generated"] = np.array([*made, False])[one.clusters.labels[rows]]
    return found
