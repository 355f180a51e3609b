"""How a source is read, corrected bit by bit: each correction gives the source that says so."""

from collections.abc import Sequence
from dataclasses import replace

from core.data.cleaners import CLEANERS
from core.data.cleaning import steps_off
from core.data.events_named import Events, events_of, meant
from core.data.load import Source
from core.data.mapping import BY_NAME, Guess, Mapping, mapping_of


def with_role(source: Source, guesses: Sequence[Guess], column: str, role: str) -> Source:
    """The source with another role for a column ("" = none).

    A column that held the role before gets what this one held: the two change places. What was told by
    content is said from now on, for such guesses depend on one another.

    >>> guesses = [Guess("a", "user", 0.5, ()), Guess("b", "item", 0.5, ())]
    >>> with_role(Source(data="log.csv"), guesses, "a", "item").columns
    'user=b,item=a'
    """
    said = {one.role: one.column for one in guesses if one.role and one.certainty < BY_NAME}
    said |= dict(mapping_of(source.columns).said)
    held = {one.column: one.role for one in guesses}
    before = held.get(column, "")
    other = next((name for name, its in held.items() if its == role and name != column), "") if role else ""
    if before and before != role:
        said[before] = other
    if role:
        said[role] = column
    return replace(source, columns=Mapping(tuple(said.items())).spec)


def with_meaning(source: Source, name: str, meaning: str) -> Source:
    """The source with another meaning for a name of events; "" = what the name usually means.

    >>> with_meaning(Source(data="log.csv"), "wink", "click").events
    'wink=click'
    >>> with_meaning(Source(data="log.csv", events="buy=click"), "buy", "purchase").events
    ''
    """
    said = dict(events_of(source.events).said)
    said.pop(name, None)
    if meaning and meaning != meant(name):
        said[name] = meaning
    return replace(source, events=Events(tuple(said.items())).spec)


def with_cleaner(source: Source, name: str, on: bool) -> Source:
    """The source with a step of cleaning switched on or off.

    >>> with_cleaner(Source(data="log.csv", off="times"), "duplicates", on=False).off
    'times,duplicates'
    """
    off = set(steps_off(source.off)) - {name} if on else {*steps_off(source.off), name}
    return replace(source, off=",".join(one for one in CLEANERS if one in off))
