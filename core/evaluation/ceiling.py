"""How far popularity alone gets: what the best recommender has to beat before it is worth anything."""

from collections.abc import Sequence

import numpy as np

from core.data.folds import Fold
from core.evaluation.comparison import Comparison
from core.evaluation.integrity import Check
from core.evaluation.judged import judge
from core.evaluation.metric import metrics
from core.evaluation.uncertainty import estimates, means, resampled
from core.recommenders.base import rank, recommender_of
from core.types import FloatArray
from core.work.report import silent

NAME = "better than popularity alone"


def popularity_alone(folds: Sequence[Fold], k: int, seed: int) -> FloatArray:
    """(T,) NDCG at k of the lists of what most people took, folds one after another; it is cheap to fit."""
    popularity, ndcg = recommender_of("popularity"), metrics()["ndcg", "standard"]
    found = []
    for fold in folds:
        scorer = popularity.fit(fold.train, silent)
        ranked = rank(scorer, fold.test, fold.train.item_ids, k, seed)
        found.append(ndcg.values(judge(ranked, fold.test), k))
    return np.concatenate(found)


def check(comparison: Comparison, judged: FloatArray, popular: FloatArray) -> Check:
    """Whether the best by NDCG is told apart from popularity alone, paired over the same people.

    `judged`: (R, T) NDCG of each recommender at the first cut-off, NaN where somebody was not asked.
    """
    gaps = judged - popular
    whole, n = means(gaps.T)
    best = int(np.nanargmax(whole)) if np.isfinite(whole).any() else 0
    one = estimates(whole, resampled(gaps.T, comparison.experiment.seed), n)[best]
    level, k = float(popular.mean()), comparison.experiment.k[0]
    label = comparison.entries[best].label
    detail = f"NDCG@{k} is {level:.3f} by popularity alone"
    if not one.n or one.high <= 0 or not np.isfinite(one.mean):
        return Check(NAME, "warning", f"{label}: {detail}, and no recommender beats it")
    more = f"{label}: {detail}, and {one.mean:.3f} more by this one, {one.low:.3f} to {one.high:.3f}"
    return Check(NAME, "ok" if one.low > 0 else "warning", more)
