"""Pseudonyms and forgotten people: everywhere that a person's id can stand, before anything is kept."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.data import door, forgotten, pseudonyms
from core.data.cleaning import clean
from core.data.dataset import Dataset, Origin
from core.data.large.core import Minimum
from core.data.large.describe import describe
from core.data.load import Source, load, source_fingerprint
from core.data.readers.base import Raw
from core.evaluation.protocol import dataset_in_child
from core.work import isolated
from core.work.errors import BadInput
from core.work.report import silent
from core.work.settings import settings

KEY = "a key of the operator, 32 letters"
LOG = "user,item,rating\nann,tea,5\nbob,tea,4\nbob,jam,2\ncat,jam,3\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of this test's own, without a key."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def keyed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Turns the switch on with a key."""

    def turn(key: str = KEY) -> None:
        monkeypatch.setenv("TOUCHSTONE_PSEUDONYM_KEY", key)
        settings.cache_clear()

    return turn


def everything(friends: bool = False) -> Raw:
    """A raw data set with ann in every table."""
    tables = {
        "interactions": pd.DataFrame({"user": ["ann", " bob", "bob"], "item": ["bob", "ann", "cyd"]}),
        "items": pd.DataFrame({"item": ["ann", "bob", "cyd"], "title": ["A", "B", "C"]}),
        "users": pd.DataFrame({"user": ["ann", "bob"], "age": [30, 40]}),
        "searches": pd.DataFrame({"user": ["ann", "bob"], "query": ["x", "y"]}),
        "reviews": pd.DataFrame({"user": ["ann", "bob"], "item": ["bob", "cyd"], "text": ["x", "y"]}),
        "relations": pd.DataFrame(
            {"user": ["ann", "bob"], "other": ["bob", "cyd"], "kind": "friend", "value": 1}
        ),
        "impressions": pd.DataFrame(
            {
                "slate": [1, 2],
                "user": ["ann", "bob"],
                "position": [1, 1],
                "item": ["cyd", "cyd"],
                "propensity": 0.5,
            }
        ),
    }
    return Raw("made", Origin("made", "none", items_are_people=friends), tables)


def texts(dataset: Dataset) -> str:
    """Everything that a data set holds, as one text."""
    tables = [getattr(dataset, name).reset_index().to_csv() for name in everything().tables]
    return "".join(tables) + repr(dataset.origin)


def through(raw: Raw) -> Dataset:
    return clean(door.through(raw, [Path("/nowhere")]))


def test_without_a_key_and_a_list_the_tables_are_the_same_objects() -> None:
    raw = everything()
    assert door.through(raw, [Path("/nowhere")]) is raw
    assert door.state([Path("/nowhere")]) == ""


def test_with_a_key_no_table_and_no_record_has_an_id_of_a_person(keyed: Callable[..., None]) -> None:
    keyed()
    friends = through(everything(friends=True))
    assert not any(name in texts(friends) for name in ("ann", "bob", "cyd"))
    products = through(everything())
    assert list(products.items.index) == ["ann", "bob", "cyd"]


def test_a_person_has_one_pseudonym_in_all_tables_and_files(
    keyed: Callable[..., None], tmp_path: Path
) -> None:
    keyed()
    found = through(everything(friends=True))
    (tmp_path / "log.csv").write_text(LOG)
    other = load(Source(data=str(tmp_path / "log.csv")))
    (ann,) = pseudonyms.pseudonyms(["ann"], pseudonyms.key() or b"")
    assert ann in other.user_ids and ann in found.users.index and ann in found.items.index
    assert ann in set(found.relations["user"]) and ann in set(found.impressions["user"])


def test_pseudonyms_change_no_number(keyed: Callable[..., None], tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    plain = load(Source(data=str(tmp_path / "log.csv")))
    keyed()
    hidden = load(Source(data=str(tmp_path / "log.csv")))
    assert hidden.counts == plain.counts
    assert np.array_equal(np.sort(hidden.interactions["value"]), np.sort(plain.interactions["value"]))


def test_another_key_gives_other_pseudonyms_and_another_content(
    keyed: Callable[..., None], tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    source = Source(data=str(path))
    found = []
    for key in (None, KEY, KEY[::-1], KEY):
        if key:
            keyed(key)
        found.append((source_fingerprint(source), tuple(load(source).user_ids)))
    assert found[1] == found[3] and len(set(found)) == 3


def test_what_tells_keys_apart_does_not_give_them_away(keyed: Callable[..., None], tmp_path: Path) -> None:
    keyed()
    said = f"{door.state([tmp_path])}{pseudonyms.mark()}{settings()!r}{settings().model_dump_json()}"
    assert KEY not in said and (pseudonyms.key() or b"").hex() not in said


def test_a_short_key_is_refused_without_showing_it(keyed: Callable[..., None]) -> None:
    keyed("too short")
    with pytest.raises(BadInput) as refused:
        settings()
    assert "TOUCHSTONE_PSEUDONYM_KEY is wrong" in str(refused.value) and "too short" not in str(refused.value)


def test_examples_of_rows_that_a_reader_left_out_go_with_a_key(
    keyed: Callable[..., None], tmp_path: Path
) -> None:
    (tmp_path / "log.csv").write_text(LOG + "dan,tea\n")
    keyed()
    found = load(Source(data=str(tmp_path / "log.csv")))
    assert "dan" not in repr(found.origin) and "malformed rows" in {did.step for did in found.origin.cleaning}


def test_examples_of_rows_do_not_name_a_forgotten_person(tmp_path: Path) -> None:
    """Of rows that a reader left out it is not known whose they are."""
    text = LOG + "ann,tea\n"
    (tmp_path / "log.csv").write_bytes(text.encode() + "zo\xe9,tea,5,1\n".encode("latin-1"))
    assert "ann,tea" in repr(load(Source(data=str(tmp_path / "log.csv"))).origin)
    forgotten.add(["ann", "zo\xe9"], [tmp_path / "log.csv"])
    source = Source(data=str(tmp_path / "log.csv"))
    for found in (load(source).origin.cleaning, describe(source, "", Minimum(), silent).cleaning):
        assert {"malformed rows", "encoding"} <= {did.step for did in found}
        assert "ann" not in repr(found) and "zo" not in repr(found)


def test_a_child_that_reads_data_has_the_key_and_others_have_not(
    keyed: Callable[..., None], tmp_path: Path
) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    keyed()
    source = Source(data=str(tmp_path / "log.csv"))
    found = isolated.call(dataset_in_child, source, source_fingerprint(source), report=silent)
    assert found.fingerprint == load(source).fingerprint and "ann" not in texts(found)
    assert KEY not in str(isolated._environment(tmp_path))


def test_a_forgotten_person_is_left_out_of_every_table_the_next_time(tmp_path: Path) -> None:
    forgotten.add(["ann"], [tmp_path])
    raw = door.through(everything(friends=True), [tmp_path / "log.csv"])
    assert not any("ann" in frame.to_csv() for frame in raw.tables.values())
    assert len(raw.tables["relations"]) == 1 and len(raw.tables["interactions"]) == 1
    (did,) = raw.origin.cleaning
    assert (did.step, did.count, did.examples) == ("people forgotten", 1, ())


def test_a_person_is_left_out_of_the_place_that_was_named_only(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(LOG)
    a, b = (Source(data=str(tmp_path / name)) for name in ("a.csv", "b.csv"))
    before = source_fingerprint(a), source_fingerprint(b)
    forgotten.add(["ann"], a.paths)
    assert list(load(a).user_ids) == ["bob", "cat"] and list(load(b).user_ids) == ["ann", "bob", "cat"]
    assert source_fingerprint(a) != before[0] and source_fingerprint(b) == before[1]


def test_it_still_holds_when_the_file_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(LOG)
    forgotten.add(["ann"], [path])
    path.write_text(LOG + "ann,jam,1\ndan,tea,2\n")
    assert list(load(Source(data=str(path))).user_ids) == ["bob", "cat", "dan"]


def test_the_list_holds_no_id_and_is_for_the_owner_only(tmp_path: Path) -> None:
    forgotten.add(["ann"], [tmp_path])
    forgotten.add(["bob"], None)
    text = forgotten.file().read_text()
    assert "ann" not in text and "bob" not in text and forgotten.file().stat().st_mode & 0o777 == 0o600
    assert json.loads(text)["places"].keys() == {str(tmp_path), ""}
    forgotten.drop([tmp_path])
    assert json.loads(forgotten.file().read_text())["places"].keys() == {""}


def test_a_damaged_list_brings_nobody_back(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    forgotten.add(["ann"], None)
    forgotten.file().write_text("{")
    with pytest.raises(BadInput, match="lists the people who are left out"):
        load(Source(data=str(tmp_path / "log.csv")))


def test_a_forgotten_person_is_found_by_pseudonym_too(keyed: Callable[..., None], tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    keyed()
    (ann,) = pseudonyms.pseudonyms(["ann"], pseudonyms.key() or b"")
    forgotten.add([ann], [tmp_path / "log.csv"])
    assert load(Source(data=str(tmp_path / "log.csv"))).counts["users"] == 2
