"""All ranking metrics from a top-100 matrix, against RecTools on the same lists."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Row, milliseconds, seconds
from benchmarks.movielens import fold
from benchmarks.peers import run_peer
from core.data.folds import Test
from core.evaluation.judged import judge
from core.evaluation.metric import metrics
from core.recommenders.base import Ranked, rank
from core.recommenders.ease import EASE
from core.types import FloatArray
from core.work.report import silent

PEER = "rectools==0.19.0"
CUTOFFS = (10, 20, 100)


def run() -> list[Row]:
    """Hits, then every per-person metric and variant at three cut-offs."""
    here = fold()
    scorer = EASE(l2=458).fit(here.train, silent)
    ranked = rank(scorer, here.test, here.train.item_ids, max(CUTOFFS), 0)
    ours = seconds(lambda: _all(ranked, here.test), times=15)
    peer = _peer(ranked, here.test)
    shown = _all(ranked, here.test)
    same = [(name, k) for name in ("recall", "ndcg", "mrr") for k in CUTOFFS]
    gap = max(abs(peer["values"][f"{name}@{k}"] - shown[name, k]) for name, k in same)
    many = len([one for one in metrics().values() if one.compute and one.needs == "hits"]) * len(CUTOFFS)
    return [
        Row(
            f"{many} metric–cut-off pairs, 6,040 people × top 100",
            milliseconds(ours),
            f"{milliseconds(peer['seconds'])}: RecTools 0.19.0, 18 pairs",
            ours / peer["seconds"],
            1 / 20,
            f"largest difference in recall, NDCG and MRR: {gap:.1e}",
        ),
    ]


def _all(ranked: Ranked, test: Test) -> dict[tuple[str, int], float]:
    judged = judge(ranked, test)
    found: dict[tuple[str, int], float] = {}
    for metric in metrics().values():
        if metric.compute and metric.needs == "hits":
            for k in CUTOFFS:
                values: FloatArray = metric.compute(judged, k)
                found.setdefault((metric.name, k), float(values.mean()))
    return found


def _peer(ranked: Ranked, test: Test) -> dict[str, Any]:
    truth = test.truth.tocoo()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lists.npz"
        np.savez(file, items=ranked.items, user=truth.row, item=truth.col)
        return run_peer("rectools_metrics.py", PEER, str(file), "5", ",".join(map(str, CUTOFFS)))
