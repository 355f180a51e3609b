"""`topics` and `segments` as contracts."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.core.cli.conftest import Run

SAID = {
    "tea": "green tea leaves",
    "chai": "green tea spices",
    "mate": "green tea leaves spices",
    "hat": "warm wool knitted",
    "sock": "warm wool soft",
    "cap": "warm wool knitted soft",
    "pot": "green spices leaves",
    "coat": "knitted soft warm",
}
TEA, WOOL = ("tea", "chai", "mate", "pot"), ("hat", "sock", "cap", "coat")


@pytest.fixture
def shop(tmp_path: Path) -> tuple[Path, Path]:
    """20 people who take tea and 10 who take wool, one thing after the other; and what things say."""
    log, items = tmp_path / "log.csv", tmp_path / "items.csv"
    rows = [
        f"{taste}{person:02},{item},{at + 1}\n"
        for taste, many, things in (("t", 20, TEA), ("w", 10, WOOL))
        for person in range(many)
        for at, item in enumerate(things)
    ]
    log.write_text("user,item,timestamp\n" + "".join(rows))
    pd.DataFrame({"item": [*SAID], "text": [*SAID.values()]}).to_csv(items, index=False)
    return log, items


def asked(shop: tuple[Path, Path], command: str, *more: object) -> tuple[object, ...]:
    return (command, "--data", shop[0], "--items", shop[1], "--skip-cleaning", "duplicates", *more)


def written(run: Run, tmp_path: Path, *arguments: object) -> dict[str, Any]:
    ended = run(*arguments, "--out", tmp_path / "out.json")
    assert ended.code == 0, ended.err
    text = (tmp_path / "out.json").read_text("utf-8")
    assert "NaN" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def test_topics_of_text(run: Run, shop: tuple[Path, Path], tmp_path: Path) -> None:
    found = written(run, tmp_path, *asked(shop, "topics", "--k", 2))
    assert list(found) == ["schema", "kind", "topics", "coherence_npmi"]
    assert (found["schema"], found["kind"]) == (1, "text")
    assert [list(one) for one in found["topics"]] == [["id", "name", "share", "words"]] * 2
    assert [one["id"] for one in found["topics"]] == sorted(one["id"] for one in found["topics"])
    assert sum(one["share"] for one in found["topics"]) == pytest.approx(1)
    assert -1 <= found["coherence_npmi"] <= 1
    for one in found["topics"]:
        relevance = [word["relevance"] for word in one["words"]]
        assert relevance == sorted(relevance, reverse=True)
        assert one["name"] == ", ".join(word["word"] for word in one["words"][:3])


def test_weights_of_people(run: Run, shop: tuple[Path, Path], tmp_path: Path) -> None:
    for ending in ("csv", "parquet"):
        assert run(*asked(shop, "topics", "--k", 2, "--out", tmp_path / f"w.{ending}")).code == 0
    table, csv = pd.read_parquet(tmp_path / "w.parquet"), pd.read_csv(tmp_path / "w.csv")
    assert list(table.columns) == list(csv.columns) == ["user", "topic", "weight"]
    assert (table["weight"] > 0).all()
    assert table.groupby("user")["weight"].sum().to_numpy() == pytest.approx(np.ones(30), abs=1e-5)
    main = table.sort_values("weight").groupby("user").tail(1).set_index("user")["topic"]
    assert main["t00"] != main["w00"]
    assert main.groupby(main.index.str[0]).nunique().tolist() == [1, 1]
    assert csv["weight"].to_numpy() == pytest.approx(table["weight"].to_numpy(), abs=1e-6)


def test_the_default_is_lowered_to_the_data_and_what_is_asked_is_not(
    run: Run, shop: tuple[Path, Path], tmp_path: Path
) -> None:
    """8 words are in three things or more and in half of them at most."""
    assert len(written(run, tmp_path, *asked(shop, "topics"))["topics"]) == 8
    ended = run(*asked(shop, "topics", "--k", 12))
    assert ended.code == 2
    assert "12 topics can't be learnt from 8 words" in ended.err


def test_topics_of_what_is_taken_together(run: Run, shop: tuple[Path, Path], tmp_path: Path) -> None:
    """The last thing of each is held out; names are titles where things have one."""
    found = written(run, tmp_path, *asked(shop, "topics", "--documents", "items", "--k", 2))
    assert found["kind"] == "items"
    words = [{word["word"] for word in one["words"]} for one in found["topics"]]
    assert set.union(*words) <= set(SAID)
    titled = tmp_path / "titled.csv"
    pd.DataFrame({"item": [*SAID], "title": [f"The {item}" for item in SAID]}).to_csv(titled, index=False)
    found = written(run, tmp_path, *asked((shop[0], titled), "topics", "--documents", "items", "--k", 2))
    assert found["topics"][0]["name"].startswith("The ")


def test_the_same_seed_gives_the_same_topics(run: Run, shop: tuple[Path, Path], tmp_path: Path) -> None:
    one, same = (written(run, tmp_path, *asked(shop, "topics", "--k", 3, "--seed", 7)) for _ in range(2))
    assert one == same


def test_segments(run: Run, shop: tuple[Path, Path], tmp_path: Path) -> None:
    found = written(run, tmp_path, *asked(shop, "segments", "--method", "kmeans", "--k", 2))
    assert list(found) == [
        "schema", "by", "method", "segments", "silhouette", "stability", "trustworthiness",
    ]  # fmt: skip
    assert (found["schema"], found["by"], found["method"]) == (1, "interactions", "kmeans")
    assert [(one["id"], one["size"]) for one in found["segments"]] == [(0, 20), (1, 10)]
    assert "tea" in found["segments"][0]["words"]
    assert "wool" in found["segments"][1]["words"]
    for one in found["segments"]:
        assert one["name"] == ", ".join(one["words"][:3])
    assert found["silhouette"] == pytest.approx(1)
    assert found["stability"] == 1


def test_places_of_people(run: Run, shop: tuple[Path, Path], tmp_path: Path) -> None:
    given = asked(shop, "segments", "--method", "kmeans", "--k", 2)
    for ending in ("csv", "parquet"):
        assert run(*given, "--out", tmp_path / f"s.{ending}").code == 0
    table, csv = pd.read_parquet(tmp_path / "s.parquet"), pd.read_csv(tmp_path / "s.csv")
    assert list(table.columns) == list(csv.columns) == ["user", "segment", "x", "y"]
    assert table.set_index("user")["segment"].groupby(lambda user: user[0]).unique().tolist() == [[0], [1]]
    assert np.isfinite(table[["x", "y"]].to_numpy()).all()


def test_a_segment_of_few_shows_its_size_only(run: Run, tmp_path: Path, shop: tuple[Path, Path]) -> None:
    rows = [f"few{person},hat,{at}\nfew{person},sock,{at + 1}\n" for at, person in enumerate(range(4))]
    log = tmp_path / "few.csv"
    kept = [line for line in shop[0].read_text().splitlines(keepends=True) if not line.startswith("w")]
    log.write_text("".join(kept) + "".join(rows))
    found = written(run, tmp_path, *asked((log, shop[1]), "segments", "--method", "kmeans", "--k", 2))
    assert found["segments"][1] == {"id": 1, "name": "", "size": 4, "words": []}
    assert found["segments"][0]["words"]


def test_what_is_not_known_is_null(run: Run, tmp_path: Path) -> None:
    """Three people: too few for a segment, or to say how well any of it holds."""
    log = tmp_path / "three.csv"
    log.write_text("user,item,timestamp\n" + "".join(f"{u},{i},{i}\n" for u in "abc" for i in (1, 2, 3)))
    found = written(run, tmp_path, "segments", "--data", log)
    assert found["segments"] == []
    assert [found[name] for name in ("silhouette", "stability", "trustworthiness")] == [None] * 3


def test_both_show_a_table(run: Run, shop: tuple[Path, Path]) -> None:
    said = run(*asked(shop, "topics", "--k", 2)).out
    assert said.startswith("2 topics; coherence (NPMI)")
    assert "tea" in said
    said = run(*asked(shop, "segments", "--method", "kmeans", "--k", 2, "--encoder", "topics")).out
    assert "2 segments by topics (kmeans)" in said


@pytest.mark.parametrize(
    ("command", "given", "said"),
    [
        ("topics", ["--documents", "texts"], "There is no kind of documents named 'texts'"),
        ("topics", ["--k", "1"], "--k"),
        ("topics", ["--k", "101"], "--k"),
        ("topics", ["--out", "x.html"], ".html"),
        ("topics", ["--data", "nowhere"], "nowhere"),
        (
            "segments",
            ["--encoder", "berd"],
            "There is no encoder named 'berd'. Expected: one of interactions, topics",
        ),
        ("segments", ["--encoder", "word2vec(size=0)"], "size"),
        ("segments", ["--encoder", "("], "can't be read"),
        ("segments", ["--encoder", "picture"], "picture"),
        (
            "segments",
            ["--method", "dbscan"],
            "There is no method named 'dbscan'. Expected: one of hdbscan, kmeans",
        ),
        ("segments", ["--method", "kmeans", "--k", "31"], "31 clusters can't be made of 30 points"),
        ("segments", ["--k", "1"], "--k"),
        ("segments", ["--size", "-1"], "--size"),
        ("segments", ["--out", "x.html"], ".html"),
    ],
)
def test_bad_input_ends_with_2_and_a_reason(
    command: str, given: list[str], said: str, run: Run, shop: tuple[Path, Path]
) -> None:
    ended = run(*asked(shop, command, *given))
    assert ended.code == 2
    assert said in ended.err


def test_items_that_say_nothing_have_no_topics_of_text(run: Run, log_file: Path) -> None:
    ended = run("topics", "--data", log_file, "--documents", "text")
    assert ended.code == 2
    assert "--items" in ended.err
    assert run("topics", "--data", log_file).code == 0
