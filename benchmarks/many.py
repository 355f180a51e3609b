"""Metrics, intervals and pairs of 20 recommenders for 100,000 people, against RecTools and ranx."""

import resource
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from benchmarks.measure import Row, seconds
from benchmarks.peers import run_peer
from core.data.folds import Test
from core.evaluation.judged import judge
from core.evaluation.metric import Metric, metrics
from core.evaluation.uncertainty import RESAMPLES, estimates, means, resampled
from core.recommenders.base import Ranked
from core.types import FloatArray

PEOPLE, ITEMS, RECOMMENDERS, HELD, LENGTH = 100_000, 10_000, 20, 10, 100
CUTOFFS = (1, 5, 10, 20, 50, 100)
COLUMNS = 10
RECTOOLS, RANX = "rectools==0.19.0", "ranx==0.3.21"


def run() -> list[Row]:
    """All metrics of hits at six cut-offs; then 2,000 resamples of 10 columns each."""
    test = _test()
    lists = [_ranked(test, seed) for seed in range(RECOMMENDERS)]
    chosen = [one for one in metrics().values() if one.compute and one.needs == "hits"]
    ours = seconds(lambda: [_values(one, test, chosen) for one in lists], times=3)
    rectools, ranx = (_peer(script, name, lists[0], test) for script, name in _PEERS)
    shown = _values(lists[0], test, chosen)
    gap = max(
        abs(peer["values"][key] - shown[key].mean())
        for peer in (rectools, ranx)
        for key in peer["values"]
        if not key.startswith("map") or int(key.split("@")[1]) >= HELD  # theirs divides by all held-out items
    )
    what = f"{len(chosen) * len(CUTOFFS)} metric–cut-off pairs, 100,000 people × 20 recommenders × top 100"
    rows = [
        Row(
            what,
            f"{ours:.2f} s",
            f"{RECOMMENDERS * peer['seconds']:.1f} s: {name}, {len(peer['values'])} pairs, one × 20",
            ours / (RECOMMENDERS * peer["seconds"]),
            bound,
            f"largest difference in means: {gap:.1e}",
        )
        for peer, name, bound in ((rectools, "RecTools 0.19.0", 1 / 20), (ranx, "ranx 0.3.21", 1 / 5))
    ]
    values = np.random.default_rng(0).random((PEOPLE, RECOMMENDERS * COLUMNS))
    before = _peak()
    taken = seconds(lambda: _intervals(values), times=3)
    rows.append(
        Row(
            f"{RESAMPLES:,} resamples of {RECOMMENDERS} recommenders × {COLUMNS} metrics × 100,000 people",
            f"{taken:.2f} s",
            "10 s: limit",
            taken / 10,
            1,
            f"percentile intervals included; {_peak() - before:,.0f} MB above the values",
        )
    )
    return rows


_PEERS = (("rectools_metrics.py", RECTOOLS), ("ranx_metrics.py", RANX))


def _values(ranked: Ranked, test: Test, chosen: list[Metric]) -> dict[str, FloatArray]:
    judged = judge(ranked, test)
    return {
        f"{one.name}@{k}" if one.variant == "standard" else f"{one.name} {one.variant}@{k}": one.values(
            judged, k
        )
        for one in chosen
        for k in CUTOFFS
    }


def _intervals(values: FloatArray) -> None:
    whole, n = means(values)
    estimates(whole, resampled(values, 0), n)


def _test() -> Test:
    """Ten held-out items for everybody."""
    rng = np.random.default_rng(1)
    items = np.argsort(rng.random((PEOPLE, 200)), axis=1)[:, :HELD] * (ITEMS // 200)
    items = np.sort(items, axis=1).astype(np.int32)
    indptr = np.arange(0, PEOPLE * HELD + 1, HELD, dtype=np.int32)
    truth = csr_array((np.ones(items.size, np.float32), items.ravel(), indptr), shape=(PEOPLE, ITEMS))
    none = csr_array(truth.multiply(np.float32(0)))
    none.eliminate_zeros()
    ids = np.array([f"u{row:06}" for row in range(PEOPLE)], dtype=object)
    return Test(ids, np.arange(PEOPLE, dtype=np.int32), none, none, truth)


def _ranked(test: Test, seed: int) -> Ranked:
    """Lists of 100 distinct items in which about a third of the held-out ones stand somewhere."""
    rng = np.random.default_rng(100 + seed)
    start = rng.integers(0, ITEMS, PEOPLE)
    step = 2 * rng.integers(1, ITEMS // 4, PEOPLE) + 1
    step[step % 5 == 0] += 2  # so that it has no factor in common with the number of items
    items = ((start[:, None] + step[:, None] * np.arange(LENGTH)) % ITEMS).astype(np.int32)
    held = test.truth.indices.reshape(PEOPLE, HELD)
    for at in range(HELD):
        rows = np.flatnonzero(rng.random(PEOPLE) < 0.3)
        there = (items[rows] == held[rows, at][:, None]).any(axis=1)
        items[rows[~there], rng.integers(0, LENGTH, (~there).sum())] = held[rows[~there], at]
    return Ranked(test.user_ids, items, np.zeros(items.shape, dtype=np.float32))


def _peer(script: str, requirement: str, ranked: Ranked, test: Test) -> dict[str, Any]:
    truth = test.truth.tocoo()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lists.npz"
        np.savez(file, items=ranked.items, user=truth.row, item=truth.col)
        return run_peer(script, requirement, str(file), "3", ",".join(map(str, CUTOFFS)))


def _peak() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
