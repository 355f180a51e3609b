"""Areas of a map: what lies inside, and how they are written."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.interests.areas import MOST_CORNERS, inside, read, thinned, written
from core.work.errors import BadInput

U_SHAPE = np.array([[0, 0], [3, 0], [3, 3], [2, 3], [2, 1], [1, 1], [1, 3], [0, 3]], dtype=float)


@pytest.mark.parametrize(
    ("x", "y", "found"), [(0.5, 2, True), (1.5, 2, False), (2.5, 2, True), (1.5, 0.5, True), (4, 1, False)]
)
def test_inside_a_u(x: float, y: float, found: bool) -> None:
    assert inside(np.array([[x, y]]), U_SHAPE).tolist() == [found]
    assert inside(np.array([[x, y]]), U_SHAPE[::-1]).tolist() == [found]  # whichever way round


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=50))
def test_a_rectangle_holds_what_its_edges_say(points: list[tuple[float, float]]) -> None:
    places = np.array(points)
    corners = np.array([[-3, -2], [4, -2], [4, 5], [-3, 5]], dtype=float)
    x, y = places.T
    clear = (np.abs(x + 3) > 1e-9) & (np.abs(x - 4) > 1e-9) & (np.abs(y + 2) > 1e-9) & (np.abs(y - 5) > 1e-9)
    wanted = (x > -3) & (x < 4) & (y > -2) & (y < 5)
    assert (inside(places, corners) == wanted)[clear].all()


def test_fewer_than_three_corners_hold_nothing() -> None:
    assert not inside(np.zeros((4, 2)), np.zeros((2, 2))).any()


def test_areas_are_read_back() -> None:
    areas = [U_SHAPE, U_SHAPE[:3] + 10]
    assert all(np.array_equal(one, other) for one, other in zip(read(written(areas)), areas, strict=True))


def test_a_long_lasso_is_thinned_and_keeps_its_shape() -> None:
    angle = np.linspace(0, 2 * np.pi, 1_000, endpoint=False)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    assert len(thinned(circle)) <= MOST_CORNERS
    places = np.random.default_rng(0).uniform(-1.5, 1.5, (2_000, 2))
    same = inside(places, circle) == inside(places, read(written([circle]))[0])
    assert same.mean() > 0.99


@pytest.mark.parametrize("text", ["", "1,2", "1,2;3,4", "a,b;c,d;e,f", "1,2,3;1,2,3;1,2,3", "inf,0;1,0;1,1"])
def test_what_is_no_area_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is no area of a map"):
        read(text)
