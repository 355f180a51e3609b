"""`describe`, `recommend` and `store` as a contract."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.core.cli.conftest import Run


def test_describe(run: Run, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item,rating\nann,tea,5\nbo,jam,4\nbo,tea,inf\n")
    (tmp_path / "items.csv").write_text("item,title\ntea,Tea\njam,Jam\npie,Pie\n")
    ended = run(
        "describe", tmp_path / "log.csv", "--items", tmp_path / "items.csv", "--out", tmp_path / "out.json"
    )
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert list(found) == ["schema", "dataset", "cleaning", "checks", "files"]
    data = found["dataset"]
    assert (data["users"], data["items"], data["interactions"], data["catalogue_items"]) == (2, 2, 2, 3)
    assert {one["step"] for one in found["cleaning"]} == {
        "items without interactions",
        "interactions: rows whose rating is not a finite number",
    }
    assert all(set(one) == {"step", "count", "detail", "examples", "cleaner"} for one in found["cleaning"])
    assert [(one["name"], one["rows"]) for one in found["files"]] == [("log.csv", 3), ("items.csv", 3)]
    shown = run("describe", tmp_path / "log.csv")
    assert shown.code == 0
    assert "2 users, 2 items, 2 interactions" in shown.out


@pytest.mark.parametrize("arguments", [["nowhere.csv"], [], ["LOG", "--out", "x.csv"]])
def test_describe_of_nothing_ends_with_2(arguments: list[str], run: Run, log_file: Path) -> None:
    assert run("describe", *(one.replace("LOG", str(log_file)) for one in arguments)).code == 2


def test_recommend_to_one_person(run: Run, log_file: Path, tmp_path: Path) -> None:
    chosen = ("recommend", "--data", log_file, "--recommender", "item_knn", "--user", "u003", "--k", "4")
    assert run(*chosen, "--out", tmp_path / "out.json").code == 0
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert list(found) == ["items"]
    assert [list(one) for one in found["items"]] == [["item", "rank", "score", "reason"]] * 4
    assert [one["rank"] for one in found["items"]] == [1, 2, 3, 4]
    scores = [one["score"] for one in found["items"]]
    assert scores == sorted(scores, reverse=True)
    seen = set(pd.read_csv(log_file).query("user == 'u003'")["item"])
    assert not seen & {one["item"] for one in found["items"]}
    named = {word for one in found["items"] for word in one["reason"].removeprefix("because of ").split(", ")}
    assert named <= seen


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_recommend_to_everyone_is_read_back(ending: str, run: Run, log_file: Path, tmp_path: Path) -> None:
    lists = tmp_path / f"lists.{ending}"
    assert (
        run("recommend", "--data", log_file, "--recommender", "ease", "--all", "--k", 5, "--out", lists).code
        == 0
    )
    found = pd.read_csv(lists) if ending == "csv" else pd.read_parquet(lists)
    assert found.columns.tolist() == ["user", "item", "rank", "score"]
    assert found.groupby("user").size().eq(5).all()
    ended = run(
        *("compare", "--data", log_file, "--split", "leave_last(n=1)", "--recommendations", f"mine={lists}"),
        *("--out", tmp_path / "result.json"),
    )
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--recommender", "ease"], "Who it is for is not said"),
        (["--recommender", "ease", "--user", "u003", "--all"], "Both --user and --all"),
        (["--recommender", "ease", "--user", "zoe"], "no person 'zoe'"),
        (["--recommender", "eas", "--all"], "no recommender named"),
        (["--recommender", "ease", "--all", "--k", "0"], "--k"),
        (["--recommender", "ease", "--all", "--out", "x.txt"], "x.txt can't be written"),
        (["--user", "u003"], "--recommender"),
    ],
)
def test_recommend_says_what_is_wrong(arguments: list[str], message: str, run: Run, log_file: Path) -> None:
    ended = run("recommend", "--data", log_file, *arguments)
    assert ended.code == 2
    assert message in ended.err


def test_the_store_shows_and_prunes(run: Run, log_file: Path, tmp_path: Path) -> None:
    run("compare", "--data", log_file, "--recommenders", "popularity", "--out", tmp_path / "result.json")
    shown = run("store")
    assert shown.code == 0
    assert "compare" in shown.out
    assert run("store", "--prune", "--keep-gb", "0").code == 0
    assert ": 0 artifacts" in run("store").out


@pytest.mark.parametrize("arguments", [[], ["--help"], ["compare", "--help"]])
def test_help(arguments: list[str], run: Run) -> None:
    ended = run(*arguments)
    assert ended.code == (0 if arguments else 2)
    assert "Usage" in ended.out + ended.err


def test_an_unknown_command_ends_with_2(run: Run) -> None:
    assert run("compere").code == 2


def test_a_wrong_setting_of_the_installation_ends_with_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.work.settings import settings

    monkeypatch.setenv("TOUCHSTONE_WORKERS", "many")
    settings.cache_clear()
    ended = run("store")
    assert ended.code == 2
    assert "TOUCHSTONE_WORKERS" in ended.err
