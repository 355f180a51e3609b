"""What segments and groups of items are called, and what the page says first of them."""

from core.evaluation.by_segment import BySegment
from core.evaluation.comparison import Comparison, verdict
from core.evaluation.metric import metrics
from core.evaluation.segments import Division, Segment
from pages.parts import numbers
from pages.parts.metric_names import metric_at
from pages.parts.text import plain
from pages.parts.words import _, counted, sentences

OF_DATA = ("activity", "arrival", "cluster")  # what makes segments beside columns, in a link


def label(text: str) -> str:
    """A segment of the URL as people read it: `column:club=hikers` is `club: hikers`."""
    what, equals, name = text.partition("=")
    column = what.removeprefix("column:")
    if not equals or (what == column and what not in OF_DATA):
        return plain(text, 40)
    made = named(Segment(name if what == "arrival" else "value", "" if what == "arrival" else name))
    called = {
        "activity": _("length of history"),
        "arrival": _("new or old"),
        "cluster": _("cluster"),
    }.get(what, column.replace("_", " "))
    return plain(_("{what}: {name}").format(what=called, name=made), 60)


def named(segment: Segment) -> str:
    """Its name; a band of one number as that number."""
    kinds = {
        "others": _("all others"),
        "none": _("in no cluster"),
        "new": _("new people"),
        "old": _("old people"),
    }
    first, dash, last = segment.name.partition(" – ")
    band = first if first == last else segment.name if "-" in segment.name else f"{first}–{last}"
    return kinds.get(segment.kind) or plain(band if dash else segment.name, 60)


def sentence(comparison: Comparison, column: int, division: Division, found: BySegment, by: str) -> str:
    """Where the recommender that leads serves best and worst, and for how many segments differ."""
    row = verdict(comparison, column).leader
    gap = found.gap(row)
    asked = comparison.columns[column]
    metric = metric_at(asked.name, asked.k)
    if gap is None:
        return _("By {by}, there are no two segments in which 5 people have a value of {metric}.").format(
            by=by, metric=metric
        )
    best, worst = (_quoted(named(division.segments[at])) for at in (gap.first, gap.second))
    high, low = (numbers.figure(found.cells[row][at].mean) for at in (gap.first, gap.second))
    first = (
        _("By {by}, {name} serves {best} best and {worst} worst: {metric} {high} against {low}, told apart.")
        if gap.settled
        else _("By {by}, {name} serves {best} best and {worst} worst: {metric} {high} against {low}, tied.")
    )
    if not metrics()[asked.name, "standard"].serves:
        first = (
            _("By {by}, {metric} of {name} is {high} for {best} and {low} for {worst}, told apart.")
            if gap.settled
            else _("By {by}, {metric} of {name} is {high} for {best} and {low} for {worst}, tied.")
        )
    said = first.format(
        by=by, name=comparison.entries[row].label, best=best, worst=worst, metric=metric, high=high, low=low
    )
    return sentences([said, _apart(found)])


def _quoted(name: str) -> str:
    """A name of several words with commas, as a cluster's, so that a sentence keeps it together."""
    return _("“{name}”").format(name=name) if "," in name else name


def _apart(found: BySegment) -> str:
    rows = len(found.pairs)
    some = sum(found.apart(row) > 0 for row in range(rows))
    if rows < 2:
        return ""
    if not some:
        return _("No recommender serves two segments differently beyond chance.")
    return counted(
        "For {n} of {rows} recommenders some segments are told apart.",
        "For {n} of {rows} recommenders some segments are told apart.",
        some,
        rows=rows,
    )
