"""The run book: which experiment on which data gave what, kept in SQLite or any SQL database."""

import json
import math
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session, defer

from core.work.errors import BadInput
from core.work.run_tables import NOTE_LENGTH, TITLE_LENGTH, DataRow, RunRow, opened
from core.work.settings import settings
from core.work.store import Note, ignore

_AT_ONCE = 500  # ids in one statement
_LOOKED_AT = 500  # runs on one data set, when one of them is looked for by its experiment
LAST_ID = 2**31 - 1  # what a database takes as the number of a run
_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Run:
    """One finished comparison."""

    id: int
    created: datetime  # UTC
    name: str  # of the data set
    experiment: dict[str, Any]  # the Experiment as JSON
    fingerprints: frozenset[str]  # of the data it ran on
    engine: str  # where it ran
    version: str  # of Touchstone
    threads: int  # BLAS threads
    seconds: float
    summary: dict[str, Any]  # what came out, as JSON; what is not finite is null
    libraries: dict[str, str] = field(default_factory=dict)  # versions; {} where an earlier one did not say
    title: str = ""  # what somebody called it
    note: str = ""
    pinned: bool = False


class RunBook:
    """Runs in the database at an SQLAlchemy address; SQLite files are made when needed."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._made: Engine | None = None
        self._lock = threading.Lock()

    def keep(
        self,
        name: str,
        experiment: dict[str, Any],
        fingerprints: Iterable[str],
        summary: dict[str, Any],
        *,
        engine: str,
        version: str,
        threads: int,
        seconds: float,
        libraries: dict[str, str] | None = None,
        note: Note = ignore,
    ) -> int | None:
        """Keeps a run and returns its id.

        Where the database can't be used, returns None and gives `note` a sentence that says why:
        a comparison does not fail for want of a record.
        """
        row = RunRow(
            created=datetime.now(UTC),
            name=name[:300],
            experiment=experiment,
            engine=engine,
            version=version,
            threads=threads,
            seconds=seconds,
            summary=summary,
            libraries=libraries or {},
            data=[DataRow(fingerprint=entry) for entry in sorted(set(fingerprints))],
        )
        try:
            with self._session() as session:
                session.add(row)
                session.flush()
                return row.id
        except BadInput as error:
            note(f"The run was not kept. {error.wrong}")
            return None

    def list(self, limit: int = 100) -> "list[Run]":
        """The pinned runs, then the others, the newest first.

        Raises BadInput where the database can't be used.
        """
        in_order = select(RunRow).order_by(RunRow.pinned.desc(), RunRow.created.desc(), RunRow.id.desc())
        with self._session() as session:
            return [_run(row) for row in session.scalars(in_order.limit(limit))]

    def get(self, run: int) -> Run | None:
        """The run of that id, or None. Raises BadInput where the database can't be used."""
        if not 0 < run <= LAST_ID:
            return None
        with self._session() as session:
            row = session.get(RunRow, run)
            return _run(row) if row else None

    def of(self, experiment: dict[str, Any], fingerprint: str) -> Run | None:
        """The latest run of exactly that experiment on the data with that fingerprint, a pinned one first.

        None where there is none. Raises BadInput like `get`.
        """
        on_it = select(RunRow).join(DataRow).where(DataRow.fingerprint == fingerprint)
        in_order = on_it.order_by(RunRow.pinned.desc(), RunRow.created.desc(), RunRow.id.desc())
        with self._session() as session:
            found = session.scalars(in_order.options(defer(RunRow.summary)).limit(_LOOKED_AT))
            return next((_run(row) for row in found if row.experiment == experiment), None)

    def annotate(
        self, run: int, *, title: str | None = None, note: str | None = None, pinned: bool | None = None
    ) -> bool:
        """Changes what somebody says of a run; what is None stays. False where there is no such run.

        Raises BadInput for a text that is too long, and like `get`.
        """
        said: dict[str, Any] = {
            "title": None if title is None else cleaned(title, TITLE_LENGTH, "name"),
            "note": None if note is None else cleaned(note, NOTE_LENGTH, "note", lines=True),
            "pinned": pinned,
        }
        with self._session() as session:
            row = session.get(RunRow, run) if 0 < run <= LAST_ID else None
            for name, value in said.items():
                if row is not None and value is not None:
                    setattr(row, name, value)
            return row is not None

    def forget(self, fingerprint: str) -> int:
        """Deletes the runs on the data with that fingerprint; returns how many.

        Raises BadInput where the database can't be used.
        """
        with self._session() as session:
            found = session.scalars(select(DataRow.run).where(DataRow.fingerprint == fingerprint))
            runs = found.all()
        return self.remove(runs)

    def remove(self, runs: Iterable[int]) -> int:
        """Deletes the runs with these ids; returns how many. Raises BadInput like `forget`."""
        gone = sorted(set(runs))
        with self._session() as session:
            for at in range(0, len(gone), _AT_ONCE):
                part = gone[at : at + _AT_ONCE]
                session.execute(delete(DataRow).where(DataRow.run.in_(part)))
                session.execute(delete(RunRow).where(RunRow.id.in_(part)))
        self._overwrite()
        return len(gone)

    def _overwrite(self) -> None:
        """SQLite: what was deleted also leaves the log of writes. Others do this in their own time."""
        with self._session() as session:
            if session.get_bind().dialect.name == "sqlite":
                session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Closes the connections."""
        if self._made is not None:
            self._made.dispose()
            self._made = None

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with self._lock:
                engine = self._engine()
            with Session(engine) as session, session.begin():
                yield session
        except (SQLAlchemyError, OSError, ImportError) as error:
            raise self._unusable(error) from error

    def _engine(self) -> Engine:
        if self._made is None:
            self._made = opened(self._url, _as_json)
        return self._made

    def _unusable(self, error: Exception) -> BadInput:
        try:
            shown = make_url(self._url).render_as_string(hide_password=True)
        except ArgumentError:
            shown = "its address, which can't be read"
        cause = str(getattr(error, "orig", None) or error).splitlines()[0][:200].rstrip(".")
        return BadInput(
            f"The run book can't be used ({shown}): {cause}.",
            "a database that can be reached and written.",
            "check TOUCHSTONE_DATABASE_URL, or unset it to keep runs in a file.",
        )


@contextmanager
def run_book() -> Iterator[RunBook]:
    """The run book of this installation, closed afterwards."""
    book = RunBook(settings().runs_url)
    try:
        yield book
    finally:
        book.close()


def cleaned(text: str, longest: int, what: str, lines: bool = False) -> str:
    """Words of a stranger as they are kept: NFC, without control and direction marks, outer blanks stripped.

    `lines`: line ends stay. Raises BadInput where they are longer than `longest` characters.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    kept = "".join(
        char
        for char in composed
        if (lines and char == "\n")
        or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _DIRECTIONS)
    ).strip()
    if len(kept) > longest:
        raise BadInput(
            f"The {what} of a run has {len(kept):,} characters.", f"at most {longest:,}.", "shorten it."
        )
    return kept


def _as_json(value: Any) -> str:
    return json.dumps(_finite(value), allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(entry) for entry in value]
    return value


def _run(row: RunRow) -> Run:
    created = row.created if row.created.tzinfo else row.created.replace(tzinfo=UTC)  # SQLite drops it
    return Run(
        id=row.id,
        created=created.astimezone(UTC),
        name=row.name,
        experiment=row.experiment,
        fingerprints=frozenset(entry.fingerprint for entry in row.data),
        engine=row.engine,
        version=row.version,
        threads=row.threads,
        seconds=row.seconds,
        summary=row.summary,
        libraries={str(name): str(version) for name, version in row.libraries.items()},
        title=row.title,
        note=row.note,
        pinned=row.pinned,
    )
