"""The run book keeps what came of what, and no database problem stops a comparison."""

import math
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.work.errors import BadInput
from core.work.runs import RunBook


@pytest.fixture
def book(tmp_path: Path) -> Iterator[RunBook]:
    """An empty run book in a folder that does not exist yet."""
    made = RunBook(f"sqlite:///{tmp_path / 'new' / 'runs.db'}")
    yield made
    made.close()


def keep(book: RunBook, name: str = "first", *fingerprints: str) -> int | None:
    """Keeps a small run."""
    return book.keep(
        name, {"seed": 0}, fingerprints, {"ndcg": 0.5, "low": math.nan},
        engine="threads", version="0.1", threads=2, seconds=1.5,
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


def test_the_files_are_private(book: RunBook, tmp_path: Path) -> None:
    keep(book)
    assert not {path.stat().st_mode & 0o077 for path in (tmp_path / "new").iterdir()} - {0}


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("sqlite:////dev/null/new/runs.db", "Not a directory"),
        ("no address", "its address, which can't be read"),
        ("nosuch://user:hunter2@host/runs", "nosuch"),
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
