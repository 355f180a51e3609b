"""A log in a database: one SELECT by SQLAlchemy address, in a connection that can only read."""

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.data.dataset import Did, FileRead, Origin
from core.data.mapping import Mapping
from core.data.readers.base import Raw
from core.data.readers.generic import add_log, item_table
from core.data.secrets import hidden, with_secret
from core.data.tables import Table
from core.work.errors import BadInput
from core.work.report import Report
from core.work.settings import settings

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

_log = logging.getLogger(__name__)
_POSTGRES = "postgresql+psycopg"
SCHEMES = {"sqlite": "sqlite", "postgresql": _POSTGRES, "postgres": _POSTGRES, _POSTGRES: _POSTGRES}
_ADDRESS = re.compile(r"^([a-z0-9+]+)://", re.IGNORECASE)
_CHUNK = 50_000  # rows
_CELL_BYTES = 100  # of a value as an object
# What a text of SQL is made of besides words: comments and quoted text, which may hold anything.
_QUOTED = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\$(\w*)\$.*?\$\1\$", re.DOTALL)


def is_address(data: str) -> bool:
    """Whether this is the address of a database."""
    found = _ADDRESS.match(data)
    return found is not None and found[1].lower() in (*SCHEMES, "mysql", "mssql", "oracle")


def file_of(address: str) -> list[Path]:
    """The file that an address of SQLite names; none for a server."""
    if not is_address(address):
        return []
    url = _url(address)
    return [Path(url.database)] if _is_sqlite(url) and url.database else []


def server_of(address: str) -> list[str]:
    """What a database on a server is called here, whoever asks it; nothing for SQLite's files.

    >>> server_of("postgresql+psycopg://ann:secret@DB.local/shop"), server_of("sqlite:///shop.db")
    (['postgresql://db.local:5432/shop'], [])
    """
    if not is_address(address):
        return []
    url = _url(address)
    if _is_sqlite(url):
        return []
    said = {name: text if isinstance(text, str) else ",".join(text) for name, text in url.query.items()}
    host = str(said.get("host") or said.get("hostaddr") or url.host or "localhost").lower()
    host = "localhost" if host in ("127.0.0.1", "::1") else host
    kind = SCHEMES.get(url.drivername.lower(), url.drivername.lower()).partition("+")[0]
    name = said.get("dbname") or url.database or said.get("user") or url.username or ""
    return [f"{kind}://{host}:{said.get('port') or url.port or 5432}/{name}"]


def read_database(address: str, query: str, items_query: str, mapping: Mapping, report: Report) -> Raw:
    """Interactions, and details of items where there is a query for them, as a reader finds them.

    Raises BadInput for what is no single SELECT, an address that can't be reached, and what the
    database answers instead of rows. No message holds a password.
    """
    name = _url(hidden(address)).database or "database"
    raw = Raw(Path(name).stem, Origin(hidden(address), "database"))
    with _connected(address) as connection:
        report(0.1, "Asking the database")
        add_log(raw, _rows(connection, query, "query"), "", mapping)
        if items_query:
            report(0.7, "Asking for items")
            table = _rows(connection, items_query, "items query")
            raw.add("items", item_table(table), table)
    raw.say(Did("database", 1, f"read only: {hidden(address)}"))
    raw.origin = replace(raw.origin, source=hidden(address))
    return raw


def content_of(address: str, *queries: str) -> str:
    """SHA-256 of what the queries return now: tells whether the data has changed."""
    digest = hashlib.sha256()
    with _connected(address) as connection:
        for query in filter(None, queries):
            digest.update(repr(query).encode())
            for columns, rows in _chunks(connection, query, "query"):
                digest.update(repr(columns).encode())
                digest.update(repr(rows).encode())
    return digest.hexdigest()


def checked_select(query: str, what: str) -> str:
    """The query, if it is one SELECT and nothing else; raises BadInput.

    >>> checked_select("SELECT 'a; b' -- ; c", "query")
    "SELECT 'a; b' -- ; c"
    """
    bare = _QUOTED.sub(" ", query).strip().rstrip(";").strip()
    wrong = "is empty" if not bare else ""
    if bare and not re.match(r"(select|with|values)\b", bare, re.IGNORECASE):
        wrong = f"begins with {bare.split()[0][:40]!r}"
    elif ";" in bare:
        wrong = "holds more than one statement"
    elif found := re.search(
        r"\b(insert|update|delete|merge|drop|alter|create|truncate|grant|revoke|copy|attach|pragma|vacuum|into"
        r"|for\s+(?:no\s+key\s+)?update|for\s+(?:key\s+)?share)\b",
        bare,
        re.IGNORECASE,
    ):
        wrong = f"holds {found[0]!r}"
    if wrong:
        raise BadInput(f"The {what} {wrong}.", "one SELECT, which only reads.", "mend it.")
    return query


@contextmanager
def _connected(address: str) -> Iterator["Connection"]:
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    engine = _engine(address)
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SET TRANSACTION READ ONLY"))
            yield connection
            connection.rollback()
    except SQLAlchemyError as error:
        raise BadInput(
            f"{hidden(address)} answers: {_said(error, address)}.",
            "rows.",
            "check the address, the password (PGPASSWORD or a .pgpass file) and the query.",
        ) from error
    finally:
        engine.dispose()


def _engine(address: str) -> "Engine":
    """An engine whose connections can only read."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    url = _url(with_secret(address))
    scheme = SCHEMES.get(url.drivername.lower())
    if scheme is None:
        raise BadInput(
            f"Databases of the kind {url.drivername[:40]!r} are not read.",
            "sqlite or postgresql.",
            "export the rows.",
        )
    if scheme == "sqlite":
        path = Path(url.database or "")
        if not path.is_file():
            raise BadInput(f"{path} doesn't exist.", "a file of SQLite.", "check the path.")
        # mode=ro: SQLite itself refuses to write, whatever is asked.
        engine = create_engine(
            f"sqlite:///file:{_escaped(path.resolve())}?mode=ro&uri=true", poolclass=NullPool
        )
        event.listen(engine, "connect", _only_reading)
        return engine
    _driver()
    seconds = int(settings().child_seconds)
    options = f"-c default_transaction_read_only=on -c statement_timeout={seconds}s -c lock_timeout=30s"
    return create_engine(
        url.set(drivername=scheme),
        poolclass=NullPool,
        connect_args={"options": options, "connect_timeout": 10, "application_name": "touchstone"},
    )


def _url(address: str) -> "URL":
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(address)
    except (ArgumentError, ValueError) as error:
        raise BadInput(
            f"{hidden(address)[:200]!r} is no address of a database.",
            "sqlite:///file.db or postgresql://user@host/name.",
            "mend it.",
        ) from error


def _is_sqlite(url: "URL") -> bool:
    return url.drivername.lower() == "sqlite"


def _driver() -> None:
    """psycopg needs its compiled half, or the system's libpq."""
    import psycopg
    import psycopg_binary

    _log.debug("psycopg %s, compiled half %s", psycopg.__version__, psycopg_binary.__version__)


def _only_reading(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _rows(connection: "Connection", query: str, what: str) -> Table:
    columns: tuple[str, ...] = ()
    rows: list[tuple[Any, ...]] = []
    most = int(settings().memory_gb * 1e9 / _CELL_BYTES)
    for columns, part in _chunks(connection, query, what):
        rows += part
        if len(rows) * len(columns) > most:
            raise BadInput(
                f"The {what} returns more than fits the memory limit ({settings().memory_gb:g} GB).",
                "fewer rows or columns.",
                "ask for a part of the people, or raise TOUCHSTONE_MEMORY_GB.",
            )
    if not rows:
        raise BadInput(f"The {what} returns no rows.", "at least two people and two items.", "mend it.")
    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    nested = [name for name in columns if frame[name].map(lambda one: isinstance(one, list | dict)).any()]
    detail = f"{what}: columns that hold lists or records were left out"
    did = (Did("nested columns", len(nested), detail, tuple(nested[:3])),) if nested else ()
    return Table(frame.drop(columns=nested), FileRead(what, len(frame), columns), did)


def _chunks(
    connection: "Connection", query: str, what: str
) -> Iterator[tuple[tuple[str, ...], list[tuple[Any, ...]]]]:
    """Names of columns and rows, piece by piece; at least one piece."""
    from sqlalchemy import text

    from core.data.columns import unrepeated

    plain = checked_select(query, what).strip().rstrip(";").replace(":", r"\:")
    found = connection.execution_options(stream_results=True).execute(text(plain))
    columns = tuple(unrepeated(list(map(str, found.keys())), what))
    any_rows = False
    for part in found.partitions(_CHUNK):
        any_rows = True
        yield columns, [tuple(row) for row in part]
    if not any_rows:
        yield columns, []


def _said(error: Exception, address: str) -> str:
    """What the database said, in one line, without the password."""
    cause = getattr(error, "orig", None) or error
    line = " ".join(str(cause).split())[:200].rstrip(".")
    url = _url(with_secret(address))
    for secret in (url.password, url.query.get("password"), url.query.get("sslpassword")):
        line = line.replace(str(secret), "***") if secret else line
    return line


def _escaped(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path))
