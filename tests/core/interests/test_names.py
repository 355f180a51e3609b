"""Names of topics: found again by their words, whatever number or order topics come in."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.data.load import Source, mark
from core.evaluation.erasing import forget_data
from core.interests import names
from core.interests.topics import Topics
from core.work.desk import Desk
from core.work.errors import BadInput
from core.work.settings import settings
from tests.core.interests.known_for_tests import ids, topics_of

TEA, WOOL, MIXED = (0.7, 0.3, 0, 0), (0, 0, 0.6, 0.4), (0.4, 0.2, 0.2, 0.2)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of this test's own."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture
def log(tmp_path: Path) -> Source:
    return source(tmp_path, "log")


def source(folder: Path, name: str) -> Source:
    (folder / name).mkdir()  # a folder of its own, so that two have no mark in common
    (folder / name / "log.csv").write_text("user,item\nann,tea\n")
    return Source(data=str(folder / name / "log.csv"))


def found(*rows: object, **changed: object) -> Topics:
    return topics_of([*rows], **changed)


def test_a_name_is_that_of_its_topic(log: Source, home: Path) -> None:
    topics = found(TEA, WOOL)
    made = names.keep("  Warm   drinks ", "shop", log, topics, 0)
    assert names.names("shop", topics) == {0: "Warm drinks"}
    assert made.words == pytest.approx({"w000": 0.7, "w001": 0.3})
    assert made.marks == tuple(sorted(log.lineage))
    assert json.loads((home / "topic_names.json").read_text("utf-8"))[0]["name"] == "Warm drinks"
    assert names.names("news", topics) == {}


def test_it_is_found_again_in_another_order_and_among_other_words(log: Source) -> None:
    names.keep("Tea", "shop", log, found(TEA, WOOL), 0)
    names.keep("Wool", "shop", log, found(TEA, WOOL), 1)
    later = found(
        (0, 0, 0, 0.5, 0.5), (0, 0.6, 0.4, 0, 0), words=np.array(["x", "w000", "w001", "w002", "w003"])
    )
    assert names.names("shop", later) == {0: "Wool", 1: "Tea"}


def test_a_topic_that_is_too_different_takes_none(log: Source) -> None:
    """The cosine of (.7, .3, 0, 0) and (.2, 0, .6, .2) is .28, that with (.5, .2, .2, .1) is .92."""
    names.keep("Tea", "shop", log, found(TEA), 0)
    assert names.names("shop", found((0.2, 0, 0.6, 0.2))) == {}
    assert names.names("shop", found((0.5, 0.2, 0.2, 0.1))) == {0: "Tea"}


def test_each_name_goes_to_one_topic_and_each_topic_takes_one(log: Source) -> None:
    """Both names are like the mixed topic, tea more so; wool is left with nothing."""
    names.keep("Wool", "shop", log, found(TEA, (0.3, 0, 0.4, 0.3)), 1)
    names.keep("Tea", "shop", log, found(TEA, WOOL), 0)
    assert names.names("shop", found(MIXED)) == {0: "Tea"}
    assert names.names("shop", found((0.6, 0.4, 0, 0), TEA)) == {1: "Tea"}


def test_another_name_takes_the_place_of_that_of_the_same_topic_only(log: Source) -> None:
    topics = found(TEA, WOOL)
    names.keep("Tea", "shop", log, topics, 0)
    names.keep("Tea time", "shop", log, topics, 0)
    assert names.names("shop", topics) == {0: "Tea time"}
    names.keep("Everything", "shop", log, found(MIXED), 0)  # one topic, that had been called Tea time
    assert names.names("shop", found(MIXED)) == {0: "Everything"}
    assert names.names("shop", topics) == {0: "Tea time"}


def test_a_name_is_let_go_where_it_is_shown(log: Source) -> None:
    topics = found(TEA, WOOL)
    names.keep("Tea", "shop", log, topics, 0)
    names.drop("shop", topics, 1)
    assert names.names("shop", topics) == {0: "Tea"}
    names.drop("shop", topics, 0)
    assert names.names("shop", topics) == {}


def test_topics_of_another_kind_are_other_topics(log: Source) -> None:
    names.keep("Tea", "shop", log, found(TEA), 0)
    assert names.names("shop", found(TEA, kind="items")) == {}


def test_only_the_likeliest_words_are_kept(log: Source) -> None:
    wide = np.linspace(1, 2, 60) / np.linspace(1, 2, 60).sum()
    topics = topics_of([wide, wide[::-1]])
    assert sorted(names.keep("Wide", "shop", log, topics, 0).words) == ids("w", 60)[-20:].tolist()
    assert names.names("shop", topics) == {0: "Wide"}  # whatever share of all they are


@pytest.mark.parametrize("name", ["", " \n ", "a\x00b"])
def test_a_name_is_needed(name: str, log: Source) -> None:
    with pytest.raises(BadInput, match="needs a name"):
        names.keep(name, "shop", log, found(TEA), 0)


def test_a_long_name_is_cut_and_many_let_the_oldest_go(log: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(names.keep("x" * 999, "shop", log, found(TEA), 0).name) == names.LONGEST
    monkeypatch.setattr(names, "MOST", 2)
    for data in ("a", "b", "c"):
        names.keep("tea", data, log, found(TEA), 0)
    assert [bool(names.names(data, found(TEA))) for data in ("shop", "a", "b", "c")] == [
        False,
        False,
        True,
        True,
    ]


def test_data_that_is_forgotten_takes_its_names_with_it(log: Source, tmp_path: Path, desk: Desk) -> None:
    other = source(tmp_path, "other")
    names.keep("Tea", "shop", log, found(TEA), 0)
    names.keep("Tea", "news", other, found(TEA), 0)
    assert names.forget({mark(Path(other.data))}) == 1
    assert forget_data(desk, log.data).topic_names == 1
    assert (names.names("shop", found(TEA)), names.names("news", found(TEA))) == ({}, {})


@pytest.mark.parametrize("content", ["", "[1]", '[{"name": "x"}]', '[{"words": []}]', "null"])
def test_a_damaged_file_holds_nothing_and_is_written_anew(content: str, log: Source, home: Path) -> None:
    home.mkdir()
    (home / "topic_names.json").write_text(content)
    assert names.names("shop", found(TEA)) == {}
    names.keep("Tea", "shop", log, found(TEA), 0)
    assert names.names("shop", found(TEA)) == {0: "Tea"}
    assert stat.S_IMODE((home / "topic_names.json").stat().st_mode) == 0o600
