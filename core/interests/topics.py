"""Topics: what items are about, under ids that stay when topics are learnt again."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from core.interests.documents import Documents, Kind
from core.interests.lda import Fit, lda, npmi
from core.types import FloatArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.fingerprint import fingerprint
from core.work.here import desk_or_none
from core.work.report import Report, within
from core.work.steps import step

DEFAULT_K = 12
MOST_K = 100
LAMBDA = 0.6  # how much a word's likelihood counts against its lift
CURVE = (4, 6, 8, 12, 16, 20, 30)


@artifact
@dataclass(frozen=True)
class Word:
    """A word (or, where items are words, an item's id) and its relevance to a topic."""

    word: str
    relevance: float


@artifact
@dataclass(frozen=True)
class Topics:
    """K topics over W words and what I items are about; topics stand in the order of their ids."""

    kind: Kind
    ids: IntArray  # (K,) int32: the same topic has the same id whatever K is
    words: TextArray  # (W,) words, or ids of items
    likelihood: FloatArray  # (K, W) float32: of each word in a topic; rows sum to 1
    share: FloatArray  # (K,) of all words
    npmi: FloatArray  # (K,) coherence, see `lda.npmi`; NaN for a topic of one word
    item_ids: TextArray  # (I,)
    items: FloatArray  # (I, K) float32: rows sum to 1; zeros for an item of which nothing is known

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        return fingerprint(self.kind, self.ids, self.words, self.likelihood, self.item_ids, self.items)

    @property
    def coherence(self) -> float:
        """Mean NPMI of the topics; NaN where none has two words."""
        known = self.npmi[np.isfinite(self.npmi)]
        return float(known.mean()) if len(known) else float("nan")

    def top(self, row: int, most: int = 10, balance: float = LAMBDA) -> list[Word]:
        """The words most relevant to a topic: λ·log p(w|t) + (1 − λ)·log(p(w|t)/p(w)).

        Sievert & Shirley 2014, LDAvis, §3.1. Words of the topic only; fewer where it has fewer.
        """
        p = self.likelihood[row].astype(np.float64)
        overall = self.share @ self.likelihood
        with np.errstate(divide="ignore", invalid="ignore"):
            relevance = balance * np.log(p) + (1 - balance) * np.log(p / overall)
        relevance = np.where(p > 0, relevance, -np.inf)
        best = np.argsort(-relevance, kind="stable")[:most]
        return [Word(str(self.words[at]), float(relevance[at])) for at in best if np.isfinite(relevance[at])]

    def row_of(self, topic: int) -> int:
        """Where the topic of that id stands; raises BadInput where there is none."""
        at = np.flatnonzero(self.ids == topic)
        if not len(at):
            raise BadInput(
                f"There is no topic {topic} here.", f"one of {', '.join(map(str, self.ids))}.", "choose one."
            )
        return int(at[0])


@artifact
@dataclass(frozen=True)
class TopicSettings:
    """What determines topics beside the documents."""

    k: int = DEFAULT_K
    seed: int = 0


@step(version=1, called="Learning topics")
def topics(documents: Documents, *, settings: TopicSettings, report: Report) -> Topics:
    """K topics of the documents.

    Ids are those of the default number of topics where a topic is matched with one of them, and new ones for
    what is left: so a topic keeps its id and colour when K changes. Raises BadInput where words are too few.
    """
    check(documents, settings.k)
    standard = min(DEFAULT_K, documents.different)
    if settings.k == standard:
        return _by_share(documents, lda(documents.counts, settings.k, settings.seed, report))
    desk, first = desk_or_none(), TopicSettings(standard, settings.seed)
    part = within(report, 0.0, 0.5)
    reference = (
        desk.run(topics, documents, settings=first, report=part)
        if desk is not None
        else topics(documents, settings=first, report=part)
    )
    fit = lda(documents.counts, settings.k, settings.seed, within(report, 0.5, 1.0))
    return _named_after(reference, _by_share(documents, fit))


def check(documents: Documents, k: int) -> None:
    """Raises BadInput where topics can't be learnt from the documents."""
    unit = "words that three items share" if documents.kind == "text" else "items that people took"
    many = documents.different
    if many < 2:
        raise BadInput(
            f"Topics need words to tell apart, and there are {many} {unit}.",
            "longer texts, or more items with text.",
            "join a table of items with text (--items).",
        )
    if not 2 <= k <= min(MOST_K, many):
        raise BadInput(
            f"{k} topics can't be learnt from {many:,} {unit}.",
            f"a number of topics from 2 to {min(MOST_K, many)}.",
            "choose another number.",
        )


def _by_share(documents: Documents, fit: Fit) -> Topics:
    """Topics in the order of their share of all words, with ids from 0."""
    lengths = np.asarray(documents.counts.sum(axis=1)).ravel()
    weight = lengths @ fit.documents
    share = weight / weight.sum()
    order = np.argsort(-share, kind="stable")
    fit = Fit(fit.words[order], fit.documents[:, order])
    share = share[order]
    if documents.kind == "text":
        item_ids, items = documents.ids, fit.documents
    else:  # Bayes: p(topic | item) from p(item | topic)
        item_ids = documents.words
        seen = np.asarray(documents.counts.sum(axis=0)).ravel() > 0
        joint = np.where(seen[:, None], (fit.words * share[:, None]).T, 0)
        total = joint.sum(axis=1, keepdims=True)
        items = np.divide(joint, total, out=np.zeros_like(joint), where=total > 0).astype(np.float32)
    return Topics(
        documents.kind,
        np.arange(len(share), dtype=np.int32),
        documents.words,
        fit.words,
        share,
        npmi(fit.words, documents.counts),
        item_ids,
        items,
    )


def _named_after(reference: Topics, found: Topics) -> Topics:
    ids = matched(reference, found)
    order = np.argsort(ids, kind="stable")
    return Topics(
        found.kind,
        ids[order],
        found.words,
        found.likelihood[order],
        found.share[order],
        found.npmi[order],
        found.item_ids,
        np.ascontiguousarray(found.items[:, order]),
    )


def matched(before: Topics, after: Topics) -> IntArray:
    """(K,) the ids that topics take over from earlier ones, new ids for those that are left.

    Each two are compared by the cosine of their words' likelihoods (words that both know), and matched so
    that the sum is largest (Hungarian algorithm).
    """
    from scipy.optimize import linear_sum_assignment

    common = before.words[np.isin(before.words.astype(str), after.words.astype(str))]
    old = _lengthless(before.likelihood[:, _at(before.words, common)])
    new = _lengthless(after.likelihood[:, _at(after.words, common)])
    rows, columns = linear_sum_assignment(old @ new.T, maximize=True)
    ids = np.full(len(after.ids), -1, dtype=np.int32)
    ids[columns] = before.ids[rows]
    left = np.flatnonzero(ids < 0)
    first = int(before.ids.max(initial=-1)) + 1
    ids[left] = np.arange(first, first + len(left), dtype=np.int32)
    return ids


def _at(words: TextArray, wanted: TextArray) -> np.ndarray:
    return pd.Index(words).get_indexer(pd.Index(wanted))


def _lengthless(rows: FloatArray) -> FloatArray:
    long = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(long > 0, long, 1)


@artifact
@dataclass(frozen=True)
class CurvePoint:
    """How coherent topics are at one K."""

    k: int
    npmi: float


@step(version=1, called="Comparing numbers of topics")
def coherence_curve(documents: Documents, *, settings: int, report: Report) -> tuple[CurvePoint, ...]:
    """The mean NPMI at 4 to 30 topics; `settings` is the seed."""
    ks = [k for k in CURVE if k <= documents.different]
    found = []
    for at, k in enumerate(ks):
        part = within(report, at / len(ks), (at + 1) / len(ks))
        fit = lda(documents.counts, k, settings, part)
        found.append(CurvePoint(k, float(np.nanmean(npmi(fit.words, documents.counts)))))
    return tuple(found)


def name_of(found: Topics, row: int, titles: dict[str, str] | None = None, most: int = 3) -> str:
    """A name made of the most relevant words; of titles where words are ids of items."""
    words = [one.word for one in found.top(row, most)]
    return ", ".join((titles or {}).get(word, word) for word in words)
