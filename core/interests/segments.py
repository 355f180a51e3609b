"""Segments from a map: clusters at three levels, with their words and typical members."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from core.content.embed import TrainingPart
from core.content.keywords import class_weights
from core.content.persons import recency_weights
from core.data.dataset import Dataset
from core.interests.clusters import Clusters, ClusterSettings, clusters, smallest_of
from core.interests.documents import Asked, Documents, read_documents, training
from core.interests.points import PointsOf, points
from core.interests.projection import MapSettings, Projection, project
from core.types import FloatArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.fingerprint import fingerprint
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

WORDS = 8  # of a cluster
IN_NAME = 3
TYPICAL = 5
LEAST_LIFT = 1e-4  # logarithm; what is less is rounding
COARSE, FINE = 2.5, 0.4  # how much larger and smaller the clusters of the other two levels are


@artifact
@dataclass(frozen=True)
class Level:
    """Clusters of one size, and what each of C is called."""

    clusters: Clusters
    names: tuple[str, ...]  # (C,) the first three words; "" where nothing is said
    words: tuple[tuple[str, ...], ...]  # (C,) up to 8
    typical: tuple[tuple[str, ...], ...]  # (C,) the ids nearest to the densest place


@artifact
@dataclass(frozen=True)
class Segmentation:
    """A map with clusters at three levels, the coarsest first; the second is the one that was asked."""

    projection: Projection
    levels: tuple[Level, ...]

    @property
    def chosen(self) -> Level:
        """The level that the settings describe."""
        return self.levels[1]

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        return fingerprint(self.projection, *(level.clusters for level in self.levels))


@artifact
@dataclass(frozen=True)
class SegmentsOf:
    """What determines a segmentation beside the data."""

    points: PointsOf
    map: MapSettings = field(default_factory=MapSettings)
    clusters: ClusterSettings = field(default_factory=ClusterSettings)


@step(version=2, called="Finding segments")
def segmentation(dataset: Dataset, *, settings: SegmentsOf, report: Report) -> Segmentation:
    """Embedding, map, clusters at three levels, and their words, as one job."""
    run = current().run
    found = run(points, dataset, settings=settings.points, report=within(report, 0.0, 0.4))
    drawn = run(project, found, settings=settings.map, report=within(report, 0.4, 0.8))
    documents = run(
        read_documents,
        dataset,
        settings=Asked(settings.points.part),
        report=within(report, 0.8, 0.85),
    )
    said = _said(dataset, documents, drawn, settings.points.part)
    titles = _titles(dataset, documents)
    levels = []
    for at, chosen in enumerate(_levels(settings.clusters, len(drawn.ids))):
        part = within(report, 0.85 + 0.05 * at, 0.9 + 0.05 * at)
        made = run(clusters, drawn, settings=chosen, report=part)
        levels.append(_level(made, drawn, said, documents, titles))
    return Segmentation(drawn, tuple(levels))


def _levels(settings: ClusterSettings, many: int) -> list[ClusterSettings]:
    """Coarser and finer than what was asked."""
    if settings.method == "kmeans":
        fewer = min(settings.k, max(2, round(settings.k / 2)))
        more = max(settings.k, min(2 * settings.k, many))
        return [replace(settings, k=k) for k in (fewer, settings.k, more)]
    size = smallest_of(settings, many)
    return [replace(settings, size=max(2, round(size * factor))) for factor in (COARSE, 1, FINE)]


@artifact
@dataclass(frozen=True)
class WordsOf:
    """Points of a map, and the training part."""

    ids: TextArray  # sorted
    part: TrainingPart


@step(version=1, called="Finding words")
def words_of(
    dataset: Dataset, documents: Documents, projection: Projection, *, settings: WordsOf, report: Report
) -> tuple[str, ...]:
    """The words that tell some points of a map from the others, as those of clusters."""
    report(0.1, "Finding words")
    inside = np.isin(projection.ids.astype(str), settings.ids.astype(str))
    said = _said(dataset, documents, projection, settings.part)
    labels = np.where(inside, 0, 1).astype(np.int32)
    found = group_words(labels, said, documents, _titles(dataset, documents))
    return found[0] if found and inside.any() else ()


def _said(dataset: Dataset, documents: Documents, drawn: Projection, part: TrainingPart) -> csr_array:
    """(N, W) how much each point says each word: an item its own, a person those of what they took."""
    if drawn.of == "items":
        place = pd.Index(documents.ids if documents.kind == "text" else documents.words).get_indexer(
            pd.Index(drawn.ids)
        )
        if documents.kind == "text":
            return csr_array(documents.counts[place])
        ones = np.ones(len(place), dtype=np.float32)
        shape = (len(place), len(documents.words))
        return csr_array((ones, (np.arange(len(place)), place)), shape=shape)
    train = training(dataset, part)
    place = pd.Index(train.user_ids).get_indexer(pd.Index(drawn.ids))
    if documents.kind == "items":
        return csr_array(documents.counts[place])
    return csr_array((recency_weights(documents.ids, train) @ documents.counts)[place])


def _titles(dataset: Dataset, documents: Documents) -> dict[str, str]:
    if documents.kind == "text":
        return {}
    titles = dataset.items["title"].dropna()
    return {str(item): str(title) for item, title in titles.items() if title}


def _level(
    made: Clusters, drawn: Projection, said: csr_array, documents: Documents, titles: dict[str, str]
) -> Level:
    words = group_words(made.labels, said, documents, titles)
    names = tuple(", ".join(some[:IN_NAME]) for some in words)
    typical = tuple(_typical(made, drawn, cluster) for cluster in range(len(made.centres)))
    return Level(made, names, words, typical)


def group_words(
    labels: IntArray, said: csr_array, documents: Documents, titles: dict[str, str], most: int = WORDS
) -> tuple[tuple[str, ...], ...]:
    """(C,) the words that tell each cluster from the others; titles for ids of items.

    Class-based TF-IDF times the logarithm of the word's lift, its share in the cluster over that everywhere:
    people of different clusters share most words, and a word that is not more frequent here tells nothing.
    """
    many = int(labels.max(initial=-1)) + 1
    if not many:
        return ()
    rows = np.flatnonzero(labels >= 0)
    ones = np.ones(len(rows), dtype=np.float32)
    member = csr_array((ones, (labels[rows], rows)), shape=(many, len(labels)))
    counts = np.asarray((member @ said).toarray(), dtype=np.float64)
    everywhere = np.asarray(said.sum(axis=0)).ravel() / max(float(said.sum()), 1e-12)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        lift = np.where(share > 0, np.log(share / everywhere), 0)
    weights = class_weights(counts) * np.where(lift > LEAST_LIFT, lift, 0)
    return tuple(_best(row, documents, titles, most) for row in weights)


def _best(weights: FloatArray, documents: Documents, titles: dict[str, str], most: int) -> tuple[str, ...]:
    order = np.argsort(-weights, kind="stable")[:most]
    words = (str(documents.words[at]) for at in order if weights[at] > 0)
    return tuple(titles.get(word, word) for word in words)


def _typical(made: Clusters, drawn: Projection, cluster: int) -> tuple[str, ...]:
    rows = np.flatnonzero(made.labels == cluster)
    apart = np.linalg.norm(drawn.places[rows] - made.centres[cluster], axis=1)
    return tuple(str(drawn.ids[row]) for row in rows[np.argsort(apart, kind="stable")[:TYPICAL]])
