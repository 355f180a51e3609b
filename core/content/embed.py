"""Steps: an encoder on what a data set says, and the neighbours that follow."""

from dataclasses import dataclass

import numpy as np

from core.content.embedding import Embedding
from core.content.encoders.base import Encoder
from core.content.neighbours import Neighbours, agreement, nearest
from core.content.texts import Content, content_of
from core.content.tokens import language, languages
from core.data.dataset import Dataset
from core.data.folds import folds
from core.data.splits import default_split, split_of
from core.types import FloatArray
from core.work.artifacts import artifact
from core.work.here import current
from core.work.plugins import code_of
from core.work.report import Report, within
from core.work.steps import step

SHOWN = 10  # neighbours that a page shows and that agreement is measured on


@artifact
@dataclass(frozen=True)
class Encoding:
    """What determines an embedding beside the content."""

    encoder: Encoder
    code: str  # SHA-256 of the source that defines it, so that an edited plug-in encodes anew


def encoding(encoder: Encoder) -> Encoding:
    """The settings of the step `embed`."""
    return Encoding(encoder, code_of(type(encoder)))


@step(version=2, called="Encoding items")
def embed(content: Content, *, settings: Encoding, report: Report) -> Embedding:
    """Give each item a vector."""
    vectors = settings.encoder.encode(content, report)
    return Embedding(settings.encoder.spec, content.item_ids, vectors)


@step(version=1, called="Finding neighbours")
def neighbours(embedding: Embedding, *, settings: int, report: Report) -> Neighbours:
    """The `settings` nearest items of each item."""
    return nearest(embedding, settings, report)


@step(version=2, called="Finding what is alike")
def alike(content: Content, *, settings: Encoding, report: Report) -> Neighbours:
    """The nearest items of each item by an encoder: encoding and searching as one job."""
    run = current().run
    embedding = run(embed, content, settings=settings, report=within(report, 0.0, 0.9))
    return run(neighbours, embedding, settings=SHOWN, report=within(report, 0.9, 1.0))


@step(version=2, called="Comparing encoders")
def agreements(content: Content, *, settings: tuple[Encoding, ...], report: Report) -> FloatArray:
    """(E, E) how far each two encoders agree on an item's nearest, see `agreement`; 1 on the diagonal."""
    many = len(settings)
    found = []
    for at, one in enumerate(settings):
        found.append(
            current().run(alike, content, settings=one, report=within(report, at / many, (at + 1) / many))
        )
    return np.array([[agreement(one, other, SHOWN) for other in found] for one in found])


@artifact
@dataclass(frozen=True)
class TrainingPart:
    """The part of a data set whose ratings may be learnt from."""

    split: str  # a spec; "" = the data set's own default
    positive: str
    seed: int


@step(version=1, called="Reading what items say")
def read_content(dataset: Dataset, *, settings: TrainingPart, report: Report) -> Content:
    """What the catalogue says and shows, with the mean ratings of the training part."""
    report(0.1, "Reading what items say")
    content = content_of(dataset)
    if dataset.interactions.empty or "rating" not in dataset.interactions["kind"].cat.categories:
        return content
    spec = settings.split or default_split(
        dataset.origin.split, dataset.timed, "part" in dataset.interactions
    )
    report(0.5, "Splitting")
    train = folds(dataset, split_of(spec), settings.positive, seed=settings.seed)[0].train
    rated = train.kind == "rating"
    return content.rated(train.item_ids[train.item[rated]], train.value[rated])


def default_encoder(content: Content) -> str:
    """BERT where most texts are English, else the multilingual one; pictures where nothing is said."""
    if not any(content.texts):
        return "picture" if any(content.images) else "bert"
    spoken = languages(content.texts)
    return "bert" if spoken["en"] > 0.6 * sum(spoken.values()) else "multilingual"


def default_reader(content: Content, sentence: str) -> str:
    """The encoder that finds what a sentence means among these items: BERT where both are English."""
    return reader_beside(default_encoder(content), sentence)


def reader_beside(default: str, sentence: str) -> str:
    """The encoder for a sentence where items have this default one."""
    return "multilingual" if default == "bert" and language(sentence) not in ("en", "") else default
