"""Two stages: candidates from several recommenders, and a ranker that learnt from what was taken."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train, divided
from core.data.splits import LeaveLast, Random, Split
from core.recommenders.base import LogScale, Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.features import ItemFacts, facts_of, features, names
from core.recommenders.hybrid import places, scaled
from core.recommenders.lambdamart import LEARN, Trees, booster_of, learn, lessons
from core.recommenders.later import falling
from core.recommenders.options import Search
from core.recommenders.parts import Named, demands_of, fit_each, named, one_stage, score_of, summed
from core.recommenders.reason import Part, Reason
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report, within

if TYPE_CHECKING:
    from lightgbm import Booster

_SMOOTHING = 60.0  # of reciprocal rank fusion (Cormack et al. 2009)
_HELD = 0.2  # of each history, the latest: what the ranker learns to put first

ALIKE = "every candidate alike"


@artifact
@dataclass(frozen=True)
class TwoStageScorer(Scorer):
    """Sources of candidates, what is known of items, and boosted trees as LightGBM's text."""

    sources: tuple[Scorer, ...]
    specs: tuple[str, ...]
    facts: ItemFacts
    candidates: int
    trees: str

    @property
    def ordered(self) -> bool:
        return any(source.ordered for source in self.sources)

    @property
    def pool(self) -> int:
        return self.candidates

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the features."""
        return names(self.specs)

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        """The first stage: reciprocal ranks in the sources, summed."""
        _, ranks = self._sources(history, users)
        return np.asarray(sum(ranks), dtype=np.float32)

    def reorder(
        self, items: IntArray, scores: FloatArray, history: csr_array, users: IntArray | None
    ) -> tuple[IntArray, FloatArray]:
        """The second stage: candidates by the ranker's score; of equals the better candidate stays first."""
        table = self.features(items, history, users)
        ranked = np.asarray(self._booster.predict(table, num_threads=1)).reshape(items.shape)
        most = min(self.candidates, items.shape[1])
        ranked[:, most:] = -np.arange(1, items.shape[1] - most + 1) + ranked[:, :most].min()
        order = np.argsort(np.where(items >= 0, -ranked, np.inf), axis=1, kind="stable")
        return np.take_along_axis(items, order, axis=1), falling(items)

    def features(self, items: IntArray, history: csr_array, users: IntArray | None) -> FloatArray:
        """(B·P, N) what the ranker knows of candidates (B, P)."""
        scores, ranks = self._sources(history, users)
        plain = csr_array((np.ones(len(history.data)), history.indices, history.indptr), shape=history.shape)
        return features(self.facts, scores, ranks, plain, items)

    def _sources(
        self, history: csr_array, users: IntArray | None
    ) -> tuple[list[FloatArray], list[FloatArray]]:
        found = [score_of(source, history, users) for source in self.sources]
        return [scaled(one) for one in found], [1 / (_SMOOTHING + places(one)) for one in found]

    def reason(self, history: csr_array, users: IntArray | None, item: int) -> Reason:
        """What each feature adds to the ranker's score (SHAP values of the trees): they sum to it."""
        table = self.features(np.array([[item]], dtype=np.int32), history, users)
        parts = np.asarray(self._booster.predict(table, pred_contrib=True, num_threads=1))[0]
        order = np.argsort(-parts[:-1], kind="stable")
        of_features = [Part(float(parts[at]), name=self.columns[at]) for at in order if parts[at]]
        rest = Part(float(parts[-1]), name=ALIKE)
        return Reason("features", (*of_features, rest), float(parts.sum()), stage="last")

    @cached_property
    def _booster(self) -> "Booster":
        return booster_of(self.trees)


class TwoStage(Recommender):
    """Candidates from several sources, ranked by boosted trees (LambdaMART; Burges 2010, Ke et al. 2017).

    The sources' lists are fused by reciprocal ranks, and the best are candidates. The ranker learns inside
    the training part: the sources are fit without the latest fifth of each history (a share by hash where
    there is no time), and what was left out is what it learns to put first. Its features are the sources'
    scores and ranks, popularity, and how an item fits a history in category and price. Then the sources are
    fit on everything. Raises BadInput where no candidate was taken, so that there is nothing to learn.
    """

    name = "two_stage"
    label = "Two-stage"
    source = "Burges 2010, From RankNet to LambdaRank to LambdaMART"
    of: Annotated[
        Named, Field(max_length=1_000, description="Where candidates come from: recommenders, joined by +")
    ] = "item_knn+ials+popularity"
    candidates: Annotated[
        int,
        Field(ge=5, le=2000, description="Candidates for each person"),
        LogScale,
        Search(50, 300, log=True),
    ] = 100
    trees: Annotated[
        int, Field(ge=1, le=2000, description="Trees of the ranker"), LogScale, Search(50, 400, log=True)
    ] = 150
    leaves: Annotated[
        int, Field(ge=2, le=255, description="Leaves of each tree"), LogScale, Search(4, 31, log=True)
    ] = 15
    learning_rate: Annotated[
        float,
        Field(ge=0.001, le=1, description="How much each tree counts"),
        LogScale,
        Search(0.01, 0.2, log=True),
    ] = 0.05

    def fit(self, train: Train, report: Report) -> Scorer:
        recommenders = named(self.of)
        specs = tuple(one.spec for one in recommenders)
        inner = divided(train, _inner_split(train), train.seed)
        early = fit_each(recommenders, inner.train, within(report, 0.0, 0.3))
        one_stage(recommenders, early)
        learner = TwoStageScorer(tuple(early), specs, facts_of(inner.train), self.candidates, "")
        report(0.35, "Features of candidates")
        found = lessons(learner, inner.test, train.item_ids)
        report(0.5, "Learning to rank")
        trees = learn(found, learner.columns, Trees(self.trees, self.leaves, self.learning_rate, train.seed))
        scorers = fit_each(recommenders, train, within(report, 0.6, 1.0))
        return TwoStageScorer(tuple(scorers), specs, facts_of(train), self.candidates, trees)

    def demand(self, size: Size) -> Demand | None:
        parts = demands_of(self.of, size)
        learners = min(size.users, LEARN)
        rows = float(learners) * min(self.candidates, size.items)
        own = Demand(
            {"loop": rows * self.trees * 500.0 + 60.0 * learners * size.items},
            {"loop": size.users * (60.0 * size.items + 240.0 * self.candidates * self.trees)},
            rows * 300,
        )
        return summed([*parts, *parts], own)


def _inner_split(train: Train) -> Split:
    """A fifth of each history; of short ones, of which that would be nothing, more."""
    long = float(np.median(np.diff(train.positives.indptr))) >= 1 / _HELD
    if train.rank.any():
        return LeaveLast(fraction=_HELD) if long else LeaveLast(n=1)
    return Random(test=_HELD if long else 0.5)
