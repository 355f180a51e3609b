"""Maps: what is laid out how, and where new points stand."""

import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from core.content.embedding import unit
from core.interests.points import Points
from core.interests.projection import MapSettings, Projection, placed, project, trust
from core.types import FloatArray
from core.work.report import silent
from tests.core.interests.known_for_tests import map_of, points_of


def drawn(points: Points, **settings: int) -> Projection:
    return project(points, settings=MapSettings(**settings), report=silent)


def two_tastes(many: int = 20) -> FloatArray:
    """Two groups of directions, the first half and the second half of the rows."""
    rng = np.random.default_rng(0)
    return unit(np.eye(2, 6).repeat(many, axis=0) + rng.normal(scale=0.05, size=(2 * many, 6)))


def test_a_map_keeps_groups_apart_and_is_the_same_for_the_same_seed() -> None:
    one, same, other = (drawn(points_of(two_tastes()), seed=seed) for seed in (1, 1, 2))
    assert (one.method, one.left_out) == ("umap", 0)
    assert np.array_equal(one.places, same.places)
    assert not np.array_equal(one.places, other.places)
    middle = one.places[:20].mean(axis=0), one.places[20:].mean(axis=0)
    nearer = np.linalg.norm(one.places[:, None] - np.array(middle)[None], axis=2).argmin(axis=1)
    assert nearer.tolist() == [0] * 20 + [1] * 20
    assert one.places.mean(axis=0) == pytest.approx([0, 0], abs=1e-4)


def test_points_without_a_vector_are_not_on_the_map() -> None:
    vectors = two_tastes(8)
    vectors[[0, 5]] = 0
    found = drawn(points_of(vectors))
    assert found.left_out == 2
    assert found.ids.tolist() == [f"p{at:03}" for at in range(16) if at not in (0, 5)]
    assert found.places.shape == (14, 2)


@pytest.mark.parametrize("many", [5, 6, 10, 16])
def test_fewer_people_than_neighbours(many: int) -> None:
    found = drawn(points_of(unit(np.random.default_rng(0).normal(size=(many, 4)))))
    assert (found.method, found.places.shape) == ("umap", (many, 2))
    assert np.isfinite(found.places).all()
    assert 0 <= found.trustworthiness <= 1


def test_few_different_points_stand_where_their_components_are() -> None:
    """Three directions of many people: three places, as far from each other as they are."""
    vectors = np.eye(3).repeat(10, axis=0)
    found = drawn(points_of(vectors))
    assert found.method == "pca"
    different = np.unique(np.round(found.places, 3), axis=0)
    apart = np.linalg.norm(different[:, None] - different[None], axis=2)
    np.testing.assert_allclose(apart, np.sqrt(2) * (1 - np.eye(3)), atol=1e-2)


@pytest.mark.parametrize("many", [0, 1, 2, 60])
def test_people_who_are_all_alike_stand_in_one_place(many: int) -> None:
    found = drawn(points_of(unit(np.full((many, 7), 0.3))))
    assert (found.method, found.places.shape) == ("pca", (many, 2))
    assert not found.places.any()
    assert np.isnan(found.trustworthiness) == (many < 4)


def test_nobody_has_a_vector() -> None:
    found = drawn(points_of(np.zeros((9, 3))))
    assert (len(found.ids), found.left_out) == (0, 9)


def test_trustworthiness_by_head_and_of_scikit_learn() -> None:
    """In the plane itself every neighbour is one: 1. By scikit-learn 1.9.1 with cosine distance."""
    rng = np.random.default_rng(0)
    angle = np.linspace(0, 1, 30)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    assert trust(circle, circle) == 1
    vectors, places = unit(rng.normal(size=(60, 5))), rng.normal(size=(60, 2))
    of_sklearn = trustworthiness(vectors, places, n_neighbors=15, metric="cosine")
    assert trust(vectors, places) == pytest.approx(of_sklearn, abs=1e-9)
    assert np.isnan(trust(vectors[:3], places[:3]))
    assert trust(vectors[:4], places[:4]) == trustworthiness(
        vectors[:4], places[:4], n_neighbors=1, metric="cosine"
    )


def test_a_new_point_stands_at_the_weighted_mean_of_its_nearest() -> None:
    """(2, 1) has cosine 2/√5 with the first and 1/√5 with the second: two thirds of the way to the first."""
    points, drawn_ = points_of([[1, 0], [0, 1]]), map_of([[0, 0], [9, 3]])
    found = placed(drawn_, points, np.array([[1, 1], [2, 1], [0, 0], [5, 0]]))
    np.testing.assert_allclose(found[0], [4.5, 1.5], atol=1e-5)
    np.testing.assert_allclose(found[1], [3, 1], atol=1e-5)
    assert np.isnan(found[2]).all()
    np.testing.assert_allclose(found[3], [0, 0], atol=1e-4)


def test_only_the_five_nearest_count() -> None:
    """Five stand in one place, and what is asked looks as they do; a sixth looks another way."""
    points, drawn_ = points_of([[1, 0]] * 5 + [[0, 1]]), map_of([[2, 2]] * 5 + [[99, 99]])
    np.testing.assert_allclose(placed(drawn_, points, np.array([[1, 0.1]])), [[2, 2]], rtol=1e-5)


def test_people_without_a_vector_place_nobody() -> None:
    """The map has the second and third only: its rows are not the points' rows."""
    points = points_of([[0, 0], [1, 0], [0, 1]])
    drawn_ = Projection("people", "test", points.ids[1:], np.array([[1, 1], [5, 5]]), 1.0, 1, "pca")
    np.testing.assert_allclose(placed(drawn_, points, np.array([[0, 3.0]])), [[5, 5]], atol=1e-4)
    nobody = points_of(np.zeros((2, 2)))
    assert np.isnan(placed(map_of([]), nobody, np.array([[1.0, 0]]))).all()


def test_the_map_is_not_fitted_again_for_new_points(monkeypatch: pytest.MonkeyPatch) -> None:
    points = points_of(two_tastes(8))
    found = drawn(points)
    before = found.places.copy()

    def fail(*_: object) -> None:
        raise AssertionError("the map was fitted again")

    monkeypatch.setattr("core.interests.projection.fitted", fail)
    new = placed(found, points, two_tastes(8)[:3])
    assert np.array_equal(found.places, before)
    low, high = before[:8].min(axis=0), before[:8].max(axis=0)
    assert ((new >= low) & (new <= high)).all()
