"""Positives: the small language that says what counts as a hit."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.positive import columns_of, positives
from core.work.errors import BadInput

FRAME = pd.DataFrame(
    {
        "value": [1.0, 3.0, 4.0, 5.0, np.nan],
        "kind": pd.Categorical(["view", "cart", "purchase", "view", "cart"]),
    }
)


@pytest.mark.parametrize(
    ("expression", "rows"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("  ", [0, 1, 2, 3, 4]),
        ("rating>=4", [2, 3]),
        ("rating > 4", [3]),
        ("value <= 3", [0, 1]),
        ("rating = 3", [1]),
        ("rating==3", [1]),
        ("rating != 3", [0, 2, 3]),  # a row without a rating is not told to have another one
        ("rating in (1, 5)", [0, 3]),
        ("kind = view", [0, 3]),
        ("kind != view", [1, 2, 4]),
        ("event in (cart, purchase)", [1, 2, 4]),
        ("kind in ('cart', \"purchase\")", [1, 2, 4]),
        ("rating>=4 and kind = view", [3]),
        ("rating>=4 or kind = cart", [1, 2, 3, 4]),
        ("kind = cart or rating>=4 and kind = view", [1, 3, 4]),  # `and` binds closer
        ("(kind = cart or rating>=4) and kind = view", [3]),
        ("RATING >= 4 AND Kind IN (view)", [3]),
    ],
)
def test_selections_by_head(expression: str, rows: list[int]) -> None:
    assert np.flatnonzero(positives(expression, FRAME)).tolist() == rows


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("rating", "can't be read"),
        ("rating >=", "can't be read"),
        ("rating >= four", "can't be read"),
        ("rating >= 4 kind = view", "can't be read"),
        ("rating >= 4 and", "can't be read"),
        ("(rating >= 4", "can't be read"),
        ("rating >= 4)", "can't be read"),
        ("rating ! 4", "can't be read"),
        ("kind = 'view' !", "can't be read"),
        ("kind > view", "can't be read"),
        ("kind in view", "can't be read"),
        ("kind in (view", "can't be read"),
        ("rating in (four)", "can't be read"),
        ("price > 3", "column 'price'.*rating or kind"),
        ("__class__ = 3", "column '__class__'"),
        ("rating >= 6", "No interaction is positive.*the kinds are cart, purchase, view"),
        ("kind = like", "No interaction is positive"),
        ("(" * 249 + "rating>=4" + ")" * 242, "can't be read"),
        ("(" * 500, "can't be read"),
    ],
)
def test_what_can_not_be_read_is_said(expression: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        positives(expression, FRAME)


def test_a_condition_on_ratings_needs_ratings() -> None:
    with pytest.raises(BadInput, match="needs ratings"):
        positives("rating>=4", FRAME.assign(value=np.nan))


@pytest.mark.parametrize(
    ("expression", "columns"),
    [
        ("rating>=4", {"value"}),
        ("kind = cart and Value > 2", {"kind", "value"}),
        ("kind in (rating, view)", {"kind"}),
        ("", set()),
    ],
)
def test_which_columns_an_expression_asks_for(expression: str, columns: set[str]) -> None:
    assert columns_of(expression) == columns


@given(st.text("ratingkdvew ()<>=!,'\"4andor", max_size=40))
@settings(max_examples=200)
def test_any_text_selects_rows_or_is_refused(expression: str) -> None:
    try:
        found = positives(expression, FRAME)
    except BadInput:
        return
    assert found.shape == (5,)
    assert found.dtype == bool
