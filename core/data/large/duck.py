"""DuckDB within the memory limit: a database of its own that is gone afterwards, progress, and cancel."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.work.errors import BadInput
from core.work.report import Report
from core.work.scratch import passing_folder
from core.work.settings import settings

if TYPE_CHECKING:
    import duckdb

SHARE = 0.55  # of the memory limit: DuckDB's own; the rest is for what it does not count, and for us
BATCH = 200_000  # rows that Python sees at a time
_POLL_SECONDS = 0.1


class Duck:
    """A connection that reports while it works. Statements are constants; names of files are arguments."""

    def __init__(self, connection: "duckdb.DuckDBPyConnection", report: Report) -> None:
        self.connection = connection
        self._report = report
        self._part = (0.0, 1.0)

    def between(self, low: float, high: float) -> None:
        """What follows is this part of the whole work."""
        self._part = (low, high)

    def run(self, statement: str, message: str = "", parameters: tuple[Any, ...] = ()) -> None:
        """Executes a statement. Raises what the report raises, after it was interrupted."""
        ended, failed = threading.Event(), list[BaseException]()

        def work() -> None:
            try:
                self.connection.execute(statement, parameters).fetchall()
            except BaseException as error:
                failed.append(error)
            finally:
                ended.set()

        thread = threading.Thread(target=work, name="duckdb")
        thread.start()
        try:
            while not ended.wait(_POLL_SECONDS):
                self._report(*self._progress(message))
        except BaseException:
            self.connection.interrupt()
            raise
        finally:
            thread.join()
        if failed:
            raise failed[0]

    def row(self, statement: str, parameters: tuple[Any, ...] = ()) -> tuple[Any, ...]:
        """The first row of a query."""
        found, *_ = self.connection.execute(statement, parameters).fetchall()
        return tuple(found)

    def batches(self, query: str) -> Iterator[pd.DataFrame]:
        """The rows of a query, so many at a time; the connection may be used meanwhile."""
        cursor = self.connection.cursor()
        try:
            for batch in cursor.sql(query).to_arrow_reader(BATCH):
                self._report(*self._progress("Reading names"))
                yield batch.to_pandas()
        finally:
            cursor.close()

    def insert(self, table: str, frame: pd.DataFrame) -> None:
        """Appends a frame to a table whose columns are the same."""
        import pyarrow as pa

        self.connection.from_arrow(pa.Table.from_pandas(frame, preserve_index=False)).insert_into(table)

    def has(self, table: str) -> bool:
        """Whether there is a table of that name."""
        return bool(self.row("SELECT count(*) > 0 FROM duckdb_tables() WHERE table_name = ?", (table,))[0])

    def _progress(self, message: str) -> tuple[float, str]:
        low, high = self._part
        done = 0.0
        with contextlib.suppress(Exception):  # asked between two statements
            done = max(float(self.connection.query_progress()), 0.0) / 100
        return low + (high - low) * min(done, 1.0), message


@contextmanager
def duck(report: Report) -> Iterator[Duck]:
    """A DuckDB in a temporary folder, which is removed afterwards. Raises BadInput where room is missing."""
    import duckdb

    chosen = settings()
    try:
        with passing_folder(chosen.temporary_folder) as folder:
            connection = duckdb.connect(
                str(folder / "log.duckdb"),
                config={
                    "memory_limit": f"{SHARE * chosen.memory_gb * 1000:.0f}MB",
                    "threads": str(max(1, min(chosen.workers, 8))),
                    "temp_directory": str(folder / "spill"),
                    "preserve_insertion_order": "false",
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                },
            )
            try:
                yield Duck(connection, report)
            finally:
                connection.close()
    except duckdb.OutOfMemoryException as error:
        raise too_little("memory", f"TOUCHSTONE_MEMORY_GB (now {chosen.memory_gb:g})") from error
    except (OSError, duckdb.IOException) as error:
        if "space" not in str(error).lower():
            raise
        raise too_little("room on the disk", "TOUCHSTONE_HOME, to a folder on a larger disk") from error


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Where the rows of a text file are read: says in our words what DuckDB could not make of them."""
    import duckdb

    try:
        yield
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise BadInput(
            f"{name} can't be read as a table: {str(error).splitlines()[0][:160]}.",
            "text with the same fields in every row.",
            "export it again, or as Parquet.",
        ) from error


def quoted(name: str) -> str:
    """The name of a column as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def is_file_of(path: Path, magic: bytes) -> bool:
    """Whether a file begins so."""
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def too_little(what: str, setting: str) -> BadInput:
    """What to say where memory or the disk do not suffice."""
    return BadInput(
        f"There is too little {what} to work through this log.",
        f"more {what}.",
        f"change {setting}; or take a part of the people.",
    )
