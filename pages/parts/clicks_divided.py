"""Clicks and sales by position, by day and by segment: each computed when it is opened."""

from datetime import date
from itertools import pairwise
from typing import Literal

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.differing import FEWEST
from core.evaluation.offpolicy.asked import By, Clicks
from core.evaluation.offpolicy.clicks import clicks
from core.evaluation.protocol import compare
from pages.parts import (
    charts,
    clicks_charts,
    clicks_data,
    clicks_figures,
    clicks_view,
    clicks_words,
    data,
    job_panel,
    segment_data,
    session,
    states,
)
from pages.parts.figures import columns_html
from pages.parts.url_state import State
from pages.parts.words import _, listed, sentences

Axis = Literal["position", "day"]


def by_position(found: Dataset, state: State) -> None:
    """The rate at each position of the page."""
    with st.expander(_("By position"), on_change="rerun", key="clicks_position") as opened:
        if opened.open:
            _over(found, state, "position", _("position"))


def by_day(found: Dataset, state: State) -> None:
    """The rate over the days of the log, or its weeks where it is longer than a month."""
    with st.expander(_("Over time"), on_change="rerun", key="clicks_day") as opened:
        if opened.open:
            _over(found, state, "day", _("day"))


def _asked(found: Dataset, state: State, by: By, key: str) -> Clicks | None:
    question = clicks_data.question(found, state, (state.estimator,), by)
    got = job_panel.peek(clicks, found, settings=question, key=key)
    if state.segment and got is not None:
        states.caption(_("Everyone is shown here, whichever segment the frame has."))
    return got


def _over(found: Dataset, state: State, axis: Axis, name: str) -> None:
    got = _asked(found, state, By(axis), f"by_{axis}")
    if got is None:
        return
    rate = clicks_words.rate_of(got, state.rate)
    series = clicks_charts.series_of(got, rate, state.estimator, clicks_view.looks_of(got, state), FEWEST)
    own = [one for one in got.figures if (one.metric, one.estimator) == (rate, state.estimator)]
    title = clicks_words.rate_names()[rate]
    if axis == "day" and len(got.groups) > 1 and _apart(got.groups) >= 7:
        name = _("week")
    refused = sum(not clicks_words.usable(one) for one in own)
    if not series:
        best = max(own, key=lambda one: one.support.effective_events, default=None)
        states.refused(
            _("No {axis} has enough events for {rate}.").format(axis=name, rate=title),
            clicks_words.why(got, best) if best else "",
        )
        return
    figure = clicks_charts.over_groups(series, got.groups, name, rate, charts.theme())
    said = "; ".join(
        f"{one.label} "
        + ", ".join(
            f"{group}: {clicks_words.shown(rate, value.mean)}"
            for group, value in zip(got.groups, one.values, strict=True)
            if value
        )
        for one in series
    )
    alt = _("{rate} by {axis}: {said}").format(rate=title, axis=name, said=said)
    table = clicks_figures.frame(got, own, of=name)
    charts.show(figure, alt=alt, table=table, key=f"clicks_by_{axis}")
    if refused:
        states.caption(
            _("{n} of {all} are refused and not drawn; the table says why.").format(n=refused, all=len(own))
        )


def _apart(days: tuple[str, ...]) -> int:
    """The least number of days between two."""
    return min((date.fromisoformat(b) - date.fromisoformat(a)).days for a, b in pairwise(days))


def by_segment(found: Dataset, state: State) -> None:
    """The rate in each segment of the people, divided as on Segments."""
    with st.expander(_("By segment"), on_change="rerun", key="clicks_segment") as opened:
        if not opened.open:
            return
        if found.interactions.empty:
            states.caption(
                _("People are divided by a comparison, and there are no interactions to compare on.")
            )
            return
        way = _way(found)
        whole = job_panel.peek(compare, found, settings=data.experiment(found), key="segment_comparison")
        if whole is None:
            return
        division = segment_data.divided(found, whole, way)
        if not division.segments:
            states.caption(_("This makes no segments here."))
            return
        got = _asked(found, state, clicks_data.divided_by(division, whole.user_ids), "by_segment")
        if got is not None:
            _segments(got, state)


def _way(found: Dataset) -> str:
    options = segment_data.choices(found)
    bound = session.bound("among")
    if st.session_state[bound["key"]] not in options:
        st.session_state[bound["key"]] = segment_data.default(found, options)
    return st.selectbox(_("Segments by"), list(options), format_func=options.__getitem__, width=230, **bound)


def _segments(got: Clicks, state: State) -> None:
    rate = clicks_words.rate_of(got, state.rate)
    looks = clicks_view.looks_of(got, state)
    own = [one for one in got.figures if (one.metric, one.estimator) == (rate, state.estimator)]
    most = {
        group: max((one.estimate.n for one in own if one.group == group), default=0)
        for group in range(len(got.groups))
    }
    told = [group for group, n in most.items() if n >= FEWEST]
    ends = tuple(
        end
        for one in own
        if one.group in told and clicks_words.usable(one)
        for end in (one.estimate.low, one.estimate.high)
    )
    title = clicks_words.rate_names()[rate]
    drawn = [
        clicks_figures.column(
            got,
            rate,
            state.estimator,
            looks,
            list(range(len(got.who))),
            title=got.groups[group],
            group=group,
            holds=ends,
        )
        for group in told
    ]
    if not drawn:
        states.caption(_("No segment has {n} people in the log.").format(n=FEWEST))
        return
    alt = _("{rate} by {axis}: {said}").format(
        rate=title, axis=_("segment"), said=clicks_figures.columns_alt(drawn)
    )
    with st.container(key="clicks_segments"):
        st.html(columns_html(drawn, alt=alt))
    notes = [_("{rate} in each segment, on one axis.").format(rate=title)]
    if withheld := [got.groups[group] for group in most if group not in told]:
        notes.append(
            _("Withheld, since fewer than {n} people have a value: {names}.").format(
                n=FEWEST, names=listed(withheld)
            )
        )
    states.caption(sentences(notes))
    there = [one for one in own if one.group in told]
    charts.behind(lambda: clicks_figures.frame(got, there, of=_("segment")), alt, "clicks_by_segment")
