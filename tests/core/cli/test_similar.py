"""`similar` as a contract."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.core.cli.conftest import Run

SAID = {
    "tea": "green tea from the hills",
    "chai": "green tea with spices",
    "jam": "jam of red berries",
    "jelly": "jelly of red berries",
}


@pytest.fixture
def kitchen(tmp_path: Path) -> tuple[Path, Path]:
    """A log of four items, and what they say: two of tea, two of berries."""
    log, items = tmp_path / "log.csv", tmp_path / "items.csv"
    log.write_text("user,item\n" + "".join(f"{user},{item}\n" for user in ("ann", "bo") for item in SAID))
    pd.DataFrame({"item": list(SAID), "title": list(SAID), "text": list(SAID.values())}).to_csv(
        items, index=False
    )
    return log, items


def test_all_items_and_one(run: Run, kitchen: tuple[Path, Path], tmp_path: Path) -> None:
    log, items = kitchen
    asked = ("similar", "--data", log, "--items", items, "--encoder", "tfidf", "--k", "1")
    assert run(*asked, "--out", tmp_path / "all.json").code == 0
    found = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert list(found) == ["schema", "encoder", "recall", "neighbours"]
    assert (found["schema"], found["encoder"], found["recall"]) == (1, "tfidf", 1.0)
    nearest = {one["item"]: one["neighbour"] for one in found["neighbours"]}
    assert nearest == {"tea": "chai", "chai": "tea", "jam": "jelly", "jelly": "jam"}
    assert {one["rank"] for one in found["neighbours"]} == {1}
    assert run(*asked, "--item", "tea", "--out", tmp_path / "one.csv").code == 0
    assert pd.read_csv(tmp_path / "one.csv")["neighbour"].tolist() == ["chai"]


def test_a_table_says_the_same_as_json(run: Run, kitchen: tuple[Path, Path], tmp_path: Path) -> None:
    log, items = kitchen
    asked = ("similar", "--data", log, "--items", items, "--encoder", "tfidf", "--k", "1")
    assert run(*asked, "--out", tmp_path / "out.parquet").code == 0
    assert run(*asked, "--out", tmp_path / "out.json").code == 0
    table = pd.read_parquet(tmp_path / "out.parquet")
    assert list(table.columns) == ["item", "neighbour", "rank", "score"]
    assert len(table) == 4
    said = json.loads((tmp_path / "out.json").read_text("utf-8"))["neighbours"]
    assert table.to_dict("records") == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--item", "pie"], "There is no item 'pie'"),
        (["--encoder", "berd"], "There is no encoder named 'berd'"),
        (["--encoder", "word2vec(size=0)"], "size"),
        (["--encoder", "picture"], "picture"),
        (["--out", "x.html"], ".html"),
        (["--k", "0"], "--k"),
    ],
)
def test_bad_input_ends_with_2_and_a_reason(
    given: list[str], said: str, run: Run, kitchen: tuple[Path, Path]
) -> None:
    log, items = kitchen
    encoder = [] if "--encoder" in given else ["--encoder", "tfidf"]
    ended = run("similar", "--data", log, "--items", items, *encoder, *given)
    assert ended.code == 2
    assert said in ended.err


def test_items_that_say_nothing(run: Run, log_file: Path) -> None:
    ended = run("similar", "--data", log_file)
    assert ended.code == 2
    assert "--items" in ended.err
