"""People whom the map was not fitted on: placed between their nearest neighbours, approximately."""

from dataclasses import dataclass

import numpy as np

from core.content.embedding import unit
from core.content.persons import person_vectors, recency_weights
from core.data.dataset import Dataset
from core.data.folds import Train, whole
from core.interests.documents import Asked, read_documents, taken, training
from core.interests.points import INTERACTIONS, TOPICS, PointsOf, factors, item_embedding, points
from core.interests.projection import Projection, placed
from core.interests.topics import TopicSettings, topics
from core.types import FloatArray, TextArray
from core.work.artifacts import artifact
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step


@artifact
@dataclass(frozen=True)
class Newcomers:
    """M people without a training event, and where they stand approximately."""

    ids: TextArray  # (M,)
    places: FloatArray  # (M, 2) float32


@step(version=3, called="Placing new people")
def newcomers(dataset: Dataset, projection: Projection, *, settings: PointsOf, report: Report) -> Newcomers:
    """People who came after the split, by what they took since, on the map as it is; it is not fitted again.

    Those of whose items nothing is known are left out.
    """
    report(0.1, "Splitting")
    train, everything = training(dataset, settings.part), whole(dataset, settings.part.positive)
    new = np.flatnonzero(~np.isin(everything.user_ids.astype(str), train.user_ids.astype(str)))
    nobody = Newcomers(everything.user_ids[:0], np.zeros((0, 2), dtype=np.float32))
    if not len(new) or settings.of == "items" or not len(projection.ids):
        return nobody
    known = current().run(points, dataset, settings=settings, report=within(report, 0.2, 0.6))
    vectors = unit(_vectors(dataset, train, everything, settings, report)[new])
    places = placed(projection, known, vectors)
    there = np.isfinite(places).all(axis=1)
    return Newcomers(everything.user_ids[new[there]], places[there])


def _vectors(
    dataset: Dataset, train: Train, everything: Train, settings: PointsOf, report: Report
) -> FloatArray:
    """(U, D) everybody in the space that the map's points lie in."""
    run = current().run
    if settings.by == INTERACTIONS:  # x·V is U·Σ for those whom V was made from
        _left, _size, right = factors(train, settings.part.seed)
        known = np.asarray(taken(train).sum(axis=0) > 0).ravel()  # of others V knows nothing but noise
        return np.asarray(taken(everything) @ np.where(known, right, 0).T)
    if settings.by == TOPICS:
        documents = run(read_documents, dataset, settings=Asked(settings.part), report=report)
        k = max(2, min(settings.k, documents.different))
        found = run(topics, documents, settings=TopicSettings(k), report=within(report, 0.6, 0.8))
        return np.asarray(recency_weights(found.item_ids, everything) @ found.items)
    return person_vectors(item_embedding(dataset, settings, within(report, 0.6, 0.9)), everything)
