"""What Clicks and sales draws first: the sentence, the log's health, its controls, rates, estimators."""

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.logged import Rate
from core.evaluation.offpolicy.asked import RATES, Clicks, Figure
from core.evaluation.offpolicy.words import why_not
from pages.parts import (
    clicks_controls,
    clicks_data,
    clicks_figures,
    clicks_live,
    clicks_words,
    data,
    page_tables,
    palette,
    ready_made,
    segment_words,
    session,
    states,
)
from pages.parts.clicks_figures import Looks
from pages.parts.figures import Column, Line, columns_html
from pages.parts.overview_figures import policy_words
from pages.parts.overview_panels import SIGNS, checks_html, verdict_words
from pages.parts.text import escaped, plain
from pages.parts.url_state import State
from pages.parts.words import _, ended, said, sentences


def looks_of(got: Clicks, state: State) -> Looks:
    """How those that take part are drawn: as on every page, policies by their own order."""
    known = [*state.recommenders, *ready_made.lists()]
    own = [who.spec for who in got.who]
    return palette.styles(known if all(spec in known for spec in own) else own)


def lead(found: Dataset, got: Clicks, state: State) -> None:
    """The page's first sentence, and who could not take part."""
    if got.unmeasured:
        states.text_line(_unmeasured_sentence(data.rates(found)))
        return
    sentence = clicks_words.sentence(
        got, clicks_words.rate_of(got, state.rate), state.estimator, found.origin
    )
    if state.segment:
        sentence = _("{segment}: {sentence}").format(
            segment=segment_words.label(state.segment), sentence=sentence
        )
    states.text_line(sentence)
    if live := clicks_live.beside(found, got, clicks_words.rate_of(got, state.rate), state.estimator, state):
        st.html(f'<p class="ts-said">{escaped(live, 600)}</p>')
    for failure in got.failures:
        states.error(
            _("{name} could not take part.").format(name=plain(failure.spec, 60)), said(failure.message)
        )


def _unmeasured_sentence(rates: tuple[Rate, ...]) -> str:
    """What was live, where nothing else can be known."""
    live = max((rate for rate in rates if rate.metric == "ctr"), key=lambda rate: rate.of, default=None)
    if live is None:
        return _("What these lists would get can't be known from this log.")
    return _(
        "Only what was live is known: {policy} got {value}. What these lists would get can't be known."
    ).format(
        policy=policy_words(live.policy),
        value=f"{clicks_words.rate_names()['ctr']} {clicks_words.with_ends('ctr', live.estimate)}",
    )


def unmeasured(found: Dataset, got: Clicks, state: State) -> None:
    """Why nothing can be estimated, with what was live; propensities can be fitted where a log has none."""
    states.refused(_("Not measurable here."), said(why_not(got)))
    if got.unmeasured == "no propensities" and state.propensities == "logged":
        clicks_controls.offer_fitting()
    clicks_controls.ways_back(state)
    if got.health:
        health(got)
    logged(data.rates(found))


def logged(rates: tuple[Rate, ...]) -> None:
    """Rates of the policies that were live."""
    if not rates:
        return
    st.subheader(_("What was live"), anchor=False)
    drawn = [
        Column(
            title=clicks_words.rate_names()[metric],
            lines=tuple(
                Line(
                    policy_words(rate.policy),
                    estimate=rate.estimate,
                    mark=f"{rate.events:,}/{rate.of:,} · n = {rate.estimate.n:,}",
                )
                for rate in rates
                if rate.metric == metric
            ),
            under=clicks_words.per(metric),
            badge=_("logged"),
            href=session.link("methods", term=metric),
            share=True,
            wide=True,
        )
        for metric in RATES
        if any(rate.metric == metric for rate in rates)
    ]
    st.html(columns_html(drawn, alt=clicks_figures.columns_alt(drawn)))


def health(got: Clicks) -> None:
    """The log's health in one row, before any rate; the details one click away."""
    checks = clicks_words.checks(got)
    worst_first = sorted(checks, key=lambda one: ("failed", "warning", "ok").index(one.verdict))
    marks = "".join(
        f'<li class="ts-{one.verdict}"><span aria-hidden="true">{SIGNS[one.verdict]}</span> '
        f'{escaped(said(one.check))}<span class="ts-sr"> {verdict_words(one.verdict)}</span></li>'
        for one in worst_first
    )
    strip = f'<ul class="ts-strip" aria-label="{escaped(_("Health of the log"))}">{marks}</ul>'
    with st.container(key="strip", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(strip, width="content")
        details = st.popover(_("Details"), type="tertiary", on_change="rerun", key="clicks_health")
    with details:
        if details.open:
            st.html(checks_html(checks))
            for did in got.left_out:
                states.caption(_("{what}: {n} left out.").format(what=said(did.step), n=f"{did.count:,}"))


def rates(found: Dataset, got: Clicks, state: State) -> None:
    """The rates side by side, what they rest on, and why some are amber or refused."""
    rate = clicks_words.rate_of(got, state.rate)
    looks = looks_of(got, state)
    links = {name: session.link("methods", term=name) for name in RATES}
    drawn = clicks_figures.columns(got, rate, state.estimator, looks, links)
    st.html(columns_html(drawn, alt=clicks_figures.columns_alt(drawn)))
    notes = [ended(clicks_words.log_line(got)) if not state.segment else _("Of the segment's people.")]
    if any(who.kind == "lists" for who in got.who):
        notes.append(
            _("Lists of {k}.").format(k=got.k)
            if got.k == state.k
            else _("Lists of {k}: the log's pages have no more places.").format(k=got.k)
        )
    if got.fitted:
        notes.append(_("Propensities are fitted, not logged."))
    if any(one.metric == "ctcvr" for one in got.figures):
        notes.append(ended(clicks_controls.window_words(clicks_data.window(found, state))))
    notes.append(_("95 % intervals over people. E: effective events; ✓ green, ! amber, ✕ refused."))
    href = escaped(session.link("methods", term=f"estimator-{state.estimator}"), 4_000)
    more = f'<a href="{href}" target="_self">{escaped(_("How this is estimated"))}</a>'
    st.html(f'<p class="ts-said ts-notes">{escaped(sentences(notes), 900)} {more}</p>')
    mine = [one for one in got.figures if one.estimator == state.estimator and one.verdict.grade != "green"]
    reasons = _reasons(got, [one for one in mine if one.metric == rate])
    if reasons:
        st.html(page_tables.marked_list(reasons))


def tables(got: Clicks, state: State) -> None:
    """Every figure with its reason, and every paired difference, each behind a click."""
    rate = clicks_words.rate_of(got, state.rate)
    with st.expander(
        _("Every figure, and why it is amber or refused"), on_change="rerun", key="clicks_table"
    ) as table:
        if table.open:
            own = [one for one in got.figures if one.estimator == state.estimator]
            _table(clicks_figures.frame(got, own), "clicks_rows", _("Rates with intervals and verdicts"))
    with st.expander(
        _("Who would get more: every paired difference"), on_change="rerun", key="clicks_pairs"
    ) as pairs:
        if pairs.open:
            _pairs(got, rate, state.estimator)


def _reasons(got: Clicks, figures: list[Figure]) -> list[tuple[str, str, str]]:
    """Why figures are not green: those with one reason on one line."""
    names = clicks_words.rate_names()
    by_reason: dict[tuple[str, str], list[str]] = {}
    for one in figures:
        where = f"{plain(got.who[one.who].label, 40)} · {names[one.metric]}"
        by_reason.setdefault((one.verdict.grade, clicks_words.why(got, one)), []).append(where)
    return [(clicks_words.SIGNS[grade], ", ".join(where), why) for (grade, why), where in by_reason.items()]


def _pairs(got: Clicks, rate: str, estimator: str) -> None:
    found = got.differences(rate, estimator)
    if not found:
        states.caption(_("Fewer than two are shown, so there is no pair."))
        return
    rows = [
        {
            _("first"): plain(got.who[one.first].label),
            _("second"): plain(got.who[one.second].label),
            _("difference"): one.estimate.mean,
            _("low"): one.estimate.low,
            _("high"): one.estimate.high,
            "n": one.estimate.n,
            _("p (Holm)"): one.p,
            _("verdict"): _("told apart") if one.settled else _("tied"),
        }
        for one in (gap.upward for gap in found)
    ]
    _table(pd.DataFrame(rows), "clicks_pairs_table", _("Paired differences with interval and p-value"))


def _table(frame: pd.DataFrame, key: str, alt: str) -> None:
    formats = dict.fromkeys((_("value"), _("difference"), _("low"), _("high")), "%.5f")
    formats[_("p (Holm)")] = "%.4f"
    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        key=key,
        alt=alt,
        column_config={
            name: st.column_config.NumberColumn(format=form)
            for name, form in formats.items()
            if name in frame
        },
    )
