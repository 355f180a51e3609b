"""How far popularity alone gets: what the best recommender has to beat before it is worth anything."""

from collections.abc import Sequence

import numpy as np

from core.data.folds import Fold
from core.evaluation.comparison import Comparison
from core.evaluation.integrity import Check
from core.evaluation.judged import judge
from core.evaluation.metric import metrics
from core.evaluation.uncertainty import paired
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
    Corrected for all pairs (Holm), since the best is chosen by the same data.
    """
    table = np.vstack([popular, judged]).T
    found = {one.second: one for one in paired(table, comparison.experiment.seed) if one.first == 0}
    level, k = float(popular.mean()), comparison.experiment.k[0]
    places = 3 if level >= 0.01 else 5
    said = f"NDCG@{k} is {level:.{places}f} by popularity alone"
    best = min(found.values(), key=lambda one: one.estimate.mean, default=None)  # popularity minus the other
    if best is None or best.estimate.mean >= 0:
        return Check(NAME, "warning", f"{said}, and no recommender beats it")
    label, gap = comparison.entries[best.second - 1].label, best.estimate
    more = f"{said}, and {_plain(-gap.mean, places)} more by this one"
    more += f", {_plain(-gap.high, places)} to {_plain(-gap.low, places)}"
    mark = "told apart" if best.settled else "tied"
    return Check(NAME, "ok" if best.settled else "warning", f"{label}: {more}, {mark}")


def _plain(value: float, places: int) -> str:
    """A number with so many decimals; never -0."""
    return f"{round(value, places) + 0.0:.{places}f}"
