"""From impression to click to purchase, per 1,000 impressions: bars of counts with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.data.dataset import Dataset, Origin
from core.evaluation.offpolicy.asked import Clicks
from core.evaluation.uncertainty import Estimate
from pages.parts import clicks_view, clicks_words, data, numbers, states
from pages.parts.clicks_figures import Looks
from pages.parts.overview_figures import policy_words
from pages.parts.palette import Style
from pages.parts.text import escaped, plain
from pages.parts.theme import marker
from pages.parts.url_state import State
from pages.parts.words import _, sentences

OF = 1_000  # impressions


@dataclass(frozen=True)
class Stage:
    """Clicks or purchases of a thousand impressions; without an estimate, why none."""

    name: str
    estimate: Estimate | None
    words: str = ""


@dataclass(frozen=True)
class Funnel:
    """A recommender's, or a logged policy's, stages."""

    label: str
    style: Style | None
    stages: tuple[Stage, ...]


def show(found: Dataset, got: Clicks, state: State) -> None:
    """The funnel of each recommender, then of what was live, all on one scale."""
    made = funnels(
        got,
        state.estimator,
        clicks_view.looks_of(got, state),
        clicks_words.rate_of(got, state.rate),
        found.origin,
    )
    live = _live(found)
    longest = max(
        (stage.estimate.mean for one in (*made, *live) for stage in one.stages if stage.estimate is not None),
        default=0.0,
    )
    st.html(funnel_html(made, longest, clicks_words.badge(state.estimator, fitted=got.fitted)))
    if live:
        st.html(funnel_html(live, longest, _("logged")))
    notes = [_("Of {n} impressions, with 95 % intervals; all bars have one scale.").format(n=f"{OF:,}")]
    if live and state.segment:
        notes.append(_("What was logged is of everyone."))
    states.caption(sentences(notes))


def funnels(got: Clicks, estimator: str, looks: Looks, rate: str, origin: Origin) -> list[Funnel]:
    """The funnel of all that take part, in the order of a rate."""
    made = []
    for place in (one.who for one in clicks_words.best_first(got, rate, estimator)):
        who = got.who[place]
        stages = []
        for metric, name in clicks_words.stages(origin).items():
            figure = got.figure(who.spec, metric, estimator)
            if figure is None:
                continue
            usable = clicks_words.usable(figure)
            words = "" if usable else clicks_words.refusal(figure)
            stages.append(Stage(name, figure.estimate if usable else None, words))
        made.append(Funnel(plain(who.label, 40), looks.get(who.spec), tuple(stages)))
    return made


def _live(found: Dataset) -> list[Funnel]:
    names = clicks_words.stages(found.origin)
    rates = data.rates(found)
    return [
        Funnel(
            policy_words(policy),
            None,
            tuple(
                Stage(names[one.metric], one.estimate)
                for one in rates
                if one.policy == policy and one.metric in names
            ),
        )
        for policy in dict.fromkeys(one.policy for one in rates)
    ]


def funnel_html(made: Sequence[Funnel], longest: float, badge: str) -> str:
    """Bars on one scale, each with its count and interval."""
    rows = []
    for one in made:
        mark = marker(one.style) if one.style else ""
        rows.append(f"<b>{mark}{escaped(one.label)}</b>")
        for stage in one.stages:
            share = stage.estimate.mean / longest if stage.estimate and longest else 0.0
            inside = f'<i style="width:{100 * share:.1f}%"></i>' if stage.estimate else ""
            bar = f'<div aria-hidden="true">{inside}</div>'
            said = _counts(stage.estimate) if stage.estimate else stage.words
            rows.append(f"<span>{escaped(stage.name)}</span>{bar}<span>{escaped(said)}</span>")
    return f'<span class="ts-badge">{escaped(badge)}</span><div class="ts-funnel">{"".join(rows)}</div>'


def _counts(one: Estimate) -> str:
    """`38.7 (37.1–40.2)` of a thousand."""
    whole = Estimate(OF * one.mean, OF * one.low, OF * one.high, one.n)
    return f"{numbers.figure(whole.mean)} ({numbers.interval(whole)})"
