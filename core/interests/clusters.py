"""Clusters of a map's points: by density or by k-means, with how sure they are."""

import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from core.interests.projection import Projection
from core.types import FloatArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.fingerprint import fingerprint
from core.work.report import Report
from core.work.steps import step

Method = Literal["hdbscan", "kmeans"]
METHODS: tuple[Method, ...] = ("hdbscan", "kmeans")
ROUNDS = 20  # bootstrap samples that stability is measured on
MOST_STABLE = 5_000  # points of a bootstrap sample
SAMPLE = 2_000  # points that the silhouette is measured on
SMALLEST = 5  # people of a cluster: fewer show no details


@artifact
@dataclass(frozen=True)
class ClusterSettings:
    """How points are clustered. `size`: the smallest cluster of hdbscan, 0 = a fiftieth of the points;
    `k`: how many k-means makes."""

    method: Method = "hdbscan"
    size: int = 0
    k: int = 8
    seed: int = 0


@artifact
@dataclass(frozen=True)
class Clusters:
    """A cluster for each of N points of a map, and how well they hold together."""

    ids: TextArray  # (N,)
    labels: IntArray  # (N,) int32 from 0, the largest first; -1 = in none
    centres: FloatArray  # (C, 2) where each is densest: the place of its name on the map
    silhouette: float  # −1 to 1, mean over points in clusters; NaN with fewer than two clusters
    stability: float  # mean adjusted Rand index with clusters of bootstrap samples; NaN: few or all alike

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        return fingerprint(self.ids, self.labels)

    @property
    def sizes(self) -> IntArray:
        """(C,) points of each cluster."""
        return np.bincount(self.labels[self.labels >= 0], minlength=len(self.centres)).astype(np.int32)


@step(version=2, called="Finding clusters")
def clusters(projection: Projection, *, settings: ClusterSettings, report: Report) -> Clusters:
    """Clusters of the places on a map, never of a second fit.

    HDBSCAN (Campello et al. 2013) or k-means, by scikit-learn. On the map rather than in the embedding: there
    HDBSCAN finds dense places that many dimensions hide (docs/interests.md has the measurement).
    """
    places = projection.places
    report(0.1, "Finding clusters")
    labels = _by_size(label(places, settings))
    report(0.4, "Measuring how stable they are")
    stable = stability(places, labels, settings, report)
    return Clusters(projection.ids, labels, _centres(places, labels), _silhouette(places, labels), stable)


def label(places: FloatArray, settings: ClusterSettings) -> IntArray:
    """(N,) clusters as the method numbers them; -1 = none. Raises BadInput for k below 1 or above N."""
    many = len(places)
    if settings.method == "kmeans":
        if not 1 <= settings.k <= many:
            raise BadInput(
                f"{settings.k} clusters can't be made of {many} points.", f"1 to {many}.", "choose fewer."
            )
        from sklearn.cluster import KMeans
        from sklearn.exceptions import ConvergenceWarning

        with warnings.catch_warnings():
            # Fewer different points than clusters: some stay empty.
            warnings.simplefilter("ignore", ConvergenceWarning)
            made = KMeans(settings.k, n_init=5, random_state=settings.seed).fit_predict(places)
        return np.asarray(made, dtype=np.int32)
    smallest = smallest_of(settings, many)
    if many <= smallest:
        return np.full(many, -1, dtype=np.int32)
    if not np.ptp(places, axis=0).any():  # all in one place
        return np.zeros(many, dtype=np.int32)
    from sklearn.cluster import HDBSCAN

    found = HDBSCAN(min_cluster_size=smallest, min_samples=min(5, smallest), copy=True).fit_predict(places)
    return np.asarray(found, dtype=np.int32)


def smallest_of(settings: ClusterSettings, many: int) -> int:
    """The smallest cluster of hdbscan among so many points."""
    return max(SMALLEST, settings.size or many // 50)


def _by_size(labels: IntArray) -> IntArray:
    """The largest cluster is 0."""
    names, many = np.unique(labels[labels >= 0], return_counts=True)
    order = names[np.lexsort((names, -many))]
    place = np.full(int(labels.max(initial=-1)) + 2, -1, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return place[labels]  # the last place, -1, is that of none


def _centres(places: FloatArray, labels: IntArray) -> FloatArray:
    """(C, 2) the point of each cluster with the most others of it near: the densest place, never a hole."""
    found = []
    for cluster in range(int(labels.max(initial=-1)) + 1):
        rows = np.flatnonzero(labels == cluster)
        some = rows[:: max(1, len(rows) // 1_000)]
        apart = np.linalg.norm(places[some][:, None] - places[some][None], axis=2)
        near = np.median(apart) / 2
        found.append(places[some[int((apart <= near).sum(axis=1).argmax())]])
    return np.array(found, dtype=np.float32).reshape(-1, 2)


def _silhouette(places: FloatArray, labels: IntArray) -> float:
    rows = np.random.default_rng(0).permutation(np.flatnonzero(labels >= 0))[:SAMPLE]
    if len(np.unique(labels[rows])) < 2 or len(np.unique(labels[rows])) >= len(rows):
        return float("nan")
    from sklearn.metrics import silhouette_score

    return float(silhouette_score(places[rows], labels[rows]))


def stability(places: FloatArray, labels: IntArray, settings: ClusterSettings, report: Report) -> float:
    """Mean adjusted Rand index (Hubert & Arabie 1985) between these clusters and those of bootstrap samples.

    Each of 20 samples draws points with replacement, of which each counts once (Hennig 2007, §3.1). NaN for
    fewer than 10 points, and where all are in one cluster or in none: nothing is told apart.
    """
    many = len(places)
    if many < 2 * SMALLEST or len(np.unique(labels)) < 2:
        return float("nan")
    from sklearn.metrics import adjusted_rand_score

    rng = np.random.default_rng(settings.seed)
    found = []
    for at in range(ROUNDS):
        report(0.4 + 0.6 * at / ROUNDS, "Measuring how stable they are")
        drawn = np.unique(rng.integers(0, many, min(many, MOST_STABLE)))
        if settings.method == "kmeans" and settings.k > len(drawn):
            continue
        share = len(drawn) / many
        smaller = ClusterSettings(
            settings.method, max(2, round(smallest_of(settings, many) * share)), settings.k, settings.seed
        )
        found.append(adjusted_rand_score(labels[drawn], label(places[drawn], smaller)))
    return float(np.mean(found)) if found else float("nan")
