"""Positives: which interactions are fit and count as hits, as `rating>=4 and kind in (cart, purchase)`."""

import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd

from core.types import BoolArray
from core.work.errors import BadInput

_TOKEN = re.compile(r"\s*(>=|<=|!=|==|=|>|<|\(|\)|,|'[^']*'|\"[^\"]*\"|[^\s()<>=!,]+)")
_COMPARE: dict[str, Callable[[np.ndarray, float], BoolArray]] = {
    ">=": np.greater_equal,
    "<=": np.less_equal,
    ">": np.greater,
    "<": np.less,
    "==": np.equal,
    "=": np.equal,
    "!=": np.not_equal,
}
_DEEPEST = 20  # parentheses inside one another
_COLUMNS = {"rating": "value", "value": "value", "kind": "kind", "event": "kind"}
_EXPECTED = "conditions such as rating>=4 or kind in (cart, purchase), joined by and/or."


def positives(expression: str, interactions: pd.DataFrame) -> BoolArray:
    """(N,) bool: which rows an expression selects; "" selects every row.

    `and` binds closer than `or`. Raises BadInput for a column that is not there, an empty
    selection, or text that is not of this form.

    >>> frame = pd.DataFrame({"value": [3.0, 4.0, 5.0], "kind": pd.Categorical(["view", "view", "cart"])})
    >>> positives("rating>=4 and kind in (view)", frame)
    array([False,  True, False])
    """
    if not expression.strip():
        return np.ones(len(interactions), dtype=bool)
    chosen, rest = _either(_tokens(expression), interactions, expression)
    if rest:
        raise _malformed(expression)
    if not chosen.any():
        raise BadInput(
            f"No interaction is positive under {expression!r}.",
            "some rows that count as hits.",
            f"the kinds are {_kinds(interactions)}; loosen the condition.",
        )
    return chosen


def columns_of(expression: str) -> set[str]:
    """The columns that an expression asks for: value, kind, both or none.

    >>> columns_of("rating>=4")
    {'value'}
    """
    tokens = _tokens(expression)
    named = [name for name, after in pairwise(tokens) if after in _COMPARE or after.lower() == "in"]
    return {_COLUMNS[name.lower()] for name in named if name.lower() in _COLUMNS}


def _tokens(expression: str) -> list[str]:
    """The words and signs of an expression; raises BadInput for other signs, or where it is too deep."""
    tokens, at, depth, text = [], 0, 0, expression.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        depth += 0 if found is None else (found[1] == "(") - (found[1] == ")")
        if found is None or depth > _DEEPEST:
            raise _malformed(expression)
        tokens.append(found[1])
        at = found.end()
    return tokens


def _either(tokens: list[str], frame: pd.DataFrame, whole: str) -> tuple[BoolArray, list[str]]:
    left, tokens = _both(tokens, frame, whole)
    while tokens and tokens[0].lower() == "or":
        right, tokens = _both(tokens[1:], frame, whole)
        left = left | right
    return left, tokens


def _both(tokens: list[str], frame: pd.DataFrame, whole: str) -> tuple[BoolArray, list[str]]:
    left, tokens = _one(tokens, frame, whole)
    while tokens and tokens[0].lower() == "and":
        right, tokens = _one(tokens[1:], frame, whole)
        left = left & right
    return left, tokens


def _one(tokens: list[str], frame: pd.DataFrame, whole: str) -> tuple[BoolArray, list[str]]:
    if tokens and tokens[0] == "(":
        inside, rest = _either(tokens[1:], frame, whole)
        if not rest or rest[0] != ")":
            raise _malformed(whole)
        return inside, rest[1:]
    if len(tokens) < 3:
        raise _malformed(whole)
    column, operator, *rest = tokens
    values = _column(column, frame, whole)
    if operator.lower() == "in":
        wanted, rest = _listed(rest, whole)
        if _COLUMNS[column.lower()] == "value":
            return np.isin(values.to_numpy(), [_number(one, whole) for one in wanted]), rest
        return values.astype("str").isin(wanted).to_numpy(), rest
    if operator not in _COMPARE:
        raise _malformed(whole)
    wanted_one = rest[0].strip("'\"")
    if _COLUMNS[column.lower()] == "kind":
        if operator not in ("=", "==", "!="):
            raise _malformed(whole)
        same = (values.astype("str") == wanted_one).to_numpy()
        return (~same if operator == "!=" else same), rest[1:]
    numbers = values.to_numpy()
    return _COMPARE[operator](numbers, _number(wanted_one, whole)) & ~np.isnan(numbers), rest[1:]


def _number(text: str, whole: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise _malformed(whole) from error


def _column(name: str, frame: pd.DataFrame, whole: str) -> pd.Series:
    column = _COLUMNS.get(name.lower())
    if column is None:
        raise BadInput(f"{whole!r} names a column {name[:40]!r}.", "rating or kind.", "use one of these.")
    if column == "value" and not frame["value"].notna().any():
        raise BadInput(
            f"{whole!r} needs ratings, and the data has none.", "a rating column.", "leave the condition out."
        )
    return frame[column]


def _listed(tokens: list[str], whole: str) -> tuple[list[str], list[str]]:
    if ")" not in tokens or tokens[0] != "(":
        raise _malformed(whole)
    end = tokens.index(")")
    return [token.strip("'\"") for token in tokens[1:end] if token != ","], tokens[end + 1 :]


def _kinds(frame: pd.DataFrame) -> str:
    return ", ".join(map(str, frame["kind"].cat.categories[:8]))


def _malformed(expression: str) -> BadInput:
    return BadInput(f"{expression[:80]!r} can't be read.", _EXPECTED, "check its spelling.")
