"""`describe`, `recommend` and `store` as a contract."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.core.cli.conftest import Run
from tests.making import random_log


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


FORMULAS = ["=1+1", "+1", "-x", "@SUM", "'=1+1", "＝1", "plain", "-5", "a\nb", 'q"q']


def test_lists_with_ids_like_formulas_match_the_right_items_when_they_are_read_back(
    run: Run, tmp_path: Path
) -> None:
    """The same numbers as by Parquet, where nothing is neutralised; not one id is outside the catalogue."""
    made = random_log(people=30, items=len(FORMULAS), each=6)
    names = dict(zip(sorted(made["item"].unique()), FORMULAS, strict=True))
    people = {"u001": "=u", "u002": "'=u", "u003": "@u", "u004": "-7"}
    made.replace({"item": names, "user": people}).to_csv(tmp_path / "log.csv", index=False)
    for ending in ("csv", "parquet"):
        lists = tmp_path / f"lists.{ending}"
        asked = ("--data", tmp_path / "log.csv", "--split", "leave_last(n=1)")
        assert run("recommend", *asked, "--recommender", "ease", "--all", "--out", lists).code == 0
        out = tmp_path / f"{ending}.json"
        assert run("compare", *asked, "--recommendations", f"mine={lists}", "--out", out).code == 0
    first, second = (json.loads((tmp_path / f"{one}.json").read_text()) for one in ("csv", "parquet"))
    assert first["results"][0]["metrics"] == second["results"][0]["metrics"]
    said = " ".join(one["check"] for one in first["integrity"])
    assert "outside the catalogue" not in said and "without a list" not in said
    safe = (tmp_path / "lists.csv").read_text("utf-8")
    assert "\n=u," not in safe and "\n'=u," in safe and "\n''=u," in safe


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
