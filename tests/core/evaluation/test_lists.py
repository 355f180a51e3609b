"""Ready-made lists: in the order of the test part, judged where they stand, and all that is odd said."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.evaluation.lists import Lists
from core.evaluation.ready import OUTSIDE, ready_made
from core.work.errors import BadInput
from core.work.sheets import csv_text
from tests.making import test_of

ITEMS = np.array(["bun", "jam", "pie", "tea"], dtype=object)
TEST = test_of([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]])  # u00, u01, u02


def read(folder: Path, content: str, k: int = 3) -> tuple[Lists, dict[str, int]]:
    path = folder / "lists.csv"
    path.write_text(content)
    made, did = ready_made(path, TEST, ITEMS, k, seed=0)
    return made, {one.step: one.count for one in did}


def test_by_rank(tmp_path: Path) -> None:
    made, did = read(tmp_path, "user,item,rank\nu01,tea,2\nu01,jam,1\nu00,bun,1\n")
    assert made.ranked.items.tolist() == [[0, -1], [1, 3], [-1, -1]]
    assert did == {"people without a list": 1}


@pytest.mark.parametrize("column", ["score", "rating"])
def test_by_score_the_highest_first(column: str, tmp_path: Path) -> None:
    made, _ = read(tmp_path, f"user,item,{column}\nu00,bun,.1\nu00,tea,.9\n")
    assert made.ranked.items[0].tolist() == [3, 0]


def test_the_rank_wins_over_the_score(tmp_path: Path) -> None:
    made, _ = read(tmp_path, "user,item,rank,score\nu00,bun,1,.1\nu00,tea,2,.9\n")
    assert made.ranked.items[0].tolist() == [0, 3]


def test_lists_are_cut(tmp_path: Path) -> None:
    rows = "".join(f"u00,{item},{at}\n" for at, item in enumerate(["tea", "jam", "pie", "bun"]))
    made, _ = read(tmp_path, "user,item,rank\n" + rows, k=2)
    assert made.ranked.items[0].tolist() == [3, 1]


ODD = np.array(sorted(["'=jam", "=jam", "-5", "+tea", "@x", "'tea", "''pie"]), dtype=object)


def test_ids_of_our_own_export_are_found_again(tmp_path: Path) -> None:
    """An apostrophe before what looks like a formula is ours; others belong to the id."""
    rows = [("u00", item, at) for at, item in enumerate(ODD)]
    frame = pd.DataFrame(rows, columns=["user", "item", "rank"])
    (tmp_path / "lists.csv").write_text(csv_text(frame))
    frame.to_parquet(tmp_path / "lists.parquet", index=False)
    frame.to_json(tmp_path / "lists.jsonl", orient="records", lines=True)
    test = test_of([[1] + [0] * 6, [0] * 6 + [1]])
    for file in ("lists.csv", "lists.parquet", "lists.jsonl"):
        made, did = ready_made(tmp_path / file, test, ODD, 10, seed=0)
        assert made.ranked.items[0].tolist() == list(range(7)), file
        assert {one.step for one in did} == {"people without a list"}


def test_ids_of_others_are_taken_as_they_stand_where_they_are_known_so(tmp_path: Path) -> None:
    (tmp_path / "lists.csv").write_text("user,item,rank\nu00,'=jam,1\nu00,=jam,2\nu00,'+tea,3\n")
    known = np.array(["'=jam", "+tea"], dtype=object)
    made, _ = ready_made(tmp_path / "lists.csv", test_of([[1, 0], [0, 1]]), known, 3, seed=0)
    assert made.ranked.items[0].tolist() == [0, OUTSIDE, 1]


def test_what_is_odd_is_said(tmp_path: Path) -> None:
    made, did = read(
        tmp_path, "user,item,rank\nu00,moon,1\nu00,tea,2\nu00,tea,3\nu00,jam,4\nzoe,tea,1\nu01,jam,1\n"
    )
    assert made.ranked.items[0].tolist() == [OUTSIDE, 3, 1]  # the unknown item keeps its place
    assert did == {
        "items twice in a list": 1,
        "recommended items outside the catalogue": 1,
        "people without a list": 1,
        "rows of people who are not in the test part": 1,
    }


def test_equal_scores_are_ordered_by_hash_not_by_row(tmp_path: Path) -> None:
    there, _ = read(tmp_path, "user,item,score\nu00,tea,1\nu00,jam,1\nu00,pie,1\n")
    back, _ = read(tmp_path, "user,item,score\nu00,pie,1\nu00,jam,1\nu00,tea,1\n")
    assert np.array_equal(there.ranked.items, back.ranked.items)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("user,item\nu00,tea\n", "no rank or score column"),
        ("user,rank\nu00,1\n", "no item column"),
        ("user,item,rank\nu00,tea,first\n", r"row 1, column 'rank': not a finite number"),
        ("user,item,rank\nu00,tea,1\nu00,jam,\n", r"row 2, column 'rank'"),
        ("user,item,score\nu00,tea,inf\n", r"row 1, column 'score'"),
        ("", "is empty"),
    ],
)
def test_a_file_that_is_no_lists(content: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=message):
        read(tmp_path, content)
