"""What the Data page says of a data set, in sentences made from its figures."""

from datetime import datetime

from core.data.dataset import Dataset, Did, Origin
from core.data.overview import Allowed, Overview
from core.data.readers.base import READERS
from core.data.recognise import Guess
from pages.parts import nouns, numbers
from pages.parts.words import _, counted, said


def first_sentence(found: Dataset, seen: Overview) -> str:
    """Who and what is in the data set, and over which time."""
    counts = found.counts
    parts = [
        counted("{n} person", "{n} people", counts["users"]),
        nouns.count(found.origin, counts["items"]),
        counted("{n} event", "{n} events", counts["interactions"]),
    ]
    span = dates(seen.first, seen.last)
    return f"{_(found.name)}: {_(', ').join([*parts, span] if span else parts)}{_('.')}"


def dates(first: datetime | None, last: datetime | None) -> str:
    """`1997-09-20 to 1998-04-22`; "" without times."""
    if first is None or last is None:
        return ""
    return _("{first} to {last}").format(first=f"{first:%Y-%m-%d}", last=f"{last:%Y-%m-%d}")


def understood(guesses: tuple[Guess, ...], reader: str) -> str:
    """Which format it was taken for, and how sure that is."""
    for guess in guesses:
        if guess.reader == reader:
            return _("Understood as: {format} ({certainty})").format(
                format=_(guess.label), certainty=certainty(guess.certainty)
            )
    known = READERS.all().get(reader)
    return _("Understood as: {format}").format(format=_(known.label) if known else reader)


def certainty(value: float) -> str:
    """How sure a reader is, in a word."""
    return _("sure") if value >= 0.9 else _("likely") if value >= 0.4 else _("a guess")


def meaning(kind: str) -> str:
    """What a kind of column holds."""
    return {
        "id": _("id"),
        "time": _("time"),
        "label": _("label"),
        "number": _("number"),
        "text": _("text"),
        "count": _("whole number"),
        "flag": _("yes or no"),
    }.get(kind, _("kept as it is"))


def role(column: str) -> str:
    """What a column of the data set means."""
    return {
        "user": _("person"),
        "item": _("item"),
        "timestamp": _("when"),
        "kind": _("what happened"),
        "value": _("rating or amount"),
        "session": _("visit"),
        "title": _("title"),
        "text": _("text"),
        "category": _("category"),
        "tags": _("tags"),
        "price": _("price"),
        "image": _("picture"),
        "language": _("language"),
        "query": _("search words"),
        "rating": _("rating"),
        "slate": _("which showing"),
        "position": _("place in the list"),
        "propensity": _("chance of being shown there"),
        "policy": _("who chose the list"),
        "clicked": _("clicked"),
        "purchased": _("bought"),
        "part": _("train or test"),
        "order": _("order"),
    }.get(column, _("a column of its own"))


def table_name(table: str) -> str:
    """A table of the data set as people call it."""
    return {
        "interactions": _("Events"),
        "items": _("Items"),
        "users": _("People"),
        "searches": _("Searches"),
        "reviews": _("Reviews"),
        "relations": _("Friendships"),
        "impressions": _("Impressions"),
    }.get(table, table)


def kind_name(kind: str) -> str:
    """A kind of event as people call it."""
    return {
        "impression": _("impression"),
        "view": _("view"),
        "click": _("click"),
        "cart": _("put in the cart"),
        "purchase": _("purchase"),
        "rating": _("rating"),
        "interaction": _("event"),
        "halfway": _("got halfway"),
        "finish": _("watched to the end"),
        "read": _("read to the end"),
        "request": _("request sent"),
        "accept": _("request accepted"),
    }.get(kind, kind)


def way(seen: Overview) -> str:
    """The funnel in a few words, from its first step to its last."""
    return _("From {first} to {last}").format(
        first=kind_name(seen.funnel[0].kind), last=kind_name(seen.funnel[-1].kind)
    )


def check_name(check: str) -> str:
    """The name of a check, as the beginning of a line."""
    found = said(check)
    return found[:1].upper() + found[1:]


def cleaned(did: tuple[Did, ...]) -> str:
    """What reading and cleaning did, in one sentence."""
    if not did:
        return _("Nothing had to be cleaned: every row was read as it stands.")
    rows = sum(one.count for one in did if one.detail == "dropped")
    steps = counted("{n} step changed something", "{n} steps changed something", len(did))
    dropped = (
        counted("{n} row was dropped", "{n} rows were dropped", rows) if rows else _("no row was dropped")
    )
    return f"{steps}{_('; ')}{dropped}{_('.')}"


def step_name(did: Did) -> str:
    """A step of cleaning: `interactions: rows without a user id` → its sentence."""
    table, colon, rest = did.step.partition(": ")
    return f"{table_name(table)}{_(': ')}{said(rest)}" if colon else said(did.step)


def allows(found: Allowed, origin: Origin) -> list[tuple[str, str, str]]:
    """Mark, what, and why or what it would take, for each thing one may want to do."""
    return [
        ("✓", _("Ranking"), _("Held-out events show which lists find what people take later.")),
        _by_time(found),
        _ratings(found),
        _clicks(found),
        _content(found, origin),
        _pictures(found, origin),
    ]


def _by_time(found: Allowed) -> tuple[str, str, str]:
    share = numbers.percent(found.timed)
    if found.timed >= 0.95:
        return "✓", _("Splits by time"), _("{share} of the events have a time.").format(share=share)
    if found.timed > 0:
        return (
            "!",
            _("Splits by time"),
            _("Only {share} of the events have a time: the default split is a random share.").format(
                share=share
            ),
        )
    return (
        "✗",
        _("Splits by time"),
        _("No event has a time. Add a timestamp column to hold out what came last."),
    )


def _ratings(found: Allowed) -> tuple[str, str, str]:
    if found.rated and "rating" in found.kinds:
        return (
            "✓",
            _("Ratings"),
            _("{share} of the events have one; “rating>=4” makes only good ones count.").format(
                share=numbers.percent(found.rated)
            ),
        )
    return "✗", _("Ratings"), _("There are none: each event counts as it is.")


def _clicks(found: Allowed) -> tuple[str, str, str]:
    if not found.impressions:
        return (
            "✗",
            _("Clicks and sales"),
            _(
                "There is no log of what was shown. Log each list: person, time, position, item,"
                " the chance of being shown there, clicked, bought."
            ),
        )
    shown = counted("{n} impression", "{n} impressions", found.impressions)
    if not found.propensities:
        return (
            "!",
            _("Clicks and sales"),
            _(
                "{shown} without the chance of being shown: only the rates of what was live can be given."
                " Log that chance."
            ).format(shown=shown),
        )
    return (
        "✓",
        _("Clicks and sales"),
        _("{shown}, {share} of them with the chance of being shown there.").format(
            shown=shown, share=numbers.percent(found.propensities)
        ),
    )


def _content(found: Allowed, origin: Origin) -> tuple[str, str, str]:
    name = _("Recommending by content")
    if found.texts:
        return "✓", name, _("There are words of {items}.").format(items=nouns.count(origin, found.texts))
    missing = _("No {item} has a title or text. Add a table of {items}, joined by id.")
    words = {which: nouns.noun(origin, which) for which in ("item", "items")}
    return "✗", name, missing.format(**words)


def _pictures(found: Allowed, origin: Origin) -> tuple[str, str, str]:
    if found.pictures:
        items = nouns.count(origin, found.pictures)
        return "✓", _("Pictures"), _("There are pictures of {items}.").format(items=items)
    missing = _("No {item} has one: cards show words.")
    return "✗", _("Pictures"), missing.format(item=nouns.noun(origin, "item"))
