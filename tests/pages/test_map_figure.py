"""The map's options and colours: every point once, whatever colours it, and what a lasso sends."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.map_colours import (
    HUES,
    NONE,
    Group,
    of_difference,
    of_labels,
    of_metric,
    of_numbers,
    of_texts,
)
from pages.parts.map_figure import Label, areas_of, options

NUMBERS = st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), min_size=1, max_size=40)


def each_once(groups: list[Group], many: int) -> bool:
    return bool((np.sum([group.rows for group in groups], axis=0) == np.ones(many)).all())


@given(NUMBERS, st.sampled_from(["light", "dark"]))
def test_numbers_metrics_and_differences_colour_every_point_once(values: list[float], ground: str) -> None:
    found = np.array(values)
    assert each_once(of_numbers(found, ground), len(found))
    assert each_once(of_metric(found, ground), len(found))
    other = np.roll(found, 1)
    one, two = ("A", "#0072b2"), ("B", "#d55e00")
    assert each_once(of_difference(found - other, ground, one, two), len(found))


@given(st.lists(st.integers(-1, 30), min_size=1, max_size=60))
def test_labels_colour_every_point_once(labels: list[int]) -> None:
    names = [f"n{at}" for at in range(31)]
    groups = of_labels(np.array(labels), names, "none")
    assert each_once(groups, len(labels))
    for group in groups:
        if group.name in names:
            assert group.colour == HUES[names.index(group.name)]


def test_a_difference_is_centred_on_zero_and_has_the_colour_of_who_is_better() -> None:
    groups = of_difference(
        np.array([-0.7, -0.1, 0, 0.1, 0.7, np.nan]), "light", ("A", "#0072b2"), ("B", "#d55e00")
    )
    colours = [next(group.colour for group in groups if group.rows[at]) for at in range(6)]
    assert colours[0] == "#d55e00"
    assert colours[4] == "#0072b2"
    assert colours[5] == NONE
    assert len(set(colours)) == 6


def test_texts_the_most_frequent_first() -> None:
    groups = of_texts(pd.Series(["b", "a", "b", None]))
    assert [(group.name, int(group.rows.sum())) for group in groups] == [("b", 2), ("a", 1), ("not known", 1)]


def drawn(selected: np.ndarray | None, new: int = 0) -> tuple[dict[str, object], list[int]]:
    """The options of five points of two groups, and how many each series of points has."""
    places = np.array([[0, 0], [1, 0], [2, 0], [3, 1], [4, 1]], dtype=np.float32)
    ids = np.array(list("abcde"), dtype=object)
    rows = np.array([True, True, True, False, False])
    groups = [Group("one", HUES[0], rows), Group("two", HUES[1], ~rows)]
    made = options(places, ids, groups, selected, [Label("one", 1, 0, 3)], "light", new=new)
    return made, [len(one["source"]) for one in made["dataset"]]


def test_every_point_is_drawn_once_and_what_is_not_selected_is_greyed() -> None:
    made, sizes = drawn(None)
    assert sizes == [3, 2]
    made, sizes = drawn(np.array([True, False, False, False, True]))
    assert sizes == [3, 1, 1]
    series = made["series"]
    assert isinstance(series, list)
    assert series[0]["itemStyle"]["color"] not in HUES
    brush = made["brush"]
    assert isinstance(brush, dict)
    assert brush["seriesIndex"] == [0, 1, 2]  # the names are not brushed


def test_new_people_are_hollow() -> None:
    made, sizes = drawn(None, new=1)
    assert sizes == [3, 1, 1]
    series = made["series"]
    assert isinstance(series, list)
    assert [one["itemStyle"]["color"] for one in series[:3]] == [HUES[0], HUES[1], "transparent"]


@pytest.mark.parametrize(
    ("area", "corners"),
    [
        ({"brush_type": "rect", "coord_range": [[0, 2], [1, 3]]}, [[0, 1], [2, 1], [2, 3], [0, 3]]),
        ({"brush_type": "polygon", "coord_range": [[0, 0], [1, 0], [1, 1]]}, [[0, 0], [1, 0], [1, 1]]),
        ({"brush_type": "polygon", "coord_range": [[0, 0], [1, 0]]}, None),
        ({"brush_type": "rect", "coord_range": "x"}, None),
        ({"brush_type": "polygon", "coord_range": [[0, 0], [1, None], [1, 1]]}, None),
    ],
)
def test_what_a_browser_may_send(area: dict[str, object], corners: list[list[float]] | None) -> None:
    found = areas_of({"areas": [area]})
    assert [one.tolist() for one in found] == ([corners] if corners else [])
