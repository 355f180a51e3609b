"""Logs larger than memory: the same numbers as for a log that fits, and people sampled, not rows."""

import errno
import gzip
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from typer.testing import CliRunner

from core.cli import app
from core.data import forgotten
from core.data.cleaning import clean
from core.data.dataset import Dataset, Did
from core.data.large.core import Minimum, core_in_memory
from core.data.large.describe import Described, describe
from core.data.large.duck import duck
from core.data.large.people import sampled_log
from core.data.large.size import is_large, needs_gb, too_large
from core.data.load import Source, load
from core.data.mapping import Mapping, mapping_of
from core.data.readers.base import choose
from core.data.sampling import number_of, sampled
from core.work.errors import BadInput
from core.work.report import Cancelled, silent
from core.work.settings import settings
from tests.making import random_log

NAMES = ["ann", " ann", "Ann", "bob", "007", "7", "7.0", "", " ", "é", "e\u0301", '"q"', "用户", "a,b"]
TIMES = [
    "978300760",
    "978300760000",
    "978300760000000",
    "2000-12-31T22:12:40Z",
    "2000-12-31 22:12:40",
    "soon",
    "",
    "1_000",
    "12.5",
    "-1",
    "2000-12-31",
    "1e9",
]
VALUES = ["5", "5.0", " 4", "nan", "inf", "bad", "", "-1", "1_0", "3.25", "1e3"]
KINDS = ["view", "pv", "purchase", "wink", "", " view"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of this test's own."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    monkeypatch.undo()
    settings.cache_clear()


def in_pieces(path: Path, minimum: Minimum | None = None) -> Described:
    return describe(Source(data=str(path)), "content", minimum or Minimum(), silent)


def counts(found: Described) -> dict[str, int]:
    return {"users": found.users, "items": found.items, "interactions": found.interactions}


def dropped(cleaning: tuple[Did, ...]) -> dict[str, int]:
    """Rows that each step left out or mended, as both ways count them."""
    counted = [
        did for did in cleaning if did.step.startswith("interactions: ") or did.step == "malformed rows"
    ]
    return {did.step: did.count for did in counted}


def core_by_head(dataset: Dataset, user: int, item: int) -> tuple[int, int, int]:
    rows = dataset.interactions[["user", "item"]].astype("str")
    while True:
        kept = rows[rows.groupby("user")["user"].transform("size") >= user]
        kept = kept[kept.groupby("item")["item"].transform("size") >= item]
        if len(kept) == len(rows):
            return rows["user"].nunique(), rows["item"].nunique(), len(rows)
        rows = kept


def assert_same(path: Path, off: str = "") -> None:
    source = Source(data=str(path), off=off)
    try:
        small = load(source)
    except BadInput:
        with pytest.raises(BadInput):
            describe(source, "content", Minimum(), silent)
        return
    large = describe(source, "content", Minimum(), silent)
    assert counts(large) == small.counts
    assert dropped(large.cleaning) == dropped(small.origin.cleaning)
    assert large.catalogue_items == len(small.items)
    assert [(file.name, file.columns) for file in large.files] == [
        (f.name, f.columns) for f in small.origin.files
    ]


def column(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=12, max_size=12)


@given(user=column(NAMES), item=column(NAMES), time=column(TIMES), value=column(VALUES), kind=column(KINDS))
@examples(max_examples=20)
def test_a_messy_text_file_gives_the_same_counts(
    tmp_path_factory: pytest.TempPathFactory,
    user: list[str],
    item: list[str],
    time: list[str],
    value: list[str],
    kind: list[str],
) -> None:
    path = tmp_path_factory.mktemp("log") / "log.csv"
    frame = pd.DataFrame({"user": user, "item": item, "timestamp": time, "rating": value, "event": kind})
    pd.concat([frame, frame.head(3)]).to_csv(path, index=False)
    assert_same(path)


IDS = st.lists(st.one_of(st.integers(-3, 5), st.integers(2**53, 2**53 + 2)), min_size=12, max_size=12)
FLOATS = st.lists(
    st.sampled_from([1.0, 2.0, 2.5, None, float("nan"), float("inf")]), min_size=12, max_size=12
)
STAMPS = st.lists(
    st.sampled_from([978300760, 978300760_000, 978300760_000_000, 978300760_000_000_000, 5]),
    min_size=12,
    max_size=12,
)


@given(user=IDS, item=FLOATS, value=FLOATS, time=STAMPS)
@examples(max_examples=12)
def test_a_messy_parquet_file_gives_the_same_counts(
    tmp_path_factory: pytest.TempPathFactory,
    user: list[int],
    item: list[float],
    value: list[float],
    time: list[int],
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path_factory.mktemp("log") / "log.parquet"
    columns = {
        "user": pa.array(user, pa.int64()),
        "item": pa.array(item),
        "rating": pa.array(value),
        "timestamp": pa.array(time),
    }
    pq.write_table(pa.table(columns), path)
    assert_same(path)


@pytest.mark.parametrize(
    "text",
    [
        "user,item\na,1\nb,2\nc\nd,1,2\nb,1\n",
        "\n\nuser;item;rating\na;1;5\n\nb;2;4\n",
        "user::item::rating\na::1::5\nb::2::4\n",
        'user,item,title\n"a ""x""",1,"two\nlines"\nb,2,\n',
        "user\titem\na\t1\nb\t2\na\t1\n",
        "user,item,colour\na,1,red\na,1,blue\na,1,blue\nb,2,red\n",
        "1,10,5,978300760\n2,20,4,978300761\n1,20,3,978300762\n",
        "session_id,item\n1,a\n1,b\n2,a\n",
        "user,item\na,1\n",
        "user,stars\na,1\n",
        "user,item\n",
        'user,item,title\na,1,"tea\nb,2,x\nc,1,y\nb,1,5" wide\n',
        'user,item,title\na,1,"x\nb,2,x\nc,1,"y\nd,2,z\n',
        'user,item,title\na,1,te"a\nb,2,x\nc,1,y\n',
        "user,item\ra,1\rb,2\r",
        "user,item\r\na,1\nb,2\r\nc,3\n",
    ],
    ids=[
        "ragged",
        "blank lines",
        "double colon",
        "quotes",
        "tabs",
        "rest",
        "no header",
        "sessions",
        "one person",
        "no item",
        "no rows",
        "an open quote",
        "quotes out of place",
        "quotes inside",
        "lone returns",
        "mixed newlines",
    ],
)
def test_forms_of_text_give_the_same_counts(tmp_path: Path, text: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(text)
    assert_same(path)


def test_a_packed_file_gives_the_same_counts(tmp_path: Path) -> None:
    random_log().to_csv(tmp_path / "log.csv.gz", index=False)
    assert_same(tmp_path / "log.csv.gz")


# Encodings and packings: as smaller files are read, by a copy in UTF-8 where there must be one

CHINESE = """用户,商品,评分,备注
张三,红茶,5,很好喝的茶
李四,果酱,4,味道不错
王五,红茶,3,一般般
王五,果酱,1,不错
李四,红茶,2,好
张三,果酱,2,差
"""
FRENCH = """user,item,rating
ann,café,5
bob,thé,4
bob,café,1
éva,thé,2
éva,café,2
ann,thé,1
"""
NAMELESS = "1,10,5,978300760\n2,20,4,978300761\n1,20,3,978300762\n2,10,1,978300763\n"
ENCODED = {
    "gbk": CHINESE.encode("gbk"),
    "gb18030": CHINESE.replace("茶", "𠀀茶").encode("gb18030"),
    "latin-1": FRENCH.encode("latin-1"),
    "utf-16": CHINESE.encode("utf-16"),
    "utf-16-be": "\ufeff".encode("utf-16-be") + FRENCH.encode("utf-16-be"),
    "utf-8-sig": CHINESE.encode("utf-8-sig"),
    "utf-8-sig without a header": NAMELESS.encode("utf-8-sig"),
    "utf-8": CHINESE.encode(),
    "late": b"user,item\n" + b"a,1\nb,2\na,2\nb,1\n" * 50 + "zo\xe9,3\nzo\xe9,1\n".encode("latin-1"),
    "cut at the end": b"user,item\na,1\nb,2\na,2\nb,1\nc,1\nc,\xe9",
}


CASES = [(name, "plain", 7) for name in ENCODED]
CASES += [(name, packing, 1 << 22) for name in ("gbk", "utf-16", "latin-1") for packing in ("gzip", "zip")]


@pytest.mark.parametrize(("name", "packing", "chunk"), CASES)
def test_any_encoding_gives_the_same_counts(
    tmp_path: Path, name: str, packing: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.data.large.plain._CHUNK", chunk)
    path = packed(tmp_path / "log.csv", ENCODED[name], packing)
    assert_same(path)
    small, large = load(Source(data=str(path))), in_pieces(path)
    assert large.name == small.name
    said = [did for did in small.origin.cleaning if did.step == "encoding"]
    assert [did for did in large.cleaning if did.step == "encoding"] == said
    part = clean(sampled_log(path, Mapping(), 2, silent))
    assert part.counts["users"] == 2 and set(part.user_ids) <= set(small.user_ids)
    assert [did.detail for did in part.origin.cleaning if did.step == "encoding"] == [
        one.detail for one in said
    ]


def packed(path: Path, content: bytes, packing: str) -> Path:
    """A file of that content, as it is or packed."""
    if packing == "gzip":
        path = path.with_name(f"{path.name}.gz")
        path.write_bytes(gzip.compress(content))
    elif packing == "zip":
        with zipfile.ZipFile(shop := path.with_name("shop.zip"), "w", zipfile.ZIP_DEFLATED) as opened:
            opened.writestr(path.name, content)
        return shop
    else:
        path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"user,item\na,1\nb,\x00\nc,2\n", "line 3 holds a zero byte"),
        (gzip.compress(b"user,item\na,1\nb,2\n" * 99)[:-20], "is a damaged gzip file"),
        ("\ufeffuser,item\na,1\nb,2\n".encode("utf-16-le")[:-1], "is marked utf-16 but isn't"),
        (b'{"user": 1, "item": 2}\n{"user": 2, "item": 1}\n', "larger than memory and is no table"),
        (b"\x89PNG\r\n\x1a\n", "larger than memory and is no table"),
    ],
    ids=["zero byte", "cut gzip", "cut utf-16", "JSON lines", "picture"],
)
def test_what_is_no_text_says_why(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "log.csv").write_bytes(content)
    with pytest.raises(BadInput, match=message):
        in_pieces(tmp_path / "log.csv")
    with pytest.raises(BadInput, match=message):
        sampled_log(tmp_path / "log.csv", Mapping(), 2, silent)


# What is said about a log: columns, events, steps of cleaning

STEPS = ["ids", "times", "values", "text", "duplicates"]
ODD = """who,what,when,stars,did
ann,1,978300760000,5,buy
 ann,1,978300760000,5,buy
ann,1,978300760000,5,buy
bob,2,978300760,bad,look
bob,\u00e9,soon,4,look
bob,e\u0301,1e12,inf,wink
cat,1,5,2,show
cat,,5,2,look
cat,2,6,2,buy
cat,1,7,2,buy
ann,2,8,1,buy
bob,1,9,1,look
"""
SAID = {
    "columns": "user=who,item=what,timestamp=when,value=stars,kind=did",
    "events": "buy=purchase,show=impression",
}


def as_text(cleaning: tuple[Did, ...]) -> list[tuple[str, int]]:
    return sorted((did.step, did.count) for did in cleaning if did.step != "impressions")


@pytest.mark.parametrize("off", ["", *STEPS, "ids,times", ",".join(STEPS)])
def test_what_is_said_holds_for_large_logs_as_for_small_ones(tmp_path: Path, off: str) -> None:
    (tmp_path / "log.csv").write_text(ODD)
    source = Source(data=str(tmp_path / "log.csv"), off=off, **SAID)
    small, large = load(source), describe(source, "", Minimum(), silent)
    assert counts(large) == small.counts and large.columns == small.origin.columns
    assert large.impressions == len(small.impressions) == 1
    assert large.events == small.origin.events and large.off == small.origin.off
    assert as_text(large.cleaning) == as_text(small.origin.cleaning)
    part = load(replace(source, people="2"))
    assert (
        sampled_log(tmp_path / "log.csv", mapping_of(source.columns), 2, silent).origin.columns
        == large.columns
    )
    assert part.origin.off == large.off


@given(
    user=column(NAMES),
    item=column(NAMES),
    time=column(TIMES),
    value=column(VALUES),
    kind=column(KINDS),
    off=st.sets(st.sampled_from(STEPS), min_size=1),
)
@examples(max_examples=12)
def test_steps_that_are_left_out_give_the_same_counts(
    tmp_path_factory: pytest.TempPathFactory,
    user: list[str],
    item: list[str],
    time: list[str],
    value: list[str],
    kind: list[str],
    off: set[str],
) -> None:
    path = tmp_path_factory.mktemp("log") / "log.csv"
    frame = pd.DataFrame({"user": user, "item": item, "timestamp": time, "rating": value, "event": kind})
    pd.concat([frame, frame.head(3)]).to_csv(path, index=False)
    assert_same(path, ",".join(sorted(off)))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"events": "nod=view"}, r"No row has the event 'nod'.*one of 'buy', 'look'"),
        ({"events": "look=stare"}, "meaning of an event"),
        ({"columns": "user=nobody"}, "nobody"),
        ({"columns": "user=who,item=what,kind=", "events": "buy=purchase"}, "the data names none"),
        ({"off": "soap"}, "step of cleaning"),
        ({"pictures": "."}, "pictures can't be joined.*--people"),
    ],
    ids=["event", "meaning", "column", "no events", "step", "pictures"],
)
def test_what_does_not_hold_is_refused(tmp_path: Path, said: dict[str, str], message: str) -> None:
    (tmp_path / "log.csv").write_text(ODD)
    source = Source(**{"data": str(tmp_path / "log.csv"), "columns": SAID["columns"], **said})
    with pytest.raises(BadInput, match=message):
        describe(source, "", Minimum(), silent)


@given(seed=st.integers(0, 1000), user=st.integers(1, 6), item=st.integers(1, 12))
@examples(max_examples=8)
def test_the_core_is_what_is_left_when_nobody_is_weak(
    tmp_path_factory: pytest.TempPathFactory, seed: int, user: int, item: int
) -> None:
    path = tmp_path_factory.mktemp("log") / "log.csv"
    rng = np.random.default_rng(seed)
    made = random_log(people=25, items=15, each=6, seed=seed)
    made[rng.random(len(made)) < 0.7].to_csv(path, index=False)
    expected = core_by_head(load(Source(data=str(path))), user, item)
    if not expected[2]:
        with pytest.raises(BadInput, match="Nobody is left"):
            in_pieces(path, Minimum(user, item))
        return
    found = in_pieces(path, Minimum(user, item))
    core = found.core and (found.core.users, found.core.items, found.core.interactions)
    assert core == (expected if max(user, item) > 1 else None)
    if core:
        loaded = core_in_memory(load(Source(data=str(path))), Minimum(user, item))
        assert (loaded.users, loaded.items, loaded.interactions) == core


def test_items_beside_the_log_are_its_catalogue(tmp_path: Path) -> None:
    random_log().to_csv(tmp_path / "log.csv", index=False)
    (tmp_path / "items.csv").write_text("item,title\ni001,One\nnew,New\n")
    source = Source(data=str(tmp_path / "log.csv"), items=str(tmp_path / "items.csv"))
    assert describe(source, "", Minimum(), silent).catalogue_items == len(load(source).items) == 2


def test_a_quote_that_swallows_a_large_part_loses_nothing(tmp_path: Path) -> None:
    """More than DuckDB takes for one row; people are sampled from all of it, too."""
    made = "".join(f"{at % 500},{at % 7},some title\n" for at in range(150_000))
    (tmp_path / "log.csv").write_text(f'user,item,title\n1,2,"open\n{made}7,7,"closed"\n{made}')
    found = describe(Source(data=str(tmp_path / "log.csv"), off="duplicates"), "", Minimum(), silent)
    assert found.interactions == 300_002 and found.users == 500
    assert {did.step for did in found.cleaning} == {"quotes"}
    part = sampled_log(tmp_path / "log.csv", Mapping(), 5, silent)
    assert len(part.tables["interactions"]) >= 3_000 and part.tables["interactions"]["user"].nunique() == 5
    assert [did.count for did in part.origin.cleaning if did.step == "quotes"] == [1]


# Behind the door


def test_a_forgotten_person_is_not_counted_and_examples_name_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.csv"
    path.write_text("user,item,rating\nann,1,5\nbob,2,4\ncat,2,3\nann,2,4\nbob,1,1\n")
    forgotten.add(["bob"], [path])
    assert counts(in_pieces(path)) == load(Source(data=str(path))).counts
    assert in_pieces(path).users == 2
    monkeypatch.setenv("TOUCHSTONE_PSEUDONYM_KEY", "a key of the operator, 32 letters")
    settings.cache_clear()
    (tmp_path / "other.csv").write_text("user,item,rating\nann,1,5\nbob,2,4\ncyd,2,x\nann,9\n")
    found = in_pieces(tmp_path / "other.csv")
    assert not any(name in repr(found) for name in ("ann", "bob", "cyd"))


# Samples of people


def read(path: Path, many: int) -> Dataset:
    return clean(sampled(choose(path).read(path, silent), many))


@pytest.mark.parametrize("form", ["csv", "parquet", "numbers"])
def test_a_sample_has_people_with_all_their_rows_whichever_way_it_is_read(tmp_path: Path, form: str) -> None:
    made = random_log()
    if form == "numbers":
        made = made.assign(user=made["user"].str[1:].astype("int64"))
    path = tmp_path / f"log.{'csv' if form == 'csv' else 'parquet'}"
    made.to_csv(path, index=False) if form == "csv" else made.to_parquet(path, index=False)
    everybody, small = load(Source(data=str(path))), read(path, 7)
    large = clean(sampled_log(path, Mapping(), 7, silent))
    assert small.counts["users"] == 7
    theirs = everybody.interactions[everybody.interactions["user"].isin(small.user_ids)]
    assert len(theirs) == len(small.interactions)
    assert large.fingerprint == small.fingerprint
    for one in (small, large):
        (did,) = [did for did in one.origin.cleaning if did.step == "people sampled"]
        assert did.count == 7 and did.detail.startswith("of 30,")


def test_a_larger_sample_holds_a_smaller_one(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    random_log().to_csv(path, index=False)
    assert set(read(path, 5).user_ids) < set(read(path, 20).user_ids)
    assert not [did for did in read(path, 30).origin.cleaning if did.step == "people sampled"]


@pytest.mark.parametrize("text", ["1", "-5", "many", "1.5"])
def test_a_number_of_people_is_a_number(text: str) -> None:
    assert number_of("") == 0 and number_of(" 20 ") == 20
    with pytest.raises(BadInput, match="is no number of people"):
        number_of(text)


# Limits


def test_how_large_is_large_depends_on_the_form_and_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.csv"
    random_log().to_csv(path, index=False)
    assert not is_large(path) and not is_large(tmp_path)
    monkeypatch.setenv("TOUCHSTONE_MEMORY_GB", "0.00001")
    settings.cache_clear()
    assert is_large(path)
    assert "--people" in too_large(path).do


def test_nothing_is_left_behind_and_a_cancel_is_heard(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.data.large.duck._POLL_SECONDS", 0.001)
    random_log(people=2_000, items=100, each=50).to_csv(tmp_path / "log.csv", index=False)
    calls: list[str] = []

    def cancelled(fraction: float, message: str) -> None:
        calls.append(message)
        if not message.startswith("Looking at log.csv"):  # DuckDB is at it
            raise Cancelled

    with pytest.raises(Cancelled):
        describe(Source(data=str(tmp_path / "log.csv")), "", Minimum(5, 5), cancelled)
    assert calls and not list((home / "tmp").iterdir())


def test_a_copy_in_another_encoding_goes_too(tmp_path: Path, home: Path) -> None:
    (tmp_path / "log.csv").write_bytes("user,item\nann,caf\xe9\nbob,th\xe9\n".encode("latin-1"))
    assert in_pieces(tmp_path / "log.csv").users == 2
    assert not list((home / "tmp").iterdir())


def test_a_disk_without_room_for_a_copy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("core.data.large.plain._rewrite", full)
    (tmp_path / "log.csv").write_bytes("user,item\nann,caf\xe9\nbob,th\xe9\n".encode("latin-1"))
    with pytest.raises(BadInput, match="too little room on the disk") as refused:
        in_pieces(tmp_path / "log.csv")
    assert "TOUCHSTONE_HOME" in refused.value.do


def test_too_little_memory_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUCHSTONE_MEMORY_GB", "0.03")
    settings.cache_clear()
    with pytest.raises(BadInput, match="TOUCHSTONE_MEMORY_GB"), duck(silent) as db:
        db.run("SELECT list(range) FROM range(50000000)")


def test_the_limit_and_the_network_are_set(home: Path) -> None:
    with duck(silent) as db:
        assert "2.0 GiB" in db.row("SELECT current_setting('memory_limit')")[0]
        assert db.row("SELECT current_setting('autoinstall_known_extensions')")[0] is False


def test_a_folder_with_a_large_table_says_which_and_what_to_do(tmp_path: Path, tiny_limit: None) -> None:
    """Also an archive that holds several files, and fixed files; a picture beside them is no table."""
    (tmp_path / "shop").mkdir()
    random_log().to_csv(tmp_path / "shop" / "log.csv", index=False)
    (tmp_path / "shop" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with zipfile.ZipFile(tmp_path / "shop.zip", "w") as opened:
        for name in ("log.csv", "a.png"):
            opened.write(tmp_path / "shop" / name, name)
    file = str(tmp_path / "shop" / "log.csv")
    for source in (Source(data=str(tmp_path / "shop")), Source(data=str(tmp_path / "shop.zip"))):
        with pytest.raises(BadInput, match=r"In shop: log\.csv needs about .* give that file by its path"):
            load(source)
    with pytest.raises(BadInput, match=r"log\.csv needs about"):
        load(Source(train=file, test=file))
    with pytest.raises(BadInput, match=r"the reader movielens_1m reads all at once.*leave --reader out"):
        load(Source(data=file, reader="movielens_1m"))


def test_an_archive_of_one_file_is_as_large_as_what_it_holds(tmp_path: Path) -> None:
    content = random_log().to_csv(index=False).encode()
    path = packed(tmp_path / "log.csv", content, "zip")
    assert needs_gb(path) == pytest.approx(4 * len(content) / 1e9)
    path.write_bytes(b"PK\x03\x04 and no more")
    assert needs_gb(path) == 0


def test_a_gzip_file_is_as_large_as_its_beginning_says(tmp_path: Path) -> None:
    """A log that packs well needs more, a bomb far more."""
    made = random_log().to_csv(index=False).encode()
    usual = packed(tmp_path / "log.csv", made, "gzip")
    assert needs_gb(usual) == pytest.approx(max(15 * usual.stat().st_size, 4 * len(made)) / 1e9)
    bomb = packed(tmp_path / "bomb.csv", b"user,item\n" + b"a,1\n" * 1_000_000, "gzip")
    assert needs_gb(bomb) == pytest.approx(4 * 4_000_010 / 1e9, rel=0.05)
    bomb.write_bytes(b"\x1f\x8b and no more")
    assert needs_gb(bomb) > 0


# From the command line


@pytest.fixture
def tiny_limit(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nearly everything is larger than memory; DuckDB itself is not limited so."""
    monkeypatch.setattr("core.data.large.size.NEEDS", dict.fromkeys(("text", "parquet", "packed"), 1e9))
    yield
    monkeypatch.undo()


def test_describe_takes_pieces_by_itself(tmp_path: Path, tiny_limit: None) -> None:
    path, out, run = tmp_path / "log.csv", tmp_path / "out.json", CliRunner().invoke
    random_log().to_csv(path, index=False)
    done = run(app, ["describe", str(path), "--min-user", "5", "--min-item", "5", "--out", str(out)])
    assert done.exit_code == 0, done.output
    found = json.loads(out.read_text())
    assert found["dataset"]["users"] == 30 and found["dataset"]["interactions"] == 300
    assert found["core"]["min_user"] == 5 and found["core"]["users"] == 30
    assert (
        "rows a person and 5 an item: 30 users" in run(app, ["describe", str(path), "--min-item", "5"]).output
    )


def test_a_comparison_takes_a_part_of_the_people_or_says_so(tmp_path: Path, tiny_limit: None) -> None:
    path, out, run = tmp_path / "log.csv", tmp_path / "out.json", CliRunner().invoke
    random_log().to_csv(path, index=False)
    refused = run(app, ["compare", "--data", str(path), "--recommenders", "popularity"])
    assert isinstance(refused.exception, BadInput) and "--people 20000" in refused.exception.do
    command = [
        "compare",
        "--data",
        str(path),
        "--recommenders",
        "popularity",
        "--people",
        "20",
        "--out",
        str(out),
    ]
    assert run(app, command).exit_code == 0
    found = json.loads(out.read_text())
    assert found["dataset"]["users"] == 20 and found["experiment"]["people"] == 20
    sampled_only = run(app, ["describe", str(path), "--people", "20"]).output
    assert "people sampled: 20 (of 30, chosen by a hash of the id" in sampled_only


def test_small_data_is_sampled_in_the_same_way(tmp_path: Path) -> None:
    path, out, run = tmp_path / "log.csv", tmp_path / "out.json", CliRunner().invoke
    random_log().to_csv(path, index=False)
    command = ["describe", str(path), "--people", "20", "--min-user", "2", "--out", str(out)]
    assert run(app, command).exit_code == 0
    assert json.loads(out.read_text())["dataset"]["users"] == 20
    assert json.loads(out.read_text())["core"]["users"] == 20
