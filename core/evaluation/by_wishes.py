"""A newcomer's list by what their sentence asks for and what it refuses."""

from dataclasses import dataclass

import numpy as np

from core.content.embed import Encoding
from core.content.encoders.base import TextEncoder
from core.content.texts import Content
from core.content.vocabulary import Vocabulary
from core.content.wishes import Wishes, scored
from core.evaluation.by_sentence import near
from core.evaluation.newcomer_lists import Place, Shown, best_of
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step


@artifact
@dataclass(frozen=True)
class Wanted:
    """What is wished for and refused, which encoder searches, and what the newcomer likes already."""

    wishes: Wishes
    sentence: str
    encoding: Encoding
    likes: tuple[str, ...]
    seed: int = 0


@step(version=1, called="Searching what is wished for")
def by_wishes(content: Content, words: Vocabulary, *, settings: Wanted, report: Report) -> Shown:
    """The items that fit best, each with the wished and the refused terms that it says."""
    encoder, found = settings.encoding.encoder, settings.wishes
    assert isinstance(encoder, TextEncoder)
    cosines = near(content, [found.sought(settings.sentence)], encoder, report).score(None, np.zeros(1, int))
    scores = scored(cosines, words, [found])
    scores[0, np.isin(content.item_ids, settings.likes)] = -np.inf
    places = []
    for item, score in zip(*best_of(scores, content.item_ids, settings.seed), strict=True):
        says = words.said_by(item)
        places.append(
            Place(
                str(content.item_ids[item]),
                score,
                words=tuple(term for term in found.wishes if term in says),
                cosine=float(cosines[0, item]),
                against=tuple(term for term in found.dislikes if term in says),
            )
        )
    return Shown(tuple(places), 0)
