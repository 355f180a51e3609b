"""ItemKNN: items like those in the history."""

from typing import Annotated, Literal

from pydantic import Field

from core.data.folds import Train
from core.data.ids import hashes
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.linear import LinearScorer, neighbours_demand
from core.recommenders.neighbours import (
    Asymmetry,
    Measure,
    Shrinkage,
    Similarity,
    Weighting,
    nearest,
    weights_of,
)
from core.recommenders.options import Search
from core.work.report import Report

Cut = Annotated[
    Literal["target", "source"],
    Field(description="Whether the k are kept of what adds to an item (target) or of what it adds to"),
]


class ItemKNN(Recommender):
    """Sum of the similarities between an item and those in the history (Sarwar et al., WWW 2001).

    By default each target item keeps its k most similar items; rows are not normalised.
    """

    name = "item_knn"
    label = "ItemKNN"
    source = "Sarwar et al. 2001, Item-based Collaborative Filtering Recommendation Algorithms, §3"
    k: Annotated[
        int,
        Field(ge=1, le=5000, description="Most similar items kept for each item"),
        Search(5, 1_000, log=True),
    ] = 100
    similarity: Annotated[
        Similarity, Field(description="How alike two items are, from the people they share")
    ] = "cosine"
    shrinkage: Shrinkage = 0.0
    asymmetry: Asymmetry = 0.5
    weighting: Annotated[
        Weighting, Field(description="How much each person counts: those with many items less, or all alike")
    ] = "binary"
    cut: Cut = "target"

    def fit(self, train: Train, report: Report) -> Scorer:
        by_item = train.positives.T.tocsr()
        by_item = weights_of(by_item, self.weighting).of(by_item)
        measure = Measure(self.similarity, self.shrinkage, self.asymmetry)
        keys = hashes(train.item_ids.tolist(), 0)
        if self.cut == "source":
            return LinearScorer(nearest(by_item, keys, self.k, measure.reversed, report))
        return LinearScorer(nearest(by_item, keys, self.k, measure, report).T.tocsr())

    def demand(self, size: Size) -> Demand:
        return neighbours_demand(size, self.k)
