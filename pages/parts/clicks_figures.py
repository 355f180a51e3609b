"""Rates of clicks and sales in columns, and as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from core.evaluation.offpolicy.asked import RATES, Clicks, Figure
from core.evaluation.offpolicy.estimator import estimators
from core.evaluation.uncertainty import Estimate
from pages.parts import clicks_words, numbers
from pages.parts.figures import Column, Line
from pages.parts.palette import Style
from pages.parts.text import plain
from pages.parts.words import _, counted

Looks = Mapping[str, Style]


def columns(
    found: Clicks, rate: str, estimator: str, looks: Looks, links: Mapping[str, str], group: int = 0
) -> list[Column]:
    """The rates side by side, rows in the order of the chosen one; `links` lead to definitions."""
    order = [one.who for one in clicks_words.best_first(found, rate, estimator, group)]
    there = {one.metric for one in found.figures if one.estimator == estimator}
    return [
        column(found, metric, estimator, looks, order, href=links.get(metric, ""), group=group)
        for metric in RATES
        if metric in there
    ]


def column(
    found: Clicks,
    rate: str,
    estimator: str,
    looks: Looks,
    order: Sequence[int],
    href: str = "",
    title: str = "",
    group: int = 0,
    holds: tuple[float, ...] = (),
) -> Column:
    """One rate of all that take part, with E and a sign for what is not green; refused ones say why."""
    by_who = {
        one.who: one
        for one in found.figures
        if (one.metric, one.estimator, one.group) == (rate, estimator, group)
    }
    n = max((one.estimate.n for one in by_who.values()), default=0)
    declared = estimators()[estimator]
    return Column(
        title=title or clicks_words.rate_names()[rate],
        lines=tuple(_line(found, who, by_who.get(who), looks) for who in order),
        under=counted("n = {n} person", "n = {n} people", n) if title else clicks_words.under(rate, n),
        badge=clicks_words.badge(declared.name, fitted=found.fitted),
        href=href,
        share=rate != "revenue",
        holds=holds,
        wide=True,
    )


def _line(found: Clicks, who: int, figure: Figure | None, looks: Looks) -> Line:
    one = found.who[who]
    label, style = plain(one.label, 40), looks.get(one.spec)
    if figure is None:
        return Line(label, style, words=_("not in the log"))
    if not clicks_words.usable(figure):
        return Line(label, style, words=clicks_words.refusal(figure))
    return Line(label, style, figure.estimate, mark=clicks_words.events(figure))


def columns_alt(drawn: Sequence[Column]) -> str:
    """Columns in words."""
    return "; ".join(
        f"{one.title}: "
        + ", ".join(f"{line.label} {line.words or _shown(line.estimate, one.share)}" for line in one.lines)
        for one in drawn
    )


def _shown(one: Estimate | None, share: bool) -> str:
    if one is None:
        return "–"
    return numbers.percent(one.mean) if share else numbers.figure(one.mean)


def frame(found: Clicks, figures: Sequence[Figure], of: str = "") -> pd.DataFrame:
    """Figures as a table: value, interval, people, effective events, verdict and why. `of` names groups."""
    made = []
    for one in figures:
        usable = clicks_words.usable(one)
        row: dict[str, Any] = {_("recommender"): plain(found.who[one.who].label)}
        if of:
            row[of] = plain(found.groups[one.group], 60)
        row |= {
            _("rate"): clicks_words.rate_names()[one.metric],
            _("estimator"): clicks_words.estimator_name(one.estimator),
            _("value"): one.estimate.mean if usable else None,
            _("low"): one.estimate.low if usable else None,
            _("high"): one.estimate.high if usable else None,
            "n": one.estimate.n,
            _("effective events"): round(one.support.effective_events, 1),
            _("verdict"): clicks_words.grade(one.verdict),
            _("why"): clicks_words.why(found, one),
        }
        made.append(row)
    return pd.DataFrame(made)
