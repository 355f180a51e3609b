"""Points: a vector for each person or item, from any embedding, ready for a map or for clusters."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
from scipy.sparse import csr_array

from core.content.embed import TrainingPart, embed, encoding, read_content
from core.content.embedding import Embedding, lengths, unit
from core.content.encoders.base import encoder_of
from core.content.persons import person_vectors
from core.data.dataset import Dataset
from core.data.folds import Train
from core.interests.documents import Asked, read_documents, taken, training
from core.interests.profiles import profiles
from core.interests.topics import DEFAULT_K, TopicSettings, topics
from core.types import FloatArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.fingerprint import fingerprint
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

Of = Literal["people", "items"]
INTERACTIONS, TOPICS = "interactions", "topics"  # beside the encoders' specs
FACTORS = 32  # of interactions
_DENSE = 64  # numbers of a point made from an encoder that counts words


@artifact
@dataclass(frozen=True)
class Points:
    """N people or items as unit vectors of D numbers; zeros where nothing is known."""

    of: Of
    by: str  # "interactions", "topics" or an encoder's spec
    ids: TextArray  # (N,)
    vectors: FloatArray  # (N, D) float32

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        return fingerprint(self.of, self.by, self.ids, self.vectors)

    @cached_property
    def known(self) -> np.ndarray:
        """(N,) whether a point has a vector."""
        return lengths(self.vectors) > 0


@artifact
@dataclass(frozen=True)
class PointsOf:
    """Which points: of people or items, by which embedding, on which training part."""

    of: Of
    by: str
    part: TrainingPart
    k: int = DEFAULT_K  # topics, where they are by topics


@step(version=4, called="Reading embeddings")
def points(dataset: Dataset, *, settings: PointsOf, report: Report) -> Points:
    """Vectors of people (the recency-weighted mean of what they took in the training part) or of items.

    Raises BadInput where the embedding has nothing to go by.
    """
    if settings.by == INTERACTIONS:
        found = _by_interactions(training(dataset, settings.part), settings, report)
    elif settings.by == TOPICS:
        found = _by_topics(dataset, settings, report)
    else:
        found = _by_encoder(dataset, settings, report)
    if not found.known.any():
        raise BadInput(
            f"Nothing tells {settings.of} apart by {settings.by}.",
            "people who took items of which something is known.",
            "choose another embedding, or join a table of items with text (--items).",
        )
    return found


def _by_interactions(train: Train, settings: PointsOf, report: Report) -> Points:
    """Singular vectors of who took what: U·Σ of people, V·Σ of items (Cremonesi et al. 2010, PureSVD)."""
    report(0.3, "Finding factors of interactions")
    left, size, right = factors(train, settings.part.seed)
    people = settings.of == "people"
    found = left * size if people else right.T * size
    there = np.asarray(taken(train).sum(axis=1 if people else 0) > 0).ravel()
    vectors = unit(np.where(there[:, None], found, 0))
    return Points(settings.of, settings.by, train.user_ids if people else train.item_ids, vectors)


def factors(train: Train, seed: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """U (U, D), Σ (D,) and Vᵀ (D, I) of who took what. Raises BadInput below 2 people or items."""
    from sklearn.utils.extmath import randomized_svd

    matrix = taken(train)
    many = min(FACTORS, min(matrix.shape) - 1)
    if many < 1:
        raise BadInput(
            "Too few people took anything to be told apart.", "2 people and 2 items.", "use more data."
        )
    left, size, right = randomized_svd(matrix, many, random_state=seed)
    return left, size, right


def _by_topics(dataset: Dataset, settings: PointsOf, report: Report) -> Points:
    run = current().run
    documents = run(read_documents, dataset, settings=Asked(settings.part), report=within(report, 0.0, 0.2))
    k = max(2, min(settings.k, documents.different))
    found = run(topics, documents, settings=TopicSettings(k), report=within(report, 0.2, 0.8))
    if settings.of == "items":
        return Points(settings.of, settings.by, found.item_ids, unit(found.items))
    theirs = run(profiles, dataset, found, settings=settings.part, report=within(report, 0.8, 1.0))
    return Points(settings.of, settings.by, theirs.user_ids, unit(theirs.weights))


def _by_encoder(dataset: Dataset, settings: PointsOf, report: Report) -> Points:
    embedding = item_embedding(dataset, settings, report)
    if settings.of == "items":
        return Points(settings.of, settings.by, embedding.item_ids, unit(np.asarray(embedding.vectors)))
    train = training(dataset, settings.part)
    return Points(settings.of, settings.by, train.user_ids, person_vectors(embedding, train))


def item_embedding(dataset: Dataset, settings: PointsOf, report: Report) -> Embedding:
    """Items by an encoder; counts of words by their first singular vectors, so that people stay small."""
    run = current().run
    chosen = encoding(encoder_of(settings.by))
    content = run(read_content, dataset, settings=settings.part, report=within(report, 0.0, 0.1))
    found = run(embed, content, settings=chosen, report=within(report, 0.1, 0.8))
    if not isinstance(found.vectors, csr_array):
        return found
    return replace(found, vectors=_narrow(found.vectors, settings.part.seed))


def _narrow(vectors: csr_array, seed: int) -> FloatArray:
    """Counts of words as their first singular vectors (latent semantic analysis, Deerwester et al. 1990)."""
    from sklearn.utils.extmath import randomized_svd

    left, size, _ = randomized_svd(vectors, max(1, min(_DENSE, min(vectors.shape) - 1)), random_state=seed)
    return np.asarray(left * size, dtype=np.float32)
