"""Saved segments: kept under a name, replaced, let go, and readable by the owner only."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.data.load import Source, mark
from core.interests import saved
from core.work.errors import BadInput
from core.work.settings import settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of this test's own."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture
def log(tmp_path: Path) -> Source:
    return source(tmp_path, "log.csv")


def source(folder: Path, name: str) -> Source:
    (folder / name).mkdir()  # a folder of its own, so that two have no mark in common
    (folder / name / "log.csv").write_text("user,item\nann,tea\n")
    return Source(data=str(folder / name / "log.csv"))


def names(data: str = "shop") -> list[str]:
    return [one.name for one in saved.segments(data)]


def test_what_is_saved_is_there_again(log: Source, home: Path) -> None:
    made = saved.save("  Tea   drinkers ", "shop", log, "lasso", ["bo", "ann"])
    assert saved.segment("shop", "Tea drinkers") == made
    assert (made.users, made.how, made.data) == (("ann", "bo"), "lasso", "shop")
    assert made.marks == tuple(sorted(log.lineage))
    assert json.loads((home / "segments.json").read_text("utf-8"))[0]["name"] == "Tea drinkers"


def test_segments_are_those_of_a_data_set_by_name(log: Source) -> None:
    for name, data in (("b", "shop"), ("A", "shop"), ("c", "news")):
        saved.save(name, data, log, "", ["ann"])
    assert (names(), names("news"), names("else")) == (["A", "b"], ["c"], [])


def test_the_same_name_is_replaced_in_that_data_set_only(log: Source) -> None:
    saved.save("tea", "shop", log, "lasso", ["ann"])
    saved.save("tea", "news", log, "lasso", ["cy"])
    saved.save("tea", "shop", log, "column", ["bo"])
    assert saved.segment("shop", "tea").users == ("bo",)
    assert saved.segment("news", "tea").users == ("cy",)


def test_one_is_removed_and_others_stay(log: Source) -> None:
    saved.save("tea", "shop", log, "", ["ann"])
    saved.save("wool", "shop", log, "", ["ann"])
    saved.remove("shop", "tea")
    saved.remove("shop", "nothing")
    assert names() == ["wool"]
    with pytest.raises(BadInput, match=r"no segment named 'tea'.*one of wool"):
        saved.segment("shop", "tea")


def test_data_that_is_forgotten_takes_its_segments_with_it(log: Source, tmp_path: Path) -> None:
    other = source(tmp_path, "other")
    saved.save("tea", "shop", log, "", ["ann"])
    saved.save("wool", "shop", other, "", ["ann"])
    assert saved.forget({mark(Path(log.data))}) == 1
    assert names() == ["wool"]
    assert saved.forget({mark(Path(log.data))}) == 0


def test_a_person_is_taken_out_of_every_segment_of_their_data(log: Source, tmp_path: Path) -> None:
    other = source(tmp_path, "other")
    saved.save("both", "shop", log, "", ["ann", "bo"])
    saved.save("alone", "shop", log, "", ["ann"])
    saved.save("elsewhere", "news", other, "", ["ann", "cy"])
    saved.leave_out(["ann"], set(log.lineage))
    assert saved.segment("shop", "both").users == ("bo",)
    assert names() == ["both"]  # nobody is left of the other
    assert saved.segment("news", "elsewhere").users == ("ann", "cy")
    saved.leave_out(["ann"], None)
    assert saved.segment("news", "elsewhere").users == ("cy",)


def test_only_the_owner_reads_the_file(log: Source, home: Path) -> None:
    saved.save("tea", "shop", log, "", ["ann"])
    saved.save("wool", "shop", log, "", ["ann"])
    assert stat.S_IMODE((home / "segments.json").stat().st_mode) == 0o600
    assert [file.name for file in home.iterdir()] == ["segments.json"]


@pytest.mark.parametrize(("name", "users"), [("", ["ann"]), (" \n ", ["ann"]), ("tea", [])])
def test_a_name_and_people_are_needed(name: str, users: list[str], log: Source) -> None:
    with pytest.raises(BadInput, match="needs a name and people"):
        saved.save(name, "shop", log, "", users)


def test_a_long_name_is_cut_and_many_segments_let_the_oldest_go(
    log: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(saved.save("x" * 999, "shop", log, "", ["ann"]).name) == saved.LONGEST
    monkeypatch.setattr(saved, "MOST", 2)
    for name in "abc":
        saved.save(name, "shop", log, "", ["ann"])
    assert names() == ["b", "c"]


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"name": "x"}]', "null"])
def test_a_damaged_file_holds_nothing_and_is_written_anew(content: str, log: Source, home: Path) -> None:
    home.mkdir()
    (home / "segments.json").write_text(content)
    assert names() == []
    saved.save("tea", "shop", log, "", ["ann"])
    assert names() == ["tea"]


def test_a_disk_that_can_not_be_written_is_said(
    log: Source, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.work.files.RealFiles.create", full)
    with pytest.raises(BadInput, match="No space left"):
        saved.save("tea", "shop", log, "", ["ann"])
