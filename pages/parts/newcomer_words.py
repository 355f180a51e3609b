"""What the Newcomer page says: the first sentence, how a strategy fared, and why an item is there."""

from math import exp

from core.evaluation.newcomer_lists import Place
from core.evaluation.newcomers import Fared, Newcomers, Way
from core.evaluation.uncertainty import Estimate
from pages.parts import newcomer_data, numbers, session
from pages.parts.metric_names import metric_at
from pages.parts.newcomer_data import Measured, Said
from pages.parts.words import _, counted, listed, sentences

TELLING = 1.05  # times as popular, from which a detail is named
NAMED = 2
_SAID = ("sentence", "wishes", "together")  # what reads a sentence


def sentence(said: Said, measured: Measured) -> str:
    """Which strategy fared best given what is filled in, and whether it is told apart from popularity."""
    if measured.newcomers is None:
        if measured.why:
            return _("How strategies for newcomers fare can't be measured here. {why}").format(
                why=measured.why
            )
        return _("What a newcomer is shown stands below; how the strategies fare is being measured.")
    found = measured.newcomers
    known = said_words(said)
    popular = found.fared[0]
    if not known:
        return sentences([_nothing_known(found, popular), _at_best(found)])
    options = [popular, *_options(found, said)]
    best = max(options, key=lambda one: _value(found, one).mean)
    if len(options) == 1 and said.sentence and _awaited(found):
        return _("Given {known}, what fares best on held-out newcomers is being measured.").format(
            known=listed(known)
        )
    if len(options) == 1:
        return _(
            "Given {known}, no strategy could be measured on held-out newcomers beside popularity."
        ).format(known=listed(known))
    if best is popular:
        second = max(options[1:], key=lambda one: _value(found, one).mean)
        return _(
            "Given {known}, nothing fared better than popularity, {value}; next is {name}. {apart}"
        ).format(
            known=listed(known),
            value=_figure(found, popular),
            name=name(found, second),
            apart=_apart(found, second),
        )
    return _("Given {known}, {name} fared best on held-out newcomers: {value}. {apart}").format(
        known=listed(known), name=name(found, best), value=_figure(found, best), apart=_apart(found, best)
    )


def said_words(said: Said) -> list[str]:
    """What is filled in, in words."""
    found = []
    if said.details:
        found.append(counted("{n} detail", "{n} details", len(said.details)))
    if said.likes:
        found.append(counted("{n} like", "{n} likes", len(said.likes)))
    if said.sentence:
        found.append(_("a sentence"))
    return found


def told(said: Said) -> tuple[Way, ...]:
    """The ways that what is said allows."""
    there: dict[Way, bool] = {
        "details": bool(said.details),
        "likes": bool(said.likes),
        "sentence": bool(said.sentence),
    }
    return tuple(way for way, is_said in there.items() if is_said)


def _options(found: Newcomers, said: Said) -> list[Fared]:
    """The strategies that what is said allows, as they were measured."""
    ways: list[tuple[Way, str]] = []
    if said.details:
        ways.append(("details", "by_details"))
    if said.likes:
        ways += [("likes", spec) for spec in newcomer_data.fold_in()]
    if said.sentence:
        ways += [("sentence", ""), ("wishes", "")]
    if found.together and set(told(said)) == set(found.together):
        ways.append(("together", ""))
    rows = [found.of(way, spec, len(said.likes)) for way, spec in ways]
    return [row for row in rows if row is not None]


def _nothing_known(found: Newcomers, popular: Fared) -> str:
    return _("Of somebody of whom nothing is known, only what is popular can be shown: {value}.").format(
        value=_figure(found, popular)
    )


def _at_best(found: Newcomers) -> str:
    best = max(found.fared, key=lambda one: _value(found, one).mean)
    if best.way == "popularity":
        return _("No detail, like or sentence did better on held-out newcomers.")
    return _("On held-out newcomers {name} fared best: {value}. {apart}").format(
        name=name(found, best), value=_figure(found, best), apart=_apart(found, best)
    )


def _apart(found: Newcomers, one: Fared) -> str:
    gap = one.over[_at(found)]
    if gap.settled:
        return _("It is told apart from popularity: {difference} by person.").format(
            difference=_difference(gap.estimate)
        )
    return _("It can't be told apart from popularity: {difference} by person.").format(
        difference=_difference(gap.estimate)
    )


def _difference(one: Estimate) -> str:
    return _("{mean} ({low} to {high})").format(
        mean=numbers.signed(one.mean, 3), low=numbers.signed(one.low, 3), high=numbers.signed(one.high, 3)
    )


def _all_details(found: Newcomers) -> str:
    return counted("its {n} detail", "all {n} details", len(found.details))


def name(found: Newcomers, one: Fared) -> str:
    """A strategy with what it was told."""
    label = _(one.label)
    if one.way == "details":
        return _("{strategy} told {likes}").format(strategy=label, likes=_all_details(found))
    if one.way in ("likes", "together"):
        return _("{strategy} told {likes}").format(
            strategy=label, likes=counted("{n} like", "{n} likes", one.likes)
        )
    return label


def metric_label() -> str:
    """The metric that the page speaks of, with its cut-off."""
    return metric_at(newcomer_data.metric(), session.state().k)


def fared(measured: Newcomers | None, way: Way, spec: str, said: Said) -> str:
    """How a strategy fared on held-out newcomers, as a line below its name."""
    if measured is None:
        return _("being measured on held-out newcomers")
    one = measured.of(way, spec, len(said.likes))
    if way == "together" and set(told(said)) != set(measured.together):
        one = None
    if one is None and "sentence" in told(said) and way in _SAID and _awaited(measured):
        return _("being measured on held-out newcomers")
    return _fared(measured, one)


def _awaited(found: Newcomers) -> bool:
    """Whether sentences are still to be measured."""
    known = [one.way for one in found.fared] + [one.way for one in found.unmeasured]
    return "sentence" not in known


def fared_at_most(measured: Newcomers | None, way: Way, spec: str) -> str:
    """How a strategy fared, told as many likes as were ever told."""
    if measured is None:
        return _("being measured on held-out newcomers")
    return _fared(measured, measured.of(way, spec, max(measured.likes)))


def _fared(measured: Newcomers, one: Fared | None) -> str:
    if one is None:
        return _("not measured on held-out newcomers")
    value = _value(measured, one)
    often = counted("told {n} like", "told {n} likes", one.likes) if one.way in ("likes", "together") else ""
    if one.way == "details":
        often = _("told {what}").format(what=_all_details(measured))
    people = counted("n = {n} newcomer", "n = {n} newcomers", value.n)
    figure = f"{metric_label()} {numbers.figure(value.mean)} ({numbers.interval(value)})"
    return " · ".join(filter(None, [figure, often, people]))


def figure_alt(found: Newcomers) -> str:
    """What the figure of all strategies shows, for those who can't see it."""
    best = max(found.fared, key=lambda one: _value(found, one).mean)
    return _(
        "{metric} of each strategy over the number of likes that it was told, with 95 % intervals:"
        " {name} is best with {best}, popularity has {popular}."
    ).format(
        metric=metric_label(),
        name=name(found, best),
        best=numbers.figure(_value(found, best).mean),
        popular=numbers.figure(_value(found, found.fared[0]).mean),
    )


def _at(found: Newcomers) -> int:
    return found.column(newcomer_data.metric(), session.state().k)


def _value(found: Newcomers, one: Fared) -> Estimate:
    return one.estimates[_at(found)]


def _figure(found: Newcomers, one: Fared) -> str:
    value = _value(found, one)
    return _("{metric} {mean} ({interval}), n = {n}").format(
        metric=metric_label(),
        mean=numbers.figure(value.mean),
        interval=numbers.interval(value),
        n=f"{value.n:,}",
    )


def popular(people: int) -> str:
    """Why popularity shows an item."""
    return counted("taken by {n} person", "taken by {n} people", people)


def because(titles: list[str]) -> str:
    """Why a recommender that reads likes shows an item."""
    if not titles:
        return _("none of the likes speaks for it")
    return _("because you like {titles}").format(titles=listed([_short(title) for title in titles]))


def with_details(place: Place) -> str:
    """Why details show an item: how many times as popular it is among people with each."""
    telling = [part for part in place.parts if exp(part.weight) >= TELLING][:NAMED]
    if not telling:
        return _("popular with everyone")
    return _("popular among people of {details}").format(
        details=listed([f"{part.name} (× {exp(part.weight):.1f})" for part in telling])
    )


def near(place: Place) -> str:
    """Why a sentence shows an item."""
    cosine = numbers.figure(place.cosine, 2)
    if place.words:
        return _("words alike: {words} · {cosine}").format(words=listed(list(place.words[:4])), cosine=cosine)
    return _("near in meaning · {cosine}").format(cosine=cosine)


def fitting(place: Place) -> str:
    """Why what was understood of a sentence shows an item."""
    cosine = numbers.figure(place.cosine, 2)
    if place.against:
        return _("says {words}, which is not wanted · {cosine}").format(
            words=listed(list(place.against[:4])), cosine=cosine
        )
    if place.words:
        return _("says {words} · {cosine}").format(words=listed(list(place.words[:4])), cosine=cosine)
    return _("near in meaning · {cosine}").format(cosine=cosine)


def _short(title: str) -> str:
    return title if len(title) <= 32 else title[:31].rstrip(" ,;:") + "…"
