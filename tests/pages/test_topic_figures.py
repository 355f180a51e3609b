"""Figures of topics: few events leave a gap, and the number that is shown is marked."""

import numpy as np
import pandas as pd
import pytest

from core.interests.profiles import Profiles
from core.interests.topics import CurvePoint
from pages.parts import topic_figures


def theirs(events: list[int]) -> Profiles:
    """Six months in which topic 0 has a tenth, two tenths, …"""
    share = np.arange(1, 7) / 10
    return Profiles(
        np.array(["u0"], dtype=object),
        np.arange(2, dtype=np.int32),
        np.array([[0.5, 0.5]], dtype=np.float32),
        np.array([9], dtype=np.int32),
        tuple(f"2026-0{month}-01" for month in range(1, 7)),
        np.stack([share, 1 - share], axis=1),
        np.array(events, dtype=np.int32),
    )


def test_months_with_few_events_are_gaps_and_not_drawn_at_the_ends() -> None:
    figure = topic_figures.time_figure(theirs([3, 20, 19, 40, 25, 0]), 0)
    line = figure.data[0]
    assert pd.DatetimeIndex(line.x).month.tolist() == [2, 3, 4, 5]
    np.testing.assert_allclose(line.y, [20, np.nan, 40, 50])
    assert list(line.customdata) == [20, 19, 40, 25]


def test_the_table_has_every_month_with_its_events() -> None:
    table = topic_figures.time_table(theirs([3, 20, 19, 40, 25, 0]), 0)
    assert table["events"].tolist() == [3, 20, 19, 40, 25, 0]
    assert table["share, %"].isna().tolist() == [True, False, True, False, False, True]


CURVE = (CurvePoint(4, 0.1), CurvePoint(8, 0.3), CurvePoint(12, 0.2))


@pytest.mark.parametrize(
    ("chosen", "place"), [(CurvePoint(8, 0.3), "top center"), (CurvePoint(6, 0.05), "bottom center")]
)
def test_the_number_that_is_shown_is_marked_beside_the_line(chosen: CurvePoint, place: str) -> None:
    line, mark = topic_figures.curve_figure(CURVE, chosen).data
    assert sorted(line.x) == list(line.x)
    assert chosen.k in line.x
    assert (list(mark.x), list(mark.y), mark.textposition) == ([chosen.k], [chosen.npmi], place)
    assert str(chosen.k) in mark.text[0]
    assert topic_figures.curve_table(CURVE, chosen)["topics"].tolist() == sorted({4, 8, 12, chosen.k})


def test_where_coherence_is_not_known_nothing_is_marked() -> None:
    assert len(topic_figures.curve_figure(CURVE, None).data) == 1
