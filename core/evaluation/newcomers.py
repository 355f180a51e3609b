"""How strategies for newcomers fare on people who are held out wholly: the evidence behind a first list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from core.content.texts import content_of
from core.content.vocabulary import vocabulary
from core.content.wishes import read_all
from core.data.dataset import Dataset
from core.data.folds import Test
from core.evaluation.by_sentence import Understood, by_sentence, why_not
from core.evaluation.fusion import DEPTH, fused
from core.evaluation.gaps import Gap, estimated, gaps_to_first
from core.evaluation.held_people import HeldPeople, held_people
from core.evaluation.judged import judge
from core.evaluation.lists import Ask, lists
from core.evaluation.metric import Metric, metrics
from core.evaluation.uncertainty import Estimate
from core.language.model import Identity
from core.recommenders.apart import ask, fitted
from core.recommenders.base import Ranked, Recommender
from core.recommenders.by_details import ByDetails, DetailsScorer
from core.recommenders.details import details_of
from core.recommenders.fitting import Fit, Fitted
from core.recommenders.popularity import Popularity
from core.types import BoolArray, FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

METRICS = ("precision", "recall", "ndcg")
LIKES = (0, 1, 3, 5)
READ_NO_LIKES = ("popularity", "by_details", "random")  # more likes change nothing for these
Way = Literal["popularity", "details", "likes", "sentence", "wishes", "together", "content"]


@artifact
@dataclass(frozen=True)
class NewPeople:
    """What is asked of newcomers, and on whom it is measured."""

    recommenders: tuple[Fit, ...]  # those that read a few likes
    positive: str
    likes: tuple[int, ...] = LIKES  # how many likes are told, one after the other
    sentences: bool = True  # whether sentences are tried too: encoding what items say takes longest
    k: tuple[int, ...] = (10,)
    folds: int = 5  # one of so many folds of people is held out
    seed: int = 0
    reader: Identity | None = None  # the language model that reads sentences; None = the rules


@artifact
@dataclass(frozen=True)
class Fared:
    """How one strategy fared, told so many likes: an estimate a column, and its gap to popularity."""

    way: Way
    spec: str  # of the recommender; "" for a sentence and for lists together
    label: str
    likes: int  # how many were told; 0 where none is read
    estimates: tuple[Estimate, ...]
    over: tuple[Gap, ...]  # () for popularity itself


@artifact
@dataclass(frozen=True)
class Unmeasured:
    """A strategy that can't be measured here, and why."""

    way: Way
    spec: str
    label: str
    why: str


@artifact
@dataclass(frozen=True)
class Newcomers:
    """Strategies × columns, measured on people whom training does not know."""

    columns: tuple[tuple[str, int], ...]  # metric and k
    fared: tuple[Fared, ...]  # popularity first
    unmeasured: tuple[Unmeasured, ...]
    people: int  # who are held out and judged
    few: int  # held out too, with too few likes to be judged
    learnt: int  # people in training
    likes: tuple[int, ...]
    ordered: bool  # whether the first likes are the first in time; else chosen by a hash
    searched: int  # people with a search before what is judged
    details: tuple[str, ...]  # columns of which everything was told
    together: tuple[Way, ...]  # whose lists were fused; () where there was but one
    unread: int = 0  # sentences that the language model gave no answer to; the rules read them

    @property
    def provisional(self) -> bool:
        """Whether a language model may read more of the sentences another time."""
        return self.unread > 0

    def of(self, way: Way, spec: str = "", likes: int = 0) -> Fared | None:
        """How a strategy fared with the most likes that were measured and are no more than these."""
        rows = [one for one in self.fared if one.way == way and spec in ("", one.spec) and one.likes <= likes]
        return max(rows, key=lambda one: one.likes, default=None)

    def column(self, metric: str, k: int) -> int:
        """Where a metric stands; raises BadInput where it was not computed."""
        if (metric, k) not in self.columns:
            raise BadInput(f"{metric}@{k} was not computed.", "a metric and cut-off that was.", "add it.")
        return self.columns.index((metric, k))


@dataclass(frozen=True)
class _Row:
    way: Way
    spec: str
    label: str
    likes: int
    ranked: IntArray  # (T, DEPTH or more) int32
    who: np.ndarray  # (T,) bool: for whom the strategy has what it needs
    unread: int = 0  # sentences that a language model gave no answer to


@step(version=2, called="Measuring on held-out newcomers")
def newcomers(dataset: Dataset, *, settings: NewPeople, report: Report) -> Newcomers:
    """Hold people out wholly, tell each strategy what it reads of them, and judge its lists.

    Raises BadInput where nobody can be held out, or judged.
    """
    report(0.0, "Holding people out")
    held = held_people(dataset, settings.positive, settings.folds, max(settings.likes), settings.seed)
    rows: list[_Row] = []
    refused: list[Unmeasured] = []
    for found in _ways(dataset, held, settings, report):
        if isinstance(found, Unmeasured):
            refused.append(found)
        else:
            rows.append(found)
    rows += _together(rows)
    report(0.95, "Judging")
    columns = tuple((name, k) for name in METRICS for k in settings.k)
    return Newcomers(
        columns=columns,
        fared=_fared(rows, held, columns, settings.seed),
        unmeasured=tuple(refused),
        people=len(held.user_ids),
        few=held.few,
        learnt=len(held.train.user_ids),
        likes=settings.likes,
        ordered=held.ordered,
        searched=int((held.sentences != "").sum()),
        details=_columns(rows, held),
        together=_fusable(rows),
        unread=sum(row.unread for row in rows),
    )


def _ways(
    dataset: Dataset, held: HeldPeople, settings: NewPeople, report: Report
) -> Iterator[_Row | Unmeasured]:
    """The lists of every strategy, or why it has none."""
    deep = max(DEPTH, *settings.k)

    def listed(recommender: Recommender, learnt: Fitted, test: Test) -> tuple[IntArray, BoolArray]:
        asked = Ask(deep, settings.seed, sampled=True)
        ranked = ask(recommender, lists, learnt, test, held.train.item_ids, settings=asked).ranked
        return ranked.items, np.ones(len(held.user_ids), dtype=bool) if ranked.asked is None else ranked.asked

    popular = fitted(Popularity(), held.train, within(report, 0.05, 0.1))
    made = listed(Popularity(), popular, held.told(0))
    yield _Row("popularity", "popularity", Popularity.label, 0, *made)
    try:
        learnt = fitted(ByDetails(), held.train, within(report, 0.1, 0.2))
    except BadInput as error:
        yield Unmeasured("details", ByDetails.name, ByDetails.label, str(error))
    else:
        assert isinstance(learnt.scorer, DetailsScorer)
        test = replace(held.told(0), users=np.arange(len(held.user_ids), dtype=np.int32))
        told = replace(learnt, scorer=learnt.scorer.for_newcomers(held.details))
        made = listed(ByDetails(), told, test)
        yield _Row("details", ByDetails.name, ByDetails.label, 0, *made)
    many = max(len(settings.recommenders), 1)
    for at, asked in enumerate(settings.recommenders):
        one = asked.recommender
        try:
            part = within(report, 0.2 + 0.5 * at / many, 0.2 + 0.5 * (at + 1) / many)
            learnt = fitted(one, held.train, part)
            told_of = [(likes, listed(one, learnt, held.told(likes))) for likes in settings.likes]
        except BadInput as error:
            yield Unmeasured("likes", one.spec, one.label, str(error))
            continue
        for likes, made in told_of:
            yield _Row("likes", one.spec, one.label, likes, *made)
    if settings.sentences:
        yield from _said(dataset, held, settings, within(report, 0.7, 0.95))


def _said(
    dataset: Dataset, held: HeldPeople, settings: NewPeople, report: Report
) -> Iterator[_Row | Unmeasured]:
    """The lists by first searches as they are, and by what is understood of them."""
    content, deep, seed = content_of(dataset), max(DEPTH, *settings.k), settings.seed
    why = why_not(dataset, content, held)
    if why:
        yield Unmeasured("sentence", "", SENTENCE, why)
        yield Unmeasured("wishes", "", WISHES, why)
        return
    yield _Row("sentence", "", SENTENCE, 0, *by_sentence(content, held, deep, seed, within(report, 0.0, 0.5)))
    words = current().run(vocabulary, content, settings=None, report=within(report, 0.5, 0.6))
    found = tuple(read_all(words, held.sentences.tolist(), settings.reader, within(report, 0.6, 0.8)))
    understood = Understood(words, found)
    made = by_sentence(content, held, deep, seed, within(report, 0.8, 1.0), understood)
    yield _Row("wishes", "", WISHES, 0, *made, sum(bool(one.why) for one in found))


SENTENCE, WISHES, TOGETHER = "A sentence", "A sentence, understood", "All together"


def _columns(rows: Sequence[_Row], held: HeldPeople) -> tuple[str, ...]:
    if not any(row.way == "details" for row in rows):
        return ()
    return tuple(detail.column for detail in details_of(held.train.users))


def _fusable(rows: Sequence[_Row]) -> tuple[Way, ...]:
    ways: tuple[Way, ...] = ("details", "likes", "sentence")
    there = tuple(way for way in ways if any(row.way == way for row in rows))
    return there if "likes" in there and len(there) > 1 else ()


def _together(rows: Sequence[_Row]) -> list[_Row]:
    """Details, the first recommender that reads likes, and the sentence, fused; for each number of likes.

    Of somebody without a sentence, of the others; where there is but one list, there is nothing to fuse.
    """
    details = [row for row in rows if row.way == "details"]
    said = [row for row in rows if row.way == "sentence"]
    first = next((row.spec for row in rows if row.way == "likes"), "")
    made = []
    for row in rows:
        if row.way != "likes" or row.spec != first or not row.likes:
            continue
        parts = [*details, row, *said]
        if len(parts) > 1:
            lists = fused([part.ranked for part in parts], row.ranked.shape[1])
            made.append(_Row("together", "", TOGETHER, row.likes, lists, row.who))
    return made


def _fared(
    rows: Sequence[_Row], held: HeldPeople, columns: Sequence[tuple[str, int]], seed: int
) -> tuple[Fared, ...]:
    """Estimates of every row, and paired gaps to the first one."""
    known = metrics()
    values = [_values(row, held, [(known[name, "standard"], k) for name, k in columns]) for row in rows]
    return tuple(
        Fared(row.way, row.spec, row.label, row.likes, tuple(estimated(mine, seed)), gaps)
        for row, mine, gaps in zip(rows, values, gaps_to_first(values, seed), strict=True)
    )


def _values(row: _Row, held: HeldPeople, columns: Sequence[tuple[Metric, int]]) -> FloatArray:
    """(T, C) float64 one value a person and column; NaN for whom the strategy has nothing to read."""
    ranked = Ranked(held.user_ids, row.ranked, np.zeros(row.ranked.shape, dtype=np.float32))
    judged = judge(ranked, held.told(0))
    found = [metric.values(judged, k) for metric, k in columns if metric.compute]
    return np.where(row.who[:, None], np.stack(found, axis=1), np.nan)
