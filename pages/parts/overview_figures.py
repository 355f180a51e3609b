"""The columns of Overview: ranking metrics, clicks and sales, from a comparison and the log's rates."""

from typing import Any

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison, verdict
from core.evaluation.logged import Rate, happens
from core.evaluation.metric import metrics
from core.evaluation.offpolicy.asked import SHOWN, Clicks
from core.evaluation.offpolicy.words import why_not as unmeasured
from core.evaluation.relative import relative
from pages.parts import clicks_words, palette, session
from pages.parts.figures import Column, Line
from pages.parts.metric_names import metric_at
from pages.parts.url_state import State
from pages.parts.words import _, counted, said, sentences

ALWAYS = ("precision", "recall", "ndcg")


def columns(
    comparison: Comparison, rates: tuple[Rate, ...], found: Dataset, state: State, got: Clicks | str
) -> list[Column]:
    """Ranking metrics first, then clicks and sales; the best by the chosen metric on top.

    `got`: what the log says of these lists, or why nothing is there (yet).
    """
    order = order_of(comparison, state)
    shown = [*ALWAYS, *([state.metric] if state.metric not in ALWAYS else [])]
    policies = list(dict.fromkeys(rate.policy for rate in rates))
    return [
        *(_ranking(comparison, name, state, order, policies) for name in shown),
        _rate(comparison, "ctr", _("Clicks (CTR)"), rates, found, state, got),
        _rate(comparison, "ctcvr", _("Sales (CTCVR)"), rates, found, state, got),
    ]


def order_of(comparison: Comparison, state: State) -> list[int]:
    """Rows of the comparison, the best by the chosen metric first."""
    return comparison.best_first(comparison.column(state.metric, state.k))


def base_of(comparison: Comparison, state: State) -> int | None:
    """The row that others are relative to; None = absolute values."""
    specs = [entry.spec for entry in comparison.entries]
    return specs.index(state.baseline) if state.baseline in specs else None


def _ranking(
    comparison: Comparison, name: str, state: State, order: list[int], policies: list[str]
) -> Column:
    at = comparison.column(name, state.k)
    base = base_of(comparison, state)
    said = verdict(comparison, at)
    n = [estimate[at].n for estimate in comparison.estimates]
    few = ["" if many in (0, max(n)) else f"n = {many:,}" for many in n]
    lines = []
    for row in order:
        if base is None:
            one = comparison.estimates[row][at]
        else:
            one = (
                relative(comparison, row, base, at)
                if state.scale == "relative"
                else comparison.gap(row, base, at)
            )
        lines.append(
            Line(
                **_who(comparison, row),
                estimate=one,
                mark=" · ".join(filter(None, [_("tied") if row in said.tied else "", few[row]])),
                words=_("baseline") if row == base else "",
                strong=row == said.leader and len(order) > 1,
            )
        )
    metric = metrics()[name, "standard"]
    under = [counted("n = {n} person", "n = {n} people", max(n))]
    if metric.better == "lower":
        under.append(_("less is better"))
    return Column(
        title=metric_at(name, state.k),
        lines=tuple(lines),
        under=" · ".join(under),
        badge=_("held-out"),
        href=session.link("methods", term=name),
        meaning=_(metric.meaning),
        more=tuple(Line(policy_words(policy)) for policy in policies),
        zero=base is not None and state.scale == "relative",
        signed=base is not None and state.scale == "absolute",
    )


def _rate(
    comparison: Comparison,
    metric: str,
    title: str,
    rates: tuple[Rate, ...],
    found: Dataset,
    state: State,
    got: Clicks | str,
) -> Column:
    logged = {rate.policy: rate for rate in rates if rate.metric == metric}
    policies = dict.fromkeys(rate.policy for rate in rates)
    order = order_of(comparison, state)
    note = why_not(found, metric, got)
    made = [] if note or isinstance(got, str) else [_estimated(comparison, row, metric, got) for row in order]
    return Column(
        title=title,
        lines=tuple(made or [Line(**_who(comparison, row)) for row in order]),
        under=_under(got, metric, state) if made and not isinstance(got, str) else "",
        badge=(_("model-based") if got.fitted else _("off-policy"))
        if made and not isinstance(got, str)
        else ""
        if logged
        else _("not measurable"),
        href=session.link("methods", term=metric),
        note=note,
        more=tuple(_policy(policy, logged[policy]) for policy in policies if policy in logged),
        more_badge=_("logged") if logged else "",
        share=True,
        wide=bool(made),
    )


def _estimated(comparison: Comparison, row: int, metric: str, got: Clicks) -> Line:
    """What the log says of a recommender's lists, with what it rests on; or why it is refused."""
    figure = got.figure(comparison.entries[row].spec, metric, SHOWN[0])
    if figure is None:
        return Line(**_who(comparison, row), words=_("not in the log"))
    if not clicks_words.usable(figure):
        return Line(**_who(comparison, row), words=clicks_words.refusal(figure))
    return Line(**_who(comparison, row), estimate=figure.estimate, mark=clicks_words.events(figure))


def _under(got: Clicks, metric: str, state: State) -> str:
    most = max((one.estimate.n for one in got.figures if one.metric == metric), default=0)
    under = [counted("n = {n} person", "n = {n} people", most)]
    if got.k != state.k:
        under.append(_("lists of {k}").format(k=got.k))
    return " · ".join(under)


def why_not(found: Dataset, metric: str, got: Clicks | str) -> str:
    """Why the compared recommenders have no clicks and sales, and what it would take; "" where they have."""
    if len(found.impressions) and not happens(found.impressions, metric):
        return {
            "ctr": _("Not measurable here: nothing in the log was clicked. To log: clicked, for each."),
            "ctcvr": _("Not measurable here: nothing in the log was purchased. To log: purchased, for each."),
        }[metric]
    if isinstance(got, str):
        return got
    return sentences([_("Not measurable here."), said(unmeasured(got))]) if got.unmeasured else ""


def _policy(policy: str, rate: Rate) -> Line:
    note = _("{events} of {shown} · n = {n}").format(
        events=f"{rate.events:,}", shown=f"{rate.of:,}", n=f"{rate.estimate.n:,}"
    )
    return Line(policy_words(policy), estimate=rate.estimate, note=note)


def policy_words(policy: str) -> str:
    """A logging policy's name for people."""
    return {
        "": _("the log"),
        "production": _("production"),
        "exploration": _("exploration"),
        "uniform": _("uniform"),
    }.get(policy, policy)


def _who(comparison: Comparison, row: int) -> dict[str, Any]:
    entry = comparison.entries[row]
    looks = palette.styles([one.spec for one in comparison.entries])
    return {"label": entry.label, "style": looks.get(entry.spec)}
