"""A source before it is loaded: what its columns are taken for, its first rows, what its events mean."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.data import door
from core.data.columns import LOG
from core.data.database import is_address, read_database
from core.data.dataset import EventName
from core.data.events_named import Events, events_of, named
from core.data.heads import heads
from core.data.ids import as_ids
from core.data.load import Source, locate
from core.data.mapping import SAMPLE, Guess, Mapping, guess, mapping_of
from core.data.positive import positives
from core.data.readers.base import Raw, choose
from core.data.readers.generic import Generic, log_file, table_of
from core.data.times import as_times
from core.data.unpacking import unpacked
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report, silent
from core.work.steps import step

FIRST = 10  # rows of the preview
OF_ONE = 8  # rows of one person
_LOOKED_AT = 200_000  # rows among which a person is looked for


@artifact
@dataclass(frozen=True)
class ReadRow:
    """How one row of a person is read."""

    time: str  # "" where there is none
    item: str
    event: str  # its name in the file; "" where there is none
    meaning: str  # what it is taken for; its own name where that is not known
    counts: str  # positive, signal (learnt from, no hit), shown, negative


@artifact
@dataclass(frozen=True)
class Preview:
    """What a page shows so that a person can correct how a source is read."""

    reader: str
    file: str  # that the columns are of; "" where the reader knows its own columns
    columns: tuple[Guess, ...]
    rows: pd.DataFrame  # the first rows under the mapping, as text
    events: tuple[EventName, ...]
    person: tuple[ReadRow, ...]  # rows of one person who has as many kinds of events as anybody
    problem: str = ""  # why it can't be read so; "" where it can


@step(version=2, isolated=True, secrets=("TOUCHSTONE_PSEUDONYM_KEY", "PGPASSWORD"))
def previewed(source: Source, content: str, *, settings: str, report: Report) -> Preview:  # noqa: ARG001
    """See how a source that a stranger may have made would be read; `settings` is what is positive."""
    return preview(source, settings, report)


def preview(source: Source, positive: str = "", report: Report = silent) -> Preview:
    """How a source would be read as it is said in it. Never raises for a mapping that does not fit:
    the preview then says why.

    Raises BadInput where the source itself can't be read, and for said columns or events that are no such.
    """
    mapping, events = mapping_of(source.columns), events_of(source.events)
    if is_address(source.data):
        raw = read_database(source.data, source.query, source.items_query, mapping, report)
        blank = Preview("database", "", (), pd.DataFrame(), (), ())
        return _with_log(blank, door.through(raw, source.places), events, positive)
    with unpacked(locate(source.data or source.train), report) as path:
        reader = Generic(mapping) if mapping.said else choose(path, source.reader or None)
        found = Preview(reader.name, "", (), pd.DataFrame(), (), ())
        if isinstance(reader, Generic):
            file = log_file(heads(path), mapping) or path
            table = table_of(file)
            hidden = not door.door(source.places).open  # whose a column is, is not known before it is read
            try:
                columns = _kept_back(guess(table.frame.head(SAMPLE), mapping, file.name, LOG), hidden)
            except BadInput as error:
                guessed = _kept_back(guess(table.frame.head(SAMPLE), Mapping(), file.name, LOG), hidden)
                first = pd.DataFrame() if hidden else _text(table.frame.head(FIRST))
                return replace(found, file=file.name, columns=guessed, rows=first, problem=str(error))
            found = replace(
                found,
                file=file.name,
                columns=columns,
                rows=pd.DataFrame() if hidden else _text(table.frame.head(FIRST)),
            )
        try:
            raw = reader.read(path, report)
        except BadInput as error:
            return replace(found, problem=str(error))
        return _with_log(found, door.through(raw, source.places), events, positive)


def event_example(log: pd.DataFrame, events: Events, positive: str = "") -> tuple[ReadRow, ...]:
    """How rows of one person of a raw log are read: of the one with the most kinds of events.

    >>> log = pd.DataFrame({"user": ["a", "a"], "item": ["x", "x"], "kind": ["pv", "buy"]})
    >>> [row.meaning for row in event_example(log, Events())]
    ['view', 'purchase']
    """
    if not len(log):
        return ()
    part = log.head(_LOOKED_AT).reset_index(drop=True)
    part = part.assign(user=pd.Series(as_ids(part["user"])), item=pd.Series(as_ids(part["item"])))
    part = part[part["user"].notna() & part["item"].notna()]
    kinds = part["kind"].astype("str").str.strip() if "kind" in part else pd.Series("", index=part.index)
    by_person = pd.DataFrame({"user": part["user"], "kind": kinds}).groupby("user", observed=True)["kind"]
    many = pd.DataFrame({"kinds": by_person.nunique(), "rows": by_person.size()})
    enough = many.assign(some=many["rows"].clip(upper=OF_ONE))
    person = enough.sort_values(
        ["kinds", "some", "rows"], ascending=[False, False, True], kind="stable"
    ).index[0]
    rows = part[(part["user"] == person).to_numpy()].assign(kind=kinds)
    times = as_times(rows["timestamp"])[0] if "timestamp" in rows else pd.Series(pd.NaT, rows.index)
    rows = rows.assign(time=times).sort_values("time", kind="stable", na_position="first")
    first_of_kind = ~rows.duplicated("kind")
    kept = rows[(first_of_kind | (np.arange(len(rows)) < OF_ONE)).to_numpy()]
    kept = pd.concat([kept[first_of_kind.loc[kept.index]], kept[~first_of_kind.loc[kept.index]]]).head(OF_ONE)
    kept = kept.sort_values("time", kind="stable", na_position="first")
    meant = [events.meaning(kind) or kind for kind in kept["kind"]]
    counts = _counts(kept, meant, positive)
    return tuple(
        ReadRow("" if pd.isna(time) else f"{time:%Y-%m-%d %H:%M}", str(item), kind, meaning, counted)
        for time, item, kind, meaning, counted in zip(
            kept["time"], kept["item"], kept["kind"], meant, counts, strict=True
        )
    )


def _counts(rows: pd.DataFrame, meant: list[str], positive: str) -> list[str]:
    frame = pd.DataFrame({"kind": pd.Categorical(meant)})
    frame["value"] = pd.to_numeric(rows["value"], errors="coerce").to_numpy() if "value" in rows else np.nan
    try:
        hit = positives(positive, frame)
    except BadInput:  # no row of this person is positive
        hit = np.zeros(len(frame), dtype=bool)
    fixed = {"impression": "shown", "negative": "negative"}
    return [fixed.get(one, "positive" if good else "signal") for one, good in zip(meant, hit, strict=True)]


def _with_log(found: Preview, raw: Raw, events: Events, positive: str) -> Preview:
    log = raw.tables.get("interactions", pd.DataFrame({"user": [], "item": []}))
    names = named(log["kind"], events) if "kind" in log else []
    strangers = [name for name, _ in events.said if name not in {one.name for one in names}]
    problem = f"No row has the event {strangers[0]!r}." if strangers else ""
    person = event_example(log, events, positive or raw.origin.positive)
    rows = _text(log.head(FIRST).drop(columns=["rest"], errors="ignore"))
    return replace(found, rows=rows, events=tuple(names), person=person, problem=problem)


def _kept_back(columns: Iterable[Guess], hidden: bool) -> tuple[Guess, ...]:
    """Columns without their values where somebody's id may not be seen."""
    return tuple(replace(one, examples=()) if hidden else one for one in columns)


def _text(frame: pd.DataFrame) -> pd.DataFrame:
    """Cells as short text, "" where there is none; columns under names that are text."""
    texts = {str(name): frame[name].astype("str").where(frame[name].notna(), "").str[:80] for name in frame}
    return (
        pd.DataFrame(texts, index=range(len(frame)))
        if not texts
        else pd.DataFrame(texts).reset_index(drop=True)
    )
