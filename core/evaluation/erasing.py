"""Forgetting a person or a data set: everything that descends from it goes, found by its lineage."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from core.data import door, downloads, forgotten, pseudonyms, upload
from core.data.database import is_address
from core.data.dataset import COLUMNS, INDEXED, Dataset
from core.data.known import KNOWN
from core.data.load import Source, mark, samples, source_fingerprint
from core.data.shelf import Shelf, shelf_file
from core.evaluation.experiment import experiment_of
from core.evaluation.protocol import dataset_of
from core.interests import names as topic_names
from core.interests import saved
from core.work.desk import Desk
from core.work.errors import BadInput
from core.work.report import Report, silent, within

if TYPE_CHECKING:
    from core.work.runs import Run

_EVERY_RUN = 100_000


@dataclass(frozen=True)
class Erased:
    """What was deleted."""

    artifacts: int = 0
    bytes: int = 0
    runs: int = 0
    opened: int = 0  # data sets taken off the shelf
    files: tuple[str, ...] = ()  # files of ours that held the data
    sources: tuple[str, ...] = ()  # data sets in which the person was found
    unread: tuple[str, ...] = ()  # data sets that could not be looked at
    segments: int = 0  # saved segments that went with their data
    topic_names: int = 0  # names of topics that went with their data

    def __add__(self, other: "Erased") -> "Erased":
        return Erased(*(getattr(self, name) + getattr(other, name) for name in Erased.__dataclass_fields__))


def forget_person(desk: Desk, user: str, source: Source, report: Report = silent) -> Erased:
    """Leaves a person out of a source from now on, and deletes everything that descends from it.

    `user` is an id as the file has it, or as pages show it. The file itself stays: it is its owner's.
    They are looked for as the source says, and in every other way in which it was read here.
    Raises BadInput where nobody of that id is in the data, and nothing was forgotten before.
    """
    same = [one for one in _known_sources() if _overlaps(one, source.lineage)]
    readings = list(dict.fromkeys([source, *same]))
    found, problems = Erased(), list[BadInput]()
    for at, reading in enumerate(readings):
        part = within(report, at / len(readings), (at + 1) / len(readings))
        try:
            found += _forget_in(desk, user, reading, part)
        except BadInput as error:
            problems.append(error)
    if not found.sources and _was_in(desk, user, source):
        found = _erase(desk, _add(_candidates(user), source)) + Erased(sources=(source.data,))
    if not found.sources:
        raise next((one for one in problems if isinstance(one, _Nobody)), problems[0])
    return replace(found, sources=(source.data or source.train,))


def _forget_in(desk: Desk, user: str, source: Source, report: Report) -> Erased:
    """Forgets a person in one source as it is said; raises BadInput where they are not in it."""
    ids, dataset = _in(desk, user, source, report)
    prints = _add(ids, source) | ({dataset.fingerprint} if dataset else set())
    return _erase(desk, prints) + Erased(sources=(source.data or source.train,))


def _add(ids: list[str], source: Source) -> set[str]:
    """Lists them, and returns the marks of the source: what carries one of them is to be deleted.

    The list comes first: whoever reads the data meanwhile reads it without them.
    """
    forgotten.add(ids, source.places)
    marks = set(map(mark, source.places))
    saved.leave_out(ids, marks)
    return marks


def _overlaps(source: Source, marks: frozenset[str]) -> bool:
    try:
        return not marks.isdisjoint(map(mark, source.places))
    except BadInput:  # an upload that is gone
        return False


def _was_in(desk: Desk, user: str, source: Source) -> bool:
    """Whether data that was read from there before, and is kept, has the person: its owner deleted them."""
    marks = set(map(mark, source.places))
    entries = [one for one in desk.store.entries() if one.kind == Dataset.__qualname__]
    kept = (desk.store.get(one.key) for one in entries if not one.lineage.isdisjoint(marks))
    return any(_occurs(data, name) for data in kept if data is not None for name in _candidates(user))


def forget_everywhere(desk: Desk, user: str, report: Report = silent) -> Erased:
    """Leaves a person out of every source from now on, and deletes everything that may hold them.

    Looks into every data set that is known here. Raises BadInput where nobody of that id is in any.
    """
    found, clean, everybody, unread = Erased(), set[str](), [*_candidates(user)], []
    sources = _known_sources()
    for at, source in enumerate(sources):
        part = within(report, at / len(sources), (at + 1) / len(sources))
        try:
            found += _forget_in(desk, user, source, part)
        except BadInput as error:
            if isinstance(error, _Nobody):
                clean.add(error.fingerprint)
            else:
                unread.append(source.data or source.train)
    if not found.sources and not unread:
        raise BadInput(
            f"There is no person {user[:60]!r} in the data sets that are known here.",
            "an id as a file has it, or as pages show it.",
            "name the data set with --data, or check the id.",
        )
    forgotten.add(everybody, None)
    saved.leave_out(everybody, None)
    for entry in desk.store.entries():
        if entry.lineage.isdisjoint(clean):  # of data that is gone or changed: it may hold them
            desk.store.delete(entry.key)
            found += Erased(artifacts=1, bytes=entry.bytes)
    from core.work.runs import run_book

    with run_book() as book:
        stray = [run.id for run in book.list(limit=_EVERY_RUN) if run.fingerprints.isdisjoint(clean)]
        found += Erased(runs=book.remove(stray))
    return found + Erased(unread=tuple(unread))


def forget_data(desk: Desk, data: str) -> Erased:
    """Deletes everything that descends from a data set, and its files where they are ours.

    Ours are fetched data sets and uploads; a file that somebody else keeps stays.
    """
    source = Source(data=data)
    found = _erase(desk, {mark(place) for place in source.places}, whole=True)
    forgotten.drop(source.places)
    if upload.is_upload(data):
        upload.discard(data)
        return found + Erased(files=(data,))
    if data in KNOWN and downloads.is_fetched(data):
        downloads.remove(data)
        return found + Erased(files=(str(downloads.folder_of(data)),))
    return found


class _Nobody(BadInput):
    """Nobody of that id is in the data; with the fingerprint of the data that was looked at."""

    fingerprint = ""


def _in(desk: Desk, user: str, source: Source, report: Report) -> tuple[list[str], Dataset | None]:
    """The ids in a source that mean this person, and the data set that has them.

    No data set where the person was forgotten before: then what is left of them goes.
    """
    listed, names = forgotten.read(), _candidates(user)
    there = listed.at(source.places)
    if before := [one for one, found in zip(names, listed.hashes(names), strict=True) if found in there]:
        return before, None
    if is_address(source.data) and not source.query:
        raise BadInput(
            f"{source.data} was not read here with a query that finds a person {user[:60]!r}.",
            "the query that shows the people of the database.",
            "give it with --query.",
        )
    dataset = desk.run(dataset_of, source, source_fingerprint(source), settings=None, report=report)
    found = [one for one in names if _occurs(dataset, one)]
    if not found:
        nobody = _Nobody(
            f"There is no person {user[:60]!r} in {dataset.name}.",
            "an id as the file has it, or as pages show it.",
            "check the id: case and leading zeros count.",
        )
        nobody.fingerprint = dataset.fingerprint
        raise nobody
    return found, dataset


def _candidates(user: str) -> list[str]:
    """What the id of a person may be behind the door: itself, and its pseudonym."""
    secret = pseudonyms.key()
    return [user.strip(), *(pseudonyms.pseudonyms([user.strip()], secret) if secret else ())]


def _occurs(dataset: Dataset, user: str) -> bool:
    for table in COLUMNS:
        frame: pd.DataFrame = getattr(dataset, table)
        for column in door.columns(table, dataset.origin):
            if column == INDEXED.get(table):
                there = user in frame.index
            else:  # not every table has every column that may hold people
                there = column in frame and user in frame[column].cat.categories
            if there:
                return True
    return False


def _known_sources() -> list[Source]:
    """Every source that this installation has heard of: samples, fetched sets, the shelf, the runs."""
    from core.work.runs import run_book

    named = [Source(data=name) for name in [*samples(), *downloads.fetched()]]
    with run_book() as book:
        runs = [source for run in book.list(limit=_EVERY_RUN) if (source := _source_of(run)) is not None]
    return list(dict.fromkeys([*named, *Shelf(shelf_file()).sources(), *runs]))


def _source_of(run: "Run") -> Source | None:
    """What a run was read from; None where its record can't be understood, as that of a newer version.

    Such a run still goes with its data: it is found by its fingerprints.
    """
    try:
        return experiment_of(run.experiment).source
    except BadInput:
        return None


def _erase(desk: Desk, prints: set[str], whole: bool = False) -> Erased:
    """Deletes artifacts, jobs and runs that descend from data with these fingerprints and marks."""
    from core.work.runs import run_book

    gone = [entry for one in prints for entry in desk.forget(one)]
    with run_book() as book:
        runs = sum(book.forget(one) for one in prints)
    opened = Shelf(shelf_file()).forget(frozenset(prints)) if whole else 0
    segments = saved.forget(prints) if whole else 0
    named = topic_names.forget(prints) if whole else 0
    size = sum(entry.bytes for entry in gone)
    return Erased(len(gone), size, runs, opened, segments=segments, topic_names=named)
