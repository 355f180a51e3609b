"""The shelf: keys instead of paths, kept over restarts, damaged files forgiven."""

from pathlib import Path

import pytest

from core.data.load import Source
from core.data.shelf import MOST, Shelf
from core.work.errors import BadInput


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "My Films (2).csv"
    found.write_text("user,item\nann,tea\nbob,rye\n")
    return found


def test_a_key_leads_back_to_its_source_also_after_a_restart(tmp_path: Path, file: Path) -> None:
    source = Source(data=str(file))
    key = Shelf(tmp_path / "shelf.json").put(source, "My Films (2)")
    assert key.startswith("my-films-2-")
    assert Shelf(tmp_path / "shelf.json").get(key) == source


@pytest.mark.parametrize("key", ["", "/etc/passwd", "../shop", "nothing-1234", "__class__", "x" * 5_000])
def test_any_other_text_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(BadInput):
        Shelf(tmp_path / "shelf.json").get(key)


def test_uploads_are_neither_listed_nor_kept(tmp_path: Path, file: Path) -> None:
    shelf = Shelf(tmp_path / "shelf.json")
    key = shelf.put(Source(data=str(file)), "films", passing=True)
    assert shelf.get(key).data == str(file)
    assert shelf.keys() == []
    with pytest.raises(BadInput):
        Shelf(tmp_path / "shelf.json").get(key)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"a": 1}', '{"a": {"no such": "field"}}', "\x00"])
def test_a_damaged_file_is_an_empty_shelf(tmp_path: Path, content: str) -> None:
    (tmp_path / "shelf.json").write_text(content)
    assert Shelf(tmp_path / "shelf.json").keys() == []


def test_the_oldest_go_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf.json")
    first = ""
    for at in range(MOST + 1):
        file = tmp_path / f"{at}.csv"
        file.write_text(f"user,item\nann,{at}\n")
        first = first or shelf.put(Source(data=str(file)), "data")
        shelf.put(Source(data=str(file)), "data")
    assert len(shelf.keys()) == MOST
    assert set(shelf.keys()).isdisjoint({first})
