"""What clicks and sales are called, and what the pages say of them."""

import re

from core.data.dataset import Origin
from core.evaluation.integrity import Check
from core.evaluation.offpolicy.asked import Clicks, Figure
from core.evaluation.offpolicy.estimator import estimators
from core.evaluation.offpolicy.gate import REFUSE, Verdict
from core.evaluation.offpolicy.words import reason
from core.evaluation.uncertainty import Difference, Estimate
from pages.parts import nouns, numbers
from pages.parts.text import plain
from pages.parts.words import _, counted, listed, said, sentences

SIGNS = {"green": "✓", "amber": "!", "refused": "✕"}


def rate_names() -> dict[str, str]:
    """The rates by their names in core."""
    return {
        "ctr": _("Clicks (CTR)"),
        "ctcvr": _("Sales (CTCVR)"),
        "cvr": _("Conversion (CVR)"),
        "revenue": _("Revenue"),
    }


def short_rate(rate: str) -> str:
    """A rate's name inside a sentence."""
    return {"ctr": "CTR", "ctcvr": "CTCVR", "cvr": "CVR", "revenue": _("revenue")}[rate]


def stages(origin: Origin) -> dict[str, str]:
    """What follows an impression, by rate; what a data set calls its purchases (`full reads`)."""
    bought = nouns.noun(origin, "conversions") if origin.nouns.get("conversions") else _("purchases")
    return {"ctr": _("clicks"), "ctcvr": bought}


def counted_of(rate: str, origin: Origin) -> str:
    """What a rate counts, in words that go into a sentence."""
    if rate == "cvr":
        return _("{events} per click").format(events=stages(origin)["ctcvr"])
    return stages(origin).get(rate) or _("revenue")


def per(rate: str) -> str:
    """What a rate is divided by."""
    return _("per click") if rate == "cvr" else _("per impression")


def under(rate: str, people: int) -> str:
    """What stands under a column: n, and what the rate is divided by."""
    return f"{counted('n = {n} person', 'n = {n} people', people)} · {per(rate)}"


def estimator_name(name: str) -> str:
    """An estimator's label."""
    return _(estimators()[name].label)


def short_estimator(name: str) -> str:
    """Its label up to a colon, for a button."""
    return re.split("[:：]", estimator_name(name))[0]


def grade(verdict: Verdict) -> str:
    """A verdict in a word."""
    return {"green": _("green"), "amber": _("amber"), "refused": _("refused")}[verdict.grade]


def shown(rate: str, value: float, places: int | None = None) -> str:
    """A rate as a per cent; revenue as a number."""
    return numbers.figure(value, places) if rate == "revenue" else numbers.percent(value, places)


def badge(estimator: str, *, fitted: bool) -> str:
    """Where estimates come from."""
    return _("model-based") if estimator == "dm" or fitted else _("off-policy")


def with_ends(rate: str, one: Estimate) -> str:
    """`3.87 % (3.72–4.02 %)`."""
    return f"{shown(rate, one.mean)} ({numbers.interval(one, share=rate != 'revenue')})"


def events(figure: Figure) -> str:
    """`E = 212`, with a sign where the estimate is not green."""
    found = f"E = {figure.support.effective_events:,.0f}"
    return found if figure.verdict.grade == "green" else f"{SIGNS[figure.verdict.grade]} {found}"


def refusal(figure: Figure) -> str:
    """Why an estimate is refused, in a few words."""
    support = figure.support
    match figure.verdict.code:
        case "few" if not support.effective_events:
            cause = _("never shown")
        case "nothing":
            cause = _("no event on these lists")
        case "observed":
            cause = _("{events} of {needed} events on these lists").format(
                events=f"{support.observed:.1f}", needed=f"{REFUSE:.0f}"
            )
        case "people":
            cause = _("fewer than 5 people")
        case "fitted":
            cause = _("propensities were fitted")
        case "few":
            cause = _("{events} of {needed} events").format(
                events=f"{support.effective_events:.1f}" if support.effective_events >= 0.05 else "< 0.1",
                needed=f"{REFUSE:.0f}",
            )
        case "weights":
            cause = _("weights average {mean}").format(mean=f"{support.mean_weight:.2f}")
        case "model":
            cause = _("the log contradicts the model")
        case "log":
            cause = _("a check of the log failed")
        case _other:
            cause = _("the log lacks what it needs")
    return _("refused: {cause}").format(cause=cause)


def why(found: Clicks, figure: Figure) -> str:
    """Why an estimate is not green, in a sentence of the reader's language."""
    if figure.verdict.code != "log":
        return said(reason(figure))
    failed = [said(one.check) for one in found.health if one.verdict == "failed"]
    return _("A check of the log failed: {names}.").format(names=listed(failed))


def usable(figure: Figure | None) -> bool:
    """Whether an estimate may be shown."""
    return figure is not None and not figure.lacks and figure.verdict.grade != "refused"


def rate_of(found: Clicks, asked: str) -> str:
    """The rate that a page speaks of; clicks where the log has none of what is asked."""
    return asked if any(one.metric == asked for one in found.figures) else "ctr"


def best_first(found: Clicks, rate: str, estimator: str, group: int = 0) -> list[Figure]:
    """The estimates of all that take part, those that may be shown first, the highest on top."""
    mine = [
        one for one in found.figures if (one.metric, one.estimator, one.group) == (rate, estimator, group)
    ]
    return sorted(mine, key=lambda one: (not usable(one), -one.estimate.mean if usable(one) else 0.0))


def sentence(found: Clicks, rate: str, estimator: str, origin: Origin) -> str:
    """Whose lists would get more, by how much, whether they are told apart, and who is refused."""
    order = best_first(found, rate, estimator)
    there = [one for one in order if usable(one)]
    refused = [_label(found, one) for one in order if not usable(one)]
    what = counted_of(rate, origin)
    if not there:
        most = max(order, key=lambda one: one.support.effective_events, default=None)
        return sentences(
            [
                _("{estimator} can't tell from this log who would get more {what}.").format(
                    estimator=short_estimator(estimator), what=what
                ),
                why(found, most) if most else _("It has none of them."),
            ]
        )
    first = there[0]
    value = f"{short_rate(rate)} {with_ends(rate, first.estimate)}"
    if len(there) == 1:
        lead = _("{name} would get {value}; there is nobody to compare it with.").format(
            name=_label(found, first), value=value
        )
        return sentences([lead, _refused(refused)])
    gaps = _gaps(found, rate, estimator, first)
    tied = [one for one in there[1:] if one.who in gaps and not gaps[one.who].settled]
    apart = [one for one in there[1:] if one.who in gaps and gaps[one.who].settled]
    rough = [why(found, first)] if first.verdict.grade == "amber" else []
    if not tied and apart:
        lead = _("{first} would get more {what} than {second}: {value}, {gap} more, told apart.").format(
            first=_label(found, first),
            what=what,
            second=_label(found, apart[0]),
            value=value,
            gap=_gap(rate, gaps[apart[0].who], first.who),
        )
        return sentences([lead, *rough, _refused(refused)])
    lead = _tied(found, rate, [(one, gaps[one.who]) for one in tied], first, what, value)
    also = []
    if apart:
        also.append(
            _("{name} would get {gap} less, told apart.").format(
                name=_label(found, apart[0]), gap=_gap(rate, gaps[apart[0].who], first.who)
            )
        )
    return sentences([lead, *also, *rough, _refused(refused)])


def _tied(
    found: Clicks, rate: str, tied: list[tuple[Figure, Difference]], first: Figure, what: str, value: str
) -> str:
    """The sentence on those who share the lead; where nobody can be set beside it, it leads."""
    said_of = {"first": _label(found, first), "what": what, "value": value}
    if not tied:
        return _("{first} leads in {what}: {value}.").format(**said_of)
    if len(tied) == 1:
        one, gap = tied[0]
        return _(
            "Nobody is clearly ahead in {what}: {first}, {value}, is tied with {name}, {gap} less."
        ).format(**said_of, name=_label(found, one), gap=_gap(rate, gap, first.who))
    return _("Nobody is clearly ahead in {what}: {first}, {value}, is tied with {names}.").format(
        **said_of, names=listed([_label(found, one) for one, _gap_ in tied])
    )


def _label(found: Clicks, figure: Figure) -> str:
    return plain(found.who[figure.who].label, 60)


def _gaps(found: Clicks, rate: str, estimator: str, first: Figure) -> dict[int, Difference]:
    """The differences of the leader to each other, by their places in `who`."""
    return {
        one.second if one.first == first.who else one.first: one
        for one in found.differences(rate, estimator)
        if first.who in (one.first, one.second)
    }


def _gap(rate: str, one: Difference, first: int) -> str:
    """A difference seen from the leader, with its interval; of shares in percentage points."""
    seen = one.estimate if one.first == first else one.estimate.turned
    scale = 1.0 if rate == "revenue" else 100.0
    places = min(numbers.decimals(scale * seen.mean), 3)
    mean, low, high = (numbers.figure(scale * end, places) for end in (seen.mean, seen.low, seen.high))
    if rate == "revenue":
        return f"{mean} ({low} {_('to')} {high})"
    return _("{mean} points ({low} to {high})").format(mean=mean, low=low, high=high)


def _refused(names: list[str]) -> str:
    return _("Refused: {names}.").format(names=listed(names)) if names else ""


def checks(found: Clicks) -> list[Check]:
    """The log's health in the reader's language; names of policies stay as they are."""
    return [
        Check(one.check, one.verdict, "; ".join(said(part) for part in one.detail.split("; ")))
        if one.check == "people by policy"
        else one
        for one in found.health
    ]


def log_line(found: Clicks) -> str:
    """What the estimates rest on: people, pages, impressions."""
    return _("{people} people · {pages} pages · {impressions} impressions").format(
        people=f"{len(found.user_ids):,}",
        pages=f"{found.slates:,}",
        impressions=f"{found.impressions:,}",
    )
