"""Rows as JSON objects: one a line, or all in a list."""

import json
from typing import Any

import pandas as pd

from core.data.columns import unrepeated
from core.data.dataset import Did
from core.work.errors import BadInput


def objects(
    text: str, name: str, nested: bool = False
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[Did, ...]]:
    """Rows with the values that stand in them, all names of fields, and what was left out.

    Whole numbers stay whole. `nested` keeps lists and records. Raises BadInput naming the file.
    """
    rows, bad = _rows(text, name)
    if not rows:
        example = f" ({bad[0]})" if bad else ""
        raise BadInput(f"{name}: no line is a JSON object{example}.", "an object a line.", "mend the file.")
    names = unrepeated(list(dict.fromkeys(key for row in rows for key in row)), name)
    frame = pd.DataFrame({key: pd.Series([row.get(key) for row in rows], dtype=object) for key in names})
    did = [
        Did(
            "malformed rows", len(bad), f"{name}: lines that are no JSON object were left out", tuple(bad[:3])
        )
    ]
    flat = [key for key in names if nested or not _nested(frame[key])]
    left = tuple(key for key in names if key not in flat)
    detail = f"{name}: columns that hold lists or records were left out"
    more = [Did("nested columns", len(left), detail, left[:3])] if left else []
    return frame[flat], tuple(names), (*(did if bad else []), *more)


def _rows(text: str, name: str) -> tuple[list[dict[str, Any]], list[str]]:
    if text.lstrip().startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadInput(
                f"{name} is no JSON ({str(error)[:80]}).", "a list of objects.", "mend the file."
            ) from error
        return [row for row in found if isinstance(row, dict)], [
            f"entry {at + 1}: {str(row)[:60]}" for at, row in enumerate(found) if not isinstance(row, dict)
        ]
    rows, bad = [], []
    for at, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            rows.append(row)
        else:
            bad.append(f"line {at + 1}: {line.strip()[:60]}")
    return rows, bad


def _nested(column: pd.Series) -> bool:
    return any(isinstance(value, dict | list) for value in column)
