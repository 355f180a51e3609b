"""Maps: points as places in the plane by UMAP, in a process of its own."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.content.embedding import unit
from core.interests.points import Of, Points
from core.types import FloatArray, TextArray
from core.work.artifacts import artifact
from core.work.fingerprint import fingerprint
from core.work.report import Report
from core.work.steps import step

FEWEST = 5  # points that UMAP lays out; fewer stand where their first components are
NEIGHBOURS = 15
SAMPLE = 2_000  # points on which trustworthiness is measured
PLACED_BY = 5  # neighbours that a new point is placed between


@artifact
@dataclass(frozen=True)
class MapSettings:
    """What determines a map beside its points."""

    neighbours: int = NEIGHBOURS
    min_dist: float = 0.1
    seed: int = 0


@artifact
@dataclass(frozen=True)
class Projection:
    """N points in the plane; those without a vector are not on it."""

    of: Of
    by: str
    ids: TextArray  # (N,)
    places: FloatArray  # (N, 2) float32
    trustworthiness: float  # 0 to 1: how far neighbours on the map are neighbours in the embedding; NaN: few
    left_out: int  # people or items without a vector
    method: str  # "umap", or "pca" where points are too few or all alike

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        return fingerprint(self.of, self.by, self.ids, self.places)


@step(version=1, isolated=True, called="Drawing the map")
def project(points: Points, *, settings: MapSettings, report: Report) -> Projection:
    """UMAP (McInnes et al. 2018) of the points that have a vector, with cosine distance.

    Isolated, so that two fits at once don't share a process, and a cancel kills it. One thread, seeded. Fewer
    than 5 points, and points that are all alike, are laid out by their principal components.
    """
    report(0.05, "Drawing the map")
    known = np.flatnonzero(points.known)
    vectors = np.ascontiguousarray(points.vectors[known])
    different = len(np.unique(np.round(vectors, 5), axis=0))
    if different < FEWEST:
        places, method = _by_components(vectors), "pca"
    else:
        places, method = fitted(vectors, settings), "umap"
    report(0.9, "Measuring the map")
    return Projection(
        points.of,
        points.by,
        points.ids[known],
        places,
        trust(vectors, places),
        len(points.ids) - len(known),
        method,
    )


def fitted(vectors: FloatArray, settings: MapSettings) -> FloatArray:
    """(N, 2) places by umap-learn."""
    import warnings

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Tensorflow not installed", ImportWarning)
        warnings.filterwarnings("ignore", category=UserWarning, module="umap")  # points that are far from all
        from umap import UMAP

        found = UMAP(
            n_neighbors=min(settings.neighbours, len(vectors) - 1),
            min_dist=settings.min_dist,
            metric="cosine",
            init="spectral" if len(vectors) > 2 * settings.neighbours else "random",
            random_state=settings.seed,
            n_jobs=1,
        ).fit_transform(vectors)
    places = np.nan_to_num(np.asarray(found, dtype=np.float32))
    return places - places.mean(axis=0)


def _by_components(vectors: FloatArray) -> FloatArray:
    if not len(vectors):
        return np.zeros((0, 2), dtype=np.float32)
    centred = np.round(vectors - vectors.mean(axis=0), 5)  # points that are alike stand in one place
    left, size, _ = np.linalg.svd(centred, full_matrices=False)
    found = np.zeros((len(vectors), 2), dtype=np.float32)
    found[:, : min(2, len(size))] = (left * size)[:, :2]
    return found


def trust(vectors: FloatArray, places: FloatArray, near: int = NEIGHBOURS) -> float:
    """Trustworthiness (Venna & Kaski 2001) by scikit-learn, on at most 2,000 points; NaN for few."""
    if len(vectors) < 4:
        return float("nan")
    from sklearn.manifold import trustworthiness

    rows = np.random.default_rng(0).permutation(len(vectors))[:SAMPLE]
    near = max(1, min(near, (len(rows) - 1) // 2))
    return float(trustworthiness(vectors[rows], places[rows], n_neighbors=near, metric="cosine"))


def placed(projection: Projection, points: Points, new: FloatArray) -> FloatArray:
    """(M, 2) approximate places of new points (M, D): the mean of their nearest neighbours' by cosine.

    The map is not fitted again. NaN for a point without a vector.
    """
    from core.content.neighbours import exact

    rows = np.flatnonzero(points.known)
    found = np.full((len(new), 2), np.nan, dtype=np.float32)
    asked = unit(new)
    there = np.flatnonzero(asked.any(axis=1))
    if not len(there) or not len(rows):
        return found
    items, close = exact(unit(points.vectors[rows]), asked[there], min(PLACED_BY, len(rows)))
    weight = np.maximum(close, 1e-6)
    weight = weight / weight.sum(axis=1, keepdims=True)
    found[there] = np.einsum("mk,mkd->md", weight, projection.places[items])
    return found
