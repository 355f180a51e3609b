"""One item as a page shows it: what it says, its keywords and colours, and how it was reviewed."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.content import images
from core.content.embed import Encoding
from core.content.embedding import Embedding, unit
from core.content.encoders.base import TextEncoder
from core.content.images import Colour
from core.content.keywords import Keyword, keywords
from core.content.neighbours import search
from core.content.pool import pooled
from core.content.texts import Content
from core.types import FloatArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report, silent
from core.work.steps import step


@artifact
@dataclass(frozen=True)
class OfOne:
    """Which item, by which encoder."""

    item: str
    encoding: Encoding


@step(version=2, called="Finding keywords")
def item_keywords(content: Content, *, settings: OfOne, report: Report) -> tuple[Keyword, ...]:
    """The keywords of one item, by an encoder that takes each text by itself."""
    encoder = settings.encoding.encoder
    row = int(np.flatnonzero(content.item_ids == settings.item)[0])
    text = str(content.texts[row])
    if not text or not isinstance(encoder, TextEncoder):
        return ()

    def vectors(texts: list[str]) -> FloatArray:
        return encoder.vectors(texts, report)

    return tuple(keywords([text], vectors)[0])


@artifact
@dataclass(frozen=True)
class Meant:
    """Items that are near to a sentence and their cosines, the nearest first."""

    items: tuple[str, ...]
    scores: tuple[float, ...]


@artifact
@dataclass(frozen=True)
class Query:
    """A search by meaning."""

    text: str
    k: int
    encoding: Encoding


@step(version=1, called="Searching by meaning")
def meant(content: Content, *, settings: Query, report: Report) -> Meant:
    """The items whose texts are nearest to a sentence.

    Raises BadInput where the encoder can't read a sentence that the data does not hold.
    """
    encoder = settings.encoding.encoder
    if not isinstance(encoder, TextEncoder):
        raise BadInput(
            f"{encoder.label} can't read a sentence by itself.",
            "an encoder of texts that learnt elsewhere.",
            "choose BERT or the multilingual one.",
        )
    vectors = unit(pooled(encoder, content.texts, report))
    query = unit(encoder.vectors([settings.text], silent))[0]
    rows, scores = search(Embedding(encoder.spec, content.item_ids, vectors), query, settings.k)
    return Meant(tuple(str(content.item_ids[row]) for row in rows), tuple(map(float, scores)))


@lru_cache(maxsize=500)
def colours_of(folder: str, image: str) -> tuple[Colour, ...]:
    """The main colours of an item's picture; () where none can be read."""
    file = images.find(folder, image)
    if file is None:
        return ()
    try:
        return tuple(images.colours(images.read(file)))
    except BadInput:
        return ()
