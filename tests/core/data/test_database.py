"""Logs in databases: SQLite here, PostgreSQL in a server of the test's own; read only, no password kept."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.data.database import checked_select, server_of
from core.data.load import Source, load, mark, source_fingerprint
from core.data.preview import preview, previewed
from core.data.secrets import with_secret
from core.evaluation.experiment import Experiment
from core.evaluation.protocol import dataset_in_child
from core.work import isolated, secrets
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.settings import settings
from core.work.store import Store

ROWS = [("ann", 10, 5, "2019-11-24 13:43:20"), ("bo", 20, 3, "2019-11-24 13:43:21"), ("bo", 10, 4, None)]
MAKE = "CREATE TABLE log (uid TEXT, sku BIGINT, stars INT, at TIMESTAMP)"
ITEMS = "CREATE TABLE goods (sku BIGINT, name TEXT)"
QUERY = "SELECT uid AS user_id, sku, stars, at AS time FROM log"
NO_SELECT = [
    "DELETE FROM log",
    "SELECT 1; DROP TABLE log",
    "WITH gone AS (DELETE FROM log RETURNING *) SELECT * FROM gone",
    "SELECT * INTO other FROM log",
    "",
    "-- SELECT",
    "SELECT * FROM log FOR UPDATE",
]


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """A database with a log of three rows and two goods."""
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.execute(MAKE)
        connection.execute(ITEMS)
        connection.executemany("INSERT INTO log VALUES (?, ?, ?, ?)", ROWS)
        connection.executemany("INSERT INTO goods VALUES (?, ?)", [(10, "Tea"), (20, "Jam")])
    connection.close()
    return path


def sqlite_source(path: Path, query: str = QUERY, items: str = "") -> Source:
    return Source(data=f"sqlite:///{path}", query=query, items_query=items)


def test_sqlite(sqlite_file: Path) -> None:
    dataset = load(sqlite_source(sqlite_file, items="SELECT sku, name FROM goods"))
    assert (dataset.name, dataset.origin.reader) == ("shop", "database")
    assert dataset.counts == {"users": 2, "items": 2, "interactions": 3}
    assert dataset.items["title"].to_dict() == {"10": "Tea", "20": "Jam"}
    assert dataset.interactions["timestamp"].isna().sum() == 1


def test_columns_can_be_said(sqlite_file: Path) -> None:
    source = Source(
        data=f"sqlite:///{sqlite_file}", query="SELECT uid AS a, sku AS b FROM log", columns="user=b,item=a"
    )
    assert load(source).user_ids.tolist() == ["10", "20"]


def test_the_fingerprint_is_of_what_the_query_returns(sqlite_file: Path) -> None:
    before = source_fingerprint(sqlite_source(sqlite_file))
    assert before == source_fingerprint(sqlite_source(sqlite_file))
    assert before != source_fingerprint(sqlite_source(sqlite_file, f"{QUERY} WHERE stars > 3"))


@pytest.mark.parametrize("query", NO_SELECT)
def test_only_one_select_is_asked(query: str, sqlite_file: Path) -> None:
    with pytest.raises(BadInput, match=r"The query .* one SELECT"):
        load(sqlite_source(sqlite_file, query))


@pytest.mark.parametrize(
    "query", ["select 1", "SELECT 'a; DROP'", "WITH x AS (SELECT 1) SELECT * FROM x;", "VALUES (1)"]
)
def test_a_select_is_one_whatever_its_text_holds(query: str) -> None:
    assert checked_select(query, "query") == query


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("sqlite:///nowhere.db", "doesn't exist"),
        ("sqlite://", "doesn't exist"),
        ("mysql://ann:secret@db/shop", "kind 'mysql' are not read"),
        ("postgresql://ann:secret@127.0.0.1:1/shop", "127.0.0.1:1/shop answers"),
        ("postgresql://ann:secret@db:port/shop", "is no address"),
    ],
)
def test_what_is_no_database_is_refused_without_its_password(address: str, message: str) -> None:
    with pytest.raises(BadInput, match=message) as refused:
        load(Source(data=address, query=QUERY))
    assert "secret" not in str(refused.value)


def test_a_query_needs_a_database(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item\na,1\nb,2\n")
    with pytest.raises(BadInput, match=r"log\.csv is no database"):
        load(Source(data=str(tmp_path / "log.csv"), query=QUERY))


def test_what_the_database_says_is_passed_on(sqlite_file: Path) -> None:
    with pytest.raises(BadInput, match="no such column: colour"):
        load(sqlite_source(sqlite_file, "SELECT colour FROM log"))
    with pytest.raises(BadInput, match="returns no rows"):
        load(sqlite_source(sqlite_file, f"{QUERY} WHERE uid = 'zoe'"))


def test_sqlite_itself_refuses_to_write(sqlite_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever passes the look at the text."""
    monkeypatch.setattr("core.data.database.checked_select", lambda query, what: query)
    before = sqlite_file.read_bytes()
    with pytest.raises(BadInput, match="readonly"):
        load(sqlite_source(sqlite_file, "DELETE FROM log RETURNING uid AS user_id, sku"))
    assert sqlite_file.read_bytes() == before


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("postgresql://ann:s3@db.local/shop", "postgresql://db.local:5432/shop"),
        ("postgres://bo@DB.local:5432/shop?sslmode=require", "postgresql://db.local:5432/shop"),
        (
            "postgresql+psycopg:///shop?host=127.0.0.1&port=5433&password=s3",
            "postgresql://localhost:5433/shop",
        ),
        ("postgresql://ann:s3@[::1]", "postgresql://localhost:5432/ann"),
    ],
)
def test_a_server_has_one_name_whoever_asks_and_it_is_a_mark(address: str, server: str) -> None:
    source = Source(data=address, query=QUERY)
    assert server_of(address) == server_of(source.data) == [server] and source.paths == []
    assert source.lineage == {mark(server)}
    assert "s3" not in repr(source) + server


def test_a_file_of_sqlite_is_marked_by_its_path(sqlite_file: Path) -> None:
    for scheme in ("sqlite", "SQLite"):
        source = Source(data=f"{scheme}:///{sqlite_file}", query=QUERY)
        assert source.lineage == {mark(sqlite_file), mark(sqlite_file.parent)}


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ann:a%40b/c@db/shop", "postgresql://ann@db/shop"),
        ("postgresql://ann:@db/shop", "postgresql://ann@db/shop"),
        (
            "postgresql://db/shop?user=ann&password=s3&connect_timeout=9",
            "postgresql://db/shop?user=ann&connect_timeout=9",
        ),
        ("postgresql://db/shop?PASSWORD=s3", "postgresql://db/shop"),
        ("postgresql:/ann:s3@db/shop", "postgresql://ann@db/shop"),
        ("postgresql://db/s@p", "postgresql://db/s@p"),
    ],
)
def test_a_password_is_hidden_wherever_it_stands(address: str, shown: str) -> None:
    """Also where a path made one slash of two, as a form that takes paths would."""
    source = Source(data=address, query=QUERY)
    assert source.data == shown
    assert with_secret(shown) == address.replace(":/ann", "://ann")
    assert Source(data=shown, query=QUERY) == source


def test_a_password_with_an_at_sign_is_refused_without_a_word_of_it() -> None:
    with pytest.raises(BadInput, match=r"holds an @.*%40") as refused:
        Source(data="postgresql://ann:sec@ret@db/shop", query=QUERY)
    assert "sec" not in str(refused.value) and "ret" not in str(refused.value)


def test_a_password_is_in_no_record() -> None:
    experiment = Experiment(data="postgresql://ann:secret@db.local/shop", query=QUERY)
    assert experiment.data == "postgresql://ann@db.local/shop"
    assert "secret" not in json.dumps(experiment.to_json()) + repr(experiment.source)


@pytest.fixture(scope="module")
def filled(postgres: str) -> str:
    """The server with a log in it."""
    import psycopg

    with psycopg.connect(postgres) as connection:
        connection.execute(MAKE)
        connection.cursor().executemany("INSERT INTO log VALUES (%s, %s, %s, %s)", ROWS)
        connection.execute(
            "CREATE TABLE many AS SELECT n % 500 AS u, n % 301 AS i FROM generate_series(1, 60000) n"
        )
    return postgres


def test_postgresql(filled: str) -> None:
    dataset = load(Source(data=filled, query=f"{QUERY} -- 100 % of it\n;"))
    assert dataset.counts == {"users": 2, "items": 2, "interactions": 3}
    assert dataset.interactions["value"].tolist() == [5, 4, 3]
    assert f"{dataset.interactions['timestamp'].min():%Y-%m-%d %H:%M:%S}" == "2019-11-24 13:43:20"


def test_postgresql_in_pieces(filled: str) -> None:
    dataset = load(Source(data=filled, query='SELECT u AS "user", i AS item FROM many', off="duplicates"))
    assert dataset.counts == {"users": 500, "items": 301, "interactions": 60_000}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT nextval('s') AS user_id, 1 AS item",
        "SELECT setval('s', 9) AS user_id, 1 AS item",
        "WITH x AS (INSERT INTO log(uid) VALUES ('eve') RETURNING uid) SELECT uid, 1 AS item FROM x",
    ],
)
def test_postgresql_itself_refuses_to_write(filled: str, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Functions that write look like reading: the transaction is what forbids them."""
    import psycopg

    with psycopg.connect(filled) as connection:
        connection.execute("CREATE SEQUENCE IF NOT EXISTS s")
    monkeypatch.setattr("core.data.database.checked_select", lambda query, what: query)
    with pytest.raises(BadInput, match=r"read-only transaction|WITH"):
        load(Source(data=filled, query=query))
    with psycopg.connect(filled) as connection:
        found = connection.execute("SELECT count(*) FROM log").fetchone()
        assert found == (3,)


def test_a_wrong_password_is_not_repeated(filled: str) -> None:
    with pytest.raises(BadInput, match="password authentication failed") as refused:
        load(Source(data=filled.replace("s3cret", "wr0ng"), query=QUERY))
    assert "wr0ng" not in str(refused.value)


def test_the_command_line_keeps_no_password(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not in what it writes, not in what it says, in no file of the home."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    command = ["core", "compare", "--data", filled, "--query", 'SELECT u AS "user", i AS item FROM many']
    chosen = ["--recommenders", "popularity", "--k", "5", "--out", str(tmp_path / "out.json")]
    monkeypatch.setattr(sys, "argv", [*command, *chosen])
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        settings.cache_clear()
    assert not ended.value.code, capfd.readouterr().err
    experiment = json.loads((tmp_path / "out.json").read_text())["experiment"]
    assert "ann@127.0.0.1" in experiment["data"]
    said = capfd.readouterr()
    assert "s3cret" not in said.out + said.err
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if b"s3cret" in path.read_bytes()]
    assert len(files) > 3


def test_a_child_gets_the_password_through_a_pipe_alone(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As pages read: no file, no variable and no argument of the child holds it, nor a result or the log."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    caplog.set_level("DEBUG")
    seen: list[str] = []
    begin = subprocess.Popen

    def watched(command: list[str], **how: Any) -> "subprocess.Popen[bytes]":
        seen.append(repr((command, how)))
        return begin(command, **how)

    def look(fraction: float, message: str) -> None:
        seen.extend(path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*") if path.is_file())

    monkeypatch.setattr("core.work.isolated.subprocess.Popen", watched)
    try:
        desk = Desk(Store(settings().store_folder, 10**9), Inline())
        source = Source(data=filled, query=QUERY)
        dataset = desk.run(dataset_in_child, source, source_fingerprint(source), report=look)
        assert preview(source).person == desk.run(previewed, source, "", settings="").person
        with pytest.raises(BadInput, match=r"no such|does not exist") as refused:
            isolated.call(dataset_in_child, Source(data=filled, query="SELECT s3cret"), "", report=look)
        look(1.0, "")
    finally:
        settings.cache_clear()
    assert dataset.counts == {"users": 2, "items": 2, "interactions": 3}
    assert len(seen) > 10 and "postgresql://ann@127" in "".join(seen)
    told = [*seen, caplog.text, str(refused.value).replace("SELECT s3cret", ""), repr(dataset.origin)]
    assert not [text for text in told if "ann:s3cret" in text]
    assert not [text for text in told[:-2] if "s3cret" in text.replace("SELECT s3cret", "")]


def test_other_children_hear_of_no_password(filled: str) -> None:
    """Only steps that say so are told, and only of what their own inputs name."""
    source = Source(data=filled, query=QUERY)
    assert secrets.among((Source(data="log.csv"), "x", None)) == {}
    assert secrets.among([{"source": source}]) == {source.data: filled}
