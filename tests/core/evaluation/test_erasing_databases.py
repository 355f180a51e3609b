"""Forgetting what came of a database, in a file or on a server: found by a mark that holds no password."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.data import forgotten
from core.data.load import Source, mark, source_fingerprint
from core.data.shelf import Shelf, shelf_file
from core.evaluation import erasing
from core.evaluation.erasing import forget_data, forget_everywhere, forget_person
from core.evaluation.experiment import experiment_of
from core.evaluation.protocol import compare, dataset_of
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.settings import settings
from core.work.store import Store
from tests.core.evaluation.test_erasing import NEEDLE, content, files_with, runs
from tests.making import random_log

QUERY = "SELECT uid AS user_id, sku FROM log"
PASSWORD = "s3cret"  # of the server of the tests


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of this test's own."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    monkeypatch.setattr(erasing, "samples", list)
    yield tmp_path / "home"
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def desk() -> Desk:
    return Desk(Store(settings().store_folder, 10**9), Inline())


ROWS = [
    (NEEDLE if user == "u003" else user, item)
    for user, item in random_log(people=12, items=8, each=5)[["user", "item"]].itertuples(index=False)
]


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with a log in which somebody has that id."""
    if request.param == "sqlite":
        with sqlite3.connect(tmp_path / "shop.db") as opened:
            opened.execute("CREATE TABLE log (uid TEXT, sku TEXT)")
            opened.executemany("INSERT INTO log VALUES (?, ?)", ROWS)
        opened.close()
        return f"sqlite:///{tmp_path / 'shop.db'}"
    import psycopg

    server: str = request.getfixturevalue("postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS shop")
        connection.execute("CREATE DATABASE shop")
    shop = server.removesuffix("postgres") + "shop"
    with psycopg.connect(shop) as connection:
        connection.execute("CREATE TABLE log (uid TEXT, sku TEXT)")
        connection.cursor().executemany("INSERT INTO log VALUES (%s, %s)", ROWS)
    return shop


def execute(address: str, statement: str) -> None:
    """The owner of the database changes it."""
    if address.startswith("sqlite"):
        with sqlite3.connect(address.removeprefix("sqlite:///")) as opened:
            opened.execute(statement)
        opened.close()
        return
    import psycopg

    with psycopg.connect(address) as connection:
        connection.execute(statement)


def work(desk: Desk, address: str, query: str = QUERY) -> Source:
    """Reading and comparing, with a run and a place on the shelf."""
    source = Source(data=address, query=query)
    dataset = desk.run(dataset_of, source, source_fingerprint(source), settings=None)
    asked = {"data": address, "query": query, "recommenders": ["popularity", "ease"], "k": [5]}
    desk.run(compare, dataset, settings=experiment_of(asked))
    Shelf(shelf_file()).put(source, "shop")
    return source


def test_all_that_came_of_it_carries_its_mark_and_nothing_its_password(
    desk: Desk, address: str, home: Path
) -> None:
    source = work(desk, address)
    entries = desk.store.entries()
    assert len(entries) > 4 and runs() == 1
    assert all(set(map(mark, source.places)) <= entry.lineage for entry in entries)
    assert files_with(home, PASSWORD) == []


def test_nothing_of_a_forgotten_person_survives(desk: Desk, address: str, home: Path) -> None:
    """The address alone is enough, under whatever name and password: how it was read is known."""
    source = work(desk, address)
    assert files_with(home, NEEDLE) and runs() == 1
    again = address.replace("postgresql://", "postgres://")
    erased = forget_person(desk, NEEDLE, Source(data=again))
    assert erased.artifacts > 4 and erased.runs == 1
    assert files_with(home, NEEDLE) == [] and desk.store.entries() == [] and desk.jobs() == [] and runs() == 0
    dataset = desk.run(dataset_of, source, source_fingerprint(source), settings=None)
    assert dataset.counts["users"] == 11
    assert files_with(home, NEEDLE) == files_with(home, PASSWORD) == []
    other = Source(data=address, query="SELECT uid AS user_id, sku, 5 AS rating FROM log")
    assert desk.run(dataset_of, other, source_fingerprint(other), settings=None).counts["users"] == 11


def test_a_person_whom_the_owner_deleted_already_is_still_in_what_was_kept(
    desk: Desk, address: str, home: Path
) -> None:
    work(desk, address)
    execute(address, f"DELETE FROM log WHERE uid = '{NEEDLE}'")
    assert forget_person(desk, NEEDLE, Source(data=address)).runs == 1
    assert files_with(home, NEEDLE) == []


def test_a_stranger_is_bad_input_and_nothing_is_deleted(desk: Desk, address: str) -> None:
    work(desk, address)
    before = len(desk.store.entries())
    with pytest.raises(BadInput, match="There is no person 'u999'"):
        forget_person(desk, "u999", Source(data=address))
    assert len(desk.store.entries()) == before and not forgotten.file().exists()


def test_a_database_that_nobody_knows_needs_a_query(desk: Desk, address: str) -> None:
    source = Source(data=address, query=QUERY)
    desk.run(dataset_of, source, source_fingerprint(source), settings=None)  # no run, not on the shelf
    with pytest.raises(BadInput, match="--query") as refused:
        forget_person(desk, "u001", Source(data=address.replace("shop", "else")))
    assert PASSWORD not in str(refused.value)
    assert forget_person(desk, NEEDLE, Source(data=address, query=QUERY)).artifacts == 1


def test_a_whole_database_is_forgotten_and_other_data_stay(desk: Desk, address: str, tmp_path: Path) -> None:
    work(desk, address)
    (tmp_path / "b").mkdir()
    random_log(people=9, items=5, each=4, seed=1).to_csv(tmp_path / "b" / "log.csv", index=False)
    other = Source(data=str(tmp_path / "b" / "log.csv"))
    dataset = desk.run(dataset_of, other, source_fingerprint(other), settings=None)
    forget_person(desk, "u001", Source(data=address))
    work(desk, address)
    erased = forget_data(desk, address)
    assert erased.artifacts > 4 and erased.runs == 1 and erased.opened == 2
    assert [entry.lineage >= {dataset.fingerprint} for entry in desk.store.entries()] == [True]
    assert runs() == 0 and not forgotten.read().places


def test_everywhere_looks_into_databases_too(desk: Desk, address: str, home: Path) -> None:
    work(desk, address)
    erased = forget_everywhere(desk, NEEDLE)
    assert erased.unread == () and erased.runs == 1 and files_with(home, NEEDLE) == []


def test_a_database_that_can_no_longer_be_read_leaves_nothing(desk: Desk, address: str, home: Path) -> None:
    """Nobody can look whether the person is in it, so all that came of it goes, its runs too."""
    work(desk, address)
    execute(address, "DROP TABLE log")
    erased = forget_everywhere(desk, NEEDLE)
    assert len(erased.unread) == 1 and PASSWORD not in repr(erased)
    assert erased.runs == 1 and runs() == 0 and files_with(home, NEEDLE) == []


def test_on_the_command_line(address: str, home: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(app, ["describe", address, "--query", QUERY]).exit_code == 0
    gone = run(app, ["forget", "--user", NEEDLE, "--data", address, "--query", QUERY])
    assert gone.exit_code == 0 and "Deleted: 1 artifacts" in gone.output and PASSWORD not in gone.output
    assert "11 users" in run(app, ["describe", address, "--query", QUERY]).output
    whole = run(app, ["forget", "--data", address])
    assert whole.exit_code == 0 and "Deleted: 1 artifacts" in whole.output
    assert files_with(home, PASSWORD) == [] and content(forgotten.file()).count("u0") == 0
