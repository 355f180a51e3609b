"""RecTools' metrics on given lists; runs in the peer's environment and imports nothing of ours."""

import json
import statistics
import sys
import time
from functools import partial

import numpy as np
import pandas as pd
from rectools import Columns
from rectools.metrics import MAP, MRR, NDCG, HitRate, Precision, Recall, calc_metrics

METRICS = {
    "precision": Precision,
    "recall": Recall,
    "ndcg": NDCG,
    "hit_rate": HitRate,
    "mrr": MRR,
    "map": MAP,
}


def main(file: str, times: int, cutoffs: str) -> None:
    """Median seconds and values of 6 metrics at the cut-offs."""
    given = np.load(file)
    users, width = given["items"].shape
    lists = pd.DataFrame(
        {
            Columns.User: np.repeat(np.arange(users), width),
            Columns.Item: given["items"].ravel(),
            Columns.Rank: np.tile(np.arange(1, width + 1), users),
        }
    )
    truth = pd.DataFrame({Columns.User: given["user"], Columns.Item: given["item"]})
    # Its NDCG divides by what a list of k hits would give unless it is told what can be achieved.
    made = {**METRICS, "ndcg": partial(NDCG, divide_by_achievable=True)}
    metrics = {
        f"{name}@{k}": metric(k=k) for k in map(int, cutoffs.split(",")) for name, metric in made.items()
    }
    values = calc_metrics(metrics, lists, truth)
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        calc_metrics(metrics, lists, truth)
        taken.append(time.perf_counter() - began)
    plain = {key: float(value) for key, value in values.items()}
    print(json.dumps({"seconds": statistics.median(taken), "values": plain}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
