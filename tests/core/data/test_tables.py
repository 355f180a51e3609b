"""One table out of one file: whatever is in it is read, or counted as left out, or refused in words."""

import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data.load import Source, load
from core.data.tables import head_columns, read_table
from core.work.errors import BadInput

ROWS = ["ann,tea,5", "bo,jam,4", "cy,tea,3"]
TEXT = "\n".join(["user,item,rating", *ROWS]) + "\n"


def written(folder: Path, content: bytes | str, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT, id="commas"),
        pytest.param(TEXT.replace(",", "\t"), id="tabs"),
        pytest.param(TEXT.replace(",", ";"), id="semicolons"),
        pytest.param(TEXT.replace(",", "|"), id="bars"),
        pytest.param(TEXT.replace(",", "::"), id="double colons"),
        pytest.param(TEXT.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(TEXT.rstrip(), id="no last line end"),
        pytest.param("\n" + TEXT, id="a blank line first"),
        pytest.param("\r\n \r\n" + TEXT, id="blank lines first"),
        pytest.param(TEXT.replace("\n", "\n\n"), id="blank lines between"),
        pytest.param(
            '"user","item","rating"\n' + '"ann","tea","5"\n"bo","jam","4"\n"cy","tea","3"', id="quotes"
        ),
        pytest.param("\ufeff" + TEXT, id="a mark first"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16"),
        pytest.param(gzip.compress(TEXT.encode()), id="gzip"),
    ],
)
def test_three_rows_in_every_notation(content: bytes | str, tmp_path: Path) -> None:
    table = read_table(written(tmp_path, content))
    assert [",".join(row) for row in table.frame.itertuples(index=False)] == ROWS
    assert (table.file.rows, table.file.columns) == (3, ("user", "item", "rating"))
    assert not table.did
    assert head_columns(tmp_path / "log.csv") == ["user", "item", "rating"]


@pytest.mark.parametrize(
    "header", ['"user,item,rating', '"user\n",item,rating', 'us"er,item,rating"', "user,,", '""', ",,,"]
)
def test_a_broken_header_is_bad_input(header: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"{header}\nann,tea,5\nbo,jam,4\n")
    with pytest.raises(BadInput, match=r"log\.csv"):
        load(Source(data=str(path)))


def test_a_quote_inside_a_cell_is_a_quote(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, 'user\titem\nann\t5" disk\nbo\t7" disk\n'))
    assert table.frame["item"].tolist() == ['5" disk', '7" disk']


@pytest.mark.parametrize(
    "content", ['user,item\nann,"tea\nbo,jam\ncy,tea\n', 'user,item\nann,"tea\nbo,"jam\ncy,tea\n']
)
def test_a_quote_that_does_not_close_swallows_no_rows(content: str, tmp_path: Path) -> None:
    table = read_table(written(tmp_path, content))
    assert table.frame["user"].tolist() == ["ann", "bo", "cy"]
    assert [did.step for did in table.did] == ["quotes"]


def test_a_row_may_hold_line_ends_inside_quotes(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, 'user,item\nann,"green\ntea"\nbo,jam\n'))
    assert table.frame["item"].tolist() == ["green\ntea", "jam"]
    assert not table.did


def test_whole_numbers_of_parquet_keep_every_digit_beside_missing_ones(tmp_path: Path) -> None:
    big = 2**53 + 1
    pq.write_table(pa.table({"user": [big, big + 1, None], "item": [1, 2, 3]}), tmp_path / "log.parquet")
    dataset = load(Source(data=str(tmp_path / "log.parquet")))
    assert list(dataset.user_ids) == [str(big), str(big + 1)]
    assert [did.count for did in dataset.origin.cleaning] == [1]


def test_a_missing_float_id_of_parquet_is_missing(tmp_path: Path) -> None:
    frame = pd.DataFrame({"user": [1.0, 2.0, np.nan], "item": [1e15, 2.5, 3.0]})
    pq.write_table(
        pa.table({name: pa.array(frame[name].to_numpy()) for name in frame}), tmp_path / "log.parquet"
    )
    dataset = load(Source(data=str(tmp_path / "log.parquet")))
    assert list(dataset.user_ids) == ["1", "2"]
    assert list(dataset.item_ids) == ["1000000000000000", "2.5"]


def test_a_rating_that_is_nan_drops_its_row_and_one_that_is_absent_does_not(tmp_path: Path) -> None:
    values = pa.array([4.0, float("nan"), None], from_pandas=False)
    pq.write_table(
        pa.table({"user": list("abc"), "item": list("xyz"), "rating": values}), tmp_path / "log.parquet"
    )
    dataset = load(Source(data=str(tmp_path / "log.parquet")))
    assert list(dataset.user_ids) == ["a", "c"]
    assert dataset.interactions["value"].tolist()[0] == 4.0


# Any bytes at all, and tables that somebody broke at one place.

MANGLED = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(str.encode),
    st.tuples(st.integers(0, len(TEXT)), st.binary(max_size=5)).map(
        lambda cut: TEXT.encode()[: cut[0]] + cut[1] + TEXT.encode()[cut[0] :]
    ),
    st.tuples(st.integers(0, 80), st.integers(0, 255)).map(
        lambda cut: gzip.compress(TEXT.encode(), mtime=0)[: cut[0]] + bytes([cut[1]])
    ),
)


@given(content=MANGLED, name=st.sampled_from(["log.csv", "log.tsv", "log.parquet", "log.csv.gz"]))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mangled_files_are_read_or_refused_in_words(content: bytes, name: str, tmp_path: Path) -> None:
    path = written(tmp_path, content, name)
    try:
        dataset = load(Source(data=str(path)))
    except BadInput as error:
        assert all(error.args)
        return
    assert min(dataset.counts.values()) >= 2


def parquet() -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"user": list("abc"), "item": list("xyz"), "rating": [1.0, 2.0, 3.0]}), sink)
    return sink.getvalue().to_pybytes()


@given(at=st.integers(0, len(parquet()) - 1), byte=st.integers(0, 255))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_parquet_file_with_one_wrong_byte(at: int, byte: int, tmp_path: Path) -> None:
    content = bytearray(parquet())
    content[at] = byte
    try:
        load(Source(data=str(written(tmp_path, bytes(content), "log.parquet"))))
    except BadInput as error:
        assert all(error.args)


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters='\r\n,"\0', exclude_categories=["Cc", "Zl", "Zp"]),
    max_size=6,
)


@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=15))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_read_and_rows_left_out_are_all_rows(rows: list[list[str]], tmp_path: Path) -> None:
    lines = [",".join(row) for row in rows]
    path = written(tmp_path, "user,item,rating\n" + "\n".join(lines) + "\n")
    full = sum(1 for line in lines if line != "")
    try:
        table = read_table(path)
    except BadInput:
        assert all(len(row) != 3 for row in rows if row != [""])
        return
    assert table.file.rows + sum(did.count for did in table.did if did.step == "malformed rows") == full
    try:
        dataset = load(Source(data=str(path)))
    except BadInput:
        return
    kept = ("quotes", "interactions: unreadable times")
    lost = sum(did.count for did in dataset.origin.cleaning if did.step not in kept)
    assert len(dataset.interactions) + lost == full
