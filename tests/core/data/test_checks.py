"""Checks of a data set: a verdict, a count and examples for each."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from core.data.checks import DataCheck, data_checks
from core.data.cleaning import clean
from core.data.dataset import Dataset, Origin
from core.data.load import Source, load
from core.data.readers.base import Raw
from tests.making import dataset, log, random_log

NOW = datetime(2020, 1, 1, tzinfo=UTC)


def check(name: str, data: Dataset) -> DataCheck:
    (found,) = [one for one in data_checks(data, NOW) if one.check == name]
    return found


def test_a_good_log_has_no_warning() -> None:
    items = pd.DataFrame({"item": [f"i{at:03}" for at in range(20)], "title": [f"T{at}" for at in range(20)]})
    found = data_checks(dataset(random_log(each=10), items=items), NOW)
    assert {one.verdict for one in found} == {"ok"}
    assert len(found) == 10


def test_what_could_not_be_read_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text('user,item,title\na,x,"tea\nb,y,jam\nb,x\nc,y,5" wide\n')
    data = load(Source(data=str(tmp_path / "log.csv")))
    rows, quotes = check("unreadable rows", data), check("open quotes", data)
    assert (rows.verdict, rows.count, rows.examples) == ("warning", 1, ("line 4: 2 fields: b,x",))
    assert (quotes.verdict, quotes.count) == ("warning", 1)
    (tmp_path / "log.csv").write_bytes("user,item\nann,caf\xe9\nbo,th\xe9\n".encode("latin-1"))
    found = check("encoding", load(Source(data=str(tmp_path / "log.csv"))))
    assert (found.verdict, found.count, found.examples) == ("note", 1, ("ann,café",))


def test_duplicates() -> None:
    raw = Raw("made", Origin("made", "none"), {"interactions": log("a x 1", "a x 1", "b y 2")})
    assert (check("duplicates", clean(raw)).verdict, check("duplicates", clean(raw)).count) == ("note", 1)
    kept = check("duplicates", clean(raw, ["duplicates"]))
    assert (kept.verdict, kept.count, kept.examples) == ("warning", 1, ("user a, item x",))


def test_pairs_that_meet_again() -> None:
    found = check("repeated pairs", dataset(log("a x 1", "a x 2", "b y 2")))
    assert (found.verdict, found.count, found.examples) == ("note", 1, ("user a, item x",))


def test_future_times() -> None:
    found = check("future times", dataset(log("a x 1574603000", "b y 1893456000")))
    assert (found.verdict, found.count, found.examples) == ("warning", 1, ("2030-01-01 00:00",))
    without = check("future times", dataset(log("a x", "b y", columns=("user", "item"))))
    assert without.verdict == "note"


def test_items_without_details_and_the_reverse() -> None:
    data = dataset(log("a x 1", "b y 2"), items=pd.DataFrame({"item": ["x", "z"], "title": ["X", "Z"]}))
    missing, unused = check("items without details", data), check("items without interactions", data)
    assert (missing.verdict, missing.examples) == ("warning", ("y",))
    assert (unused.verdict, unused.examples) == ("note", ("z",))


def test_constant_columns() -> None:
    rated = log("a x 1", "b y 1", columns=("user", "item", "value"))
    items = pd.DataFrame({"item": ["x", "y"], "language": ["en", "en"]})
    found = check("constant columns", dataset(rated, items=items))
    assert found.examples == ("rating is always 1", "language of items is always 'en'")


def test_too_few_interactions() -> None:
    found = check("too few interactions of people", dataset(log("a x 1", "b y 2")))
    assert (found.verdict, found.count, found.examples) == ("warning", 2, ("a: 1", "b: 1"))


@pytest.mark.parametrize(
    ("times", "verdict"),
    [(["1574603000"] * 30, "warning"), ([str(1574603000 + at) for at in range(30)], "ok")],
)
def test_bots(times: list[str], verdict: str) -> None:
    rows = [f"bot i{at} {time}" for at, time in enumerate(times)]
    found = check("bot-like people", dataset(log(*rows, "ann tea 1574603000")))
    assert found.verdict == verdict
    assert ("bot: 30 interactions" in "".join(found.examples)) == (verdict == "warning")


def test_the_busiest_by_far_is_no_usual_person() -> None:
    rows = [f"robot i{at} -" for at in range(1_200)]
    people = [f"u{at} i1 -" for at in range(50)]
    found = check("bot-like people", dataset(log(*rows, *people)))
    assert found.count == 1


def test_impressions_alone_can_be_checked() -> None:
    shown = pd.DataFrame(
        {"slate": [1, 2], "user": ["a", "b"], "position": [1, 1], "item": ["x", "y"], "clicked": [1, 0]}
    )
    raw = Raw("made", Origin("made", "none"), {"impressions": shown})
    assert len(data_checks(clean(raw), NOW)) == 9
