"""Clusters by head, and what is no cluster."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, silhouette_score

from core.interests.clusters import Clusters, ClusterSettings, Method, clusters
from core.types import FloatArray
from core.work.errors import BadInput
from core.work.report import Cancelled, silent
from tests.core.interests.known_for_tests import blobs, map_of


def found(places: object, method: Method = "hdbscan", **settings: int) -> Clusters:
    return clusters(map_of(places), settings=ClusterSettings(method, **settings), report=silent)


@pytest.mark.parametrize("method", ["hdbscan", "kmeans"])
def test_two_far_groups_are_two_clusters_and_stable(method: Method) -> None:
    made = found(blobs(), method, k=2)
    assert adjusted_rand_score([0] * 30 + [1] * 30, made.labels) > 0.9
    assert made.sizes.sum() == (made.labels >= 0).sum() > 54
    assert made.silhouette > 0.9


def test_stability_of_two_far_groups_is_1() -> None:
    assert found(blobs(), "kmeans", k=2).stability == 1


def test_what_is_cut_anywhere_is_not_stable() -> None:
    """One group cut into five: another sample, another cut."""
    assert found(blobs(groups=1, many=80), "kmeans", k=5).stability < 0.8


def test_silhouette_by_head() -> None:
    """Two pairs, 1 apart within and 10 and √101 from the other's points: (b − 1)/b with b their mean."""
    made = found([[0, 0], [0, 1], [10, 0], [10, 1]], "kmeans", k=2)
    b = (10 + np.sqrt(101)) / 2
    assert made.silhouette == pytest.approx((b - 1) / b)
    assert np.isnan(made.stability)  # of 4 points


def test_silhouette_is_that_of_those_in_a_cluster() -> None:
    """scikit-learn 1.9.1; who is in none counts for nothing."""
    places = np.vstack([blobs(), np.random.default_rng(0).uniform(-100, 150, (12, 2))]).astype(np.float32)
    made = found(places, size=10)
    inside = made.labels >= 0
    assert 0 < (~inside).sum() < 20
    assert made.silhouette == pytest.approx(silhouette_score(places[inside], made.labels[inside]), abs=1e-5)


def test_the_largest_is_0_and_equals_keep_their_order() -> None:
    made = found([[0, 0]] * 2 + [[50, 0]] * 5 + [[99, 0]] * 3, "kmeans", k=3)
    assert made.labels.tolist() == [2] * 2 + [0] * 5 + [1] * 3
    assert made.sizes.tolist() == [5, 3, 2]


def test_a_centre_is_at_the_densest_place_not_in_the_hole() -> None:
    """A ring with a heap on one side: its mean lies in the empty middle, its centre in the heap."""
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1) * 10
    heap = np.array([[10.0, 0.0]]) + np.random.default_rng(0).normal(scale=0.1, size=(20, 2))
    (centre,) = found(np.vstack([ring, heap]), "kmeans", k=1).centres
    assert np.linalg.norm(centre - [10, 0]) < 1


@given(st.integers(0, 2**32 - 1), st.sampled_from(["hdbscan", "kmeans"]))
@given_settings(max_examples=15)
def test_every_centre_is_one_of_its_points(seed: int, method: Method) -> None:
    rng = np.random.default_rng(seed)
    places = rng.normal(size=(int(rng.integers(6, 50)), 2)).astype(np.float32)
    made = found(places, method, k=3)
    assert len(made.centres) == len(made.sizes) == made.labels.max() + 1
    for cluster, centre in enumerate(made.centres):
        assert (places[made.labels == cluster] == centre).all(axis=1).any()


@given(st.integers(0, 2**32 - 1))
@given_settings(max_examples=4)
def test_permuting_people_permutes_their_clusters(seed: int) -> None:
    """Of groups that lie apart; how one group is cut may hang on where k-means starts."""
    places = blobs(many=12, groups=3, seed=seed % 1_000)
    order = np.random.default_rng(seed).permutation(len(places))
    one, other = found(places, "kmeans", k=3), found(places[order], "kmeans", k=3)
    assert adjusted_rand_score(one.labels[order], other.labels) == 1
    assert one.silhouette == pytest.approx(other.silhouette, abs=1e-6)


def test_the_same_seed_gives_the_same_clusters() -> None:
    places = np.random.default_rng(0).normal(size=(60, 2))
    one, same = (found(places, "kmeans", k=6, seed=3) for _ in range(2))
    assert one.fingerprint == same.fingerprint
    assert one.stability == same.stability


NOTHING: list[FloatArray] = [np.zeros((0, 2)), np.zeros((1, 2)), np.zeros((4, 2))]


@pytest.mark.parametrize("places", NOTHING, ids=len)
def test_too_few_people_for_a_cluster(places: FloatArray) -> None:
    made = found(places)
    assert made.labels.tolist() == [-1] * len(places)
    assert (made.centres.shape, made.sizes.tolist()) == ((0, 2), [])
    assert np.isnan([made.silhouette, made.stability]).all()


def test_people_who_stand_in_one_place_are_one_cluster_and_nothing_is_told_apart() -> None:
    made = found(np.ones((40, 2)))
    assert made.labels.tolist() == [0] * 40
    assert made.centres.tolist() == [[1, 1]]
    assert np.isnan([made.silhouette, made.stability]).all()


def test_one_cluster_only() -> None:
    made = found(blobs(groups=1, many=40), "kmeans", k=1)
    assert made.labels.tolist() == [0] * 40
    assert np.isnan([made.silhouette, made.stability]).all()


def test_where_nobody_is_in_a_cluster_nothing_is_stable() -> None:
    """One even cloud has no two dense places."""
    made = found(np.random.default_rng(0).random((60, 2)), size=25)
    assert set(made.labels.tolist()) == {-1}
    assert len(made.centres) == 0
    assert np.isnan([made.silhouette, made.stability]).all()


def test_fewer_places_than_clusters_leave_some_empty() -> None:
    made = found([[0, 0]] * 6 + [[9, 9]] * 4, "kmeans", k=4)
    assert made.sizes.tolist() == [6, 4]


@pytest.mark.parametrize(("many", "k"), [(0, 8), (0, 1), (5, 6), (5, 0)])
def test_more_clusters_than_people_are_refused(many: int, k: int) -> None:
    with pytest.raises(BadInput, match=f"{k} clusters can't be made of {many} points"):
        found(np.random.default_rng(0).random((many, 2)), "kmeans", k=k)


def test_a_cancel_is_heard_while_stability_is_measured() -> None:
    def report(fraction: float, message: str) -> None:
        if fraction > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        clusters(map_of(blobs()), settings=ClusterSettings("kmeans", k=2), report=report)
