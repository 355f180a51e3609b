"""`compare` as a contract: form, endings, exit codes, defaults, and the same numbers again."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.core.cli.conftest import Run

ROOT = Path(__file__).parents[3]


def result(run: Run, folder: Path, *arguments: object) -> dict[str, Any]:
    """What `compare` writes as JSON."""
    ended = run("compare", *arguments, "--out", folder / "result.json")
    assert (ended.code, ended.err) == (0, ""), ended
    found: dict[str, Any] = json.loads((folder / "result.json").read_text("utf-8"))
    return found


def numbers(found: dict[str, Any]) -> list[Any]:
    """The results without what they cost."""
    return [(one["recommender"], one["settings"], one["metrics"]) for one in found["results"]]


def shape(value: object) -> object:
    """The form of a JSON value: names, and the type of what stands there."""
    if isinstance(value, dict):
        return {key: shape(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return float if isinstance(value, float) else type(value)


def test_the_form_of_the_contract(run: Run, log_file: Path, tmp_path: Path) -> None:
    found = shape(result(run, tmp_path, "--data", log_file, "--recommenders", "ease(l2=458)"))
    assert isinstance(found, dict)
    assert found.pop("experiment")
    metric = {"name": str, "variant": str, "k": int, "mean": float, "low": float, "high": float, "n": int}
    assert found == {
        "schema": int,
        "dataset": {"name": str, "fingerprint": str, "users": int, "items": int, "interactions": int},
        "results": [
            {
                "recommender": str,
                "settings": {"l2": float},
                "fit_s": float,
                "recommend_s": float,
                "peak_mb": float,
                "per_1000_p50_s": float,
                "per_1000_p95_s": float,
                "blocks": int,
                "metrics": [metric],
                "tuned": type(None),
                "language_model": type(None),
            }
        ],
        "clicks": [],
        "integrity": [{"check": str, "verdict": str, "detail": str}],
    }


def test_the_defaults(run: Run, log_file: Path, tmp_path: Path) -> None:
    found = result(run, tmp_path, "--data", log_file)
    assert [one["recommender"] for one in found["results"]] == ["popularity", "item_knn", "ease"]
    keys = [(one["name"], one["variant"], one["k"]) for one in found["results"][0]["metrics"]]
    assert keys == [
        (name, variant, k)
        for name, variant in (
            ("precision", "standard"),
            ("recall", "standard"),
            ("ndcg", "standard"),
            ("ndcg", "untruncated"),
        )
        for k in (10, 20)
    ]
    experiment = found["experiment"]
    assert (experiment["split"], experiment["positive"], experiment["seed"]) == ("by_time(test=0.2)", "", 0)
    assert found["dataset"]["interactions"] == 300
    assert all(one["verdict"] in ("ok", "warning", "failed") for one in found["integrity"])


def test_the_experiment_gives_the_same_numbers(run: Run, log_file: Path, tmp_path: Path) -> None:
    chosen = ("--recommenders", "ease(l2=5),random", "--split", "leave_last(n=2)", "--k", "3", "--seed", "4")
    first = result(run, tmp_path, "--data", log_file, *chosen, "--positive", "rating>=3")
    (tmp_path / "before.json").write_text(json.dumps(first))
    again = result(run, tmp_path, "--experiment", tmp_path / "before.json")
    assert again["experiment"] == first["experiment"]
    assert numbers(again) == numbers(first)
    changed = result(run, tmp_path, "--experiment", tmp_path / "before.json", "--k", "5")
    assert changed["experiment"] == {**first["experiment"], "k": [5]}


def test_two_of_a_kind_carry_their_full_spec(run: Run, log_file: Path, tmp_path: Path) -> None:
    found = result(run, tmp_path, "--data", log_file, "--recommenders", "item_knn(k=5),item_knn(k=9),ease")
    assert [one["recommender"] for one in found["results"]] == ["item_knn(k=5)", "item_knn(k=9)", "ease"]


def test_ready_made_lists_carry_their_name(run: Run, log_file: Path, tmp_path: Path) -> None:
    lists = tmp_path / "lists.parquet"
    made = run(
        *("recommend", "--data", log_file, "--recommender", "popularity", "--all", "--k", 20),
        *("--split", "leave_last(n=2)", "--out", lists),
    )
    assert (made.code, made.err) == (0, "")
    chosen = ("--data", log_file, "--split", "leave_last(n=2)", "--recommendations", f"mine={lists}")
    alone = result(run, tmp_path, *chosen)
    assert [one["recommender"] for one in alone["results"]] == ["mine"]
    both = result(run, tmp_path, *chosen, "--recommenders", "popularity")
    assert [one["recommender"] for one in both["results"]] == ["popularity", "mine"]
    assert both["results"][0]["metrics"] == both["results"][1]["metrics"]  # its own lists, brought back


def test_train_and_test_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "train.csv").write_text("user,item,rating\nann,tea,5\nann,jam,1\nbo,tea,4\nbo,bun,5\n")
    (tmp_path / "test.tsv").write_text("user\titem\nann\tbun\nzoe\ttea\n")
    (tmp_path / "items.csv").write_text("item,title\ntea,Tea\npie,Pie\n")
    files = (
        "--train",
        tmp_path / "train.csv",
        "--test",
        tmp_path / "test.tsv",
        "--items",
        tmp_path / "items.csv",
    )
    found = result(
        run, tmp_path, *files, "--recommenders", "popularity", "--k", "1", "--positive", "rating>=4"
    )
    assert found["dataset"]["items"] == 3
    assert found["experiment"]["split"] == "given"
    assert {one["n"] for one in found["results"][0]["metrics"]} == {1}
    said = {one["check"]: one["verdict"] for one in found["integrity"]}
    assert said["people lost"] == "warning"
    assert said["positives"] == "warning"  # the test file has no ratings


def test_candidates_by_head(run: Run, tmp_path: Path) -> None:
    """tea is liked by 3, jam by 2, bun by 1. Of ann's candidates jam is first, of bo's bun is missing."""
    (tmp_path / "train.csv").write_text("user,item\nann,tea\nbo,tea\ncy,tea\nbo,jam\ncy,jam\ncy,bun\n")
    (tmp_path / "test.csv").write_text("user,item\nann,jam\nbo,bun\n")
    (tmp_path / "candidates.csv").write_text("user,item\nann,jam\nann,bun\nbo,jam\nbo,tea\n")
    found = result(
        run,
        tmp_path,
        *("--train", tmp_path / "train.csv", "--test", tmp_path / "test.csv"),
        *("--candidates", tmp_path / "candidates.csv", "--recommenders", "popularity", "--k", "1,2"),
    )
    means = {(one["name"], one["variant"], one["k"]): one["mean"] for one in found["results"][0]["metrics"]}
    assert means["precision", "standard", 1] == 1 / 2
    assert means["precision", "standard", 2] == 1 / 4
    assert means["recall", "standard", 2] == 1 / 2
    assert means["ndcg", "standard", 1] == 1 / 2


def test_the_ending_chooses_the_format(run: Run, log_file: Path, tmp_path: Path) -> None:
    chosen = ("--data", log_file, "--recommenders", "popularity", "--metrics", "recall,map", "--k", "5")
    found = result(run, tmp_path, *chosen)
    for ending in ("csv", "parquet"):
        assert run("compare", *chosen, "--out", tmp_path / f"result.{ending}").code == 0
    rows = pd.read_csv(tmp_path / "result.csv")
    assert rows.columns.tolist() == ["recommender", "metric", "variant", "k", "mean", "low", "high", "n"]
    assert rows["mean"].tolist() == [one["mean"] for one in found["results"][0]["metrics"]]
    people = pd.read_parquet(tmp_path / "result.parquet")
    assert people.columns.tolist() == ["recommender", "metric", "variant", "k", "user", "value"]
    assert len(people) == 2 * found["results"][0]["metrics"][0]["n"]


def test_positive_with_and_and_or(run: Run, log_file: Path, tmp_path: Path) -> None:
    chosen = ("--data", log_file, "--recommenders", "popularity", "--split", "random(test=0.5)")
    expression = "rating>=4 and kind in (cart, buy) or kind = view"
    found = result(run, tmp_path, *chosen, "--positive", expression)
    assert found["experiment"]["positive"] == expression
    assert found["results"][0]["metrics"] != result(run, tmp_path, *chosen)["results"][0]["metrics"]


def test_positive_can_be_everything_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "dataset.json").write_text(
        '{"schema": 1, "positive": "kind = buy", "split": "random(test=0.5)"}'
    )
    rows = [(f"u{user}", f"i{item}", "buy" if item % 2 else "view") for user in range(4) for item in range(6)]
    pd.DataFrame(rows, columns=["user", "item", "kind"]).to_parquet(tmp_path / "interactions.parquet")
    own = result(run, tmp_path, "--data", tmp_path, "--recommenders", "popularity")
    assert own["experiment"]["positive"] == "kind = buy"
    everything = result(run, tmp_path, "--data", tmp_path, "--recommenders", "popularity", "--positive", "")
    assert everything["experiment"]["positive"] == ""


def test_without_out_a_table_is_shown(run: Run, log_file: Path) -> None:
    ended = run("compare", "--data", log_file, "--recommenders", "popularity,random")
    assert ended.code == 0
    assert "popularity" in ended.out
    assert "precision" in ended.out
    assert "n = " in ended.out


BAD = {
    "no data": ([], "Nothing to read is named"),
    "no such data": (["--data", "nowhere.csv"], "nowhere.csv doesn't exist"),
    "unknown recommender": (["--data", "LOG", "--recommenders", "eas"], "no recommender named 'eas'"),
    "bad setting": (["--data", "LOG", "--recommenders", "ease(l2=-1)"], "l2"),
    "unknown metric": (["--data", "LOG", "--metrics", "ndgc"], "no metric named 'ndgc'"),
    "k is no number": (["--data", "LOG", "--k", "ten"], "--k has 'ten'"),
    "k is 0": (["--data", "LOG", "--k", "0"], "k.0"),
    "k is huge": (["--data", "LOG", "--k", "1000000000"], "k.0"),
    "bad split": (["--data", "LOG", "--split", "leave_last(n=zero)"], "n: "),
    "bad positive": (["--data", "LOG", "--positive", "stars>4"], "names a column 'stars'"),
    "nothing positive": (["--data", "LOG", "--positive", "rating>9"], "No interaction is positive"),
    "no recommender": (["--data", "LOG", "--recommenders", ""], "No recommender is selected"),
    "no name": (["--data", "LOG", "--recommendations", "LOG"], "can't be read"),
    "no lists": (["--data", "LOG", "--recommendations", "mine=none.csv"], "none.csv doesn't exist"),
    "a name twice": (["--data", "LOG", *["--recommendations", "mine=LOG"] * 2], "the name 'mine' twice"),
    "no experiment": (["--experiment", "none.json"], "none.json can't be read"),
    "bad ending": (["--data", "LOG", "--out", "result.docx"], "result.docx can't be written"),
    "no folder": (["--data", "LOG", "--out", "nowhere/result.json"], "folder nowhere doesn't exist"),
    "unknown option": (["--data", "LOG", "--colour", "red"], "No such option"),
    "only a test file": (["--test", "LOG"], "Only one of train and test"),
}


@pytest.mark.parametrize(("arguments", "message"), BAD.values(), ids=BAD)
def test_bad_input_ends_with_2_and_says_why(
    arguments: list[str], message: str, run: Run, log_file: Path
) -> None:
    ended = run("compare", *(argument.replace("LOG", str(log_file)) for argument in arguments))
    assert ended.code == 2
    assert message in ended.err
    assert ended.out == ""


def test_a_full_disk_ends_with_1(run: Run, log_file: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no disk that is always full")
    full = log_file.parent / "full.json"
    full.symlink_to("/dev/full")
    ended = run("compare", "--data", log_file, "--recommenders", "popularity", "--out", full)
    assert ended.code == 1
    assert "No space left" in ended.err


def test_a_fresh_process_in_a_pipe(log_file: Path, tmp_path: Path) -> None:
    """Silent on both streams with --out; the message alone, without a traceback, for bad input."""
    command = [sys.executable, "-m", "core", "compare", "--data", str(log_file), "--recommenders"]
    done = subprocess.run(
        [*command, "popularity", "--out", str(tmp_path / "result.json")],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert json.loads((tmp_path / "result.json").read_text())["schema"] == 1
    bad = subprocess.run([*command, "eas"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert bad.returncode == 2
    assert bad.stderr.count("\n") == 1
