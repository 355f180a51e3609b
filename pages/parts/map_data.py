"""What the user map stands on: the map and its clusters, what is selected, and what may colour it."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.content.encoders.base import ENCODERS
from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.people import open_columns
from core.evaluation.segments import first_seen
from core.interests import areas
from core.interests.clusters import ClusterSettings, Method
from core.interests.newcomers import newcomers
from core.interests.points import INTERACTIONS, TOPICS, PointsOf
from core.interests.profiles import Profiles
from core.interests.segments import Level, Segmentation, SegmentsOf, segmentation
from core.interests.topics import Topics
from core.types import BoolArray, FloatArray
from pages.parts import charts, data, job_panel, map_colours, map_naming, palette, session, topic_data
from pages.parts.content_data import part
from pages.parts.frame import label_of
from pages.parts.map_colours import Group
from pages.parts.metric_names import metric_at
from pages.parts.words import _

LEVELS = 3
Interests = tuple[Topics, Profiles]


def settings(found: Dataset, of: str = "") -> SegmentsOf:
    """What the state asks for; `of`: people or items, whatever the state says of that."""
    state = session.state()
    method: Method = "kmeans" if state.method == "kmeans" else "hdbscan"
    return SegmentsOf(
        PointsOf("items" if (of or state.of) == "items" else "people", state.by, part(found)),
        clusters=ClusterSettings(method, k=state.groups),
    )


def drawn(found: Dataset, of: str = "") -> Segmentation:
    """The map with its clusters; or the page ends, showing progress."""
    return job_panel.result(segmentation, found, settings=settings(found, of))


def embeddings(found: Dataset) -> dict[str, str]:
    """What a map can be made from, by the URL's word: interactions, topics, and encoders that have input."""
    there = {"text": bool(found.items["title"].notna().any() or found.items["text"].notna().any())}
    there["picture"] = "image" in found.items and bool(found.items["image"].notna().any())
    made = {INTERACTIONS: _("what they took"), TOPICS: _("topics")}
    return made | {name: _(cls.label) for name, cls in ENCODERS.all().items() if there[cls.reads]}


def with_new(found: Dataset, map_: Segmentation) -> tuple[Segmentation, int]:
    """The map with the people who came after the split behind its own, in no cluster; how many they are."""
    if map_.projection.of == "items":
        return map_, 0
    new = job_panel.peek(newcomers, found, map_.projection, settings=settings(found).points, key="newcomers")
    if new is None or not len(new.ids):
        return map_, 0
    projection = replace(
        map_.projection,
        ids=np.concatenate([map_.projection.ids, new.ids]),
        places=np.concatenate([map_.projection.places, new.places]),
    )
    none = np.full(len(new.ids), -1, dtype=np.int32)
    levels = tuple(
        replace(
            level,
            clusters=replace(
                level.clusters, ids=projection.ids, labels=np.concatenate([level.clusters.labels, none])
            ),
        )
        for level in map_.levels
    )
    return Segmentation(projection, levels), len(new.ids)


@dataclass(frozen=True)
class Chosen:
    """What is selected on the map, and how it is called."""

    rows: BoolArray  # (N,) of the map
    how: str
    saved: bool = False  # whether it is the segment that the frame shows


def selection(found: Dataset, map_: Segmentation, coloured: list[Group]) -> Chosen | None:
    """The selection of the state; None where nothing is selected, or what a link names is not there."""
    kind, _colon, rest = session.state().selection.partition(":")
    ids = map_.projection.ids
    if not kind and map_.projection.of == "people" and (kept := data.segment(found)) is not None:
        rows = np.isin(ids.astype(str), np.array(kept.users))
        return Chosen(rows, kept.name, saved=kept.name == session.state().segment)
    if kind == "area":
        rows = np.zeros(len(ids), dtype=bool)
        for area in areas.read(rest):
            rows |= areas.inside(map_.projection.places, area)
        return Chosen(rows, _("drawn on the map"))
    if kind == "cluster":
        level, number = (int(one) for one in rest.split("."))
        if level < len(map_.levels) and number < len(map_.levels[level].names):
            one = map_.levels[level]
            return Chosen(one.clusters.labels == number, cluster_name(one, number))
    if kind == "group" and int(rest) < len(coloured):
        group = coloured[int(rest)]
        return Chosen(group.rows, f"{_colour_name()}: {group.name}")
    return None


def _colour_name() -> str:
    kind, _colon, what = session.state().colour.partition(":")
    return what or {"topic": _("main topic"), "activity": _("events"), "arrival": _("first seen")}.get(
        kind, kind
    )


def outline() -> list[FloatArray]:
    """The areas that the state selects."""
    kind, _colon, rest = session.state().selection.partition(":")
    return areas.read(rest) if kind == "area" else []


def cluster_name(level: Level, number: int) -> str:
    """Its words; its number where nothing is said, and where it is of fewer than 5 people."""
    hidden = map_naming.few(level, number)
    return ("" if hidden else level.names[number]) or _("cluster {n}").format(n=number + 1)


def interests(found: Dataset, key: str) -> Interests | None:
    """Topics and everybody's interests; None while they are worked out, or where there are none."""
    documents = topic_data.peek_documents(found, f"{key}_documents")
    if documents is None or documents.different < 2:
        return None
    known = topic_data.peek_topics(documents, f"{key}_topics")
    if known is not None:
        topic_data.ask_names(found, known, f"{key}_names")
    theirs = topic_data.peek_interests(found, known, f"{key}_profiles") if known is not None else None
    return None if known is None or theirs is None else (known, theirs)


def colourings(found: Dataset, comparison: Comparison | None) -> dict[str, str]:
    """What may colour the map, by the URL's word. Columns marked personal are not among them: a point is a
    person."""
    made = {"cluster": _("cluster"), "topic": _("main topic"), "activity": _("activity")}
    if found.timed:
        made["arrival"] = _("new or old")
    if session.state().of == "items":
        return made | {"column:category": _("category")}
    made |= {f"column:{column}": column for column in open_columns(found)}
    if comparison is not None:
        specs = tuple(entry.spec for entry in comparison.entries)
        labels = {entry.spec: entry.label for entry in comparison.entries}
        state = session.state()
        metric = metric_at(state.metric, state.k)
        made |= {
            f"metric:{spec}": _("{metric} of {name}").format(metric=metric, name=labels[spec])
            for spec in specs
        }
        made |= {
            f"difference:{one}|{other}": _("{first} against {second}").format(
                first=labels[one], second=labels[other]
            )
            for at, one in enumerate(specs)
            for other in specs[at + 1 :]
        }
        one, _bar, other = session.state().colour.removeprefix("difference:").partition("|")
        if one in labels and other in labels:  # a link may have it the other way round
            made[f"difference:{one}|{other}"] = _("{first} against {second}").format(
                first=labels[one], second=labels[other]
            )
    return made


def colour(found: Dataset, comparison: Comparison | None) -> str:
    """What colours the map: as the state says, clusters where that can't be shown here."""
    asked = session.state().colour
    if asked.startswith(("metric:", "difference:")) and comparison is None:
        return "cluster"  # until the comparison is there
    return asked if asked in colourings(found, comparison) else "cluster"


def groups(found: Dataset, map_: Segmentation, level: int, comparison: Comparison | None) -> list[Group]:
    """The groups that colour the map as the state says; clusters where that is not possible."""
    state = session.state()
    kind, _colon, what = colour(found, comparison).partition(":")
    ground = charts.theme()
    ids = map_.projection.ids
    if kind == "topic" and (got := interests(found, "colour")) is not None:
        return _by_topic(found, map_, *got)
    if kind == "activity":
        column = "item" if state.of == "items" else "user"
        events = found.interactions[column].value_counts().reindex(pd.Index(ids)).fillna(0)
        return map_colours.of_numbers(np.asarray(events, dtype=np.float64), ground)
    if kind == "arrival" and found.timed:
        return _by_arrival(found, map_)
    if kind == "column" and what in (["category"] if state.of == "items" else open_columns(found)):
        table = found.items if state.of == "items" else found.users
        values = table[what].reindex(pd.Index(ids)) if what in table else pd.Series(index=ids, dtype="str")
        if state.of == "items":
            values = values.astype("str").str.split("|").str[0]
        if pd.api.types.is_numeric_dtype(values) and values.nunique() > len(map_colours.HUES):
            return map_colours.of_numbers(values.to_numpy(dtype=np.float64), ground)
        return map_colours.of_texts(values)
    if (made := _by_metric(map_, comparison, kind, what, ground)) is not None:
        return made
    one = map_.levels[level]
    names = [cluster_name(one, number) for number in range(len(one.names))]
    return map_colours.of_labels(one.clusters.labels, names, _("in no cluster"))


def _by_arrival(found: Dataset, map_: Segmentation) -> list[Group]:
    """New: first seen in the last quarter of the time that the data covers."""
    first, moment = first_seen(found, "item" if map_.projection.of == "items" else "user")
    seen = first.reindex(pd.Index(map_.projection.ids))
    labels = np.where(seen.isna(), -1, np.where(seen >= moment, 0, 1))
    day = f"{moment:%Y-%m-%d}"
    names = (_("new: first seen from {day} on").format(day=day), _("old: seen before {day}").format(day=day))
    return map_colours.of_labels(labels, names, _("not known"))


def _by_topic(found: Dataset, map_: Segmentation, known: Topics, theirs: Profiles) -> list[Group]:
    ids, weights = (
        (known.item_ids, known.items) if map_.projection.of == "items" else (theirs.user_ids, theirs.weights)
    )
    place = pd.Index(ids).get_indexer(pd.Index(map_.projection.ids))
    there = (place >= 0) & (weights[place].sum(axis=1) > 0)
    main = np.where(there, known.ids[weights[place].argmax(axis=1)], -1)
    titles = dict(zip(known.ids.tolist(), topic_data.titles(found, known), strict=True))
    names = [titles.get(at, "") for at in range(int(known.ids.max()) + 1)]  # a topic's colour is its id's
    return map_colours.of_labels(main, names, _("nothing known"))


def _by_metric(
    map_: Segmentation, comparison: Comparison | None, kind: str, what: str, ground: str
) -> list[Group] | None:
    state = session.state()
    if kind not in ("metric", "difference") or comparison is None or state.of == "items":
        return None
    column = comparison.column(state.metric, state.k)
    rows = {entry.spec: at for at, entry in enumerate(comparison.entries)}
    specs = what.split("|") if kind == "difference" else [what]
    if not set(specs) <= set(rows) or len(specs) != (2 if kind == "difference" else 1):
        return None
    place = pd.Index(comparison.user_ids).get_indexer(pd.Index(map_.projection.ids))
    values = [np.where(place >= 0, comparison.values[rows[spec], column][place], np.nan) for spec in specs]
    if kind == "metric":
        return map_colours.of_metric(values[0], ground)
    looks = palette.styles([entry.spec for entry in comparison.entries])
    first, second = (
        (label_of(spec, tuple(rows)), looks[spec].colour if spec in looks else map_colours.NONE)
        for spec in specs
    )
    return map_colours.of_difference(values[0] - values[1], ground, first, second)
