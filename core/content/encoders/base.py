"""What an encoder is, and what those share that take each text by itself."""

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

from scipy.sparse import csr_array

from core.content.texts import Content
from core.types import FloatArray
from core.work import specs
from core.work.errors import BadInput
from core.work.plugins import Registry
from core.work.report import Report

ORDER = ("tfidf", "word2vec", "bert", "multilingual", "cnn")  # as people are shown them; others behind


class Encoder(specs.Declared, ABC):
    """An encoder is its settings; `encode` gives each item a vector."""

    label: ClassVar[str]
    source: ClassVar[str] = ""
    reads: ClassVar[Literal["text", "picture"]] = "text"

    @abstractmethod
    def encode(self, content: Content, report: Report) -> FloatArray | csr_array:
        """(I, D) float32, a row of zeros where an item gives nothing to go by; the same input, the same rows.

        Raises BadInput where no item does.
        """


class TextEncoder(Encoder):
    """An encoder that learns nothing from the data: a text has the same vector wherever it stands.

    So each text is encoded once, and kept.
    """

    @abstractmethod
    def vectors(self, texts: list[str], report: Report) -> FloatArray:
        """(N, D) float32 of texts, none of them empty."""

    def encode(self, content: Content, report: Report) -> FloatArray:
        from core.content.pool import pooled

        need_text(content, self.label)
        return pooled(self, content.texts, report)


ENCODERS: Registry[Encoder] = Registry("core.content.encoders", Encoder, "encoder")


def encoder_of(spec: str) -> Encoder:
    """The encoder of a spec such as `word2vec(size=64)`; raises BadInput that names what is wrong."""
    return specs.made(spec, ENCODERS.get)


def readers_of(content: Content) -> list[Encoder]:
    """The encoders, as they are by default, that have something to read; those of words first."""
    there = {"text": any(content.texts), "picture": any(content.images)}
    chosen = [cls() for cls in ENCODERS.all().values() if there[cls.reads]]
    names = (*ORDER, *sorted({one.name for one in chosen} - set(ORDER)))
    return sorted(chosen, key=lambda one: (one.reads != "text", names.index(one.name)))


def need_text(content: Content, label: str) -> None:
    """Raises BadInput where no item says anything."""
    if not any(content.texts):
        raise BadInput(
            f"{label} needs words, and no item has a title, text or tags.",
            "items with text.",
            "join a table of items by id (--items).",
        )
