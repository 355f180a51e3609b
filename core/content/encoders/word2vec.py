"""Word2Vec: words by the company they keep in the data set's own texts."""

from typing import Annotated

import numpy as np
from pydantic import Field

from core.content.embedding import unit
from core.content.encoders.base import Encoder, need_text
from core.content.texts import Content
from core.content.tokens import telling
from core.types import FloatArray
from core.work.errors import BadInput
from core.work.report import Report


class Word2Vec(Encoder):
    """Skip-gram vectors (Mikolov et al. 2013) of the data's own words; an item is their SIF-weighted mean.

    The mean weighs a word of probability p by a/(a + p), and the first principal component is taken off
    (Arora et al. 2017, A simple but tough-to-beat baseline for sentence embeddings, algorithm 1).
    """

    name = "word2vec"
    label = "Word2Vec"
    source = "Mikolov et al. 2013; Arora et al. 2017, algorithm 1"
    size: Annotated[int, Field(ge=8, le=512, description="Numbers of a vector")] = 100
    window: Annotated[int, Field(ge=1, le=20, description="Words to each side that count as company")] = 5
    epochs: Annotated[int, Field(ge=1, le=200, description="Times that the texts are read")] = 20
    min_count: Annotated[int, Field(ge=1, le=100, description="Words that occur less often are left out")] = 2
    a: Annotated[float, Field(gt=0, le=1, description="Smoothing of a word's weight: a/(a + p)")] = 1e-3
    seed: Annotated[int, Field(ge=0, le=2**31 - 1, description="Seed")] = 0

    def encode(self, content: Content, report: Report) -> FloatArray:
        need_text(content, self.label)
        report(0.0, "Cutting texts into words")
        documents = [telling(text) for text in content.texts]
        vectors, share = self.words(documents, report)
        report(0.9, "Weighing words")
        return sif(documents, vectors, share, self.a)

    def words(
        self, documents: list[list[str]], report: Report
    ) -> tuple[dict[str, FloatArray], dict[str, float]]:
        """The vector of each word, and its share of all words.

        Raises BadInput where no word occurs often enough.
        """
        from gensim.models import Word2Vec as Gensim
        from gensim.models.callbacks import CallbackAny2Vec

        epochs = self.epochs

        class Told(CallbackAny2Vec):  # type: ignore[misc]
            """Says how far training is, which is also where it can be stopped."""

            def __init__(self) -> None:
                self.done = 0

            def on_epoch_end(self, _model: object) -> None:
                self.done += 1
                report(0.1 + 0.8 * self.done / epochs, "Learning words")

        try:
            model = Gensim(
                documents,
                vector_size=self.size,
                window=self.window,
                min_count=self.min_count,
                sg=1,
                epochs=epochs,
                seed=self.seed,
                workers=1,  # the same result each time
                callbacks=[Told()],
            )
        except RuntimeError as error:  # gensim: no vocabulary
            raise BadInput(
                "Word2Vec found no word that occurs often enough.",
                f"words that occur {self.min_count} times or more.",
                "lower min_count, or join longer texts.",
            ) from error
        counts = {word: model.wv.get_vecattr(word, "count") for word in model.wv.index_to_key}
        total = sum(counts.values())
        return (
            {word: model.wv[word] for word in counts},
            {word: count / total for word, count in counts.items()},
        )


def sif(
    documents: list[list[str]], vectors: dict[str, FloatArray], share: dict[str, float], a: float
) -> FloatArray:
    """(N, D) unit rows: weighted means of word vectors without their common component (Arora et al. 2017)."""
    width = len(next(iter(vectors.values())))
    found = np.zeros((len(documents), width), dtype=np.float32)
    for row, document in enumerate(documents):
        known = [word for word in document if word in vectors]
        if known:
            weights = np.array([a / (a + share[word]) for word in known], dtype=np.float32)
            found[row] = weights @ np.stack([vectors[word] for word in known]) / len(known)
    said = np.any(found != 0, axis=1)
    if said.sum() > 1:
        _, _, right = np.linalg.svd(found[said], full_matrices=False)
        common = right[0]
        found[said] -= np.outer(found[said] @ common, common)
    return unit(found)
