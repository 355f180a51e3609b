"""People by what items say: their vectors, their keywords over time, and the moods of their reviews."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from core.content.embedding import Embedding, unit
from core.content.keywords import Keyword, candidates
from core.content.sentiment import Sentiment
from core.content.texts import Content, clean
from core.data.dataset import Dataset
from core.data.folds import Train
from core.data.ids import rows_with
from core.types import FloatArray, TextArray
from core.work.artifacts import artifact
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

HALF_EVENTS = 20  # an event counts half of one that is so many later
HALF_DAYS = 90.0  # a word counts half of one that is so many days younger
WROTE, SEARCHED, TOUCHED = 3.0, 2.0, 1.0  # how much a word counts by where it comes from
PERIODS = 4
MOST = 6  # keywords of a person, and of a stretch of their time


def person_vectors(embedding: Embedding, train: Train, half: float = HALF_EVENTS) -> FloatArray:
    """(U, D) unit rows: the recency-weighted mean of the items that people touched in the training part.

    An event counts 0.5^(later events of this person / half). People whose items have no vector have zeros.
    """
    weights = recency_weights(embedding.item_ids, train, half)
    found = weights @ embedding.vectors
    return unit(found.toarray() if isinstance(found, csr_array) else np.asarray(found))


def recency_weights(item_ids: TextArray, train: Train, half: float = HALF_EVENTS) -> csr_array:
    """(U, I) how much each person's events with an item count: 0.5^(later events of theirs / half), summed.

    I are the given items; events with others count for nothing.
    """
    rows = pd.Index(item_ids).get_indexer(pd.Index(train.item_ids))
    order = np.lexsort((train.item, -train.rank, train.user))
    user, item = train.user[order], rows[train.item[order]]
    first = np.searchsorted(user, np.arange(len(train.user_ids)))
    later = np.arange(len(user)) - first[user]
    weight = np.float32(0.5) ** (later / half).astype(np.float32)
    kept = item >= 0
    shape = (len(train.user_ids), len(item_ids))
    return csr_array((weight[kept], (user[kept], item[kept])), shape=shape)


@artifact
@dataclass(frozen=True)
class Rarity:
    """How rare words are among I items: log(I / items that have it)."""

    words: TextArray  # (W,) sorted
    weights: FloatArray  # (W,)
    unknown: float  # of a word that no item has


@step(version=2, called="Counting words")
def rarity(content: Content, *, settings: None, report: Report) -> Rarity:  # noqa: ARG001
    """The rarity of each word and pair of words that items say."""
    counts: Counter[str] = Counter()
    for at, text in enumerate(content.texts):
        counts.update(candidates(text))
        if at % 500 == 0:
            report(at / len(content.texts), "Counting words")
    kept = {word: many for word, many in counts.items() if many > 1}
    words = np.array(sorted(kept), dtype=object)
    total = max(len(content.texts), 1)
    weights = np.array([np.log(total / kept[word]) for word in words], dtype=np.float32)
    return Rarity(words, weights, float(np.log(total)))


@artifact
@dataclass(frozen=True)
class Period:
    """A stretch of a person's time: its first day (2026-01-31) and its words."""

    start: str
    words: tuple[Keyword, ...]


@artifact
@dataclass(frozen=True)
class Of:
    """Whose words, and until when: the split's moment in microseconds since 1970, None = all of them."""

    user: str
    before: int | None


@artifact
@dataclass(frozen=True)
class PersonWords:
    """A person's keywords, and those of up to four stretches of their time, the earliest first."""

    words: tuple[Keyword, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True)
class _Said:
    when: pd.Timestamp
    text: str
    weight: float


@step(version=2, called="Finding keywords")
def person_words(dataset: Dataset, content: Content, *, settings: Of, report: Report) -> PersonWords:
    """What a person's texts say that the catalogue says less often, recent ones first.

    From what they wrote, searched and touched before the split's moment: each text counts by where it
    comes from and halves with 90 days of age.
    """
    said = _said(dataset, content, settings)
    if not said:
        return PersonWords((), ())
    rare = current().run(rarity, content, settings=None, report=within(report, 0.0, 0.8))
    weights = dict(zip(rare.words.tolist(), rare.weights.tolist(), strict=True))
    timed = [one for one in said if pd.notna(one.when)]
    last = max((one.when for one in timed), default=None)
    periods = []
    if last is not None:
        edges = pd.date_range(min(one.when for one in timed), last, periods=PERIODS + 1)
        for start, end in pairwise(edges):
            part = [one for one in timed if start <= one.when <= end]
            if part:
                periods.append(Period(f"{start:%Y-%m-%d}", _top(part, weights, rare.unknown, end)))
    return PersonWords(_top(said, weights, rare.unknown, last), tuple(periods))


def _said(dataset: Dataset, content: Content, of: Of) -> list[_Said]:
    moment = pd.Timestamp(of.before, unit="us", tz="UTC") if of.before is not None else None
    texts = dict(zip(content.item_ids.tolist(), content.texts.tolist(), strict=True))
    found = []
    for table, weight in (
        (dataset.reviews, WROTE),
        (dataset.searches, SEARCHED),
        (dataset.interactions, TOUCHED),
    ):
        for row in table[rows_with(table["user"], of.user)].to_dict("records"):
            when = row["timestamp"]
            if moment is not None and (pd.isna(when) or when >= moment):
                continue
            text = row.get("text") or row.get("query") or texts.get(str(row.get("item")), "")
            if isinstance(text, str) and text:
                found.append(_Said(when, clean(text), weight))
    return found


def _top(
    said: list[_Said], rare: dict[str, float], unknown: float, now: pd.Timestamp | None
) -> tuple[Keyword, ...]:
    """By what a word adds to the divergence of these texts from the catalogue: p·log(p / share of items)."""
    share: Counter[str] = Counter()
    total = 0.0
    for one in said:
        days = (now - one.when) / pd.Timedelta(days=1) if now is not None and pd.notna(one.when) else 0.0
        weight = one.weight * 0.5 ** (days / HALF_DAYS)
        total += weight
        for word in candidates(one.text):
            share[word] += weight
    score = {word: p / total * (np.log(p / total) + rare.get(word, unknown)) for word, p in share.items()}
    chosen: list[Keyword] = []
    for word in sorted(score, key=lambda word: (-score[word], word)):
        parts = set(word.split())
        if score[word] > 0 and not any(parts & set(other.word.split()) for other in chosen):
            chosen.append(Keyword(word, float(score[word])))
        if len(chosen) == MOST:
            break
    return tuple(chosen)


@dataclass(frozen=True)
class Mood:
    """The reviews of a month (or of all time, where they have none): mean mood and how many."""

    month: pd.Timestamp | None
    mean: float  # −1 to 1
    n: int


def moods(dataset: Dataset, read: Sentiment, user: str) -> list[Mood]:
    """The moods of a person's reviews by month, the earliest first."""
    mine = rows_with(dataset.reviews["user"], user) & np.isfinite(read.scores)
    if not mine.any():
        return []
    times, scores = dataset.reviews["timestamp"][mine], read.scores[mine]
    if times.isna().all():
        return [Mood(None, float(scores.mean()), int(mine.sum()))]
    month = times.dt.tz_localize(None).dt.to_period("M").dt.to_timestamp()
    grouped = pd.Series(scores).groupby(month.to_numpy()).agg(["mean", "count"])
    months = pd.DatetimeIndex(grouped.index)
    parts = zip(months, grouped["mean"], grouped["count"], strict=True)
    return [Mood(at, float(mean), int(n)) for at, mean, n in parts]
