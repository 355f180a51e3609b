"""Each step of cleaning says what it did, with examples, and can be switched off."""

from pathlib import Path

import pandas as pd
import pytest

from core.data.cleaners import CLEANERS
from core.data.cleaning import clean, steps_off
from core.data.dataset import Dataset, Origin
from core.data.load import Source, load
from core.data.readers.base import Raw
from core.work.errors import BadInput
from tests.making import log

COLUMNS = ("user", "item", "timestamp", "value")
# Step → a row that it changes, on top of two rows that no step touches.
TOUCHED = {
    "ids": "\u00a0bo pie 1574603030 5",
    "times": "bo pie 1574603030000 5",
    "values": "bo pie 1574603030 inf",
    "duplicates": "bo jam 1574603010 4",
}


def cleaned(row: str, *off: str) -> Dataset:
    frame = log("ann tea 1574603000 5", "bo jam 1574603010 4", columns=COLUMNS)
    more = pd.DataFrame([row.split(" ")], columns=list(COLUMNS), dtype="str")
    raw = Raw("made", Origin("made", "none"), {"interactions": pd.concat([frame, more], ignore_index=True)})
    return clean(raw, off)


@pytest.mark.parametrize("step", TOUCHED)
def test_a_step_can_be_switched_off(step: str) -> None:
    on, off = cleaned(TOUCHED[step]), cleaned(TOUCHED[step], step)
    assert on.fingerprint != off.fingerprint
    assert (on.origin.off, off.origin.off) == ((), (step,))


@pytest.mark.parametrize("step", ["ids", "values", "duplicates"])
def test_a_step_says_what_it_did(step: str) -> None:
    (did,) = cleaned(TOUCHED[step]).origin.cleaning
    assert (did.cleaner, did.count, len(did.examples)) == (step, 1, 1)
    assert cleaned(TOUCHED[step], step).origin.cleaning == ()


def test_ids_as_they_are_written() -> None:
    assert cleaned(TOUCHED["ids"]).user_ids.tolist() == ["ann", "bo"]
    assert cleaned(TOUCHED["ids"], "ids").user_ids.tolist() == ["ann", "bo", "\u00a0bo"]


def test_numbers_are_seconds_where_times_are_off() -> None:
    assert cleaned(TOUCHED["times"]).interactions["timestamp"].max().year == 2019
    assert cleaned(TOUCHED["times"], "times").interactions["timestamp"].isna().sum() == 1


def test_a_row_with_an_impossible_rating_stays_without_it() -> None:
    kept = cleaned(TOUCHED["values"], "values").interactions
    assert (len(kept), kept["value"].isna().sum()) == (3, 1)


def test_text_is_tidied_and_prices_below_zero_are_emptied(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item\na,1\nb,2\n")
    (tmp_path / "items.csv").write_text("item,title,price\n1, Cafe\u0301\x07 ,-3\n2,Tea,4\n", "utf-8")
    source = Source(data=str(tmp_path / "log.csv"), items=str(tmp_path / "items.csv"))
    dataset = load(source)
    assert dataset.items["title"].to_dict() == {"1": "Café", "2": "Tea"}
    assert dataset.items["price"].isna().tolist() == [True, False]
    assert {(did.cleaner, did.step, did.count) for did in dataset.origin.cleaning} == {
        ("values", "items: impossible prices", 1),
        ("text", "items: title in another form", 1),
    }
    as_it_is = load(Source(**{**vars(source), "off": "text,values"}))
    assert as_it_is.items["price"].tolist() == [-3, 4]
    assert as_it_is.items.loc["1", "title"] != "Café"


def test_a_step_that_there_is_not() -> None:
    with pytest.raises(BadInput, match="no step of cleaning named 'dups'"):
        steps_off("dups")
    assert set(TOUCHED) | {"text"} == set(CLEANERS)
