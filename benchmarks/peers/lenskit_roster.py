"""Fit and top 100 by LensKit; runs in its own environment and imports nothing of ours."""

import json
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, load_npz

warnings.filterwarnings("ignore")
K, JOBS = 100, 2


def main(file: str) -> None:
    """Seconds of each model, once: {"LensKit item_knn": 12.1, …}."""
    from lenskit.als import ImplicitMFScorer
    from lenskit.batch import recommend
    from lenskit.data import from_interactions_df
    from lenskit.knn import EASEScorer, ItemKNNScorer, SLIMScorer, UserKNNScorer
    from lenskit.pipeline import topn_pipeline

    matrix = csr_matrix(load_npz(file)).tocoo()
    data = from_interactions_df(pd.DataFrame({"user_id": matrix.row, "item_id": matrix.col}))
    people = np.unique(matrix.row)
    makes: dict[str, Callable[[], Any]] = {
        "ease": lambda: EASEScorer(regularization=458),
        "item_knn": lambda: ItemKNNScorer(max_nbrs=K, save_nbrs=K, feedback="implicit"),
        "user_knn": lambda: UserKNNScorer(max_nbrs=K, feedback="implicit"),
        "slim": lambda: SLIMScorer(l1_reg=5, l2_reg=100, max_nbrs=500),
        "ials": lambda: ImplicitMFScorer(embedding_size=64, epochs=15),
    }
    found = {}
    for name, make in makes.items():
        began = time.perf_counter()
        pipeline = topn_pipeline(make(), n=K)
        pipeline.train(data)
        recommend(pipeline, people, n=K, n_jobs=JOBS)
        found[f"LensKit {name}"] = time.perf_counter() - began
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
