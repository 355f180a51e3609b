"""Exports that a spreadsheet opens: nothing in them runs."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.work.sheets import csv_text, neutral, plain


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1", "＋1", "－1", "＠x", "  =1"],
)
def test_a_cell_that_would_run_is_made_text(cell: str) -> None:
    assert neutral(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["tea", "-0.5", "+3", "1e-5", "a=b", "", 3.5, None])
def test_other_cells_stay_what_they_are(cell: object) -> None:
    assert neutral(cell) == cell


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_no_cell_of_a_table_begins_a_formula(cells: list[str]) -> None:
    text = csv_text(pd.DataFrame({"title": cells, "=n": range(len(cells))}))
    back = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    assert list(back.columns)[1] == "'=n"
    assert not any(cell.lstrip()[:1] in "=@" for cell in back["title"] if cell.strip())


STARTS = st.sampled_from(["'", "=", "-", "+", "@", "\t", " ", "1", "-1", "a", "\r", "\n", "＝", "\ufeff"])


@given(st.lists(STARTS, max_size=5).map("".join) | st.text(max_size=5))
def test_what_is_added_is_undone_and_nothing_else(text: str) -> None:
    safe = neutral(text)
    assert isinstance(safe, str) and plain(safe) == text
    assert safe == neutral(text) and (plain(text) == text or neutral(plain(text)) == text)


@pytest.mark.parametrize(("cell", "safe"), [("'=1", "''=1"), ("'-5", "'-5"), ("'tea", "'tea"), ("'", "'")])
def test_apostrophes_of_its_own_are_kept_apart(cell: str, safe: str) -> None:
    assert neutral(cell) == safe and plain(safe) == cell


@given(st.lists(st.text(alphabet="a,\"'\r\n=-é ", max_size=6), min_size=1, max_size=5))
def test_a_table_is_read_back_as_it_was(cells: list[str]) -> None:
    text = csv_text(pd.DataFrame({"title": cells, "n": range(len(cells))}))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [plain(row[0]) for row in rows[1:]] == cells


def test_numbers_and_gaps_are_untouched() -> None:
    assert csv_text(pd.DataFrame({"a": [-1.5, float("nan")], "b": ["x", None]})) == "a,b\n-1.5,x\n,\n"
