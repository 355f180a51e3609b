"""What stands around the figures of Overview: failures, the table, cost, integrity, pairs."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.integrity import Check
from core.evaluation.logged import Rate
from core.evaluation.metric import metrics
from core.evaluation.offpolicy.asked import Clicks
from core.evaluation.record import summary_rows
from pages.parts import charts, data, frame, overview_clicks, palette, session, states
from pages.parts.metric_names import metric_at
from pages.parts.overview_figures import order_of, policy_words
from pages.parts.text import escaped, plain
from pages.parts.url_state import State
from pages.parts.words import _, said

SIGNS = {"ok": "✓", "warning": "!", "failed": "✕"}


def show_failures(found: Dataset, comparison: Comparison) -> None:
    """Recommenders that could not take part, by name; the others go on."""
    for failure in comparison.failures:
        label = frame.label_of(failure.spec, session.state().recommenders)
        states.error(_("{name} could not take part.").format(name=label), said(failure.message))
    if comparison.provisional:
        st.button(_("Ask again"), on_click=data.again, args=(found,))


def show_table(comparison: Comparison, rates: tuple[Rate, ...], got: Clicks | str) -> None:
    """Every figure of the comparison with its interval and n, what the log says of these lists, its rates."""
    labels = {entry.name: entry.label for entry in comparison.entries}
    frame_ = summary_rows(comparison)
    frame_ = frame_[frame_["n"] > 0]  # a metric that is defined for nobody has no figures
    frame_["recommender"] = frame_["recommender"].map(labels).map(plain)
    counted_of = list(frame_["metric"])
    frame_["metric"] = [
        _(metrics()[name, variant].label)
        for name, variant in zip(frame_["metric"], frame_["variant"], strict=True)
    ]
    frame_.insert(0, "source", _("held-out"))
    frame_["events"], frame_["of"] = zip(*map(_counted, counted_of, frame_.itertuples()), strict=True)
    log = pd.DataFrame(
        [
            {
                "source": _("logged"),
                "recommender": plain(policy_words(rate.policy)),
                "metric": rate.metric.upper(),
                "variant": "",
                "mean": rate.estimate.mean,
                "low": rate.estimate.low,
                "high": rate.estimate.high,
                "n": rate.estimate.n,
                "events": rate.events,
                "of": rate.of,
            }
            for rate in rates
        ]
    )
    estimated = overview_clicks.rows(comparison, got)
    whole = pd.concat([frame_, *(one for one in (estimated, log) if len(one))], ignore_index=True)
    st.dataframe(
        whole,
        hide_index=True,
        width="stretch",
        height=420,
        key="figures_table",
        alt=_("Every metric of every recommender with its interval and n"),
        column_config={name: st.column_config.NumberColumn(format="%.4f") for name in ("mean", "low", "high")}
        | {name: st.column_config.NumberColumn(format="%d") for name in ("k", "n", "events", "of")}
        | {name: st.column_config.NumberColumn(format="%.1f") for name in ("effective_events",)},
    )


def _counted(metric: str, row: Any) -> tuple[int | None, int | None]:
    """Numerator and denominator of what is a share of places or of people: hits, and out of how many."""
    of = {"precision": row.n * row.k, "serendipity": row.n * row.k, "hit_rate": row.n}.get(metric)
    return (None, None) if of is None else (round(row.mean * of), of)


def show_cost(comparison: Comparison, state: State) -> None:
    """Quality over what 1,000 lists cost, fitting included."""
    at = comparison.column(state.metric, state.k)
    title = metric_at(state.metric, state.k)
    looks = palette.styles([entry.spec for entry in comparison.entries])
    people = [
        len(one.user_ids) if one.asked is None else max(int(one.asked.sum()), 1) for one in comparison.ranked
    ]
    drawn = [
        (
            row,
            entry,
            charts.Point(
                entry.label,
                looks[entry.spec],
                entry.fit.seconds + comparison.seconds_of_lists(row) * 1_000 / max(people[row], 1),
                comparison.estimates[row][at],
            ),
        )
        for row, entry in enumerate(comparison.entries)
        if entry.spec in looks and row in comparison.fitted  # of ready-made lists nobody knows the cost
    ]
    if not drawn:
        states.caption(_("What ready-made lists cost is not known here."))
        return
    points = [point for _row, _entry, point in drawn]
    table = pd.DataFrame(
        [
            {
                _("recommender"): plain(point.label),
                title: point.estimate.mean,
                _("low"): point.estimate.low,
                _("high"): point.estimate.high,
                "n": point.estimate.n,
                _("seconds per 1,000 lists"): point.seconds,
                _("of one thread, p50"): comparison.pace(row)[0],
                _("p95"): comparison.pace(row)[1],
                _("blocks"): comparison.pace(row)[2],
                _("peak memory, MB"): round(max(entry.fit.peak_mb, entry.recommend.peak_mb)),
            }
            for row, entry, point in drawn
        ]
    )
    best = next(point for at in order_of(comparison, state) for row, _entry, point in drawn if row == at)
    cheap = min(points, key=lambda point: point.seconds)
    alt = _(
        "{metric} over seconds per 1,000 lists: {best} is best and takes {cost}, "
        "{cheap} is cheapest and takes {least}."
    ).format(
        metric=title,
        best=best.label,
        cost=charts.seconds(best.seconds),
        cheap=cheap.label,
        least=charts.seconds(cheap.seconds),
    )
    charts.show(charts.cost_figure(points, title, charts.theme()), alt=alt, table=table, key="cost")


def show_integrity(comparison: Comparison, tried: Check | None = None) -> None:
    """The checks of the comparison, those that need attention first; `tried` replaces that of its name."""
    known = [tried if tried and tried.check == one.check else one for one in comparison.integrity]
    st.html(checks_html(known))


def checks_html(checks: Sequence[Check]) -> str:
    """Checks as a list, those that need attention first; their sentences in the reader's language."""
    checks = sorted(checks, key=lambda check: ("failed", "warning", "ok").index(check.verdict))
    rows = "".join(
        f'<li class="ts-{check.verdict}"><span aria-hidden="true">{SIGNS[check.verdict]}</span><div>'
        f'<b>{escaped(said(check.check))}</b><span class="ts-sr"> {verdict_words(check.verdict)}</span>'
        f"<p>{escaped(said(check.detail), 600)}</p></div></li>"
        for check in checks
    )
    return f'<ul class="ts-checks">{rows}</ul>'


def verdict_words(verdict: str) -> str:
    """A check's verdict in a word."""
    return {"ok": _("in order"), "warning": _("worth knowing"), "failed": _("failed")}[verdict]
