"""A language model as a later stage: it reads titles, and reorders another recommender's best items."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.language.asked import Asking, Spent, asking
from core.language.bill import Bill, billed
from core.language.chosen import chosen
from core.language.model import Identity, Unanswered, why
from core.language.ranking import MOST, Case, Method, Person, preferences
from core.language.words import quoted
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.later import LaterStage, Of
from core.recommenders.options import Search
from core.recommenders.parts import demands_of, fit_each, named, summed
from core.recommenders.speeds import threads
from core.types import FloatArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput, Passing
from core.work.fingerprint import fingerprint
from core.work.report import Report
from core.work.settings import settings

_TOKEN = 6e8  # operations in small networks that take as long as the embedded model takes to read a token
_SAYING = 3.5  # a token that is said takes as long as so many that are read
_MODEL_BYTES = 3e8
_TIMES = ("night", "morning", "afternoon", "evening")  # from midnight, six hours each
_SEASONS = ("winter", "spring", "summer", "autumn")


@artifact
@dataclass(frozen=True)
class How:
    """How a model is asked; see LLMRerank."""

    method: Method
    shuffles: int
    weight: float
    history: int
    moment: str
    current: bool
    people: int
    seed: int


@artifact
@dataclass(frozen=True)
class LLMScorer(LaterStage):
    """What items are called, and how the model is asked about them."""

    titles: TextArray  # (I,) harmless and short
    how: How
    identity: Identity

    @property
    def ordered(self) -> bool:
        return True  # the latest of a history come last in the question

    @property
    def sample(self) -> int:
        return self.how.people

    @contextmanager
    def opened(self) -> Iterator["AtWork"]:
        model = chosen()
        model.need(self.identity)
        with self.first.opened() as first, asking(model) as run:
            yield AtWork(first, self.most, self.titles, self.how, self.identity, run)

    def order(self, items: IntArray, liked: FloatArray, history: csr_array) -> IntArray:
        with self.opened() as live:
            return live.order(items, liked, history)


@dataclass(frozen=True)
class AtWork(LLMScorer):
    """The scorer while it works: with the questions of this run."""

    run: Asking

    @property
    def spent(self) -> Spent:
        return self.run.spent()

    def order(self, items: IntArray, liked: FloatArray, history: csr_array) -> IntArray:
        """By the first score and the model's preference, weighed; where it gave none, as before."""
        out = np.tile(np.arange(items.shape[1], dtype=np.int32), (len(items), 1))
        for row in range(len(items)):
            there = np.flatnonzero(items[row] >= 0)
            if len(there) < 2 or not self.how.weight:  # nothing that an answer could change
                continue
            case = self.case(history[[row]], items[row, there])
            found = preferences(self.run, case, self.how.method, self.how.shuffles)
            if found is not None:
                score = (1 - self.how.weight) * liked[row, there] + self.how.weight * found
                out[row, there] = there[np.argsort(-score, kind="stable")]
        return out

    def case(self, history: csr_array, items: IntArray) -> Case:
        """What is asked about candidates (P,) of one person (1, I); always the same for the same ones."""
        order = np.argsort(history.data, kind="stable")
        taken = self.titles[history.indices[order]].tolist()
        current = taken.pop() if self.how.current and taken else ""
        latest = taken[max(0, len(taken) - self.how.history) :]
        person = Person(tuple(latest), self.how.moment, current)
        seed = int(fingerprint(self.how.seed, np.sort(items))[:8], 16)
        return Case(person, tuple(self.titles[items].tolist()), seed)


class LLMRerank(Recommender):
    """A language model reads what a person took and what the candidates are called, and reorders them.

    The final score is (1 − weight) · the first recommender's, 0 to 1 among the candidates, + weight · the
    model's preference, 0 to 1. With weight 0 the first recommender's order stays. It is evaluated on a sample
    of people, since a list takes seconds. Where the model gives no answer to a person, the first order stays,
    and that is counted. Raises BadInput where no model answers here, and where items are called nothing.
    """

    name = "llm_rerank"
    label = "Language model"
    source = (
        "Sun et al. 2023, Is ChatGPT Good at Search? (RankGPT); Hou et al. 2024, Large Language Models are"
        " Zero-Shot Rankers for Recommender Systems"
    )
    of: Of = "item_knn"
    candidates: Annotated[
        int,
        Field(ge=2, le=MOST, description="How many of its best items the model reads, the rest stay behind"),
    ] = 20
    method: Annotated[
        Method,
        Field(
            description="It writes a list, or each item's letter has odds, or it is asked of each item alone"
        ),
    ] = "letters"
    shuffles: Annotated[
        int, Field(ge=1, le=10, description="Orders in which candidates are shown, and answers averaged")
    ] = 2
    weight: Annotated[
        float,
        Field(ge=0, le=1, description="How much the model counts: 0 = the first order, 1 = the model alone"),
        Search(0, 1),
    ] = 0.5
    history: Annotated[
        int, Field(ge=0, le=50, description="Latest items of a person that the model reads")
    ] = 10
    moment: Annotated[
        bool,
        Field(description="Whether it is told the season, the day and the time of day of the latest event"),
    ] = False
    current: Annotated[
        bool, Field(description="Whether the latest item is told as the one that a person looks at now")
    ] = False
    people: Annotated[
        int, Field(ge=0, le=1_000_000, description="People it is evaluated on, chosen by a hash; 0 = all")
    ] = 150

    def fit(self, train: Train, report: Report) -> Scorer:
        model = chosen()
        try:
            model.ready()
        except Unanswered as error:
            raise Passing(
                f"No language model answers here: {why(error)}.",
                "the embedded model, or an address in TOUCHSTONE_LLM_URL.",
                "put that right; all other recommenders work without.",
            ) from None
        titles = titles_of(train.items)
        (first,) = fit_each(named(self.of), train, report)
        how = How(
            self.method,
            self.shuffles,
            self.weight,
            self.history,
            _moment(train) if self.moment else "",
            self.current,
            self.people,
            train.seed,
        )
        return LLMScorer(first, self.candidates, titles, how, model.identity)

    @property
    def identity(self) -> str:
        return chosen().key

    def demand(self, size: Size) -> Demand | None:
        if chosen().identity.backend != "embedded":  # how fast an address answers is not known here
            return None
        people = min(size.users, self.people) if self.people else size.users
        asked, said = self.tokens()
        alone = threads() / settings().llm_threads  # lists are made by several threads, but one model answers
        steps = people * (asked + _SAYING * said) * _TOKEN * alone
        return summed(demands_of(self.of, size), Demand({}, {"network": steps}, _MODEL_BYTES))

    def bill(self, users: int) -> Bill:
        """What lists for so many people will ask of the model, at the prices of this installation; about."""
        people = min(users, self.people) if self.people else users
        asked, said = self.tokens()
        each = self.candidates if self.method == "pointwise" else self.shuffles
        return billed(people * each, people * asked, people * said)

    def tokens(self) -> tuple[float, float]:
        """Tokens that a list takes, asked and said; about, since titles differ."""
        lines, told = 12.0 * self.candidates, 9.0 * self.history + 70
        if self.method == "pointwise":
            return told + 1.5 * lines, self.candidates
        return self.shuffles * (told + lines), self.shuffles * (
            2.0 * self.candidates if self.method == "listwise" else 1
        )


def titles_of(items: pd.DataFrame) -> TextArray:
    """(I,) what each item is called, harmless and short; its id where it has no title.

    Raises BadInput where no item has a title or a text.
    """
    for column in ("title", "text"):
        if column in items and items[column].notna().any():
            said = [text if isinstance(text, str) else str(item) for item, text in items[column].items()]
            break
    else:
        raise BadInput(
            "A language model has nothing to read: no item has a title or a text.",
            "items with titles.",
            "give a table of items with a column title.",
        )
    return np.array([quoted(text) for text in said], dtype=object)


def _moment(train: Train) -> str:
    """Season (of the northern half), weekday and time of day (UTC) of the latest event; "" without times."""
    latest = int(train.rank.max()) if len(train.rank) else 0
    if latest < _REAL_TIME:
        return ""
    when = pd.Timestamp(latest, unit="us")
    return f"It is {_SEASONS[when.month % 12 // 3]}, a {when.day_name()} {_TIMES[when.hour // 6]}."


_REAL_TIME = 10**14  # microseconds since 1970 from 1973 on; smaller numbers only tell an order
