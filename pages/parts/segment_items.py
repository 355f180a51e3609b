"""The provider side: what lists show of each group of items, and how well they find it."""

from typing import Literal

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.differing import FEWEST
from core.evaluation.item_groups import Grouped, ItemGroups, item_groups
from core.evaluation.uncertainty import Estimate
from pages.parts import figures, job_panel, nouns, numbers, palette, segment_words, session, states
from pages.parts.metric_names import metric_at
from pages.parts.url_state import State
from pages.parts.words import _, counted, sentences


def section(found: Dataset, comparison: Comparison, state: State, order: list[int]) -> None:
    """By how popular items are, and behind a click by category."""
    st.subheader(_("Which {items} are shown").format(items=nouns.noun(found.origin, "items")), anchor=False)
    _part(found, comparison, state, order, "popularity")
    if "category" not in found.items or not found.items["category"].notna().any():
        return
    label = _("By {category}").format(category=nouns.noun(found.origin, "category"))
    with st.expander(label, on_change="rerun", key="by_category") as opened:
        if opened.open:
            _part(found, comparison, state, order, "category")


def _part(
    found: Dataset,
    comparison: Comparison,
    state: State,
    order: list[int],
    by: Literal["popularity", "category"],
) -> None:
    asked = Grouped(by, state.k, state.metric)
    got = job_panel.peek(item_groups, found, comparison, settings=asked, key=f"items_{by}")
    if got is None:
        return
    names = _names(got)
    if by == "popularity":
        states.caption(_sentence(comparison, got, order[0]))
    exposure = [_exposure(found, comparison, got, at, name, order) for at, name in enumerate(names)]
    alt = _("Share of exposure in the first {k} places by group: {groups}.").format(
        k=state.k, groups=", ".join(names)
    )
    _drawn(exposure, alt, f"exposure_{by}")
    metric = metric_at(got.metric, state.k)
    states.caption(
        _("How well each group is found: {metric} of its held-out ones alone.").format(metric=metric)
    )
    hits = [_hits(comparison, got, at, name, order, metric) for at, name in enumerate(names)]
    _drawn(
        hits, _("{metric} by group: {groups}.").format(metric=metric, groups=", ".join(names)), f"hits_{by}"
    )


def _drawn(columns: list[figures.Column], alt: str, key: str) -> None:
    """At most four columns beside one another."""
    with st.container(key=key):
        for first in range(0, len(columns), 4):
            st.html(figures.columns_html(columns[first : first + 4], alt))


def _names(got: ItemGroups) -> list[str]:
    kinds = {
        "head": _("Head"),
        "tail": _("Tail"),
        "new": _("New"),
        "others": _("All others"),
        "none": _("Without one"),
    }
    return [kinds.get(one.kind) or segment_words.named(one) for one in got.groups]


def _sentence(comparison: Comparison, got: ItemGroups, row: int) -> str:
    """What the best recommender shows of the most popular, and what people took."""
    kinds = [one.kind for one in got.groups]
    if "head" not in kinds or not got.shown[row][kinds.index("head")].n:
        return ""
    at = kinds.index("head")
    said = _(
        "The head, what most people took, is {catalogue} of the catalogue and {held} of what people took "
        "later; {name} gives it {shown} of its exposure."
    ).format(
        catalogue=numbers.percent(float(got.catalogue[at]), 1),
        held=numbers.percent(got.held[at].mean, 1),
        name=comparison.entries[row].label,
        shown=numbers.percent(got.shown[row][at].mean, 1),
    )
    more = _("New: nobody in training took it.") if "new" in kinds else ""
    return sentences([said, more])


def _exposure(
    found: Dataset, comparison: Comparison, got: ItemGroups, at: int, name: str, order: list[int]
) -> figures.Column:
    under = _("{items}, {share} of the catalogue").format(
        items=nouns.count(found.origin, int(got.items[at])),
        share=numbers.percent(float(got.catalogue[at]), 1),
    )
    values = [got.shown[row][at] for row in range(len(comparison.entries))]
    most = max(one.n for one in values)
    return figures.Column(
        title=name,
        lines=_lines(comparison, values, order),
        under=f"{under} · n = {most:,}",
        href=session.link("methods", term="exposure"),
        meaning=_("Share of exposure: places in lists, the first worth most."),
        more=(
            figures.Line(_("taken later"), None, got.held[at], note=f"n = {got.held[at].n:,}"),
            figures.Line(_("taken before"), None, got.taken[at], note=f"n = {got.taken[at].n:,}"),
        ),
        more_title=_("What people took"),
        share=True,
    )


def _hits(
    comparison: Comparison, got: ItemGroups, at: int, name: str, order: list[int], metric: str
) -> figures.Column:
    values = [got.found[row][at] for row in range(len(comparison.entries))]
    most = max(one.n for one in values)
    few = _("Fewer than {n} people took one of them later.").format(n=FEWEST)
    return figures.Column(
        title=name,
        lines=_lines(comparison, values, order),
        under=counted("n = {n} person", "n = {n} people", most) if most else "",
        badge=_("held-out"),
        href=session.link("methods", term="item-groups"),
        meaning=metric,
        note="" if most else few,
    )


def _lines(comparison: Comparison, values: list[Estimate], order: list[int]) -> tuple[figures.Line, ...]:
    looks = palette.styles([entry.spec for entry in comparison.entries])
    return tuple(
        figures.Line(comparison.entries[row].label, looks.get(comparison.entries[row].spec), values[row])
        for row in order
    )
