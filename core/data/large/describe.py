"""What a log holds, counted without loading it: the same numbers as for a log that fits in memory."""

from dataclasses import dataclass, replace

from core.data.cleaning import steps_off
from core.data.dataset import Did, EventName, FileRead
from core.data.door import door
from core.data.events_named import events_of
from core.data.large.cleaned import cleaned
from core.data.large.columns import open_log
from core.data.large.core import Core, Minimum, core_of
from core.data.large.duck import duck
from core.data.large.plain import opened
from core.data.load import Source
from core.data.mapping import mapping_of
from core.data.readers.generic import item_table
from core.data.tables import read_table
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report, within
from core.work.steps import step

_COUNTS = """
SELECT (SELECT count(*) FROM (SELECT u FROM log UNION SELECT u FROM impressions)),
  (SELECT count(*) FROM (SELECT i FROM log UNION SELECT i FROM impressions)),
  (SELECT count(*) FROM log), (SELECT count(*) FROM impressions)
"""


@artifact
@dataclass(frozen=True)
class Described:
    """What `describe` says of a log that was never loaded."""

    name: str
    fingerprint: str  # of the file: the rows were never together
    users: int
    items: int
    interactions: int
    impressions: int
    catalogue_items: int
    cleaning: tuple[Did, ...]
    files: tuple[FileRead, ...]
    columns: dict[str, str]  # role → column
    core: Core | None
    events: tuple[EventName, ...]
    off: tuple[str, ...]  # steps of cleaning that were left out


@step(version=2)
def described(source: Source, content: str, *, settings: Minimum, report: Report) -> Described:
    """Count what is in a log that is larger than memory."""
    return describe(source, content, settings, report)


def describe(source: Source, content: str, minimum: Minimum, report: Report) -> Described:
    """The counts of a log, and of its core where a minimum is asked for.

    Raises BadInput where it is no table of people and items, and where room is missing.
    """
    given, off = source.paths[0], steps_off(source.off)
    if source.pictures:
        raise BadInput(
            f"{given.name} is larger than memory: pictures can't be joined to all of it.",
            "the log alone, or with details of items.",
            "leave --pictures out, or describe a part of its people, as --people 20000.",
        )
    with opened(given, report) as (path, before), duck(within(report, 0.1, 1.0)) as db:
        log, gate = open_log(db, path, mapping_of(source.columns)), door(source.places)
        found = cleaned(db, log, gate, events_of(source.events), off)
        users, items, interactions, impressions = map(int, db.row(_COUNTS))
        if min(users, items) < 2:
            raise BadInput(
                f"{path.name}: {users} people and {items} items are left after cleaning.",
                "at least two people and two items.",
                "check the export.",
            )
        db.between(0.85, 1.0)
        core = core_of(db, minimum) if max(minimum.user, minimum.item) > 1 else None
    files = [FileRead(path.name, found.rows, log.columns)]
    catalogue = found.items_told_of if log.tells_of_items else 0
    if source.items:
        table = read_table(source.paths[1])
        catalogue = item_table(table)["item"].nunique()
        files.append(table.file)
    return Described(
        given.stem,
        content,
        users,
        items,
        interactions or impressions,
        impressions,
        catalogue,
        (*(before if gate.open else (replace(one, examples=()) for one in before)), *found.did),
        tuple(files),
        log.roles,
        core,
        found.events,
        off,
    )
