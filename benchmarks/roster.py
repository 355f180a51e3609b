"""Fit and top 100 for all of MovieLens 1M, against implicit, RecTools and LensKit where they have a model."""

import statistics
import tempfile
from functools import partial
from pathlib import Path

import numpy as np
from scipy.sparse import save_npz

from benchmarks.measure import Row, seconds
from benchmarks.movielens import folder
from benchmarks.peers import run_peer
from core.data.folds import Test, Train, whole
from core.data.load import Source, load
from core.recommenders.base import rank, recommender_of
from core.work.report import silent

PEER, LENSKIT = "rectools==0.19.0", "lenskit==2025.8.1"
K, TIMES = 100, 3
OWN = {"ease", "item_knn", "user_knn", "slim"}  # our own code: three times as fast as the median of peers
SPECS = {
    "popularity": "popularity",
    "ease": "ease(l2=458)",
    "item_knn": "item_knn(k=100)",
    "user_knn": "user_knn(k=100)",
    "slim": "slim(l1=5,l2=100,k=500)",
    "pure_svd": "pure_svd(factors=50)",
    "ials": "ials(factors=64,regularization=60,alpha=9,iterations=15)",
    "bpr": "bpr(factors=64,iterations=20)",
}


def run() -> list[Row]:
    """One row a model: our seconds against the fastest peer, and against the median for our own code."""
    train = whole(load(Source(data=str(folder("ml-1m")))))
    ours = {name: seconds(partial(_fit_and_rank, train, spec), TIMES) for name, spec in SPECS.items()}
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "positives.npz"
        save_npz(file, train.positives)
        peers = run_peer("rectools_roster.py", PEER, str(file), str(TIMES))
        peers |= run_peer("lenskit_roster.py", LENSKIT, str(file))
    rows = []
    for name, taken in ours.items():
        theirs = {peer: value for peer, value in peers.items() if peer.endswith(f" {name}")}
        best = min(theirs, key=theirs.__getitem__)
        said = ", ".join(f"{peer.split()[0]} {value:.2f} s" for peer, value in theirs.items())
        if name == "bpr":
            said += "; one thread each: with more, theirs is another each time"
        rows.append(
            Row(
                f"{SPECS[name]}: fit + top {K}, all of MovieLens 1M",
                f"{taken:.2f} s",
                f"{theirs[best]:.2f} s: {best.split()[0]}, the fastest",
                taken / theirs[best],
                1 / 0.9,
                said,
            )
        )
        if name in OWN:
            middle = statistics.median(theirs.values())
            rows.append(
                Row(
                    f"{name}: fit + top {K}, all of MovieLens 1M, our own code",
                    f"{taken:.2f} s",
                    f"{middle:.2f} s: median of peers",
                    taken / middle,
                    1 / 3,
                )
            )
    return rows


def _fit_and_rank(train: Train, spec: str) -> None:
    scorer = recommender_of(spec).fit(train, silent)
    people = np.arange(len(train.user_ids), dtype=np.int32)
    test = Test(train.user_ids, people, train.positives, train.positives, train.positives)
    rank(scorer, test, train.item_ids, K, 0)
