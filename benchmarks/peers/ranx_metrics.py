"""ranx' metrics on given lists; runs in the peer's environment and imports nothing of ours."""

import json
import statistics
import sys
import time

import numpy as np
from ranx import Qrels, Run, evaluate

NAMES = ("precision", "recall", "f1", "hit_rate", "mrr", "map", "ndcg")


def main(file: str, times: int, cutoffs: str) -> None:
    """Median seconds and values of 7 metrics at the cut-offs, without compiling and building tables."""
    given = np.load(file)
    users, width = given["items"].shape
    truth: dict[str, dict[str, int]] = {f"u{user}": {} for user in range(users)}
    for user, item in zip(given["user"].tolist(), given["item"].tolist(), strict=True):
        truth[f"u{user}"][f"i{item}"] = 1
    lists = {
        f"u{user}": {f"i{item}": float(width - at) for at, item in enumerate(row)}
        for user, row in enumerate(given["items"].tolist())
    }
    qrels, run = Qrels(truth), Run(lists)
    asked = [f"{name}@{k}" for name in NAMES for k in cutoffs.split(",")]
    values = evaluate(qrels, run, asked)
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        evaluate(qrels, run, asked)
        taken.append(time.perf_counter() - began)
    kept = {key: float(value) for key, value in values.items()}
    print(json.dumps({"seconds": statistics.median(taken), "values": kept}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
