"""What BERT costs as trained, with whole numbers and as a table of words, measured on the data's texts."""

import time
from dataclasses import dataclass

import numpy as np

from core.content.embedding import Embedding, unit
from core.content.encoders.bert import PRECISIONS, Bert, size
from core.content.neighbours import agreement, nearest
from core.content.texts import Content
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report, silent, within
from core.work.steps import step

MOST = 300  # texts that are encoded by each
NEAREST = 10


@artifact
@dataclass(frozen=True)
class ModelCost:
    """One form of a model: its speed, its size, and how far its neighbours are those of float32."""

    precision: str
    per_second: float  # texts
    megabytes: float  # of its weights in memory
    agreement: float  # share of the 10 nearest in common with float32's
    texts: int  # measured on


@step(version=1, called="Measuring what BERT costs")
def model_costs(content: Content, *, settings: str, report: Report) -> tuple[ModelCost, ...]:
    """The cost of each form of the model named `settings`, on at most 300 texts of the data.

    Loading, and distilling the table, are not in the speed: both happen once. Raises BadInput without texts.
    """
    texts = _sample(content)
    if len(texts) <= NEAREST:
        raise BadInput(
            "There are too few texts to measure on.", f"more than {NEAREST} texts.", "join a table of items."
        )
    ids = np.arange(len(texts)).astype(str).astype(object)
    found = []
    reference = None
    for at, precision in enumerate(PRECISIONS):
        part = within(report, at / len(PRECISIONS), (at + 1) / len(PRECISIONS))
        encoder = Bert(model=settings, precision=precision)
        encoder.vectors(texts[:8], part)  # loads, warms up
        began = time.perf_counter()
        vectors = encoder.vectors(texts, part)
        took = time.perf_counter() - began
        near = nearest(Embedding(encoder.spec, ids, unit(vectors)), NEAREST, silent)
        reference = reference or near
        found.append(
            ModelCost(
                precision,
                len(texts) / took,
                size(settings, precision) / 1e6,
                agreement(near, reference),
                len(texts),
            )
        )
    return tuple(found)


def _sample(content: Content) -> list[str]:
    texts = sorted({str(text) for text in content.texts if text})
    rows = np.random.default_rng(0).permutation(len(texts))[:MOST]
    return [texts[row] for row in np.sort(rows)]
