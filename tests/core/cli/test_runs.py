"""Runs on the command line: the list, one again, and what is refused."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.work.errors import BadInput
from core.work.runs import run_book
from core.work.settings import settings
from tests.making import random_log

run = CliRunner().invoke


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of this test's own."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    random_log(people=20, items=10, each=5).to_csv(tmp_path / "log.csv", index=False)
    return tmp_path / "log.csv"


def compared(log: Path) -> None:
    assert (
        run(app, ["compare", "--data", str(log), "--recommenders", "popularity,ease", "--k", "5"]).exit_code
        == 0
    )


def test_without_runs_it_says_how_to_get_one() -> None:
    assert "No run is kept yet" in run(app, ["runs"]).output


def test_runs_are_listed_and_written(log: Path, tmp_path: Path) -> None:
    compared(log)
    with run_book() as book:
        book.annotate(1, title="first try", note="a note", pinned=True)
    shown = run(app, ["runs"]).output
    assert (
        " 1 * " in shown and "popularity, ease" in shown and "best ndcg@5:" in shown and "first try" in shown
    )
    out = tmp_path / "runs.json"
    assert run(app, ["runs", "--out", str(out)]).exit_code == 0
    found = json.loads(out.read_text())
    (one,) = found["runs"]
    assert found["schema"] == 1 and one["name"] == "first try" and one["note"] == "a note" and one["pinned"]
    assert one["dataset"]["name"] == "log" and one["leading"]["n"] > 0 and one["libraries"]["numpy"]
    again = tmp_path / "again.json"
    again.write_text(json.dumps(one))  # a run holds an experiment that `compare` takes back
    assert run(app, ["compare", "--experiment", str(again)]).exit_code == 0


def test_a_run_is_reproduced(log: Path, tmp_path: Path) -> None:
    compared(log)
    shown = run(app, ["runs", "--reproduce", "1"])
    assert shown.exit_code == 0 and "numbers are the same to the last digit" in shown.output
    out = tmp_path / "again.json"
    run(app, ["runs", "--reproduce", "1", "--out", str(out)])
    found = json.loads(out.read_text())
    assert found["same"] is True and found["off"] == [] and found["run"] == 1 and found["numbers"] > 0


@pytest.mark.parametrize("number", ["9", "0", "-3", "99999999999999999999"])
def test_a_run_that_is_not_there_is_bad_input(number: str) -> None:
    error = run(app, ["runs", "--reproduce", number]).exception
    assert isinstance(error, BadInput) and "There is no run" in error.wrong and error.expected and error.do


def test_only_json_is_written() -> None:
    assert isinstance(run(app, ["runs", "--out", "runs.csv"]).exception, BadInput)
