"""Content: items that say or show what those of the history do, by any encoder, or by topics."""

from typing import Annotated

import numpy as np
from pydantic import AfterValidator, Field
from scipy.sparse import csr_array

from core.content.embedding import unit
from core.content.encoders.base import encoder_of
from core.content.texts import Content
from core.data.folds import Train
from core.interests.documents import by_items, by_words
from core.interests.topics import MOST_K, TopicSettings, topics
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.encoded import content_of_train, encoded, encoder_names, known_encoder, need_vectors
from core.recommenders.mean import Half, MeanScorer
from core.recommenders.options import Suggested
from core.types import FloatArray
from core.work import specs
from core.work.errors import BadInput
from core.work.here import desk_or_none
from core.work.report import Report, within


class _Topics(specs.Declared):
    """Topics of LDA in the place of an encoder."""

    name = "topics"
    k: Annotated[int, Field(ge=2, le=MOST_K, description="Number of topics")] = 12


def _known(text: str) -> str:
    """The spec of an encoder, or of topics, in canonical form; raises ValueError for what is neither."""
    if specs.parse(text)[0] != _Topics.name:
        return known_encoder(text)
    try:
        return _topics_of(text).spec
    except BadInput as error:
        raise ValueError(str(error)) from error


def _topics_of(text: str) -> _Topics:
    return specs.made(text, lambda _: _Topics)


class ContentBased(Recommender):
    """Cosine between the vector of an item and the mean of those in the history (Lops et al. 2011).

    The vectors are those of an encoder of items, or their topics by LDA where `encoder` is topics.
    Encoders that learn see the texts of all items and the ratings of the training part. Raises BadInput
    where items say or show nothing that the encoder can read.
    """

    name = "content"
    label = "Content"
    source = "Lops, de Gemmis & Semeraro 2011, Content-based Recommender Systems: State of the Art and Trends"
    encoder: Annotated[
        str,
        AfterValidator(_known),
        Suggested(lambda: (*encoder_names(), _Topics.name)),
        Field(description="What makes a vector of an item: an encoder, or topics(k=12)"),
    ] = "tfidf"
    half: Half = 0.0

    def fit(self, train: Train, report: Report) -> Scorer:
        report(0.0, "Reading what items say")
        content = content_of_train(train)
        if specs.parse(self.encoder)[0] == _Topics.name:
            vectors = _by_topics(content, train, _topics_of(self.encoder).k, report)
        else:
            vectors = encoded(content, encoder_of(self.encoder), report)
        need_vectors(vectors, self.encoder)
        return MeanScorer(vectors, self.half)

    def demand(self, size: Size) -> Demand:
        return encoding_demand(self.encoder, size)


def _by_topics(content: Content, train: Train, k: int, report: Report) -> FloatArray | csr_array:
    """(I, K) unit rows: the topics of items by their words; by who took them where nothing is said."""
    documents = by_words(content, within(report, 0.0, 0.2))
    if documents.different < 2:
        documents = by_items(train)
    desk, part = desk_or_none(), within(report, 0.2, 1.0)
    settings = TopicSettings(k, train.seed)
    found = (
        desk.run(topics, documents, settings=settings, report=part)
        if desk is not None
        else topics(documents, settings=settings, report=part)
    )
    place = {item: row for row, item in enumerate(found.item_ids)}
    rows = np.array([place.get(item, -1) for item in content.item_ids])
    return unit(np.where(rows[:, None] >= 0, found.items[rows], 0))


_NETWORK = {"bert": 3e6, "multilingual": 2e5, "cnn": 2e6}  # operations for each character of a text
_PICTURE = 8e8  # operations for each picture
_LOADING = {"bert": 3e11, "multilingual": 2e10, "picture": 5e10}  # what loading a model takes, as operations
_STARTING = 2.5e8  # steps until the libraries that read texts are there
WIDTH = 384.0


def encoding_demand(encoder: str, size: Size) -> Demand:
    """What it takes to encode every item, and to compare every person with each."""
    name = specs.parse(encoder)[0]
    network = _PICTURE * size.items if name == "picture" else _NETWORK.get(name, 0.0) * size.characters
    network += _LOADING.get(name, 0.0)
    return Demand(
        fit={"network": network, "loop": 2e3 * size.characters + _STARTING},
        score={
            "loop": float(size.positives) * WIDTH,
            "dense": 2.0 * size.users * size.items * WIDTH,
        },
        bytes=8.0 * WIDTH * size.items + 60.0 * size.characters + (2e8 if network else 0.0),
    )
