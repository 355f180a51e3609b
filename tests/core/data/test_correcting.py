"""Corrections of how a source is read, and that what is written is read back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.correcting import with_cleaner, with_meaning, with_role
from core.data.events_named import MEANINGS, Events, events_of
from core.data.load import Source, load
from core.data.mapping import Guess, Mapping, mapping_of
from core.data.preview import preview

GUESSES = [Guess("when", "timestamp", 0.95, ()), Guess("who", "user", 0.5, ()), Guess("note", "", 0.0, ())]
ODD = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=' ",='), min_size=1).map(
    str.strip
)


@pytest.mark.parametrize(
    ("column", "role", "spec"),
    [
        ("note", "item", "user=who,item=note"),  # nobody held it
        ("note", "user", "user=note"),  # who held it holds nothing
        ("when", "user", "user=when,timestamp=who"),  # the two change places
        ("who", "", "user="),  # taken for nothing from now on
        ("who", "user", "user=who"),  # said, what was guessed
    ],
)
def test_a_column_gets_another_role(column: str, role: str, spec: str) -> None:
    assert with_role(Source(data="x.csv"), GUESSES, column, role).columns == spec


def test_an_earlier_correction_stays() -> None:
    source = Source(data="x.csv", columns="item=sku")
    assert with_role(source, GUESSES, "note", "value").columns == "user=who,item=sku,value=note"


def test_what_was_told_by_content_stays_when_ids_are_corrected(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text(
        "ref,who,wann,was\n"
        + "".join(
            f"g{at % 20},p{at % 31},2024-01-{1 + at % 9:02},{'pv' if at % 2 else 'buy'}\n" for at in range(99)
        )
    )
    source = Source(data=str(file))
    changed = with_role(source, preview(source).columns, "ref", "item")
    roles = [one.role for one in preview(changed).columns]
    assert roles == ["item", "user", "timestamp", "kind"]


def test_corrected_columns_are_read(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("ref a,ref b\n" + "".join(f"g{at % 4},p{at % 3}\n" for at in range(12)))
    source = Source(data=str(file))
    seen = preview(source)
    changed = with_role(source, seen.columns, "ref a", "item")
    changed = with_role(changed, preview(changed).columns, "ref b", "user")
    assert sorted(load(changed).user_ids) == ["p0", "p1", "p2"]


def test_columns_of_a_file_without_a_header_are_corrected(tmp_path: Path) -> None:
    file = tmp_path / "bare.csv"
    file.write_text("".join(f"{100 + at % 7},{5000 + at % 9},{1 + at % 5}\n" for at in range(63)))
    source = Source(data=str(file))
    columns = [one.column for one in preview(source).columns]
    assert columns == ["column 1", "column 2", "column 3"]
    changed = with_role(source, preview(source).columns, "column 2", "user")
    assert len(load(changed).user_ids) == 9


def test_a_meaning_is_said_and_taken_back() -> None:
    said = with_meaning(Source(data="x.csv"), "wink, twice", "click")
    assert events_of(said.events).said == (("wink, twice", "click"),)
    assert with_meaning(said, "wink, twice", "").events == ""
    assert with_meaning(Source(data="x.csv"), "buy", "purchase").events == ""  # usual: nothing to say


def test_a_step_of_cleaning_is_switched() -> None:
    off = with_cleaner(Source(data="x.csv"), "duplicates", on=False)
    assert off.off == "duplicates"
    assert with_cleaner(with_cleaner(off, "ids", on=False), "duplicates", on=True).off == "ids"


@given(ODD.filter(bool), ODD.filter(bool))
def test_columns_that_are_written_are_read_back(user: str, item: str) -> None:
    whole = [name.startswith('"') and name.endswith('"') for name in (user, item)]
    mapping = Mapping((("user", user), ("item", item), ("value", "")))
    if not any(whole):
        assert mapping_of(mapping.spec) == mapping


@given(st.dictionaries(ODD.filter(bool), st.sampled_from(MEANINGS), max_size=3))
def test_events_that_are_written_are_read_back(said: dict[str, str]) -> None:
    events = Events(tuple(said.items()))
    assert events_of(events.spec) == events
