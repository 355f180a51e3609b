"""`clicks` as a contract."""

import json
from pathlib import Path

import pandas as pd
import pytest

from core.evaluation.evidence.block import unwrapped
from tests.core.cli.conftest import Run
from tests.core.evaluation.offpolicy.made import history, pages

ROW = [
    "recommender",
    "metric",
    "estimator",
    "value",
    "low",
    "high",
    "effective_events",
    "verdict",
    "reason",
    "kind",
    "k",
    "people",
    "pages",
    "impressions",
    "ess",
    "mean_weight",
]
BY = ("--split", "by_time(test=0.01)")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with a history, and pages drawn evenly after it."""
    return _folder(tmp_path, pages(people=60, each=60))


def _folder(parent: Path, impressions: pd.DataFrame) -> Path:
    folder = parent / "shop"
    folder.mkdir()
    (folder / "dataset.json").write_text('{"schema": 1, "name": "made"}', "utf-8")
    history(60, 8).astype({"timestamp": "int64"}).to_parquet(folder / "interactions.parquet")
    impressions.to_parquet(folder / "impressions.parquet")
    return folder


def test_numbers_and_why_others_are_refused(run: Run, shop: Path, tmp_path: Path) -> None:
    asked = ("clicks", "--data", shop, *BY, "--recommenders", "popularity,random", "--resamples", "200")
    assert run(*asked, "--k", "2", "--estimators", "pbm,rips", "--out", tmp_path / "out.json").code == 0
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert list(found) == [
        "schema",
        "experiment",
        "asked",
        "dataset",
        "clicks",
        "unmeasured",
        "health",
        "log",
        "examination",
        "failures",
    ]
    rows = pd.DataFrame(found["clicks"])
    assert list(rows.columns) == ROW
    pbm = rows[rows["estimator"] == "pbm"]
    assert set(pbm["metric"]) == {"ctr", "ctcvr", "cvr", "revenue"}
    assert ((pbm["low"] <= pbm["value"]) & (pbm["value"] <= pbm["high"])).all()
    assert set(pbm["recommender"]) == {"popularity", "random"}
    rips = rows[rows["estimator"] == "rips"]
    assert rips["value"].isna().all() and rips["reason"].str.contains("prefix_propensity").all()
    assert found["log"]["pages"] == 3_600
    assert found["experiment"]["k"] == [2]
    assert found["asked"] == {
        "k": 2,
        "estimators": ["pbm", "rips"],
        "resamples": 200,
        "window": 0.0,
        "fit_propensities": False,
    }
    assert run(*asked, "--out", tmp_path / "out.csv").code == 0
    assert list(pd.read_csv(tmp_path / "out.csv").columns) == ROW


def test_on_a_terminal_the_health_stands_before_the_rates(run: Run, shop: Path) -> None:
    ended = run("clicks", "--data", shop, *BY, "--resamples", "100", "--recommenders", "popularity")
    assert ended.code == 0
    assert ended.out.index("log complete") < ended.out.index("effective_events")
    assert "95 % bootstrap intervals over people" in ended.out


def test_compare_holds_them_too(run: Run, shop: Path, tmp_path: Path) -> None:
    asked = ("compare", "--data", shop, *BY, "--recommenders", "popularity", "--k", "2")
    assert run(*asked, "--out", tmp_path / "out.json").code == 0
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert {row["estimator"] for row in found["clicks"]} == {"pbm", "snips", "dr", "dm"}
    assert found["integrity"][-1]["check"] == "clicks and sales"
    assert run(*asked, "--out", tmp_path / "out.html").code == 0
    kept = json.loads(unwrapped((tmp_path / "out.html").read_text("utf-8")))
    assert kept["clicks"] == found["clicks"]
    assert kept["integrity"][-1] == found["integrity"][-1]


def test_without_a_log_it_says_what_to_log(run: Run, log_file: Path, tmp_path: Path) -> None:
    assert run("clicks", "--data", log_file, "--out", tmp_path / "out.json").code == 0
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert found["clicks"] == [] and "To log" in found["unmeasured"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--estimators", "magic"], "no estimator named 'magic'"),
        (["--k", "0"], "--k"),
        (["--resamples", "10"], "--resamples"),
        (["--window", "-1"], "--window"),
        (["--recommenders", "eas"], "no recommender named 'eas'"),
        (["--out", "x.html"], ".html"),
    ],
)
def test_bad_input_ends_with_2_and_a_reason(given: list[str], said: str, run: Run, log_file: Path) -> None:
    ended = run("clicks", "--data", log_file, *given)
    assert ended.code == 2
    assert said in ended.err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"propensity": 0.0}, "propensity is 0.0"),
        ({"propensity": 1.5}, "propensity is 1.5"),
        ({"position": 0}, "position is 0"),
    ],
)
def test_impossible_impressions_are_named_with_their_row(
    change: dict[str, float], said: str, run: Run, tmp_path: Path
) -> None:
    frame = pages(people=60, each=2)
    ended = run("clicks", "--data", _folder(tmp_path, frame.assign(**change)))
    assert ended.code == 2
    assert "row 1" in ended.err and said in ended.err


@pytest.mark.parametrize("campaign", ["men", "women"])
def test_open_bandit_is_refused_both_ways(campaign: str, run: Run, shared_data: Path, tmp_path: Path) -> None:
    asked = ("clicks", "--data", shared_data / "open-bandit", "--resamples", "100", "--estimators", "snips")
    assert run(*asked, "--out", tmp_path / "out.json").code == 0
    rows = {
        row["recommender"]: row for row in json.loads((tmp_path / "out.json").read_text("utf-8"))["clicks"]
    }
    assert {rows[f"{campaign}-{policy}"]["verdict"] for policy in ("bts", "random")} == {"refused"}
    # SOURCE: the other way round 4.5 and .01 effective events
    events = {"men": 4.5, "women": 0.01}[campaign]
    assert rows[f"{campaign}-random"]["effective_events"] == pytest.approx(events, abs=0.05)


def test_a_report_holds_them(run: Run, shop: Path, tmp_path: Path) -> None:
    asked = ("compare", "--data", shop, *BY, "--recommenders", "popularity", "--k", "2")
    assert run(*asked, "--out", tmp_path / "out.html").code == 0
    text = (tmp_path / "out.html").read_text("utf-8")
    assert "<h2>Clicks and sales</h2>" in text and "Position-based" in text and "effective events" in text
