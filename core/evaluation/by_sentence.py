"""Lists for newcomers by what they say: items whose texts are nearest to a sentence."""

from dataclasses import dataclass, replace

import numpy as np

from core.content.embed import default_encoder, reader_beside
from core.content.embedding import unit
from core.content.encoders.base import TextEncoder, encoder_of
from core.content.pool import pooled
from core.content.texts import Content, content_of
from core.data.dataset import Dataset
from core.evaluation.held_people import HeldPeople
from core.recommenders.base import Scorer, rank
from core.types import BoolArray, FloatArray, IntArray, TextArray
from core.work.report import Report, within


def by_sentence(
    dataset: Dataset, held: HeldPeople, deep: int, seed: int, report: Report
) -> tuple[IntArray, BoolArray] | str:
    """(T, K) int32 items nearest to the first search of each person, as Content finds them; or why not.

    With (T,) bool: for whom there is one; the others' lists are empty (-1).
    """
    content, who = content_of(dataset), held.sentences != ""
    if not any(content.texts):
        return "No item says anything, so no sentence can be compared with it."
    if dataset.searches.empty:
        return "The data has no searches, and nothing else that a newcomer said in words."
    if not who.any():
        return "None of the people that are held out searched for anything before what is judged."
    lists = np.full((len(who), min(deep, len(content.item_ids))), -1, dtype=np.int32)
    rows = np.flatnonzero(who)
    default = default_encoder(content)
    readers = [reader_beside(default, text) for text in held.sentences[rows]]
    chosen = sorted(set(readers))
    test = held.told(0)
    for at, spec in enumerate(chosen):
        mine = rows[[one == spec for one in readers]]
        part = within(report, at / len(chosen), (at + 1) / len(chosen))
        near = _near(content, held.sentences[mine], spec, part)
        asked = replace(test.part(mine), users=np.arange(len(mine), dtype=np.int32), sequence=None)
        lists[mine] = rank(near, asked, held.train.item_ids, lists.shape[1], seed).items
    return lists, who


@dataclass(frozen=True)
class Near(Scorer):
    """Cosine between what people said, by their row, and what items say."""

    said: FloatArray  # (T, D) float32 unit rows
    items: FloatArray  # (I, D) float32 unit rows

    def score(self, history: object, users: IntArray | None) -> FloatArray:
        assert users is not None
        return np.asarray(self.said[users] @ self.items.T)


def _near(content: Content, sentences: TextArray, spec: str, report: Report) -> Near:
    encoder = encoder_of(spec)
    assert isinstance(encoder, TextEncoder)
    vectors = unit(pooled(encoder, content.texts, within(report, 0.0, 0.8)))
    return Near(unit(pooled(encoder, sentences, within(report, 0.8, 1.0))), vectors)
