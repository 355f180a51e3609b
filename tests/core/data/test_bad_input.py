"""Bad input gives a message of three parts that names the file; what can be read is read, and said."""

import gzip
import io
from pathlib import Path

import pandas as pd
import pytest

from core.data import upload
from core.data.dataset import Dataset
from core.data.load import Source, load
from core.work.errors import BadInput
from core.work.settings import settings


def parquet(**columns: object) -> bytes:
    file = io.BytesIO()
    pd.DataFrame(columns).to_parquet(file, index=False)
    return file.getvalue()


def read(folder: Path, content: bytes | str, name: str = "log.csv") -> Dataset:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load(Source(data=str(path)))


TWO = "Expected: at least two people and two items."
REFUSED = {
    "empty file": (
        "",
        "log.csv is empty. Expected: a table with a header and rows. What to do: check the export.",
    ),
    "blank lines": (
        "\n\n \n",
        "log.csv is empty. Expected: a table with a header and rows. What to do: check the export.",
    ),
    "header only": (
        "user,item,rating\n",
        f"log.csv has a header but no rows. {TWO} What to do: check the export.",
    ),
    "header without an end": (
        "user,item,rating",
        f"log.csv has a header but no rows. {TWO} What to do: check the export.",
    ),
    "one user": (
        "user,item\na,1\na,2\n",
        f"log.csv: only 1 person is there. {TWO} What to do: give more of the log.",
    ),
    "one item": (
        "user,item\na,1\nb,1\n",
        f"log.csv: only 1 item is there. {TWO} What to do: give more of the log.",
    ),
    "unknown delimiter": (
        "user item rating\na 1 5\nb 2 4\n",
        (
            "log.csv has only one column ('user item rating'). Expected: columns separated by comma,"
            " tab, semicolon or |."
            " What to do: check the delimiter."
        ),
    ),
    "another delimiter in the rows": (
        "user,item,rating\na;1;5\nb;2;4\n",
        (
            "log.csv: no row has the 3 fields of the header (line 2: 1 fields: a;1;5)."
            " Expected: 3 fields a row, separated by ','. What to do: check the delimiter."
        ),
    ),
    "UTF-16 without its mark": (
        "user,item\na,1\nb,2\n".encode("utf-16-le"),
        (
            "log.csv is no text: line 1 holds a zero byte. Expected: CSV or TSV in UTF-8, or Parquet."
            " What to do: export it again; UTF-16 needs its byte order mark."
        ),
    ),
    "zero byte in a cell": (
        "user,item\na,1\nb\0,2\n",
        (
            "log.csv is no text: line 3 holds a zero byte. Expected: CSV or TSV in UTF-8, or Parquet."
            " What to do: export it again; UTF-16 needs its byte order mark."
        ),
    ),
    "missing column": (
        "user,rating\na,1\nb,2\n",
        (
            "log.csv has no item column; it has 'user', 'rating'. Expected: a column named like one"
            " of item, item_id,"
            " itemid, iid. What to do: rename the item column."
        ),
    ),
    "duplicate column": (
        "user,item,item\na,1,2\nb,2,3\n",
        (
            "log.csv has the column 'item' twice. Expected: each column once."
            " What to do: rename or remove one of them."
        ),
    ),
    "no finite rating": (
        "user,item,rating\na,1,inf\nb,2,good\n",
        (
            "log.csv: no row is left after cleaning. Expected: rows with a user and an item."
            ""
            " What to do: mend the rows that were left out: interactions: rows whose rating is not a"
            " finite number:"
            " 2 dropped (row 1: user a, item 1, timestamp NaT, value inf)."
        ),
    ),
    "nested ids in Parquet": (
        parquet(user=[["a"], ["b"]], item=["1", "2"]),
        (
            "log.csv has no user column; it has 'item'. Expected: a column named like one of user,"
            " user_id, userid, uid."
            " What to do: rename the user column."
        ),
    ),
    "Parquet cut in half": (
        parquet(user=["a", "b"], item=["1", "2"])[:300],
        (
            "log.csv is a damaged Parquet file (Parquet magic bytes not found in footer. Either the"
            " file is corrupted or"
            " this is not a parquet file.). Expected: a whole Parquet file. What to do: write or"
            " copy it again."
        ),
    ),
    "truncated gzip": (
        gzip.compress(b"user,item\na,1\nb,2\n")[:-9],
        (
            "log.csv is a damaged gzip file (Compressed file ended before the end-of-stream marker"
            " was reached)."
            " Expected: a whole gzip file. What to do: copy or download it again."
        ),
    ),
    "zip archive": (
        b"PK\x03\x04 and more",
        (
            "log.csv is a damaged zip archive (File is not a zip file). Expected: a whole zip archive."
            " What to do: get the archive from its publisher again."
        ),
    ),
    "pickle": (
        b"\x80\x04\x95 and more",
        (
            "log.csv is a pickle. Expected: CSV, TSV, JSON lines or Parquet."
            " What to do: it can run code, so it is never opened; export it as Parquet or CSV."
        ),
    ),
    "3,000 columns": (
        ",".join(f"c{column}" for column in range(3000)) + "\n" + ",".join("1" * 3000) + "\n",
        "log.csv has 3,000 columns. Expected: at most 2,000. What to do: keep the columns that matter.",
    ),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_is_refused_with_the_message(content: bytes | str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read(tmp_path, content)
    assert str(refused.value) == message


# What is read all the same: users, items, interactions, and what cleaning says of it.
READ = {
    "semicolons": ("user;item;rating\na;1;5\nb;2;4\n", (2, 2, 2), []),
    "GBK": (
        "user,item\n张三,书\n李四,笔\n".encode("gbk"),
        (2, 2, 2),
        ["log.csv is not UTF-8 (line 2); read as gb18030"],
    ),
    "latin-1": (
        "user,item\nRenée,1\nJosé,2\n".encode("latin-1"),
        (2, 2, 2),
        ["log.csv is not UTF-8 (line 2); read as latin-1"],
    ),
    "UTF-16": ("user,item\na,1\nb,2\n".encode("utf-16"), (2, 2, 2), []),
    "UTF-8 with a mark": (b"\xef\xbb\xbfuser,item\na,1\nb,2\n", (2, 2, 2), []),
    "mixed line ends": ("user,item\r\na,1\nb,2\r\n", (2, 2, 2), []),
    "negative rating": ("user,item,rating\na,1,-1\nb,2,4\n", (2, 2, 2), []),
    "NaN rating": ("user,item,rating\na,1,NaN\na,2,3\nb,1,4\n", (2, 2, 2), ["dropped"]),
    "infinite rating": ("user,item,rating\na,1,-inf\na,2,3\nb,1,4\n", (2, 2, 2), ["dropped"]),
    "absent rating": ("user,item,rating\na,1,\nb,2,4\n", (2, 2, 2), []),
    "duplicated rows": ("user,item,rating\na,1,5\na,1,5\nb,2,4\n", (2, 2, 2), ["dropped"]),
    "rows of another length": (
        "user,item\na,1\nb\nc,2,3\nb,2\n",
        (2, 2, 2),
        ["log.csv: rows that don't have 2 fields were left out"],
    ),
    "rows without an id": ("user,item\n,1\nb,2\na,1\n", (2, 2, 2), ["dropped"]),
    "nested column in Parquet": (
        parquet(user=["a", "b"], item=["1", "2"], tags=[[1], [2, 3]]),
        (2, 2, 2),
        ["log.csv: columns that hold lists or records were left out"],
    ),
    "gzip": (gzip.compress(b"user,item\na,1\nb,2\n"), (2, 2, 2), []),
    "a time that is none": (
        "user,item,timestamp\na,1,yesterday\nb,2,1700000000\n",
        (2, 2, 2),
        ["left empty, the rows are kept"],
    ),
}


@pytest.mark.parametrize(("content", "counts", "said"), READ.values(), ids=READ)
def test_is_read_and_said(
    content: bytes | str, counts: tuple[int, int, int], said: list[str], tmp_path: Path
) -> None:
    dataset = read(tmp_path, content)
    assert tuple(dataset.counts.values()) == counts
    assert [did.detail for did in dataset.origin.cleaning] == said


def test_nothing_is_dropped_without_an_example(tmp_path: Path) -> None:
    (did,) = read(tmp_path, "user,item,rating\na,1,NaN\na,2,3\nb,1,4\n").origin.cleaning
    assert (did.count, did.examples) == (1, ("row 1: user a, item 1, timestamp NaT, value NaN",))


def test_ids_keep_blanks_inside_quotes_line_ends_and_emoji(tmp_path: Path) -> None:
    dataset = read(
        tmp_path, 'user,item\n"a b",1\n"say ""hi""",2\n"two\nlines",1\n😀,2\n  padded  ,1\n007,2\n'
    )
    assert set(dataset.user_ids) == {"a b", 'say "hi"', "two\nlines", "😀", "padded", "007"}


@pytest.mark.parametrize(
    "times",
    [
        ("1700000000", "1700000001"),
        ("1700000000000", "1700000001000"),
        ("2023-11-14T22:13:20Z", "2023-11-14 22:13:21"),
    ],
    ids=["seconds", "milliseconds", "ISO"],
)
def test_times_mean_the_same_in_every_notation(times: tuple[str, str], tmp_path: Path) -> None:
    dataset = read(tmp_path, f"user,item,timestamp\na,1,{times[0]}\nb,2,{times[1]}\n")
    assert dataset.interactions["timestamp"].astype("str").tolist() == [
        "2023-11-14 22:13:20+00:00",
        "2023-11-14 22:13:21+00:00",
    ]


def test_notations_may_be_mixed_in_one_column(tmp_path: Path) -> None:
    dataset = read(
        tmp_path, "user,item,timestamp\na,1,1700000000000\nb,2,1700000000\na,2,2023-11-14T22:13:20Z\n"
    )
    assert dataset.interactions["timestamp"].nunique() == 1


def test_a_time_in_the_future_is_kept_as_it_is(tmp_path: Path) -> None:
    dataset = read(tmp_path, "user,item,timestamp\na,1,4102444800\nb,2,1700000001\n")
    assert dataset.interactions["timestamp"].max() == pd.Timestamp("2100-01-01", tz="UTC")


def test_items_without_metadata_and_the_reverse(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item\na,1\nb,2\n")
    (tmp_path / "items.csv").write_text("item,title\n2,Two\n3,Three\n")
    dataset = load(Source(data=str(tmp_path / "log.csv"), items=str(tmp_path / "items.csv")))
    assert (list(dataset.item_ids), list(dataset.items.index)) == (["1", "2"], ["2", "3"])
    assert [(did.step, did.count, did.examples) for did in dataset.origin.cleaning] == [
        ("items without interactions", 1, ("3",))
    ]


def test_an_item_twice_in_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item\na,1\nb,2\n")
    (tmp_path / "items.csv").write_text("item,title\n2,Two\n2,Deux\n")
    with pytest.raises(BadInput) as refused:
        load(Source(data=str(tmp_path / "log.csv"), items=str(tmp_path / "items.csv")))
    assert str(refused.value) == (
        "items.csv has the item '2' twice (1 such rows). Expected: each item once."
        " What to do: merge or remove the repeated rows."
    )


def test_a_user_of_the_test_who_is_unknown_to_training_is_counted(tmp_path: Path) -> None:
    from core.data.folds import folds
    from core.data.splits import split_of

    (tmp_path / "train.csv").write_text("user,item\na,1\nb,2\n")
    (tmp_path / "test.csv").write_text("user,item\na,2\nstranger,1\n")
    dataset = load(Source(train=str(tmp_path / "train.csv"), test=str(tmp_path / "test.csv")))
    (fold,) = folds(dataset, split_of("given"))
    assert fold.test.user_ids.tolist() == ["a"]
    assert [(did.step, did.count, did.examples) for did in fold.dropped] == [
        ("people unknown to training", 1, ("stranger",))
    ]


def test_a_cell_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    dataset = read(tmp_path, "user,item\n=1+1,1\n@b,2\n")
    assert list(dataset.user_ids) == ["=1+1", "@b"]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        load(Source(data=str(tmp_path / "none.csv")))
    assert str(refused.value).startswith(f"{tmp_path / 'none.csv'} doesn't exist. Expected: ")


def test_51_mb_where_the_limit_is_50() -> None:
    with pytest.raises(BadInput) as refused:
        upload.keep([upload.Given("log.csv", io.BytesIO(), 51_000_000)])
    assert str(refused.value) == (
        "log.csv has 51.0 MB. Expected: at most 50 MB."
        " What to do: give it by its path on the server, or upload a sample of the people."
    )
    assert settings().max_upload_mb == 50


def test_the_command_line_says_it_on_standard_error_and_exits_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from core.cli import main

    (tmp_path / "log.csv").write_text("user,rating\na,1\n")
    monkeypatch.setattr("sys.argv", ["core", "describe", str(tmp_path / "log.csv")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(
        "log.csv has no item column; it has 'user', 'rating'. Expected: "
    )
