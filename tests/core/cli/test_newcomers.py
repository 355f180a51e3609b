"""`newcomers` as a contract."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.core.cli.conftest import Run


def test_numbers_for_people_and_why_items_cannot_be_measured(
    run: Run, log_file: Path, tmp_path: Path
) -> None:
    asked = ("newcomers", "--data", log_file, "--likes", "3,0", "--k", "5")
    assert run(*asked, "--out", tmp_path / "out.json").code == 0
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert list(found) == ["schema", "new_people", "new_items"]
    people = found["new_people"]
    assert people["people"] + people["too_few_likes"] == 6
    assert people["learnt_from"] == 24
    rows = pd.DataFrame(people["results"])
    assert set(zip(rows["strategy"], rows["likes"], strict=True)) == {
        ("popularity", 0),
        *((name, likes) for name in ("item_knn", "ease") for likes in (0, 3)),
    }
    assert set(rows["metric"]) == {"precision", "recall", "ndcg"}
    assert ((rows["low"] <= rows["mean"]) & (rows["mean"] <= rows["high"])).all()
    assert (rows["n"] == people["people"]).all()
    assert {one["strategy"] for one in people["not_measured"]} == {"by_details", "sentence", "wishes"}
    assert found["new_items"]["results"] == []
    assert "Nothing is known of what items say" in found["new_items"]["not_measured"][0]["why"]
    assert run(*asked, "--out", tmp_path / "out.csv").code == 0
    table = pd.read_csv(tmp_path / "out.csv")
    assert table[table["new"] == "people"]["mean"].tolist() == pytest.approx(rows["mean"].tolist())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--likes", "two"], "--likes is 'two'"),
        (["--likes", ""], "--likes"),
        (["--likes", "10"], "more than 10 interactions"),
        (["--recommenders", "eas"], "no recommender named 'eas'"),
        (["--k", "0"], "--k"),
        (["--out", "x.html"], ".html"),
    ],
)
def test_bad_input_ends_with_2_and_a_reason(given: list[str], said: str, run: Run, log_file: Path) -> None:
    ended = run("newcomers", "--data", log_file, *given)
    assert ended.code == 2
    assert said in ended.err
