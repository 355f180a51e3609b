"""EASE against bare linear algebra: the least that any implementation has to do."""

import numpy as np

from benchmarks.measure import Row, milliseconds, paired
from benchmarks.movielens import fold
from core.recommenders.base import rank
from core.recommenders.ease import EASE
from core.recommenders.linear import LinearScorer
from core.types import FloatArray
from core.work.report import silent

L2, K = 458.0, 100


def run() -> list[Row]:
    """Fit, and scoring with top-k."""
    here = fold()
    dense = here.train.positives.toarray()
    ours, bare = paired(lambda: EASE(l2=L2).fit(here.train, silent), lambda: _bare_fit(dense))
    scorer = EASE(l2=L2).fit(here.train, silent)
    assert isinstance(scorer, LinearScorer)
    weights, history = np.asarray(scorer.weights), here.test.history.toarray()
    ranking, multiply = paired(
        lambda: rank(scorer, here.test, here.train.item_ids, K, 0),
        lambda: _bare_rank(history, weights),
    )
    return [
        Row(
            "EASE fit, MovieLens 1M",
            milliseconds(ours),
            f"{milliseconds(bare)}: bare BLAS Gram + inverse",
            ours / bare,
            1.5,
        ),
        Row(
            f"EASE scoring + top {K} of 6,040 people",
            milliseconds(ranking),
            f"{milliseconds(multiply)}: bare GEMM + argpartition",
            ranking / multiply,
            1.5,
            "ours also masks, sorts and breaks ties",
        ),
    ]


def _bare_fit(dense: FloatArray) -> FloatArray:
    from scipy.linalg.lapack import spotrf, spotri

    gram = dense.T @ dense
    gram[np.diag_indices_from(gram)] += np.float32(L2)
    factor, _ = spotrf(gram.T, lower=0, overwrite_a=1, clean=0)
    inverse: FloatArray = spotri(factor, lower=0, overwrite_c=1)[0]
    return inverse


def _bare_rank(history: FloatArray, weights: FloatArray) -> np.ndarray:
    scores = history @ weights
    return np.argpartition(scores, -K, axis=1)[:, -K:]
