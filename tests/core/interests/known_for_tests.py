"""Small worlds whose topics, places and groups are known."""

import numpy as np
from scipy.sparse import csr_array

from core.content.embed import TrainingPart
from core.interests.documents import Documents
from core.interests.points import Points
from core.interests.projection import Projection
from core.interests.topics import Topics
from core.types import FloatArray

PART = TrainingPart("", "", 0)


def ids(letter: str, many: int) -> np.ndarray:
    """a000, a001, …"""
    return np.array([f"{letter}{at:03}" for at in range(many)], dtype=object)


def documents_of(*texts: str) -> Documents:
    """Texts as documents d000, d001, … of all their words."""
    words = sorted({word for text in texts for word in text.split()})
    counts = np.array([[text.split().count(word) for word in words] for text in texts], dtype=np.float32)
    return Documents("text", ids("d", len(texts)), np.array(words, dtype=object), csr_array(counts))


def drawn(k: int = 5, words: int = 60, many: int = 300, seed: int = 0) -> tuple[FloatArray, Documents]:
    """K topics (K, W), and documents of 60 words drawn from them as latent Dirichlet allocation has it."""
    rng = np.random.default_rng(seed)
    topics = rng.dirichlet(np.full(words, 0.05), k)
    mixtures = rng.dirichlet(np.full(k, 0.1), many)
    counts = np.stack([rng.multinomial(60, row / row.sum()) for row in mixtures @ topics])
    return topics, Documents("text", ids("d", many), ids("w", words), csr_array(counts.astype(np.float32)))


def topics_of(likelihood: object, **changed: object) -> Topics:
    """Topics 0, 1, … of words w000, w001, … with equal shares, and one item for each topic."""
    rows = np.array(likelihood, dtype=np.float32)
    many = len(rows)
    given: dict[str, object] = {
        "kind": "text",
        "ids": np.arange(many, dtype=np.int32),
        "words": ids("w", rows.shape[1]),
        "likelihood": rows,
        "share": np.full(many, 1 / many),
        "npmi": np.zeros(many),
        "item_ids": ids("i", many),
        "items": np.eye(many, dtype=np.float32),
    }
    return Topics(**{**given, **changed})  # type: ignore[arg-type]


def points_of(vectors: object) -> Points:
    """People p000, p001, … with these vectors."""
    found = np.array(vectors, dtype=np.float32)
    return Points("people", "test", ids("p", len(found)), found)


def map_of(places: object) -> Projection:
    """A map of people p000, p001, … at these places."""
    found = np.array(places, dtype=np.float32).reshape(-1, 2)
    return Projection("people", "test", ids("p", len(found)), found, 1.0, 0, "umap")


def blobs(many: int = 30, groups: int = 2, apart: float = 50.0, seed: int = 0) -> FloatArray:
    """(groups × many, 2) float32: groups of places, each around a point of its own on a line."""
    rng = np.random.default_rng(seed)
    centres = np.arange(groups).repeat(many)[:, None] * np.array([apart, 0.0])
    return (centres + rng.normal(size=(groups * many, 2))).astype(np.float32)
