"""The run book: which experiment on which data gave what, kept in SQLite or any SQL database."""

import json
import math
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, DateTime, Engine, ForeignKey, String, create_engine, delete, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from sqlalchemy.schema import CreateIndex, CreateTable

from core.work.errors import BadInput
from core.work.store import Note, ignore

_AT_ONCE = 500  # ids in one statement
PATIENCE = 5.0  # seconds until a database that others write is said to be locked


class _Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSON, datetime: DateTime(timezone=True)}  # noqa: RUF012


class _RunRow(_Base):
    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    created: Mapped[datetime] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(300))
    experiment: Mapped[dict[str, Any]]
    engine: Mapped[str] = mapped_column(String(100))
    version: Mapped[str] = mapped_column(String(100))
    threads: Mapped[int]
    seconds: Mapped[float]
    summary: Mapped[dict[str, Any]]
    data: Mapped[list["_DataRow"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class _DataRow(_Base):
    __tablename__ = "run_data"

    run: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)


@dataclass(frozen=True)
class Run:
    """One finished comparison."""

    id: int
    created: datetime  # UTC
    name: str
    experiment: dict[str, Any]  # the Experiment as JSON
    fingerprints: frozenset[str]  # of the data it ran on
    engine: str  # where it ran
    version: str  # of Touchstone
    threads: int  # BLAS threads
    seconds: float
    summary: dict[str, Any]  # what came out, as JSON; what is not finite is null


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
        note: Note = ignore,
    ) -> int | None:
        """Keeps a run and returns its id.

        Where the database can't be used, returns None and gives `note` a sentence that says why:
        a comparison does not fail for want of a record.
        """
        row = _RunRow(
            created=datetime.now(UTC),
            name=name[:300],
            experiment=experiment,
            engine=engine,
            version=version,
            threads=threads,
            seconds=seconds,
            summary=summary,
            data=[_DataRow(fingerprint=entry) for entry in sorted(set(fingerprints))],
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
        """The latest runs, newest first. Raises BadInput where the database can't be used."""
        newest_first = select(_RunRow).order_by(_RunRow.created.desc(), _RunRow.id.desc())
        with self._session() as session:
            return [_run(row) for row in session.scalars(newest_first.limit(limit))]

    def get(self, run: int) -> Run | None:
        """The run of that id, or None. Raises BadInput where the database can't be used."""
        with self._session() as session:
            row = session.get(_RunRow, run)
            return _run(row) if row else None

    def forget(self, fingerprint: str) -> int:
        """Deletes the runs on the data with that fingerprint; returns how many.

        Raises BadInput where the database can't be used.
        """
        with self._session() as session:
            found = session.scalars(select(_DataRow.run).where(_DataRow.fingerprint == fingerprint))
            runs = found.all()
        return self.remove(runs)

    def remove(self, runs: Iterable[int]) -> int:
        """Deletes the runs with these ids; returns how many. Raises BadInput like `forget`."""
        gone = sorted(set(runs))
        with self._session() as session:
            for at in range(0, len(gone), _AT_ONCE):
                part = gone[at : at + _AT_ONCE]
                session.execute(delete(_DataRow).where(_DataRow.run.in_(part)))
                session.execute(delete(_RunRow).where(_RunRow.id.in_(part)))
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
            url = make_url(self._url)
            if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
                _make_private(Path(str(url.database)))
            made = create_engine(url, json_serializer=_as_json)
            if url.get_backend_name() == "sqlite":
                event.listen(made, "connect", _set_up_sqlite)
            _make_tables(made)
            self._made = made
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


def _make_tables(engine: Engine) -> None:
    # Unlike create_all this says IF NOT EXISTS: another process may be at it too.
    with engine.begin() as connection:
        for table in _Base.metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))


def _make_private(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {round(PATIENCE * 1000)}")
    _log_ahead(cursor)
    for setting in ("synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _log_ahead(cursor: Any) -> None:
    # SQLite does not wait by itself while two connections turn a new file into one with a log of writes.
    until = time.monotonic() + PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


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


def _run(row: _RunRow) -> Run:
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
    )
