"""Logs of what was shown: what is refused with its row, and what is left out and counted."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.data.load import Source, load
from core.work.errors import BadInput


def impressions(folder: Path, **changes: list[object]) -> None:
    """A folder of ours with a log of two impressions, changed."""
    columns: dict[str, object] = {
        "slate": [1, 1],
        "user": ["a", "b"],
        "timestamp": [1.7e9, 1.7e9],
        "position": [1, 2],
        "item": ["1", "2"],
        "price": [1.0, 1.0],
        "propensity": [0.5, 0.5],
        "policy": ["p", "p"],
        "clicked": [True, False],
        "purchased": [False, False],
    }
    pd.DataFrame(columns | changes).to_parquet(folder / "impressions.parquet", index=False)
    pd.DataFrame({"user": ["a", "b"], "item": ["1", "2"]}).to_parquet(
        folder / "interactions.parquet", index=False
    )
    (folder / "dataset.json").write_text(json.dumps({"schema": 1, "name": "Log"}))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"propensity": [0.0, 0.5]}, "row 1: propensity is 0.0"),
        ({"propensity": [0.5, 1.5]}, "row 2: propensity is 1.5"),
        ({"propensity": [np.inf, 0.5]}, "row 1: propensity is inf"),
        ({"slate_propensity": [0.1, 2.0]}, "row 2: slate_propensity is 2.0"),
        ({"position": [0, 1]}, "row 1: position is 0"),
        ({"position": [1.0, 2.5]}, "row 2: position is 2.5"),
        ({"position": [1.0, None]}, "row 2: position is nothing"),
        ({"slate": [1.0, None]}, "row 2: slate is nothing"),
        ({"slate": ["home", None]}, "row 2: slate is nothing"),
        ({"clicked": [1, -1]}, "row 2: clicked is -1"),
        ({"purchased": ["yes", "perhaps"]}, "row 2: purchased is perhaps"),
    ],
)
def test_an_impossible_log_is_refused(changes: dict[str, list[object]], message: str, tmp_path: Path) -> None:
    impressions(tmp_path, **changes)
    with pytest.raises(BadInput) as refused:
        load(Source(data=str(tmp_path)))
    assert refused.value.wrong == f"impressions.parquet, {message} (1 such rows)."


@pytest.mark.parametrize(
    "said", [["Yes", "no"], ["True", "FALSE"], ["1", "0"], [1.0, 0.0], [2, 0], [1, None]]
)
def test_clicks_may_be_said_in_words_or_numbers(said: list[object], tmp_path: Path) -> None:
    impressions(tmp_path, clicked=said)
    assert load(Source(data=str(tmp_path))).impressions["clicked"].tolist() == [True, False]


def test_pages_of_which_clicks_are_not_known_are_left_out_and_counted(tmp_path: Path) -> None:
    columns: dict[str, list[Any]] = {
        "slate": ["a", "a", "b", "b", "c", "c"],
        "position": [1, 2] * 3,
        "clicked": [1, 0, 1, None, 1, 0],
        "purchased": [0, None, 0, 0, None, 0],  # of what was not clicked it is known
    }
    other: dict[str, list[Any]] = {
        "user": list("abcabc"),
        "item": list("121212"),
        "timestamp": [1.7e9] * 6,
        "price": [1.0] * 6,
    }
    impressions(tmp_path, **columns, **other, propensity=[0.5] * 6, policy=["p"] * 6)
    found = load(Source(data=str(tmp_path)))
    assert len(found.impressions) == 2
    (did,) = (one for one in found.origin.cleaning if "not known" in one.step)
    assert (did.count, did.examples) == (2, ("row 4", "row 5"))


def test_a_missing_propensity_is_kept_as_missing(tmp_path: Path) -> None:
    impressions(tmp_path, propensity=[np.nan, 0.5])
    assert load(Source(data=str(tmp_path))).impressions["propensity"].isna().sum() == 1
