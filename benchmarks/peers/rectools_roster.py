"""Fit and top 100 by implicit and RecTools; runs in the peers' environment and imports nothing of ours."""

import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, load_npz

warnings.filterwarnings("ignore")
K = 100


def main(file: str, times: int) -> None:
    """Median seconds of each model: {"implicit item_knn": 1.2, …}."""
    from threadpoolctl import threadpool_limits

    matrix = csr_matrix(load_npz(file), dtype=np.float32)
    found = {}
    for name, work in {**_implicit(matrix), **_rectools(matrix)}.items():
        limit = 1 if name.startswith("implicit") else None  # as implicit itself asks for
        with threadpool_limits(limit, "blas"):
            work()
            taken = []
            for _ in range(times):
                began = time.perf_counter()
                work()
                taken.append(time.perf_counter() - began)
        found[name] = statistics.median(taken)
        print(name, found[name], file=sys.stderr, flush=True)
    print(json.dumps(found))


def _implicit(matrix: csr_matrix) -> dict[str, Callable[[], object]]:
    from implicit.als import AlternatingLeastSquares
    from implicit.bpr import BayesianPersonalizedRanking
    from implicit.nearest_neighbours import CosineRecommender

    def work(make: Callable[[], Any]) -> Callable[[], object]:
        def run() -> None:
            model = make()
            model.fit(matrix, show_progress=False)
            model.recommend(np.arange(matrix.shape[0]), matrix, N=K, filter_already_liked_items=True)

        return run

    return {
        "implicit item_knn": work(lambda: CosineRecommender(K=100)),
        "implicit ials": work(
            lambda: AlternatingLeastSquares(64, regularization=60, alpha=10, iterations=15, random_state=0)
        ),
        "implicit bpr": work(
            lambda: BayesianPersonalizedRanking(64, iterations=20, random_state=0, num_threads=1)
        ),
    }


def _rectools(matrix: csr_matrix) -> dict[str, Callable[[], object]]:
    from implicit.als import AlternatingLeastSquares
    from implicit.bpr import BayesianPersonalizedRanking
    from implicit.nearest_neighbours import CosineRecommender
    from rectools import Columns
    from rectools.dataset import Dataset
    from rectools.models import (
        EASEModel,
        ImplicitALSWrapperModel,
        ImplicitBPRWrapperModel,
        ImplicitItemKNNWrapperModel,
        PopularModel,
        PureSVDModel,
    )

    users, items = matrix.nonzero()
    frame = pd.DataFrame({Columns.User: users, Columns.Item: items})
    frame[Columns.Weight], frame[Columns.Datetime] = 1.0, pd.Timestamp("2024-01-01")
    data = Dataset.construct(frame)
    people = np.unique(users)

    def work(make: Callable[[], Any]) -> Callable[[], object]:
        def run() -> None:
            make().fit(data).recommend(users=people, dataset=data, k=K, filter_viewed=True)

        return run

    als = {"regularization": 60, "alpha": 10, "iterations": 15, "random_state": 0}
    bpr = {"iterations": 20, "random_state": 0, "num_threads": 1}
    return {
        "RecTools popularity": work(PopularModel),
        "RecTools ease": work(lambda: EASEModel(regularization=458)),
        "RecTools pure_svd": work(lambda: PureSVDModel(factors=50)),
        "RecTools item_knn": work(lambda: ImplicitItemKNNWrapperModel(CosineRecommender(K=100))),
        "RecTools ials": work(lambda: ImplicitALSWrapperModel(AlternatingLeastSquares(64, **als))),
        "RecTools bpr": work(lambda: ImplicitBPRWrapperModel(BayesianPersonalizedRanking(64, **bpr))),
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
