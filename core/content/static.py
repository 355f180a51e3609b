"""A static model: what a transformer says of each word alone, as a table; a text is the mean of its words.

Tulkens & van Dongen 2024 (Model2Vec): the vocabulary is encoded once, its vectors are reduced by principal
components, and a word weighs less the more frequent it is (its rank in the vocabulary stands for that).
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from core.content.embedding import unit
from core.types import FloatArray
from core.work.report import Report

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

WIDTH = 256  # numbers of a word's vector
SMOOTHING = 1e-4
_STRETCH = 1_024  # words between two reports


def distilled(model: "SentenceTransformer", report: Report) -> FloatArray:
    """(V, WIDTH) float32: the vector of each entry of the model's vocabulary."""
    import torch

    tokenizer: Any = model.tokenizer
    many = len(tokenizer)
    start, end = tokenizer.cls_token_id, tokenizer.sep_token_id
    parts = []
    for first in range(0, many, _STRETCH):
        words = torch.arange(first, min(first + _STRETCH, many))
        ids = torch.stack([torch.full_like(words, start), words, torch.full_like(words, end)], dim=1)
        with torch.inference_mode():
            out = model({"input_ids": ids, "attention_mask": torch.ones_like(ids)})
        parts.append(out["sentence_embedding"].numpy())
        report((first + len(words)) / many, "Distilling a table of words")
    vectors = np.concatenate(parts).astype(np.float32)
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    reduced = centred @ axes[:, ::-1][:, : min(WIDTH, axes.shape[1])]
    # A vocabulary is sorted by frequency: by Zipf's law the share of the r-th word is 1/(r ln V).
    share = 1 / (np.arange(1, many + 1) * np.log(many))
    weight = SMOOTHING / (SMOOTHING + share)
    return (reduced * weight[:, None]).astype(np.float32)


def vectors(table: FloatArray, tokenizer: Any, texts: list[str]) -> FloatArray:
    """(N, WIDTH) unit rows: the means of the words of each text."""
    found = np.zeros((len(texts), table.shape[1]), dtype=np.float32)
    for row, ids in enumerate(tokenizer(texts, add_special_tokens=False, verbose=False)["input_ids"]):
        if ids:
            found[row] = table[ids].mean(axis=0)
    return unit(found)
