"""ItemKNN: items like those in the history."""

from typing import Annotated

from pydantic import Field

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.recommenders.linear import LinearScorer
from core.recommenders.neighbours import Similarity, nearest
from core.work.report import Report


class ItemKNN(Recommender):
    """Sum of the similarities between an item and those in the history (Sarwar et al., WWW 2001).

    Each target item keeps its k most similar items; rows are not normalised.
    """

    name = "item_knn"
    label = "ItemKNN"
    source = "Sarwar et al. 2001, Item-based Collaborative Filtering Recommendation Algorithms, §3"
    k: Annotated[int, Field(ge=1, le=5000, description="Most similar items kept for each item")] = 100
    similarity: Annotated[
        Similarity, Field(description="How alike two items are, from the people they share")
    ] = "cosine"
    shrinkage: Annotated[
        float, Field(ge=0, le=1e4, description="Pulls similarities that rest on few people towards 0")
    ] = 0.0

    def fit(self, train: Train, report: Report) -> Scorer:
        by_item = train.positives.T.tocsr()
        kept = nearest(by_item, train.item_ids, self.k, self.similarity, self.shrinkage, report)
        return LinearScorer(kept.T.tocsr())
