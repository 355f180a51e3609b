"""Does a held-out metric foresee clicks here: each recommender by both, and the pairs that agree."""

import numpy as np
import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.offpolicy.asked import Clicks
from core.evaluation.protocol import compare
from core.evaluation.selection import for_segment
from pages.parts import charts, clicks_charts, clicks_view, clicks_words, data, job_panel, states
from pages.parts.clicks_charts import Both
from pages.parts.clicks_figures import Looks
from pages.parts.metric_names import metric_at
from pages.parts.text import escaped, plain
from pages.parts.url_state import State
from pages.parts.words import _, counted


def show(found: Dataset, got: Clicks, state: State) -> None:
    """A scatter of the chosen metric and clicks, and one sentence; it comes when the comparison is there."""
    title = metric_at(state.metric, state.k)
    st.subheader(_("Does {metric} foresee clicks here?").format(metric=title), anchor=False)
    if found.interactions.empty:
        states.caption(_("There are no interactions, so no held-out metric to set beside clicks."))
        return
    comparison = job_panel.peek(compare, found, settings=data.experiment(found), key="clicks_comparison")
    if comparison is None:
        return
    chosen = data.segment(found)
    if chosen is not None:
        ids = np.array(chosen.users, dtype=object)
        comparison = job_panel.peek(for_segment, comparison, settings=ids, key="clicks_of_segment")
        if comparison is None:
            return
    column = comparison.column(state.metric, state.k)
    points = both(comparison, got, column, state.estimator, clicks_view.looks_of(got, state))
    if len(points) < 2:
        states.caption(_("It takes two recommenders whose clicks are not refused."))
        return
    sentence = agreed(comparison, got, column, state.estimator, title)
    st.html(f'<p class="ts-said">{escaped(sentence, 600)}</p>')
    charts.show(
        clicks_charts.agreement_figure(points, title, charts.theme()),
        alt=sentence,
        table=_table(points, title),
        key="clicks_agreement",
    )


def both(comparison: Comparison, got: Clicks, column: int, estimator: str, looks: Looks) -> list[Both]:
    """The recommenders that have both."""
    made = []
    for row, entry in enumerate(comparison.entries):
        figure = got.figure(entry.spec, "ctr", estimator)
        one = comparison.estimates[row][column]
        if entry.spec in looks and one.n and figure is not None and clicks_words.usable(figure):
            made.append(Both(plain(entry.label, 40), looks[entry.spec], one, figure.estimate))
    return made


def agreed(comparison: Comparison, got: Clicks, column: int, estimator: str, title: str) -> str:
    """Of the pairs told apart by clicks, how many the metric orders the same way."""
    rows = {entry.spec: row for row, entry in enumerate(comparison.entries)}
    sign = -1.0 if comparison.fewer_is_better(column) else 1.0
    told = same = 0
    for gap in got.differences("ctr", estimator):
        first, second = (rows.get(got.who[at].spec) for at in (gap.first, gap.second))
        if not gap.settled or first is None or second is None:
            continue
        metric = comparison.estimates[first][column].mean - comparison.estimates[second][column].mean
        told += 1
        same += sign * metric * gap.estimate.mean > 0
    if not told:
        return _("No pair is told apart by clicks, so {metric} can't be checked by them.").format(
            metric=title
        )
    return counted(
        "Of {n} pair told apart by clicks, {metric} orders {same} the same way.",
        "Of {n} pairs told apart by clicks, {metric} orders {same} the same way.",
        told,
        metric=title,
        same=same,
    )


def _table(points: list[Both], title: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                _("recommender"): one.label,
                title: round(one.metric.mean, 4),
                _("its low"): round(one.metric.low, 4),
                _("its high"): round(one.metric.high, 4),
                _("CTR, %"): round(100 * one.clicks.mean, 3),
                _("low"): round(100 * one.clicks.low, 3),
                _("high"): round(100 * one.clicks.high, 3),
                "n": one.clicks.n,
            }
            for one in points
        ]
    )
