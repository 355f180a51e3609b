"""Head to head: which two, their paired difference by metric and k, and the people behind it."""

from math import isfinite

import pandas as pd
import streamlit as st

from core.evaluation.comparison import Comparison, verdict
from core.evaluation.metric import metrics
from core.evaluation.pairs import Sides, pairs_of, sides
from core.evaluation.uncertainty import Estimate
from core.types import IntArray
from pages.parts import charts, numbers, overview_controls, page_tables, session, states
from pages.parts.figures import Column, Line, columns_html
from pages.parts.metric_names import metric_at
from pages.parts.overview_figures import ALWAYS, order_of
from pages.parts.text import escaped, plain
from pages.parts.url_state import State
from pages.parts.words import _, counted, sentences

MOST = 8  # people on each side
SMALL, MEDIUM, LARGE = 0.2, 0.5, 0.8  # Cohen 1988, §2.2.4


def choose(comparison: Comparison, state: State) -> tuple[int, int]:
    """The two rows that are compared: those of the state, else the leader and the next."""
    specs = [entry.spec for entry in comparison.entries]
    order = order_of(comparison, state)
    leader = verdict(comparison, comparison.column(state.metric, state.k)).leader
    first = specs.index(state.first) if state.first in specs else leader
    second = specs.index(state.second) if state.second in specs else -1
    if second in (-1, first):
        second = next(row for row in order if row != first)
    names = {entry.spec: plain(entry.label) for entry in comparison.entries}
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
        for field, label, row in (("first", _("First"), first), ("second", _("Second"), second)):
            bound = session.bound(field)
            st.session_state[bound["key"]] = specs[row]
            st.selectbox(label, specs, format_func=names.__getitem__, width=220, **bound)
        overview_controls.metric(state)
    return first, second


def sentence(comparison: Comparison, first: int, second: int, state: State) -> str:
    """`EASE serves these people better than ItemKNN: NDCG@10 +0.012 (+0.008 to +0.016). …`"""
    at = comparison.column(state.metric, state.k)
    name = metric_at(state.metric, state.k)
    estimate = comparison.gap(first, second, at)
    labels = [entry.label for entry in comparison.entries]
    if not estimate.n:
        return _("{metric} is not defined here: see what it needs on Methods.").format(metric=name)
    one = next(
        pair
        for pair in pairs_of(comparison, at)
        if {pair.difference.first, pair.difference.second} == {first, second}
    )
    value = f"{name} {_signed(estimate)}"
    n = counted("n = {n} person", "n = {n} people", estimate.n)
    if not one.difference.settled:
        said = _("{first} and {second} are tied: {value}, {n}.").format(
            first=labels[first], second=labels[second], value=value, n=n
        )
        return sentences([said, _detectable(one.detectable)])
    ahead = (estimate.mean > 0) != comparison.fewer_is_better(at)
    declared = metrics()[state.metric, "standard"]
    better, worse = (first, second) if ahead else (second, first)
    text = (
        _("{better} serves these people better than {worse}: {value}, {n}.")
        if declared.serves
        else _("{better} is ahead of {worse} by this metric: {value}, {n}.")
    )
    turned = estimate if better == first else comparison.gap(better, worse, at)
    said = text.format(better=labels[better], worse=labels[worse], value=f"{name} {_signed(turned)}", n=n)
    return sentences([said, _effect(abs(one.effect))])


def differences(comparison: Comparison, first: int, second: int, state: State) -> None:
    """First minus second, by metric and k, with the table of all metrics behind it."""
    shown = [*ALWAYS, *([state.metric] if state.metric not in ALWAYS else [])]
    gaps = [comparison.gap(first, second, comparison.column(name, state.k)) for name in shown]
    labels = [entry.label for entry in comparison.entries]
    alt = _("{first} minus {second}, paired by person: {said}").format(
        first=labels[first],
        second=labels[second],
        said="; ".join(
            f"{metric_at(name, state.k)} {_signed(one)}" for name, one in zip(shown, gaps, strict=True)
        ),
    )
    st.html(columns_html([_column(comparison, name, first, second) for name in shown], alt=alt))
    states.caption(
        _(
            "{first} minus {second} for the same people, with the 95 % interval of each difference; bold "
            "where it holds no zero. The first sentence is corrected for all pairs (Holm); these intervals "
            "are not."
        ).format(first=plain(labels[first]), second=plain(labels[second]))
    )
    charts.behind(lambda: table(comparison, first, second), alt, "head_to_head")


def _column(comparison: Comparison, name: str, first: int, second: int) -> Column:
    declared = metrics()[name, "standard"]
    lines, n = [], 0
    for k in declared.cuts(comparison.experiment.k):
        one = comparison.gap(first, second, comparison.column(name, k))
        n = max(n, one.n)
        sure = one.n > 0 and (one.low > 0 or one.high < 0)
        label = f"k = {k}" if k else _("whole ranking")
        lines.append(Line(label, estimate=one, strong=sure))
    under = [counted("n = {n} person", "n = {n} people", n)]
    if declared.better == "lower":
        under.append(_("less is better"))
    return Column(
        title=_(declared.label),
        lines=tuple(lines),
        under=" · ".join(under),
        badge=_("held-out"),
        href=session.link("methods", term=name),
        meaning=_(declared.meaning),
        signed=True,
    )


def table(comparison: Comparison, first: int, second: int) -> pd.DataFrame:
    """Every metric and k: first minus second with its interval and n."""
    rows = []
    for at, column in enumerate(comparison.columns):
        one = comparison.gap(first, second, at)
        if not one.n:
            continue
        rows.append(
            {
                _("metric"): _(metrics()[column.name, column.variant].label),
                _("variant"): column.variant,
                "k": str(column.k or _("whole ranking")),
                _("difference"): one.mean,
                _("low"): one.low,
                _("high"): one.high,
                "n": one.n,
            }
        )
    return pd.DataFrame(rows)


def people(comparison: Comparison, first: int, second: int, state: State) -> None:
    """How many gain and lose, and who most: links to these people with their lists."""
    at = comparison.column(state.metric, state.k)
    got = sides(comparison, first, second, at)
    labels = [plain(entry.label) for entry in comparison.entries]
    if not len(got.order):
        states.caption(_("This metric has no value for one person: it is of all lists together."))
        return
    _counts(got, labels[first], labels[second])
    name = metric_at(state.metric, state.k)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Better by {name}").format(name=labels[first]), anchor=False)
        _links(comparison, got, got.order[:MOST], 1, name)
    with right:
        st.subheader(_("Better by {name}").format(name=labels[second]), anchor=False)
        _links(comparison, got, got.order[::-1][:MOST], -1, name)


def _counts(got: Sides, first: str, second: str) -> None:
    many = len(got.order)
    rows = [
        (_("better by {name}").format(name=first), got.gain),
        (_("the same by both"), got.same),
        (_("better by {name}").format(name=second), got.lose),
    ]
    st.html(
        page_tables.bars(
            [
                page_tables.Bar(name, count / many, f"{count:,} ({numbers.percent(count / many)})")
                for name, count in rows
            ]
        )
    )
    states.caption(counted("Of n = {n} person.", "Of n = {n} people.", many))


def _links(comparison: Comparison, got: Sides, rows: IntArray, sign: int, name: str) -> None:
    there = [int(row) for row in rows if sign * got.gaps[row] > 0]
    if not there:
        states.caption(_("Nobody."))
        return
    lines = []
    for row in there:
        user = str(comparison.user_ids[row])
        href = escaped(session.link("people", person=user), 4_000)
        figure = _("{metric} better by {value}").format(
            metric=name, value=numbers.figure(abs(float(got.gaps[row])), 3)
        )
        name_of = f'<a href="{href}" target="_self">{escaped(user, 40)}</a>'
        lines.append(f"<li>{name_of} <small>{escaped(figure)}</small></li>")
    st.html(f'<ul class="ts-links">{"".join(lines)}</ul>')
    states.caption(_("The biggest differences; each leads to the person and both lists."))


def _signed(one: Estimate) -> str:
    places = min(numbers.decimals(one.mean), 4)
    ends = [numbers.signed(end, places) for end in (one.low, one.high)]
    return f"{numbers.signed(one.mean, places)} ({ends[0]} {_('to')} {ends[1]})"


def _effect(effect: float) -> str:
    if not isfinite(effect):
        return ""
    size = (
        _("negligible")
        if effect < SMALL
        else _("small")
        if effect < MEDIUM
        else _("medium")
        if effect < LARGE
        else _("large")
    )
    return _("The effect is {size} (d = {d}).").format(size=size, d=numbers.figure(effect, 2))


def _detectable(value: float) -> str:
    if not isfinite(value):
        return ""
    return _(
        "With so many people a true difference of {value} would be told apart four times in five."
    ).format(value=numbers.figure(value))
