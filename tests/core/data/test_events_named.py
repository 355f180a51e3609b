"""What events mean: proposed, said, never dropped in silence; and what follows from it."""

from pathlib import Path

import pandas as pd
import pytest

from core.data.dataset import Dataset
from core.data.events_named import MEANINGS, events_of, meant
from core.data.load import Source, load
from core.data.positive import positives
from core.data.preview import event_example, preview
from core.work.errors import BadInput
from tests.making import log

KINDED = ("user", "item", "timestamp", "kind")
ROWS = (
    "ann tea 1574603000 pv",
    "ann tea 1574603010 buy",
    "ann jam 1574603020 wink",
    "bo tea 1574603030 pv",
)


def read(folder: Path, *rows: str, events: str = "") -> Dataset:
    log(*rows, columns=KINDED).to_csv(folder / "log.csv", index=False)
    return load(Source(data=str(folder / "log.csv"), events=events))


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("pv", "view"),
        ("addToCart", "cart"),
        ("add-to-cart", "cart"),
        ("transaction", "purchase"),
        ("下单", "purchase"),
        ("曝光", "impression"),
        ("不感兴趣", "negative"),
        ("wink", ""),
    ],
)
def test_usual_names_are_proposed(name: str, meaning: str) -> None:
    assert meant(name) == meaning


def test_what_is_not_known_is_kept_and_reported(tmp_path: Path) -> None:
    dataset = read(tmp_path, *ROWS)
    assert dataset.interactions["kind"].astype("str").value_counts().to_dict() == {
        "view": 2,
        "purchase": 1,
        "wink": 1,
    }
    (did,) = dataset.origin.cleaning
    assert (did.step, did.count, did.examples) == ("events without a meaning", 1, ("wink: 1 rows",))
    assert [(one.name, one.meaning, one.rows, one.said) for one in dataset.origin.events] == [
        ("pv", "view", 2, False),
        ("buy", "purchase", 1, False),
        ("wink", "", 1, False),
    ]


def test_what_is_said_wins(tmp_path: Path) -> None:
    dataset = read(tmp_path, *ROWS, events="pv=click,wink=negative")
    assert set(dataset.interactions["kind"]) == {"click", "purchase", "negative"}
    assert dataset.origin.positive == "kind != negative"
    assert positives(dataset.origin.positive, dataset.interactions).sum() == 3


def test_impressions_become_a_table_with_what_followed(tmp_path: Path) -> None:
    """A click counts for the last time that the item was shown to the person before it, within a day."""
    dataset = read(
        tmp_path,
        "ann tea 1574600000 show",
        "ann tea 1574601000 show",
        "ann tea 1574602000 click",
        "ann jam 1574603000 show",
        "ann jam 1574800000 click",
        "bo tea 1574603000 show",
        "bo tea 1574603100 buy",
        "cid tea 1574600000 show",
    )
    shown = dataset.impressions.sort_values(["user", "timestamp"])
    assert len(dataset.interactions) == 3
    assert shown["clicked"].tolist() == [False, True, False, True, False]
    assert shown["purchased"].tolist() == [False, False, False, True, False]
    assert dataset.counts["users"] == 3
    assert [did.step for did in dataset.origin.cleaning] == ["impressions"]


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ("pv", "says no meaning"),
        ("pv=look", "no meaning of an event named 'look'"),
        ("pv=view,pv=click", "given twice"),
        ("nod=view", "No row has the event 'nod'. Expected: one of 'pv', 'buy', 'wink'"),
    ],
)
def test_events_that_do_not_fit(events: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=message):
        read(tmp_path, *ROWS, events=events)


def test_events_of_a_log_without_names(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item\na,1\nb,2\n")
    with pytest.raises(BadInput, match="the data names none"):
        load(Source(data=str(tmp_path / "log.csv"), events="pv=view"))


def test_every_meaning_can_be_said() -> None:
    said = events_of(",".join(f"e{at}={meaning}" for at, meaning in enumerate(MEANINGS)))
    assert [said.meaning(f"e{at}") for at in range(len(MEANINGS))] == list(MEANINGS)
    assert events_of(said.spec) == said


def test_an_example_shows_one_person_with_every_kind() -> None:
    rows = event_example(log(*ROWS, columns=KINDED), events_of("wink=negative"), "kind in (purchase)")
    assert [(row.event, row.meaning, row.counts) for row in rows] == [
        ("pv", "view", "signal"),
        ("buy", "purchase", "positive"),
        ("wink", "negative", "negative"),
    ]
    assert rows[0].time == "2019-11-24 13:43"


def test_a_preview_has_the_names_and_the_example(tmp_path: Path) -> None:
    log(*ROWS, columns=KINDED).to_csv(tmp_path / "log.csv", index=False)
    found = preview(Source(data=str(tmp_path / "log.csv"), events="buy=cart"))
    assert [(one.name, one.meaning, one.said) for one in found.events] == [
        ("pv", "view", False),
        ("buy", "cart", True),
        ("wink", "", False),
    ]
    assert [row.item for row in found.person] == ["tea", "tea", "jam"]
    assert preview(Source(data=str(tmp_path / "log.csv"), events="nod=cart")).problem


def test_an_empty_log_has_no_example() -> None:
    assert event_example(pd.DataFrame({"user": [], "item": []}), events_of("")) == ()
