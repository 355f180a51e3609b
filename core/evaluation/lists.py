"""Lists: what a recommender shows to the people of a test part, and what that cost."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from core.data.folds import Test
from core.data.ids import hashes
from core.language.model import why
from core.recommenders.base import Ranked, rank
from core.recommenders.fitting import Cost, Fitted, measured
from core.types import IntArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import Passing
from core.work.report import Report
from core.work.steps import step


@artifact
@dataclass(frozen=True)
class Lists:
    """Ranked lists and what making them took."""

    ranked: Ranked
    fit: Cost
    recommend: Cost

    @property
    def provisional(self) -> bool:
        """Whether a language model left something unanswered that it may answer yet."""
        return self.ranked.spent is not None and self.ranked.spent.failed > 0


@artifact
@dataclass(frozen=True)
class Ask:
    """What determines lists beside a fitted recommender and the people."""

    k: int
    seed: int
    sampled: bool = False  # of dear recommenders for a sample only, as evaluations ask; else for everybody
    whole: bool = False  # also where held-out items stand in the whole ranking


@step(version=6)
def lists(fitted: Fitted, test: Test, item_ids: TextArray, *, settings: Ask, report: Report) -> Lists:
    """Rank the items for every person of the test part."""
    from core import kernels  # noqa: F401  (compiled before the clock starts)

    rows = sampled(test, fitted.scorer.sample if settings.sampled else 0, settings.seed)
    with measured() as cost:
        ranked = rank(
            fitted.scorer, test.part(rows), item_ids, settings.k, settings.seed, report, settings.whole
        )
    if ranked.spent and ranked.spent.asked and ranked.spent.failed == ranked.spent.asked:
        raise Passing(
            f"The language model answered nothing: {why(ranked.spent.reasons[0])}.",
            "answers: else these would be another recommender's lists.",
            "put that right and start again; all other recommenders work without.",
        )
    return Lists(
        ranked if len(rows) == len(test.user_ids) else _spread(ranked, rows, test),
        fitted.cost,
        _without(cost(), ranked.beside),
    )


def _without(cost: Cost, seconds: float) -> Cost:
    """Without what went into a whole ranking, which no list needs."""
    return replace(cost, seconds=max(cost.seconds - seconds, 0.0))


def sampled(test: Test, people: int, seed: int) -> IntArray:
    """The rows of so many test people, chosen by a hash of their ids; 0 = of all."""
    many = len(test.user_ids)
    if not 0 < people < many:
        return np.arange(many, dtype=np.int32)
    keys = hashes(test.user_ids.tolist(), seed)
    return np.sort(np.argsort(keys, kind="stable")[:people]).astype(np.int32)


def _spread(ranked: Ranked, rows: IntArray, test: Test) -> Ranked:
    """Lists of some people among all, whose lists are empty and who are marked as not asked."""
    many, width = len(test.user_ids), ranked.items.shape[1]
    items = np.full((many, width), -1, dtype=np.int32)
    scores = np.full((many, width), -np.inf, dtype=np.float32)
    asked = np.zeros(many, dtype=bool)
    items[rows], scores[rows], asked[rows] = ranked.items, ranked.scores, True
    places = among = None
    if ranked.places is not None and ranked.among is not None:
        among = np.zeros(many, dtype=np.int32)
        among[rows] = ranked.among
        entry = ranked.places.tocoo()
        pairs = rows[entry.row], entry.col
        places = csr_array((entry.data, pairs), shape=(many, ranked.places.shape[1]))
    return Ranked(test.user_ids, items, scores, asked, ranked.spent, places, among, ranked.paces)
