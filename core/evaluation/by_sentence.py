"""Lists for newcomers by what they say: items whose texts are nearest, and that fit what was understood."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.content.embed import default_encoder, reader_beside
from core.content.embedding import unit
from core.content.encoders.base import TextEncoder, encoder_of
from core.content.pool import pooled
from core.content.texts import Content
from core.content.vocabulary import Vocabulary
from core.content.wishes import Wishes, scored
from core.data.dataset import Dataset
from core.evaluation.held_people import HeldPeople
from core.recommenders.base import Scorer, rank
from core.types import BoolArray, FloatArray, IntArray, TextArray
from core.work.report import Report, within


def why_not(dataset: Dataset, content: Content, held: HeldPeople) -> str:
    """Why sentences can't be tried on these people; "" where they can."""
    if not any(content.texts):
        return "No item says anything, so no sentence can be compared with it."
    if dataset.searches.empty:
        return "The data has no searches, and nothing else that a newcomer said in words."
    if not (held.sentences != "").any():
        return "None of the people that are held out searched for anything before what is judged."
    return ""


@dataclass(frozen=True)
class Understood:
    """What was read of T sentences, "" read as nothing, in the words of the catalogue."""

    words: Vocabulary
    found: tuple[Wishes, ...]  # (T,)


def by_sentence(
    content: Content,
    held: HeldPeople,
    deep: int,
    seed: int,
    report: Report,
    understood: Understood | None = None,
) -> tuple[IntArray, BoolArray]:
    """(T, K) int32 items nearest to the first search of each person, as Content finds them.

    With what was understood of the searches, by that. With (T,) bool: for whom there is one; the others'
    lists are empty (-1).
    """
    who = held.sentences != ""
    lists = np.full((len(who), min(deep, len(content.item_ids))), -1, dtype=np.int32)
    rows = np.flatnonzero(who).astype(np.int32)
    default = default_encoder(content)
    readers = [reader_beside(default, text) for text in held.sentences[rows]]
    chosen = sorted(set(readers))
    test = held.told(0)
    for at, spec in enumerate(chosen):
        mine = rows[[one == spec for one in readers]]
        encoder = encoder_of(spec)
        assert isinstance(encoder, TextEncoder)
        part = within(report, at / len(chosen), (at + 1) / len(chosen))
        scorer = _scorer(content, held.sentences[mine], mine, encoder, understood, part)
        asked = replace(test.part(mine), users=np.arange(len(mine), dtype=np.int32), sequence=None)
        lists[mine] = rank(scorer, asked, held.train.item_ids, lists.shape[1], seed).items
    return lists, who


@dataclass(frozen=True)
class Near(Scorer):
    """Cosine between what people said, by their row, and what items say."""

    said: FloatArray  # (T, D) float32 unit rows
    items: FloatArray  # (I, D) float32 unit rows

    def score(self, history: object, users: IntArray | None) -> FloatArray:
        assert users is not None
        return np.asarray(self.said[users] @ self.items.T)


@dataclass(frozen=True)
class Fitting(Near):
    """The same, changed by what items say of what people wish for and refuse."""

    understood: Understood  # of these people

    def score(self, history: object, users: IntArray | None) -> FloatArray:
        assert users is not None
        found = [self.understood.found[user] for user in users]
        return scored(super().score(history, users), self.understood.words, found)


def _scorer(
    content: Content,
    sentences: TextArray,
    rows: IntArray,
    encoder: TextEncoder,
    understood: Understood | None,
    report: Report,
) -> Near:
    if understood is None:
        return near(content, sentences.tolist(), encoder, report)
    found = tuple(understood.found[row] for row in rows)
    texts = [one.sought(sentence) for one, sentence in zip(found, sentences, strict=True)]
    plain = near(content, texts, encoder, report)
    return Fitting(plain.said, plain.items, replace(understood, found=found))


def near(content: Content, sentences: Sequence[str], encoder: TextEncoder, report: Report) -> Near:
    """What sentences and items are to one another by an encoder."""
    vectors = unit(pooled(encoder, content.texts, within(report, 0.0, 0.8)))
    said = unit(pooled(encoder, np.array(sentences, dtype=object), within(report, 0.8, 1.0)))
    return Near(said, vectors)
