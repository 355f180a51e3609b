"""Tables for spreadsheets: a cell that a spreadsheet would run as a formula is made text."""

import re

import pandas as pd

# Spreadsheets take these, also in their full-width forms, for the start of a formula or a command.
_FORMULA = re.compile(r"^[\s\u200b\ufeff]*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$")


def neutral(value: object) -> object:
    """Text that would start a formula gets an apostrophe in front; numbers stay what they are.

    >>> neutral("=1+1"), neutral("-0.5"), neutral("tea")
    ("'=1+1", '-0.5', 'tea')
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.match(value):
        return "'" + value
    return value


def csv_text(frame: pd.DataFrame) -> str:
    """A frame as CSV, safe to open in a spreadsheet: headings and cells neutralised."""
    safe = frame.rename(columns=neutral)
    for at, dtype in enumerate(safe.dtypes):
        if not pd.api.types.is_numeric_dtype(dtype):
            safe.isetitem(at, safe.iloc[:, at].astype("object").map(neutral, na_action="ignore").array)
    # With CR in the line end, cells that hold one are quoted: it could start a row of its own.
    return safe.to_csv(index=False, lineterminator="\r\n").replace("\r\n", "\n")
