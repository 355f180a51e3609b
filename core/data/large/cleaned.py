"""The log behind the door and cleaned: numbers for ids, and what was left out, count by count."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.data.cleaners import as_numbers
from core.data.dataset import Did, EventName
from core.data.door import Door
from core.data.events_named import OWN, Events, known_events, without_meaning
from core.data.ids import as_ids
from core.data.large.columns import Log, mended, standard
from core.data.large.duck import Duck, readable
from core.data.times import as_times

_MALFORMED = """
SELECT count(*), list(text ORDER BY line)[:3], list(line ORDER BY line)[:3]
FROM (SELECT line, any_value(csv_line) AS text FROM reject_errors GROUP BY line)
"""
_KINDS = "SELECT kind_text, count(*) FROM rows WHERE kind_text IS NOT NULL GROUP BY 1"
_EVERY_TEXT = {
    "user": "SELECT DISTINCT user_text AS raw FROM rows WHERE user_text IS NOT NULL",
    "item": "SELECT DISTINCT item_text AS raw FROM rows WHERE item_text IS NOT NULL",
    "session": "SELECT DISTINCT session_text AS raw FROM rows WHERE session_text IS NOT NULL",
    "kind": "SELECT DISTINCT kind_text AS raw FROM rows WHERE kind_text IS NOT NULL",
    "time": "SELECT DISTINCT time_text AS raw FROM rows WHERE time_text IS NOT NULL",
    "value": "SELECT DISTINCT value_text AS raw FROM rows WHERE value_text IS NOT NULL",
    "order": "SELECT DISTINCT order_text AS raw FROM rows WHERE order_text IS NOT NULL",
}
# Text ids get numbers below 0, so that they never meet whole numbers that stand for themselves.
# ASCII without outer blanks (all of them are below 33) is a name as it stands; Python looks at the others.
_SURE = """
CREATE OR REPLACE TABLE sure AS SELECT raw, -row_number() OVER () AS code FROM texts
WHERE strlen(raw) = length(raw) AND ascii(raw) > 32 AND ascii(right(raw, 1)) > 32
"""
_UNSURE = "SELECT raw FROM texts ANTI JOIN sure USING (raw)"
_NOBODY_SURE = "CREATE OR REPLACE TABLE sure (raw VARCHAR, code BIGINT)"
_NUMBERED = """
CREATE OR REPLACE TABLE numbered AS
SELECT raw, false AS changed, false AS gone, code FROM sure
UNION ALL
SELECT named.raw, changed, gone, coalesce(sure.code, fresh.code) AS code FROM named
LEFT JOIN sure ON named.text = sure.raw
LEFT JOIN (
  SELECT text, -(SELECT count(*) FROM sure) - row_number() OVER () AS code
  FROM (SELECT DISTINCT text FROM named WHERE text IS NOT NULL) ANTI JOIN sure ON text = sure.raw
) fresh ON named.text = fresh.text
"""
_CODED = """
CREATE TABLE coded AS SELECT
  coalesce(user_number, people.code) AS u, coalesce(item_number, things.code) AS i,
  coalesce(r.time, moments.micros) AS t, coalesce(value_number, ratings.number) AS v,
  coalesce(order_number, orders.number) AS o, visits.code AS s, kinds.code AS k, r.rest AS rest,
  coalesce(people.changed, false) AS u_changed, coalesce(things.changed, false) AS i_changed,
  coalesce(moments.bad, false) AS t_bad, coalesce(ratings.bad, false) AS v_bad,
  coalesce(kinds.shown, false) AS shown
FROM rows r
LEFT JOIN people ON user_text = people.raw LEFT JOIN things ON item_text = things.raw
LEFT JOIN moments ON time_text = moments.raw LEFT JOIN ratings ON value_text = ratings.raw
LEFT JOIN orders ON order_text = orders.raw LEFT JOIN visits ON session_text = visits.raw
LEFT JOIN kinds ON kind_text = kinds.raw
WHERE NOT coalesce(people.gone, false)
"""
_COUNTED = """
SELECT count(*) FILTER (u_changed), count(*) FILTER (i_changed), count(*) FILTER (u IS NULL),
  count(*) FILTER (u IS NOT NULL AND i IS NULL), count(*) FILTER (t_bad AND u IS NOT NULL AND i IS NOT NULL),
  count(*) FILTER (v_bad AND u IS NOT NULL AND i IS NOT NULL),
  count(*) FILTER (u IS NOT NULL AND i IS NOT NULL AND NOT v_bad AND NOT shown), count(*) FILTER (shown)
FROM coded
"""
_SHOWN = "CREATE TABLE impressions AS SELECT u, i FROM coded WHERE shown AND u IS NOT NULL AND i IS NOT NULL"
_TOLD_OF = "SELECT count(*) FROM (SELECT DISTINCT i FROM coded WHERE i IS NOT NULL)"
_ONCE = """
CREATE TABLE log AS SELECT DISTINCT u, i, t, v, o, s, k FROM coded
WHERE u IS NOT NULL AND i IS NOT NULL AND NOT v_bad AND NOT shown
"""
_AGAIN = """
CREATE TABLE log AS SELECT u, i, t, v, o, s, k FROM coded
WHERE u IS NOT NULL AND i IS NOT NULL AND NOT v_bad AND NOT shown
"""
_ONCE_WITH_REST = """
CREATE TABLE log AS SELECT DISTINCT u, i, t, v, o, s, k, rest FROM coded
WHERE u IS NOT NULL AND i IS NOT NULL AND NOT v_bad AND NOT shown
"""


@dataclass(frozen=True)
class Cleaned:
    """What cleaning did; the tables `log` and `impressions` (u, i, …) hold what it left."""

    rows: int  # in the file
    items_told_of: int  # distinct items with an id, in rows that may have been left out
    did: tuple[Did, ...]
    events: tuple[EventName, ...]  # names of events in the file, and what they were taken for


def cleaned(duck: Duck, log: Log, door: Door, events: Events, off: Collection[str] = ()) -> Cleaned:
    """Makes the tables `log` and `impressions` from the view `source`; `off` are steps that are left out.

    Raises BadInput for a broken file, and where something is said of an event that no row has.
    """
    log, did = _rows(duck, log, door, "times" not in off)
    meant, unknown = _events(duck, log, events)
    gone = _names(duck, door, "ids" not in off)
    _values(duck, events, off)
    duck.between(0.5, 0.65)
    duck.run(_CODED, "Putting numbers to names")
    duck.run("DROP TABLE rows" if duck.has("rows") else "DROP VIEW rows")
    found = duck.row(_COUNTED)
    did += [*unknown, *_cleaning(found, gone, door)]
    duck.between(0.65, 0.85)
    told_of = int(duck.row(_TOLD_OF)[0]) if log.tells_of_items else 0
    duck.run(_SHOWN, "Leaving out impossible rows")
    did += _once(duck, bool(log.rest), int(found[6]), "duplicates" not in off)
    rows = next(one.count for one in did if one.step == "rows")
    return Cleaned(rows, told_of, tuple(one for one in did if one.step != "rows"), meant)


def _rows(duck: Duck, log: Log, door: Door, units: bool) -> tuple[Log, list[Did]]:
    """Makes the table (text) or view (Parquet) `rows`; the log as it was read, and what was left out."""
    first, second = standard(log, door.open, units)
    duck.connection.sql("FROM source").project(first).project(second).create_view("standard", replace=True)
    duck.between(0.0, 0.3)
    if log.parquet:
        duck.run("CREATE VIEW rows AS FROM standard")
        return log, [*log.did, Did("rows", int(duck.row("SELECT count(*) FROM rows")[0]), "")]
    with readable(log.path.name):
        duck.run("CREATE OR REPLACE TABLE rows AS FROM standard", f"Reading {log.path.name}")
    if again := mended(duck, log):
        return _rows(duck, again, door, units)
    bad, texts, lines = duck.row(_MALFORMED)
    did = [*log.did, Did("rows", int(duck.row("SELECT count(*) FROM rows")[0]), "")]
    if bad:
        examples = tuple(f"line {line}: {str(text)[:60]}" for line, text in zip(lines, texts, strict=True))
        detail = f"{log.path.name}: rows that don't have {len(log.columns)} fields were left out"
        did.append(Did("malformed rows", int(bad), detail, examples if door.open else ()))
    return log, did


def _events(duck: Duck, log: Log, events: Events) -> tuple[tuple[EventName, ...], list[Did]]:
    """What the names of events mean, as with a smaller log, and those of which nobody knows."""
    counts: Counter[str] = Counter()
    for text, rows in duck.connection.execute(_KINDS).fetchall() if "kind" in log.roles else ():
        counts[text.strip()] += rows
    said = dict(events.said)
    found = [EventName(name, events.meaning(name), rows, name in said) for name, rows in counts.most_common()]
    known_events(found if "kind" in log.roles else None, events)
    return tuple(one for one in found if one.name not in OWN), without_meaning(found)


def _names(duck: Duck, door: Door, normal: bool) -> int:
    """Tables people, things and visits: each text with its number; returns how many people are left out."""
    duck.between(0.3, 0.45)
    _named(duck, "user", door, normal)
    gone = int(duck.row("SELECT count(DISTINCT text) FROM named WHERE gone")[0])
    duck.run("ALTER TABLE numbered RENAME TO people")
    _named(duck, "item", None, normal)
    duck.run("ALTER TABLE numbered RENAME TO things")
    _named(duck, "session", None, normal=True)
    duck.run("ALTER TABLE numbered RENAME TO visits")
    return gone


def _named(duck: Duck, what: str, door: Door | None, normal: bool) -> None:
    """The table `numbered`: each text of a column with its number, whether it is written otherwise, and who
    is left out; `named` has what Python had to look at.
    """
    duck.connection.sql(_EVERY_TEXT[what]).create_view("every_text", replace=True)
    duck.run("CREATE OR REPLACE TABLE texts AS FROM every_text", "Looking at names")
    through = door is not None and not door.open
    duck.run(_NOBODY_SURE if through else _SURE, "Looking at names")
    duck.run("CREATE OR REPLACE TABLE named (raw VARCHAR, text VARCHAR, changed BOOLEAN, gone BOOLEAN)")
    for batch in duck.batches(_UNSURE):
        ids = as_ids(batch["raw"], normal)
        codes, plain = np.asarray(ids.codes), ids.categories.tolist()
        names = door.named(plain) if door and through else plain
        stays = door.kept(names) if door and through else np.ones(len(names), dtype=bool)
        texts = {
            "raw": batch["raw"],
            "text": np.array([*names, None], dtype=object)[codes],
            "changed": normal
            & (np.array([*plain, ""], dtype=object)[codes] != batch["raw"].to_numpy(object)),
            "gone": ~np.append(stays, np.True_)[codes],
        }
        duck.insert("named", pd.DataFrame(texts))
    duck.run(_NUMBERED, "Numbering names")


def _values(duck: Duck, events: Events, off: Collection[str]) -> None:
    """Tables moments, ratings, orders and kinds: each text that SQL left, as Python reads it."""

    def moments(raw: pd.Series) -> dict[str, object]:
        times, bad = as_times(raw, "times" not in off)
        micros = times.astype("int64").where(times.notna()).astype("Int64")
        return {"micros": micros, "bad": bad}

    def ratings(raw: pd.Series) -> dict[str, object]:
        numbers, bad = as_numbers(raw)
        return {"number": np.where(bad, np.nan, numbers), "bad": bad & ("values" not in off)}

    def orders(raw: pd.Series) -> dict[str, object]:
        numbers, bad = as_numbers(raw)
        return {"number": np.where(np.isfinite(numbers) & ~bad, numbers, -1.0), "bad": bad}

    duck.between(0.45, 0.5)
    duck.run("CREATE TABLE moments (raw VARCHAR, micros BIGINT, bad BOOLEAN)")
    _read(duck, "time", "moments", moments)
    duck.run("CREATE TABLE ratings (raw VARCHAR, number DOUBLE, bad BOOLEAN)")
    _read(duck, "value", "ratings", ratings)
    duck.run("UPDATE ratings SET number = NULL WHERE isnan(number)")
    duck.run("CREATE TABLE orders (raw VARCHAR, number DOUBLE, bad BOOLEAN)")
    _read(duck, "order", "orders", orders)
    known: dict[str, int] = {}

    def kinds(raw: pd.Series) -> dict[str, object]:
        texts = [text.strip() for text in raw]
        meant = [events.meaning(text) or text for text in texts]
        codes = [known.setdefault(one, len(known)) if one else None for one in meant]
        return {"code": pd.array(codes, dtype="Int64"), "shown": [one == "impression" for one in meant]}

    duck.run("CREATE TABLE kinds (raw VARCHAR, code BIGINT, shown BOOLEAN)")
    _read(duck, "kind", "kinds", kinds)


def _read(duck: Duck, what: str, table: str, read: Callable[[pd.Series], dict[str, object]]) -> None:
    for batch in duck.batches(_EVERY_TEXT[what]):
        duck.insert(table, pd.DataFrame({"raw": batch["raw"], **read(batch["raw"])}))


def _cleaning(found: tuple[int, ...], gone: int, door: Door) -> list[Did]:
    """What the counts say, in the words of the cleaning of smaller data."""
    said = (
        ("interactions: user ids in another form", found[0], "written in one form"),
        ("interactions: item ids in another form", found[1], "written in one form"),
        ("interactions: rows without a user id", found[2], "dropped"),
        ("interactions: rows without a item id", found[3], "dropped"),
        ("interactions: unreadable times", found[4], "left empty, the rows are kept"),
        ("interactions: rows whose rating is not a finite number", found[5], "dropped"),
    )
    did = [Did("pseudonyms", 1, "ids of people were replaced by keyed hashes")] if door.secret else []
    did += [Did("people forgotten", gone, "left out, as they asked")] if gone else []
    return did + [Did(step, int(count), detail) for step, count, detail in said if count]


def _once(duck: Duck, rest: bool, before: int, once: bool) -> list[Did]:
    """The table `log`: rows that repeat another go, unless other columns of the file tell them apart."""
    statement = _ONCE_WITH_REST if rest else _ONCE
    duck.run(statement if once else _AGAIN, "Looking for repeated rows")
    after = int(duck.row("SELECT count(*) FROM log")[0])
    duck.run("DROP TABLE coded")
    step = "interactions: rows that repeat another in every column"
    return [Did(step, before - after, "dropped")] if after < before else []
