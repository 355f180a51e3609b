"""Rows of text with a delimiter: a header, rows of as many fields, and what was left out."""

import csv
import io
import re

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from core.data.columns import unrepeated
from core.data.dataset import Did
from core.work.errors import BadInput

DELIMITERS = (",", "\t", ";", "|", "::")
_FIRST = re.compile(r"[^\r\n]*\S[^\r\n]*")  # the first line that is not blank


def first_line(text: str) -> str:
    """The first line that is not blank, "" where there is none."""
    found = _FIRST.search(text)
    return found[0] if found else ""


def delimiter_of(line: str) -> str:
    """What separates the fields of a header: the sign that fills most of it, a comma where none does.

    >>> delimiter_of("user::item::rating"), delimiter_of("user;item"), delimiter_of("user")
    ('::', ';', ',')
    """
    return max(DELIMITERS, key=lambda sign: (line.count(sign) * len(sign), sign == "::" and sign in line))


def delimited(
    text: str, name: str, header: list[str] | None, sign: str | None = None, quotes: bool = True
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[Did, ...]]:
    """Rows as text (missing where a field is empty), the columns' names, and what was left out.

    `header` names the columns where the text has no header line, and `sign` separates the
    fields; without `quotes` they are plain
    characters. Raises BadInput naming the file.
    """
    first = first_line(text)
    if not first:
        raise BadInput(f"{name} is empty.", "a table with a header and rows.", "check the export.")
    delimiter = sign or delimiter_of(first)
    if delimiter == "::":
        delimiter, text, first = "\t", text.replace("::", "\t"), first.replace("::", "\t")
    names = header or _header(first, delimiter, name)
    body = text[text.index(first) :]
    if not header:
        body = body[len(first) :]
    if not body.strip():
        raise no_rows(name)
    rows, bad, did = _rows(body, names, delimiter, name, above=0 if header else 1, quotes=quotes)
    if not len(rows) and bad:
        raise BadInput(
            f"{name}: no row has the {len(names)} fields of the header ({bad[0]}).",
            f"{len(names)} fields a row, separated by {delimiter!r}.",
            "check the delimiter.",
        )
    if not len(rows):
        raise no_rows(name)
    if bad:
        detail = f"{name}: rows that don't have {len(names)} fields were left out"
        did = (*did, Did("malformed rows", len(bad), detail, tuple(bad[:3])))
    return rows.to_pandas(), tuple(names), did


def no_rows(name: str) -> BadInput:
    """What to say of a table without rows."""
    return BadInput(
        f"{name} has a header but no rows.", "at least two people and two items.", "check the export."
    )


def _rows(
    body: str, names: list[str], delimiter: str, name: str, above: int, quotes: bool
) -> tuple[pa.Table, list[str], tuple[Did, ...]]:
    """The rows, those left out, and whether quotes had to be read as plain characters.

    `above`: how many lines stand above the body.
    """
    try:
        rows, bad = _parsed(body, names, delimiter, above, quotes)
        if not quotes or not _swallowed(body, len(rows) + len(bad), delimiter):
            return rows, bad, ()
        rows, bad = _parsed(body, names, delimiter, above, quotes=False)
    except pa.ArrowInvalid as error:
        raise BadInput(
            f"{name} can't be read as a table: {str(error)[:160]}.",
            f"{len(names)} fields a row, separated by {delimiter!r}.",
            "check that row and its quotes.",
        ) from error
    return rows, bad, (Did("quotes", 1, f"{name}: quotes don't close; they were read as plain characters"),)


def _parsed(
    body: str, names: list[str], delimiter: str, above: int, quotes: bool
) -> tuple[pa.Table, list[str]]:
    bad: list[str] = []

    def skip(row: pyarrow.csv.InvalidRow) -> str:
        line = f"line {row.number + above}" if row.number else "a line"
        bad.append(f"{line}: {row.actual_columns} fields: {row.text[:60]}")
        return "skip"

    rows = pyarrow.csv.read_csv(
        io.BytesIO(body.encode()),
        read_options=pyarrow.csv.ReadOptions(column_names=names, use_threads=False),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter,
            quote_char='"' if quotes else False,
            newlines_in_values=quotes and '"' in body,
            invalid_row_handler=skip,
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=[""],
        ),
    )
    return rows, bad


def _swallowed(body: str, rows: int, delimiter: str) -> bool:
    """Whether an open quote made one row of several: fewer rows than lines, and quotes that don't match."""
    if '"' not in body or rows >= sum(1 for line in io.StringIO(body) if line.strip("\r\n")):
        return False
    try:
        for _ in csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return True
    return False


def _header(first: str, delimiter: str, name: str) -> list[str]:
    try:
        (fields,) = csv.reader([first], delimiter=delimiter)
    except csv.Error as error:
        raise BadInput(
            f"{name}: its header can't be read ({error}).", "names of columns.", "mend it."
        ) from error
    names = [field.strip() for field in fields]
    if broken := [field for field in names if '"' in field]:
        raise BadInput(
            f"{name}: its header can't be read (a quote in {broken[0][:60]!r}).",
            "names of columns.",
            "mend it.",
        )
    if len(names) == 1:
        raise BadInput(
            f"{name} has only one column ({names[0][:60]!r}).",
            "columns separated by comma, tab, semicolon or |.",
            "check the delimiter.",
        )
    return unrepeated(names, name)
