"""What items say and show, as vectors: how a setting names an encoder, and what it makes of the items."""

from typing import Annotated

import numpy as np
from pydantic import AfterValidator
from scipy.sparse import csr_array

from core.content.embed import embed, encoding
from core.content.embedding import lengths
from core.content.encoders.base import ENCODERS, Encoder, TextEncoder, encoder_of, need_text
from core.content.texts import Content, content_from
from core.data.folds import Train
from core.recommenders.options import Suggested
from core.types import FloatArray
from core.work.errors import BadInput
from core.work.here import desk_or_none
from core.work.report import Report


def encoder_names() -> tuple[str, ...]:
    """The names of encoders, which a form can offer."""
    return tuple(ENCODERS.all())


def known_encoder(text: str) -> str:
    """The spec of an encoder in canonical form; raises ValueError for what is none."""
    try:
        return encoder_of(text).spec
    except BadInput as error:
        raise ValueError(str(error)) from error


EncoderName = Annotated[str, AfterValidator(known_encoder), Suggested(encoder_names)]


def content_of_train(train: Train) -> Content:
    """What the catalogue says and shows, with mean ratings of the training part.

    The same as `embed.read_content` gives for this training part, so that embeddings are shared with pages.
    """
    content = content_from(train.items, train.folder)
    rated = train.kind == "rating"
    if not rated.any():
        return content
    return content.rated(train.item_ids[train.item[rated]], train.value[rated])


def encoded(content: Content, encoder: Encoder, report: Report) -> FloatArray | csr_array:
    """(I, D) float32 unit rows, zeros where an item gives nothing to go by; at a desk they are made once.

    Raises BadInput where no item gives the encoder anything to go by.
    """
    desk = desk_or_none()
    if desk is not None:
        return desk.run(embed, content, settings=encoding(encoder), report=report).vectors
    if isinstance(encoder, TextEncoder):
        return _of_texts(content, encoder, report)
    return encoder.encode(content, report)


def _of_texts(content: Content, encoder: TextEncoder, report: Report) -> FloatArray:
    """Without a desk there is no pool of texts: each text is encoded here, once."""
    need_text(content, encoder.label)
    different, place = np.unique(content.texts.astype("str"), return_inverse=True)
    there = different != ""
    vectors = encoder.vectors(different[there].tolist(), report)
    found = np.zeros((len(different), vectors.shape[1]), dtype=np.float32)
    found[there] = vectors
    return found[place]


def need_vectors(vectors: FloatArray | csr_array, label: str) -> None:
    """Raises BadInput where no item has a vector."""
    if not lengths(vectors).any():
        raise BadInput(
            f"{label} gives no item a vector.", "items that say or show something.", "choose another encoder."
        )
