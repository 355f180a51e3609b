"""Logs larger than memory: the same numbers as for a log that fits, and people sampled, not rows."""

import json
from collections.abc import Iterator
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
from core.data.large.size import is_large, too_large
from core.data.load import Source, load
from core.data.mapping import Mapping
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


def assert_same(path: Path) -> None:
    try:
        small = load(Source(data=str(path)))
    except BadInput:
        with pytest.raises(BadInput):
            in_pieces(path)
        return
    large = in_pieces(path)
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
    ],
)
def test_forms_of_text_give_the_same_counts(tmp_path: Path, text: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(text)
    assert_same(path)


def test_a_packed_file_gives_the_same_counts(tmp_path: Path) -> None:
    random_log().to_csv(tmp_path / "log.csv.gz", index=False)
    assert_same(tmp_path / "log.csv.gz")


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


def test_nothing_is_left_behind_and_a_cancel_is_heard(tmp_path: Path, home: Path) -> None:
    random_log(people=2_000, items=100, each=50).to_csv(tmp_path / "log.csv", index=False)
    calls: list[str] = []

    def cancelled(fraction: float, message: str) -> None:
        calls.append(message)
        raise Cancelled

    with pytest.raises(Cancelled):
        describe(Source(data=str(tmp_path / "log.csv")), "", Minimum(5, 5), cancelled)
    assert calls and not list((home / "tmp").iterdir())


def test_a_text_that_is_no_utf8_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes("user,item\nann,caf\xe9\nbob,th\xe9\n".encode("latin-1"))
    with pytest.raises(BadInput, match="is not UTF-8 \\(line 2\\)"):
        in_pieces(path)


def test_too_little_memory_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUCHSTONE_MEMORY_GB", "0.03")
    settings.cache_clear()
    with pytest.raises(BadInput, match="TOUCHSTONE_MEMORY_GB"), duck(silent) as db:
        db.run("SELECT list(range) FROM range(50000000)")


def test_the_limit_and_the_network_are_set(home: Path) -> None:
    with duck(silent) as db:
        assert "2.0 GiB" in db.row("SELECT current_setting('memory_limit')")[0]
        assert db.row("SELECT current_setting('autoinstall_known_extensions')")[0] is False


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
