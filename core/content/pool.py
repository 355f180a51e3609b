"""The pool: vectors of texts that were encoded before, so that a changed item encodes only itself."""

import hashlib
from dataclasses import dataclass

import numpy as np

from core.content.encoders.base import TextEncoder
from core.types import FloatArray, TextArray
from core.work.artifacts import artifact
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

PART = 2_000  # texts that are encoded between two looks at whether to go on


@artifact
@dataclass(frozen=True)
class Texts:
    """Texts to encode, sorted, none twice and none empty."""

    texts: TextArray  # (N,)


@artifact
@dataclass(frozen=True)
class Pooled:
    """Vectors of texts by the hash of the text; what was written can't be read from it."""

    encoder: str
    hashes: TextArray  # (N,) SHA-256 as hexadecimal text
    vectors: FloatArray  # (N, D) float32


@step(version=1, called="Encoding texts")
def encode_texts(texts: Texts, *, settings: TextEncoder, report: Report) -> Pooled:
    """Encode texts that were never encoded before."""
    vectors = settings.vectors(texts.texts.tolist(), report)
    return Pooled(_identity(settings), _hashes(texts.texts), np.asarray(vectors, dtype=np.float32))


def pooled(encoder: TextEncoder, texts: TextArray, report: Report) -> FloatArray:
    """(I, D) vectors of texts, zeros for empty ones; only what the store has no vector of is encoded."""
    known = _known(encoder)
    wanted = np.unique(texts[texts != ""].astype("str")).astype(object)
    hashes = _hashes(wanted)
    missing = wanted[[one not in known for one in hashes]]
    for start in range(0, len(missing), PART):
        part = Texts(missing[start : start + PART])
        share = within(report, start / len(missing), min(1.0, (start + PART) / len(missing)))
        found = current().run(encode_texts, part, settings=encoder, report=share)
        known |= dict(zip(found.hashes, found.vectors, strict=True))
    vectors = dict(zip(wanted, (known[one] for one in hashes), strict=True))
    nothing = np.zeros(len(next(iter(vectors.values()))), dtype=np.float32)
    return np.stack([vectors.get(text, nothing) for text in texts])


def _known(encoder: TextEncoder) -> dict[str, FloatArray]:
    store = current().store
    found: dict[str, FloatArray] = {}
    for entry in store.entries():
        if (entry.name, entry.version) == (encode_texts.name, encode_texts.version):
            part = store.get(entry.key)
            if isinstance(part, Pooled) and part.encoder == _identity(encoder):
                found |= dict(zip(part.hashes, part.vectors, strict=True))
    return found


def _identity(encoder: TextEncoder) -> str:
    return f"{encoder.name} {encoder.model_dump_json()}"


def _hashes(texts: TextArray) -> TextArray:
    return np.array([hashlib.sha256(text.encode()).hexdigest() for text in texts], dtype=object)
