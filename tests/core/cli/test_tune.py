"""`tune` as a contract."""

import json
from pathlib import Path

import pandas as pd
import pytest

from core.recommenders.base import recommender_of
from core.work.specs import split_list
from tests.core.cli.conftest import Run

TUNED = [
    "recommender",
    "spec",
    "settings",
    "trials",
    "metric",
    "k",
    "sampler",
    "value",
    "default_value",
    "seconds",
    "people",
    "validation",
    "history",
]


def test_the_form_of_the_contract_and_the_same_budget(run: Run, log_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    ended = run(
        "tune",
        "--data",
        log_file,
        "--recommenders",
        "ease,item_knn",
        "--trials",
        4,
        "--metric",
        "recall",
        "--k",
        5,
        "--sampler",
        "random",
        "--split",
        "leave_last(n=2)",
        "--out",
        out,
    )
    assert ended.code == 0
    assert "Forecast" in ended.err
    found = json.loads(out.read_text("utf-8"))
    assert list(found) == ["schema", "experiment", "dataset", "tuned"]
    assert found["schema"] == 1
    assert found["experiment"]["split"] == "leave_last(n=2)"
    assert set(found["dataset"]) == {"name", "fingerprint", "users", "items", "interactions"}
    assert [one["recommender"] for one in found["tuned"]] == ["ease", "item_knn"]
    for one in found["tuned"]:
        assert list(one) == TUNED
        assert (one["trials"], one["metric"], one["k"], one["sampler"]) == (4, "recall", 5, "random")
        assert len(one["history"]) == 4
        assert set(one["history"][0]) == {"settings", "value", "people", "pruned", "error"}
        assert one["history"][0]["value"] == one["default_value"] <= one["value"]
        assert recommender_of(one["spec"]).model_dump(mode="json") == one["settings"]


def test_the_last_line_is_what_compare_takes_and_compare_says_who_was_tuned(run: Run, log_file: Path) -> None:
    ended = run("tune", "--data", log_file, "--recommenders", "ease,random", "--trials", 3)
    assert ended.code == 0
    assert "3 trials, 0 failed, 0 pruned" in ended.out
    assert "random: " in ended.out
    assert "it has no settings to tune" in ended.out
    last = ended.out.strip().splitlines()[-1]
    specs = last.removeprefix('--recommenders "').removesuffix('"')
    assert len(split_list(specs)) == 2
    compared = run("compare", "--data", log_file, "--recommenders", specs)
    assert compared.code == 0
    assert "tuned on the validation part: ease 3 trials by ndcg@10\n" in compared.out
    other = run("compare", "--data", log_file, "--recommenders", specs, "--seed", 4)
    assert "tuned on the validation part: none\n" in other.out


def test_a_table_has_one_row_a_trial(run: Run, log_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    asked = ("tune", "--data", log_file, "--recommenders", "item_knn", "--trials", 8, "--prune-people", 12)
    assert run(*asked, "--out", out).code == 0
    rows = pd.read_csv(out)
    assert rows["trial"].tolist() == list(range(1, 9))
    assert rows["best"].sum() == 1
    assert rows.loc[~rows["pruned"], "value"].max() == rows.loc[rows["best"], "value"].item()


def test_one_that_can_not_be_tuned_is_named(run: Run, log_file: Path) -> None:
    ended = run("tune", "--data", log_file, "--recommenders", "tfidf,ease", "--trials", 2)
    assert ended.code == 0
    assert "tfidf was not tuned" in ended.err
    assert "TF-IDF needs words" in ended.err
    assert run("tune", "--data", log_file, "--recommenders", "tfidf", "--trials", 2).code == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--metric", "ndgc"), "There is no metric named 'ndgc'"),
        (("--sampler", "grid"), "sampler"),
        (("--recommenders", "eas"), "There is no recommender named 'eas'"),
        (("--out", "x.parquet"), "x.parquet can't be written"),
    ],
)
def test_bad_arguments(run: Run, log_file: Path, given: tuple[str, str], said: str) -> None:
    ended = run("tune", "--data", log_file, "--trials", 2, *given)
    assert ended.code == 2
    assert said in ended.err
