"""Tables for spreadsheets: a cell that a spreadsheet would run as a formula is made text."""

import csv
import re

import pandas as pd

# Spreadsheets take these, also in their full-width forms, for the start of a formula or a command.
_FORMULA = re.compile(r"^[\s\u200b\ufeff]*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$")


def neutral(value: object) -> object:
    """Text that would start a formula gets an apostrophe in front; numbers stay what they are.

    Text that looks as if it had been given one gets another, so that `plain` undoes exactly this.

    >>> neutral("=1+1"), neutral("-0.5"), neutral("tea"), neutral("'=1+1")
    ("'=1+1", '-0.5', 'tea', "''=1+1")
    """
    return "'" + value if isinstance(value, str) and _starts(value) else value


def plain(text: str) -> str:
    """The text of which `neutral` made this.

    >>> plain("'=1+1"), plain("''=1+1"), plain("'tea'"), plain("-0.5")
    ('=1+1', "'=1+1", "'tea'", '-0.5')
    """
    return text[1:] if text[:1] == "'" and _starts(text[1:]) else text


def _starts(text: str) -> bool:
    """Whether it would start a formula, apostrophes in front left aside."""
    bare = text.lstrip("'")
    return bool(_FORMULA.match(bare)) and not _NUMBER.match(bare)


def csv_text(frame: pd.DataFrame) -> str:
    """A frame as CSV, safe to open in a spreadsheet: headings and cells neutralised."""
    safe = frame.rename(columns=neutral)
    for at, dtype in enumerate(safe.dtypes):
        if not pd.api.types.is_numeric_dtype(dtype):
            safe.isetitem(at, safe.iloc[:, at].astype("object").map(neutral, na_action="ignore").array)
    # A cell with a CR could start a row of its own; a line end is quoted by itself.
    at_texts = [at for at, dtype in enumerate(safe.dtypes) if not pd.api.types.is_numeric_dtype(dtype)]
    returns = any("\r" in str(cell) for at in at_texts for cell in safe.iloc[:, at])
    returns |= any("\r" in str(name) for name in safe.columns)
    return safe.to_csv(
        index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL
    )
