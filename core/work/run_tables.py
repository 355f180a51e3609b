"""The tables of the run book, and what makes them where they are missing or older than this version."""

import os
import sqlite3
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    String,
    Table,
    create_engine,
    event,
    false,
    inspect,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

PATIENCE = 5.0  # seconds until a database that others write, or that does not answer, is said to be so
TITLE_LENGTH, NOTE_LENGTH = 80, 2_000  # characters


class Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSON, datetime: DateTime(timezone=True)}  # noqa: RUF012


class RunRow(Base):
    """A run. A column that came later has a default at the server: older databases get it so."""

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
    libraries: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH), server_default="")
    note: Mapped[str] = mapped_column(String(NOTE_LENGTH), server_default="")
    pinned: Mapped[bool] = mapped_column(server_default=false())
    data: Mapped[list["DataRow"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class DataRow(Base):
    """What a run descends from."""

    __tablename__ = "run_data"

    run: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)


def opened(address: str, serializer: Any) -> Engine:
    """The database at an SQLAlchemy address, with its tables; raises what SQLAlchemy and the disk raise."""
    url = make_url(address)
    kind = url.get_backend_name()
    if kind == "sqlite" and url.database not in (None, "", ":memory:"):
        _make_private(Path(str(url.database)))
    patience = {"connect_timeout": round(PATIENCE)} if kind == "postgresql" else {}
    made = create_engine(url, json_serializer=serializer, connect_args=patience)
    if kind == "sqlite":
        event.listen(made, "connect", _set_up_sqlite)
    try:
        _make_tables(made)
    except BaseException:
        made.dispose()
        raise
    return made


def _make_tables(engine: Engine) -> None:
    # Unlike create_all this says IF NOT EXISTS: another process may be at it too.
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            _add_columns(connection, table)
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))


def _add_columns(connection: Connection, table: Table) -> None:
    """Gives a table of an earlier version the columns that came since; its rows get their defaults."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    unless = "IF NOT EXISTS " if connection.dialect.name == "postgresql" else ""
    for column in table.columns:
        if column.name in there:
            continue
        declared = CreateColumn(column).compile(dialect=connection.dialect)
        try:
            connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {unless}{declared}")
        except OperationalError as error:  # SQLite knows no IF NOT EXISTS here
            if "duplicate column" not in str(error.orig):
                raise


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
