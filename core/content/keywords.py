"""Keywords: of a text by meaning, and of a group of texts against the others."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.content.tokens import STOP, words
from core.types import FloatArray
from core.work.artifacts import artifact

Vectors = Callable[[list[str]], FloatArray]  # texts → (N, D) unit rows
LONGEST = 2  # words of a keyword
_BREAK = re.compile(
    r"[.!?;:,()|。！？；：，、]+(?:\s|$)|[。！？；：，、|\n]"
)  # a keyword spans none of these
MOST = 200  # candidates of a text that are weighed


@artifact
@dataclass(frozen=True)
class Keyword:
    """A word or two, and how much it says: cosine with the text, or weight in the group."""

    word: str
    score: float


def candidates(text: str) -> list[str]:
    """Words and pairs of words that may be keywords, the most frequent first; pairs span no stop word.

    >>> candidates("Warm jacket for the rain")
    ['warm', 'warm jacket', 'jacket', 'rain']
    """
    counts = Counter(terms(text))
    return sorted(counts, key=lambda word: -counts[word])[:MOST]


def terms(text: str) -> list[str]:
    """Every word and pair of words that may be a keyword, as often as it stands there."""
    found: list[str] = []
    run: list[str] = []
    for word in (word for part in _BREAK.split(text) for word in [*words(part), ""]):
        if word and word not in STOP and not word.isdigit() and (len(word) > 1 or not word.isascii()):
            run.append(word)
            continue
        for start in range(len(run)):
            sizes = range(1, min(LONGEST, len(run) - start) + 1)
            found += [_joined(run[start : start + size]) for size in sizes]
        run = []
    return found


def keywords(
    texts: Sequence[str], vectors: Vectors, most: int = 5, diversity: float = 0.5
) -> list[list[Keyword]]:
    """The keywords of each text: near to it in meaning and unlike each other.

    KeyBERT's choice (Grootendorst 2020) by maximal marginal relevance (Carbonell & Goldstein 1998):
    argmax (1 − d)·cos(word, text) − d·max cos(word, chosen). One call of `vectors` for all texts and words.
    """
    of = [candidates(text) for text in texts]
    said = [text for text, some in zip(texts, of, strict=True) if some]
    everything = list(dict.fromkeys([*said, *(word for some in of for word in some)]))
    if not everything:
        return [[] for _ in texts]
    place = {text: at for at, text in enumerate(everything)}
    found = vectors(everything)
    return [
        _diverse(found[place[text]], some, found[[place[word] for word in some]], most, diversity)
        if some
        else []
        for text, some in zip(texts, of, strict=True)
    ]


def _diverse(
    text: FloatArray, some: list[str], vectors: FloatArray, most: int, diversity: float
) -> list[Keyword]:
    near = vectors @ text
    alike = vectors @ vectors.T
    chosen: list[int] = []
    left = list(range(len(some)))
    while left and len(chosen) < most:
        worth = (1 - diversity) * near[left]
        if chosen:
            worth = worth - diversity * alike[np.ix_(left, chosen)].max(axis=1)
        at = left[int(np.argmax(worth))]
        chosen.append(at)
        left = [other for other in left if other != at and not _within(some[other], some[at])]
    return [Keyword(some[at], float(near[at])) for at in chosen]


def _within(one: str, other: str) -> bool:
    """Whether one keyword repeats words of the other."""
    mine, theirs = set(one.split()), set(other.split())
    return mine <= theirs or theirs <= mine


def of_groups(texts: Sequence[str], groups: Sequence[str], most: int = 8) -> dict[str, list[Keyword]]:
    """The words that tell each group from the others, by class-based TF-IDF, see `class_weights`."""
    counts: dict[str, Counter[str]] = {}
    for text, group in zip(texts, groups, strict=True):
        counts.setdefault(group, Counter()).update(terms(text))
    vocabulary = sorted({word for some in counts.values() for word in some})
    weights = class_weights(np.array([[some[word] for word in vocabulary] for some in counts.values()]))
    made = {}
    for group, row in zip(counts, weights, strict=True):
        best = np.argsort(-row, kind="stable")[:most]
        made[group] = [Keyword(vocabulary[at], float(row[at])) for at in best if row[at] > 0]
    return made


def class_weights(counts: FloatArray) -> FloatArray:
    """(C, W) float64: how much each word tells each of C classes from the others.

    tf·log(1 + A/f): tf a word's share of the class's words, f its count in all classes, A the mean number of
    words in a class (Grootendorst 2022, BERTopic, §3.3). counts: (C, W), numbers of words or weights.
    """
    total = counts.sum(axis=1, keepdims=True, dtype=np.float64)
    everywhere = counts.sum(axis=0, dtype=np.float64)
    mean = float(total.mean()) if len(total) else 0.0
    rare = np.log1p(mean / np.where(everywhere > 0, everywhere, np.inf))
    return np.asarray(counts / np.where(total > 0, total, 1) * rare)


def _joined(run: list[str]) -> str:
    return ("" if all(not word.isascii() for word in run) else " ").join(run)
