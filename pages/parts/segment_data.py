"""What Segments stands on: how people are divided, and which of the segments a link may choose."""

import pandas as pd

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.differing import MOST_VALUES
from core.evaluation.segments import (
    By,
    Division,
    Segment,
    by_cluster,
    by_members,
    divide,
)
from core.interests import saved
from core.interests.saved import Saved
from core.work.errors import BadInput
from pages.parts import data, job_panel, map_data, segment_words, session
from pages.parts.text import plain
from pages.parts.words import _


def choices(found: Dataset) -> dict[str, str]:
    """What may divide people, by the URL's word."""
    state = session.state()
    made = {f"column:{name}": plain(str(name).replace("_", " "), 40) for name in found.users.columns}
    made["activity"] = _("length of history")
    if found.timed:
        made["arrival"] = _("new or old")
    made["cluster"] = _("cluster of the user map")
    for one in saved.segments(state.data):
        made[f"segment:{one.name}"] = plain(one.name, 40)
    if state.selection and state.of != "items":
        made["selection"] = _("what is selected on the map")
    return made


def default(found: Dataset, options: dict[str, str]) -> str:
    """What divides people where nothing is asked: the frame's segment, else the first column that can."""
    text = session.state().segment
    if f"segment:{text}" in options:
        return f"segment:{text}"
    asked = _way(options, text)
    if asked:
        return asked
    for name in found.users.columns:
        values = found.users[name]
        ordered = pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values)
        if values.nunique() > 1 and (ordered or values.nunique() <= MOST_VALUES):
            return f"column:{name}"
    return "activity"


def divided(found: Dataset, whole: Comparison, way: str) -> Division:
    """The people of the comparison, divided; or the page ends, showing progress."""
    kind, _colon, name = way.partition(":")
    ids = whole.user_ids
    if kind == "column":
        return job_panel.result(divide, found, whole, settings=By("column", name))
    if kind == "activity":
        return job_panel.result(divide, found, whole, settings=By("activity"))
    if kind == "arrival":
        return job_panel.result(divide, found, whole, settings=By("arrival"))
    if kind == "segment":
        return by_members(ids, name, saved.segment(session.state().data, name).users)
    drawn = map_data.drawn(found, "people")
    if kind == "cluster":
        level = drawn.chosen
        names = [map_data.cluster_name(level, at) for at in range(len(level.names))]
        return by_cluster(ids, names, level.clusters.ids, level.clusters.labels)
    map_, _new = map_data.with_new(found, drawn)
    chosen = map_data.selection(found, map_, map_data.groups(found, map_, 1, whole))
    if chosen is None:
        return by_members(ids, "", ())
    return by_members(ids, chosen.how, map_.projection.ids[chosen.rows].tolist())


def personal(found: Dataset, way: str) -> bool:
    """Whether a column that divides people is personal: its segments are never shown one by one."""
    return way.removeprefix("column:") in found.origin.personal and way.startswith("column:")


def address(found: Dataset, way: str, segment: Segment) -> str:
    """What the URL's `segment` says of it; "" where no link may choose it."""
    if personal(found, way) or way == "selection" or segment.kind in ("others", "none"):
        return ""
    if segment.kind == "inside":
        return segment.name
    return f"{way}={segment.name or segment.kind}"


def group(found: Dataset, text: str) -> Saved | None:
    """The people of a segment that a link chose; None where the text names no way to divide people.

    Raises BadInput for a segment that is not there, and for one by a personal column.
    """
    way = _way(choices(found), text)
    if not way:
        return None
    if personal(found, way):
        raise BadInput(
            f"The column {way.removeprefix('column:')!r} is personal, so nobody is chosen by it.",
            "a column that may be shown for one person.",
            "choose everyone, or see the figures of all its groups on Segments.",
        )
    whole = data.everyones(found)
    division = divided(found, whole, way)
    for at, segment in enumerate(division.segments):
        if address(found, way, segment) == text:
            users = tuple(str(user) for user in whole.user_ids[division.labels == at])
            return Saved(segment_words.label(text), session.state().data, (), text, users)
    return None


def _way(options: dict[str, str], text: str) -> str:
    return next((way for way in options if text.startswith(f"{way}=")), "")
