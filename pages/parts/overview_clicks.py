"""Clicks and sales on Overview: they come when they are there, and the page does not wait for them."""

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.offpolicy.asked import SHOWN, WHY_NOT, Clicks
from core.evaluation.offpolicy.clicks import clicks
from pages.parts import clicks_data, clicks_live, clicks_words, job_panel, session
from pages.parts.text import escaped, plain
from pages.parts.url_state import State
from pages.parts.words import _, said, sentences


def peek(found: Dataset, state: State) -> Clicks | str:
    """What the log says of the compared lists; in words where that is nothing, or not known yet."""
    if found.impressions.empty:
        return sentences([_("Not measurable here."), said(WHY_NOT["no impressions"])])
    asked = clicks_data.question(found, state)
    got = job_panel.peek(clicks, found, settings=asked, key="overview_clicks")
    if got is not None:
        return got
    if job_panel.outcome(clicks, found, settings=asked).waits:
        return _("Being estimated from the log.")
    return _("Could not be estimated: the line below says why.")


def note(found: Dataset, got: Clicks | str, state: State) -> None:
    """What was live beside them, how to read the two columns, and where there is more of them."""
    if isinstance(got, str) or got.unmeasured:
        return
    parts = [
        _(
            "Off-policy: what these lists would get, estimated from what was shown by chance. "
            "E: effective events; ! amber, since few or in doubt."
        )
    ]
    if live := clicks_live.beside(found, got, "ctr", SHOWN[0], state):
        parts.insert(0, live)
    if state.segment:
        parts.append(_("Clicks and sales are of the segment's people."))
    href = escaped(session.link("clicks_and_sales"), 4_000)
    more = f'<a href="{href}" target="_self">{escaped(_("Why, and by other estimators"))}</a>'
    st.html(f'<p class="ts-small">{escaped(sentences(parts), 900)} {more}</p>')


def rows(comparison: Comparison, got: Clicks | str) -> pd.DataFrame:
    """The estimates as rows of Overview's table; refused ones have no value, and say why."""
    if isinstance(got, str):
        return pd.DataFrame()
    made = []
    for entry in comparison.entries:
        for metric in ("ctr", "ctcvr"):
            figure = got.figure(entry.spec, metric, SHOWN[0])
            if figure is None:
                continue
            one, usable = figure.estimate, clicks_words.usable(figure)
            made.append(
                {
                    "source": _("off-policy"),
                    "recommender": plain(entry.label),
                    "metric": metric.upper(),
                    "variant": SHOWN[0],
                    "k": got.k,
                    "mean": one.mean if usable else None,
                    "low": one.low if usable else None,
                    "high": one.high if usable else None,
                    "n": one.n,
                    "effective_events": figure.support.effective_events,
                    "verdict": clicks_words.grade(figure.verdict),
                    "reason": clicks_words.why(got, figure),
                }
            )
    return pd.DataFrame(made)
