"""What strategies would show a newcomer now, learnt from all there is, each item with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.content.texts import Content
from core.content.tokens import telling
from core.data.dataset import Dataset
from core.data.folds import Test, whole
from core.data.ids import hashes
from core.data.matrices import placed
from core.evaluation.fusion import DEPTH, fused
from core.evaluation.lists import Ask, lists
from core.recommenders.apart import ask, fitted
from core.recommenders.base import best
from core.recommenders.by_details import EVERYONE, ByDetails, DetailsScorer
from core.recommenders.details import Detail
from core.recommenders.fitting import Fit
from core.recommenders.leaving_out import reasons_of
from core.recommenders.reason import Part
from core.types import FloatArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.report import Report, within
from core.work.steps import step

NOBODY = np.array([""], dtype=object)  # the id of a newcomer, for ties
NAMED = 2  # things that a reason names


@artifact
@dataclass(frozen=True)
class Place:
    """An item of a newcomer's list and why it is there."""

    item: str
    score: float
    because: tuple[str, ...] = ()  # ids of liked items that add to the score, the strongest first
    exact: bool = True  # whether the model says so itself; else it was found by leaving likes out
    people: int = 0  # who like it
    parts: tuple[Part, ...] = ()  # what each detail adds, the largest first
    words: tuple[str, ...] = ()  # that the item shares with the sentence
    cosine: float = 0.0  # of the item and the sentence, or what is wished for in it
    against: tuple[str, ...] = ()  # terms that the item says and the newcomer refuses


@artifact
@dataclass(frozen=True)
class ByLikes:
    """Which recommender, told which likes (ids of items, the earliest first)."""

    fit: Fit
    likes: tuple[str, ...]
    positive: str
    seed: int = 0


@artifact
@dataclass(frozen=True)
class Shown:
    """A newcomer's list: up to DEPTH places."""

    places: tuple[Place, ...]
    people: int  # in training


@step(version=1, called="Making a newcomer's list")
def by_likes(dataset: Dataset, *, settings: ByLikes, report: Report) -> Shown:
    """What a recommender shows to somebody who likes these items; without likes, to somebody unknown.

    What was liked is not shown again. Ids that the catalogue does not have are left out.
    """
    report(0.0, "Reading interactions")
    train = whole(dataset, settings.positive, settings.seed)
    recommender = settings.fit.recommender
    learnt = fitted(recommender, train, within(report, 0.1, 0.9))
    liked = liked_rows(train.item_ids, settings.likes)
    sequence = placed(np.zeros(len(liked), dtype=np.int32), liked, (1, len(train.item_ids)))
    history = sequence.copy()
    history.data[:] = 1
    test = Test(NOBODY, np.full(1, -1, dtype=np.int32), history, history, history, sequence=sequence)
    question = Ask(DEPTH, settings.seed)
    ranked = ask(recommender, lists, learnt, test, train.item_ids, settings=question).ranked
    items = [int(item) for item in ranked.items[0] if item >= 0]
    scores = ranked.scores[0, : len(items)].tolist()
    report(0.95, "Asking for reasons")
    given = test.given(learnt.scorer.ordered)
    asked = tuple(items) if len(liked) else ()
    said = ask(recommender, reasons_of, learnt.scorer, given, test.users, settings=asked)
    people = np.bincount(train.positives.indices, minlength=len(train.item_ids))
    places = [
        Place(str(train.item_ids[item]), float(score), people=int(people[item]))
        for item, score in zip(items, scores, strict=True)
    ]
    for at, reason in enumerate(said):
        named = (reason.of_kind("items") or reason).adds[:NAMED]
        because = tuple(str(train.item_ids[part.at]) for part in named if part.at in liked)
        places[at] = replace(places[at], because=because, exact=reason.exact)
    return Shown(tuple(places), len(train.user_ids))


def liked_rows(item_ids: TextArray, likes: Sequence[str]) -> IntArray:
    """Indices of the liked items in the catalogue, in the order in which they were liked."""
    rows = pd.Index(item_ids).get_indexer(pd.Index(list(likes), dtype=object))
    return rows[rows >= 0].astype(np.int32)


@artifact
@dataclass(frozen=True)
class DetailsNow:
    """What the details of people tell now: of groups, and of nobody in particular."""

    scorer: DetailsScorer  # knows no person
    item_ids: TextArray  # (I,)
    people: IntArray  # (I,) who like each item

    @property
    def details(self) -> tuple[Detail, ...]:
        """The columns that have a say, and their values."""
        return self.scorer.details


@artifact
@dataclass(frozen=True)
class Positives:
    """What counts as a like."""

    positive: str
    seed: int = 0


@step(version=1, called="Reading details of people")
def details_now(dataset: Dataset, *, settings: Positives, report: Report) -> DetailsNow:
    """Learn what people with the same details like, from all there is.

    Raises BadInput where the data has no details that could tell.
    """
    train = whole(dataset, settings.positive, settings.seed)
    scorer = fitted(ByDetails(), train, within(report, 0.2, 1.0)).scorer
    assert isinstance(scorer, DetailsScorer)
    nobody = replace(scorer, groups=np.empty((0, len(scorer.details)), dtype=np.int32))
    people = np.bincount(train.positives.indices, minlength=len(train.item_ids))
    return DetailsNow(nobody, train.item_ids, people.astype(np.int32))


def by_details(now: DetailsNow, said: dict[str, str], likes: Sequence[str], seed: int = 0) -> Shown:
    """What somebody with these details is shown; quick, and nothing of it is kept."""
    row = pd.DataFrame([said], dtype="object") if said else pd.DataFrame(index=[0])
    scores = now.scorer.score_details(row)
    scores[0, liked_rows(now.item_ids, likes)] = -np.inf
    items, found = best_of(scores, now.item_ids, seed)
    places = [
        Place(
            str(now.item_ids[item]),
            score,
            people=int(now.people[item]),
            parts=tuple(part for part in now.scorer.parts(row, item) if part.name != EVERYONE),
        )
        for item, score in zip(items, found, strict=True)
    ]
    return Shown(tuple(places), 0)


def best_of(scores: FloatArray, item_ids: TextArray, seed: int) -> tuple[list[int], list[float]]:
    """The best DEPTH items of one newcomer's scores (1, I), and their scores; none of -inf."""
    many = min(DEPTH, len(item_ids))
    items, found = best(scores, hashes([""], seed), hashes(item_ids.tolist(), seed), many)
    kept = items[0] >= 0
    return items[0][kept].tolist(), found[0][kept].tolist()


def by_sentence(
    content: Content, sentence: str, items: Sequence[str], scores: Sequence[float], likes: Sequence[str]
) -> Shown:
    """The items that a search by meaning found, with the words that they share with the sentence."""
    place = {item: at for at, item in enumerate(content.item_ids)}
    said = dict.fromkeys(telling(sentence))
    places = []
    for item, score in zip(items, scores, strict=True):
        if item not in likes:
            own = set(telling(str(content.texts[place[item]])))
            places.append(Place(item, score, words=tuple(word for word in said if word in own), cosine=score))
    return Shown(tuple(places[:DEPTH]), 0)


def together(lists: Sequence[Shown], k: int) -> Shown:
    """Several lists as one by reciprocal rank fusion; an item keeps what each list says of it."""
    about: dict[str, Place] = {}
    for place in (place for one in lists for place in one.places):
        before = about.get(place.item, Place(place.item, 0.0))
        about[place.item] = replace(
            before,
            because=before.because or place.because,
            exact=before.exact and place.exact,
            people=max(before.people, place.people),
            parts=before.parts or place.parts,
            words=before.words or place.words,
            cosine=before.cosine or place.cosine,
            against=before.against or place.against,
        )
    ids = {item: at for at, item in enumerate(about)}
    rows = [np.array([[ids[place.item] for place in one.places]], dtype=np.int32) for one in lists]
    names = list(about)
    return Shown(tuple(about[names[at]] for at in fused(rows, k)[0] if at >= 0), 0)
