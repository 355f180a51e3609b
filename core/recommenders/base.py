"""What a recommender is, and the work that all of them share: batches, masks, top-k, ties."""

import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from scipy.sparse import csr_array

from core.data.folds import Test, Train
from core.data.ids import hashes
from core.language.asked import Spent
from core.recommenders.demand import Demand, Size
from core.recommenders.products import in_parts
from core.recommenders.reason import Reason, parts_of
from core.recommenders.whole_ranking import WholeRanking
from core.types import BoolArray, FloatArray, IntArray, TextArray, UIntArray
from core.work import specs
from core.work.artifacts import artifact
from core.work.blas import SINGLE
from core.work.errors import BadInput
from core.work.plugins import Registry
from core.work.report import Report, silent
from core.work.settings import settings

_BLOCK_BYTES = 32 * 1024 * 1024  # of scores in one block: a few stay in memory at a time


class LogScale:
    """Marks a setting whose values are spread over magnitudes: forms and tuners step by factors."""


class NamesRecommenders:
    """Marks a setting that names other recommenders by their specs, joined by + where there are several."""


class NamesRecommender(NamesRecommenders):
    """Marks a setting that names one other recommender."""


def names_recommenders(metadata: Iterable[object]) -> bool:
    """Whether what a setting is annotated with says that it names others."""
    return any(mark in (NamesRecommender, NamesRecommenders) for mark in metadata)


@artifact
class Scorer(ABC):
    """A fitted recommender: a frozen dataclass of arrays, saved field by field."""

    @property
    def ordered(self) -> bool:
        """Whether it asks for the order of a history: its values are then places in time, 1 = the first."""
        return False

    @property
    def pool(self) -> int:
        """How many of the best items of each person `reorder` wants to see; 0 = it reorders nothing."""
        return 0

    @property
    def sample(self) -> int:
        """How many people an evaluation asks it about, since each list is dear; 0 = everybody."""
        return 0

    @property
    def spent(self) -> Spent | None:
        """What it asked of a language model since it was opened; None where it asks none."""
        return None

    @contextmanager
    def opened(self) -> Iterator["Scorer"]:
        """The scorer with what it needs only while it makes lists; in the thread of the step that asks."""
        yield self

    @abstractmethod
    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        """(B, I) float32 scores of all items for B histories; -inf = never recommend.

        `history`: (B, I) positives, also edited or of people whom training does not know.
        `users`: (B,) their rows in training, -1 = unknown; None = all unknown.
        """

    def reorder(
        self, items: IntArray, scores: FloatArray, history: csr_array, users: IntArray | None
    ) -> tuple[IntArray, FloatArray]:
        """A later stage: the pool's items (B, P) int32, best first, -1 behind the last, in another order.

        `scores` (B, P) float32 are those of `score`; returned ones fall from left to right, and tell the
        order only. Nothing is added; what is taken out leaves -1 at the end.
        """
        return items, scores

    def contributions(self, history: csr_array, item: int) -> FloatArray | None:
        """(I,) what each item of one history (1, I) adds to the score of an item; None = can't be said."""
        return None

    def reason(self, history: csr_array, users: IntArray | None, item: int) -> Reason | None:
        """Why an item has its score, true of the model; None = the model can't say.

        `history` (1, I) and `users` (1,) as `score` takes them. Where it is None, leaving_out.reasons
        estimates one.
        """
        parts = self.contributions(history, item)
        return None if parts is None else Reason("items", parts_of(parts), float(parts.sum()))


@artifact
class Recommender(specs.Declared, ABC):
    """A recommender is its settings; `fit` returns what it learnt."""

    label: ClassVar[str]
    source: ClassVar[str] = ""

    @abstractmethod
    def fit(self, train: Train, report: Report) -> Scorer:
        """What is learnt from a training part; the same input gives the same scorer."""

    @property
    def identity(self) -> str:
        """What its lists depend on beside settings and data, such as which language model answers here."""
        return ""

    def demand(self, size: Size) -> Demand | None:
        """What fitting and scoring take on data of a size; None where that is not known (plug-ins)."""
        return None


RECOMMENDERS: Registry[Recommender] = Registry("core.recommenders", Recommender, "recommender")


def recommender_of(spec: str) -> Recommender:
    """The recommender of a spec such as `ease(l2=458)`; raises BadInput that names what is wrong."""
    return specs.made(spec, RECOMMENDERS.get)


def parts_in(recommender: Recommender) -> list[Recommender]:
    """The recommenders that the settings of one name (see `parts.Named`); none for most."""
    fields = type(recommender).model_fields.items()
    marked = [name for name, field in fields if names_recommenders(field.metadata)]
    return [
        recommender_of(spec) for name in marked for spec in specs.split_list(getattr(recommender, name), "+")
    ]


def with_parts(recommender: Recommender) -> list[Recommender]:
    """A recommender and all that it is made of, at any depth."""
    return [recommender, *(one for part in parts_in(recommender) for one in with_parts(part))]


@artifact
@dataclass(frozen=True)
class Ranked:
    """The lists of U people, K long: -1 where a list ends; -2 stands for an item outside the catalogue."""

    user_ids: TextArray  # (U,)
    items: IntArray  # (U, K) int32
    scores: FloatArray  # (U, K) float32
    asked: BoolArray | None = None  # (U,) who has a list where only a sample was asked; None = everybody
    spent: Spent | None = None  # what was asked of a language model
    places: csr_array | None = None  # (U, I) float32: where each held-out item stands in the whole ranking
    among: IntArray | None = None  # (U,) how many items the whole ranking has; beside `places`
    paces: FloatArray | None = None  # (N,) seconds for 1,000 lists, of each block of people and one thread
    beside: float = 0.0  # seconds that went into `places`: no part of making lists

    def part(self, rows: np.ndarray) -> "Ranked":
        """The lists of some of the people."""
        return replace(
            self,
            user_ids=self.user_ids[rows],
            items=self.items[rows],
            scores=self.scores[rows],
            asked=None if self.asked is None else self.asked[rows],
            places=None if self.places is None else self.places[rows],
            among=None if self.among is None else self.among[rows],
        )


def rank(
    scorer: Scorer,
    test: Test,
    item_ids: TextArray,
    k: int,
    seed: int,
    report: Report = silent,
    whole: bool = False,
) -> Ranked:
    """The top k of every test person, never a masked item, ties by hash of (seed, person, item).

    `whole`: also where each held-out item stands in the whole ranking, from 1; those never shown stand
    behind all others and share the middle of their places.
    Raises BadInput where a scorer returns the wrong shape, a NaN or infinity.
    """
    from core import kernels

    many, width = test.truth.shape
    k = min(k, width)
    items, scores = np.empty((many, k), dtype=np.int32), np.empty((many, k), dtype=np.float32)
    item_hash, user_hash = hashes(item_ids.tolist(), seed), hashes(test.user_ids.tolist(), seed)
    workers = settings().workers
    rounds = -(-4 * width * many // (_BLOCK_BYTES * workers))
    blocks = many if scorer.sample else workers * rounds  # as many for each worker; dear lists one by one
    histories = test.given(scorer.ordered)
    deep = min(max(k, scorer.pool), width)
    order = WholeRanking(test, user_hash, item_hash) if whole else None
    paces: list[float] = []

    def timed(rows: slice) -> None:
        began = time.perf_counter()
        found, moved = block(rows)
        paces.append(1_000 * (time.perf_counter() - began) / (rows.stop - rows.start))
        if order is not None:
            order.place(rows, found, moved)

    def block(rows: slice) -> tuple[FloatArray, tuple[IntArray, IntArray] | None]:
        """Makes the lists of a block; returns its scores, and what a later stage made of which lists."""
        history, users = histories[rows], test.users[rows]
        with SINGLE:
            found = checked(live.score(history, users), (rows.stop - rows.start, width), scorer)
        if test.candidates is not None:
            kernels.ranking.only(found, *kernels.pattern(test.candidates[rows]))
        else:
            kernels.ranking.mask(found, *kernels.pattern(test.masked[rows]))
        if not scorer.pool:
            kernels.ranking.top_k(found, user_hash[rows], item_hash, items[rows], scores[rows])
            return found, None
        best_of = best(found, user_hash[rows], item_hash, deep)
        ordered = rearranged(live, *best_of, history, users)
        items[rows], scores[rows] = ordered[0][:, :k], ordered[1][:, :k]
        return found, (best_of[0], ordered[0])

    with scorer.opened() as live:
        in_parts(timed, many, blocks, report, "Ranking")
        return Ranked(
            test.user_ids,
            items,
            scores,
            spent=live.spent,
            places=None if order is None else order.places,
            among=None if order is None else order.among,
            paces=np.array(paces),
            beside=0.0 if order is None else sum(order.seconds) / workers,
        )


def rearranged(
    scorer: Scorer, items: IntArray, scores: FloatArray, history: csr_array, users: IntArray | None
) -> tuple[IntArray, FloatArray]:
    """What `reorder` makes of lists; raises BadInput where it adds an item or shows one twice."""
    found, given = scorer.reorder(items, scores, history, users)
    if found.shape != items.shape or not _reordered(items, found):
        raise BadInput(
            f"{type(scorer).__name__} returned lists that are no reordering of what it was given.",
            "the same items in another order, each once.",
            "mend the recommender.",
        )
    return found, given


def _reordered(before: IntArray, after: IntArray) -> bool:
    """Whether rows of (B, P) hold nothing new and nothing twice; -1 is no item."""
    span = max(int(before.max(initial=0)), int(after.max(initial=0))) + 1
    row = np.arange(len(before))[:, None] * span
    old, new = (row + before)[before >= 0], (row + after)[after >= 0]
    return bool(len(np.unique(new)) == len(new) and np.isin(new, old).all())


def checked(scores: FloatArray, shape: tuple[int, int], scorer: object) -> FloatArray:
    """Scores that may be written to: float32, C order, of the right shape, finite or -inf."""
    name = type(scorer).__name__
    if not isinstance(scores, np.ndarray) or scores.shape != shape:
        raise BadInput(
            f"{name} returned scores of shape {getattr(scores, 'shape', None)}.",
            f"{shape}.",
            "mend the recommender.",
        )
    found = np.require(scores, dtype=np.float32, requirements=("C", "W", "O"))
    if not found.max() < np.inf:  # NaN is not below infinity either
        raise BadInput(
            f"{name} returned a score that is no finite number.",
            "finite scores, or -inf for never.",
            "mend the recommender.",
        )
    return found


def best(scores: FloatArray, users: UIntArray, items: UIntArray, k: int) -> tuple[IntArray, FloatArray]:
    """(B, k) items and scores of the best of each row of (B, I) scores; ties by hash."""
    from core import kernels

    out = np.empty((len(scores), k), dtype=np.int32), np.empty((len(scores), k), dtype=np.float32)
    kernels.ranking.top_k(np.ascontiguousarray(scores, dtype=np.float32), users, items, *out)
    return out
