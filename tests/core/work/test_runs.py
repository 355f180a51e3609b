"""The run book keeps what came of what, and no database problem stops a comparison."""

import math
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.work.errors import BadInput
from core.work.runs import RunBook


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a database in a folder that does not exist yet, or of an empty one on a real server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'runs.db'}"
    import psycopg

    server: str = request.getfixturevalue("postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS runs")
        connection.execute("CREATE DATABASE runs")
    return server.removesuffix("postgres") + "runs"


@pytest.fixture
def book(address: str) -> Iterator[RunBook]:
    """An empty run book."""
    made = RunBook(address)
    yield made
    made.close()


# The tables as they were before runs had names, and a run in them.
EARLIER = """
CREATE TABLE runs (id INTEGER PRIMARY KEY, created TIMESTAMP WITH TIME ZONE NOT NULL,
    name VARCHAR(300) NOT NULL, experiment JSON NOT NULL, engine VARCHAR(100) NOT NULL,
    version VARCHAR(100) NOT NULL, threads INTEGER NOT NULL, seconds FLOAT NOT NULL, summary JSON NOT NULL);
CREATE TABLE run_data (run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    fingerprint VARCHAR(64) NOT NULL, PRIMARY KEY (run, fingerprint));
INSERT INTO runs VALUES (7, '2026-11-01 10:00:00.000000', 'old', '{"seed": 3}', 'threads', '0.1', 2, 1.5,
    '{"ndcg": 0.5}');
INSERT INTO run_data VALUES (7, 'a');
"""


def earlier(address: str) -> None:
    """Makes the tables by the database's own driver."""
    if address.startswith("sqlite"):
        file = Path(address.removeprefix("sqlite:///"))
        file.parent.mkdir(exist_ok=True)
        with closing(sqlite3.connect(file)) as opened, opened:
            opened.executescript(EARLIER)
        return
    import psycopg

    with psycopg.connect(address) as connection:
        for statement in EARLIER.split(";"):
            connection.execute(statement)


def keep(book: RunBook, name: str = "first", *fingerprints: str) -> int | None:
    """Keeps a small run."""
    return book.keep(
        name, {"seed": 0}, fingerprints, {"ndcg": 0.5, "low": math.nan},
        engine="threads", version="0.1", threads=2, seconds=1.5, libraries={"numpy": "2.4.6"},
    )  # fmt: skip


def test_a_run_comes_back(book: RunBook) -> None:
    before = datetime.now(UTC)
    number = keep(book, "first", "a", "b", "a")
    assert number is not None
    run = book.get(number)
    assert run is not None
    assert (run.name, run.experiment) == ("first", {"seed": 0})
    assert run.fingerprints == {"a", "b"}
    assert run.summary == {"ndcg": 0.5, "low": None}  # JSON knows no NaN
    assert (run.engine, run.version, run.threads, run.seconds) == ("threads", "0.1", 2, 1.5)
    assert (run.libraries, run.title, run.note, run.pinned) == ({"numpy": "2.4.6"}, "", "", False)
    assert before <= run.created <= datetime.now(UTC)
    assert book.get(number + 1) is None


def test_the_latest_come_first_and_not_more_than_asked_for(book: RunBook) -> None:
    for name in ("a", "b", "c"):
        keep(book, name)
    assert [run.name for run in book.list(2)] == ["c", "b"]


def test_forgetting_data_deletes_its_runs_only(book: RunBook) -> None:
    keep(book, "on both", "a", "b")
    keep(book, "on b", "b")
    assert book.forget("a") == 1
    assert [run.name for run in book.list()] == ["on b"]


def test_two_books_on_one_new_file_keep_every_run(tmp_path: Path) -> None:
    for new in range(20):  # the first to come makes the file: that is where two meet
        first, second = (RunBook(f"sqlite:///{tmp_path / str(new) / 'runs.db'}") for _ in range(2))
        threads = [threading.Thread(target=keep, args=(book,)) for book in (first, second, first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(first.list()) == len(second.list()) == 4
        first.close()
        second.close()


def test_numbers_come_back_to_the_last_digit(book: RunBook) -> None:
    value = 0.1 + 0.2
    number = book.keep("a", {}, [], {"x": value}, engine="", version="", threads=1, seconds=0)
    run = book.get(number or 0)
    assert run is not None and run.summary["x"] == value


def test_a_run_is_named_annotated_and_pinned_and_pinned_ones_come_first(book: RunBook) -> None:
    first, second = keep(book, "a") or 0, keep(book, "b") or 0
    assert book.annotate(first, title=" Before \u202ethe\x00 sale ", note="two\r\nlines", pinned=True)
    run = book.get(first)
    assert run is not None and (run.title, run.note, run.pinned) == ("Before the sale", "two\nlines", True)
    assert [each.id for each in book.list()] == [first, second]
    assert book.annotate(first, note="")  # what is not given stays
    run = book.get(first)
    assert run is not None and (run.title, run.note, run.pinned) == ("Before the sale", "", True)
    assert not book.annotate(second + 1, title="nobody") and not book.annotate(2**40, pinned=True)


def test_a_name_that_is_too_long_is_refused_and_changes_nothing(book: RunBook) -> None:
    number = keep(book) or 0
    book.annotate(number, title="x" * 80)
    for said in ({"title": "y" * 81}, {"note": "y" * 2001}):
        with pytest.raises(BadInput, match="at most"):
            book.annotate(number, **said)  # type: ignore[arg-type]
    run = book.get(number)
    assert run is not None and (run.title, run.note) == ("x" * 80, "")


def test_any_text_of_a_stranger_is_kept_or_refused(book: RunBook) -> None:
    number = keep(book) or 0
    for text in ("\ud800", "<script>alert(1)</script>", "'; DROP TABLE runs; --", "e\u0301", "名前"):
        assert book.annotate(number, title=text)
        run = book.get(number)
        assert run is not None
        assert run.title == {"\ud800": "", "e\u0301": "é"}.get(text, text)


def test_a_run_is_found_by_its_experiment(book: RunBook) -> None:
    first, second = keep(book, "a", "x") or 0, keep(book, "b", "x") or 0
    run = book.of({"seed": 0}, "x")
    assert run is not None and run.id == second
    book.annotate(first, pinned=True)
    run = book.of({"seed": 0}, "x")
    assert run is not None and run.id == first
    assert book.of({"seed": 1}, "x") is None and book.of({"seed": 0}, "y") is None


def test_a_number_that_no_database_takes_is_no_run(book: RunBook) -> None:
    assert [book.get(number) for number in (-1, 0, 2**31, 2**70)] == [None] * 4


def test_an_older_database_opens_and_its_runs_can_be_named(address: str) -> None:
    earlier(address)
    books = [RunBook(address), RunBook(address)]
    for book in books:
        (run,) = book.list()
        assert (run.id, run.name, run.experiment, run.summary) == (7, "old", {"seed": 3}, {"ndcg": 0.5})
        assert (run.libraries, run.pinned, run.note) == ({}, False, "") and run.fingerprints == {"a"}
        assert book.annotate(7, title="still here")
        book.close()
    again = RunBook(address)
    assert [run.title for run in again.list()] == ["still here"]
    assert again.forget("a") == 1 and again.list() == []
    again.close()


def test_two_that_open_an_older_database_at_once_both_can(tmp_path: Path) -> None:
    for turn in range(10):
        address = f"sqlite:///{tmp_path / str(turn) / 'runs.db'}"
        earlier(address)
        books, found = [RunBook(address) for _ in range(3)], list[int]()
        threads = [threading.Thread(target=_look, args=(book, found)) for book in books]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [7, 7, 7]
        for book in books:
            book.close()


def _look(book: RunBook, found: list[int]) -> None:
    found += [run.id for run in book.list()]


def test_a_name_goes_with_its_run_and_leaves_no_trace(tmp_path: Path) -> None:
    book = RunBook(f"sqlite:///{tmp_path / 'runs.db'}")
    number = keep(book, "a", "x") or 0
    book.annotate(number, title="needle-title", note="needle-note")
    book.annotate(number, title="other")
    assert book.forget("x") == 1
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"needle" not in left and b"other" not in left
    book.close()


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_files_are_private(book: RunBook, tmp_path: Path) -> None:
    keep(book)
    assert not {path.stat().st_mode & 0o077 for path in (tmp_path / "new").iterdir()} - {0}


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("sqlite:////dev/null/new/runs.db", "Not a directory"),
        ("no address", "its address, which can't be read"),
        ("nosuch://user:hunter2@host/runs", "nosuch"),
        ("postgresql://ann:hunter2@127.0.0.1:1/runs", "127.0.0.1"),
    ],
)
def test_an_unusable_database_is_named_and_nothing_else_fails(url: str, cause: str) -> None:
    book, notes = RunBook(url), list[str]()
    assert book.keep("a", {}, [], {}, engine="", version="", threads=1, seconds=0, note=notes.append) is None
    assert notes[0].startswith("The run was not kept. The run book can't be used")
    assert cause in notes[0]
    assert "hunter2" not in notes[0]
    with pytest.raises(BadInput, match="TOUCHSTONE_DATABASE_URL"):
        book.list()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "runs.db").write_text("this is no database" * 100)
    book = RunBook(f"sqlite:///{tmp_path / 'runs.db'}")
    with pytest.raises(BadInput, match="file is not a database"):
        book.get(1)
    book.close()
