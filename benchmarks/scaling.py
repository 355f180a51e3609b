"""How fits and lists grow with people, items and interactions: `python -m benchmarks.scaling [NAME …]`.

One dimension at a time, from MovieLens 1M's size to ten times it, on synthetic data; writes docs/scaling.md.
A recommender stops where its forecast says that this machine's limits are passed.
"""

import datetime
import math
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from core.data.folds import Test, Train
from core.recommenders.base import rank, recommender_of
from core.recommenders.demand import size_of
from core.recommenders.fitting import measured
from core.recommenders.forecast import forecast
from core.recommenders.speeds import calibrated, machine
from core.work.report import silent

PAGE = Path(__file__).parents[1] / "docs" / "scaling.md"
BASE = {"people": 6_040, "items": 3_706, "interactions": 1_000_000}
FACTORS = (1, 3, 10)
NAMES = ("popularity", "item_knn", "user_knn", "rp3beta", "ease", "slim", "pure_svd", "ials", "bpr")
LISTS = 1_000
K = 100


@dataclass(frozen=True)
class Point:
    """One measurement."""

    factor: int
    fit: float  # seconds
    lists: tuple[float, float]  # seconds for 1,000 lists: median and 95th percentile
    peak_mb: float


def main(names: list[str]) -> int:
    """Measure and write the page."""
    from core import kernels  # noqa: F401  (compiled before the clock starts)

    lines = []
    for dimension, size in BASE.items():
        worlds = {factor: world(**(BASE | {dimension: size * factor})) for factor in FACTORS}
        for name in names or NAMES:
            points = list(curve(name, worlds))
            lines.append(_line(name, dimension, points))
            print(lines[-1], flush=True)
    PAGE.write_text(_page(lines), "utf-8")
    print(f"written: docs/{PAGE.name}")
    return 0


def world(people: int, items: int, interactions: int) -> Train:
    """A log with long tails: activity log-normal, popularity Zipf with exponent 0.8, forty tastes."""
    rng = np.random.default_rng(0)
    activity = rng.lognormal(0, 1, people)
    popularity = rng.permutation(1 / np.arange(1, items + 1) ** 0.8)
    taste, kind = rng.integers(0, 40, people), rng.integers(0, 40, items)

    def chances(rows: np.ndarray, rate: float) -> np.ndarray:
        fits = np.where(taste[rows, None] == kind, 1.0, 0.3)
        return -np.expm1(-rate * activity[rows, None] * popularity * fits)

    some = rng.choice(people, min(people, 500), replace=False)
    low, high = 0.0, 1e6
    while high - low > 1e-4 * high:  # so many that a few are left over
        rate = (low + high) / 2
        many = chances(some, rate).mean() * people * items
        low, high = (rate, high) if many < 1.1 * interactions else (low, rate)
    blocks = (np.arange(first, min(first + 1_000, people)) for first in range(0, people, 1_000))
    drawn = [(rows, rng.random((len(rows), items)) < chances(rows, high)) for rows in blocks]
    found = np.concatenate([rows[0] * items + np.flatnonzero(taken) for rows, taken in drawn])
    found = np.sort(rng.choice(found, interactions, replace=False))
    user, item = (found // items).astype(np.int32), (found % items).astype(np.int32)
    return _train(user, item, people, items)


def _train(user: np.ndarray, item: np.ndarray, people: int, items: int) -> Train:
    import pandas as pd

    ones = np.ones(len(user), dtype=np.float32)
    matrix = csr_array((ones, (user, item)), shape=(people, items))
    matrix.sort_indices()
    return Train(
        user_ids=np.array([f"u{at:07}" for at in range(people)], dtype=object),
        item_ids=np.array([f"i{at:07}" for at in range(items)], dtype=object),
        positives=matrix,
        user=user,
        item=item,
        rank=np.zeros(len(user), dtype=np.int64),
        value=np.full(len(user), np.nan),
        kind=np.full(len(user), "click", dtype=object),
        positive=np.ones(len(user), dtype=bool),
        items=pd.DataFrame(index=range(items)),
        users=pd.DataFrame(index=range(people)),
        seed=0,
    )


def curve(name: str, worlds: dict[int, Train]) -> Iterator[Point]:
    """One point a size, as far as the forecast allows."""
    speeds = calibrated(settings=machine(), report=silent)
    for factor, train in worlds.items():
        recommender = recommender_of(name)
        expected = forecast(recommender, size_of(train), speeds)
        if expected is not None and expected.verdict != "fits":
            return
        with measured() as cost:
            scorer = recommender.fit(train, silent)
        taken = []
        for first in range(0, min(20 * LISTS, len(train.user_ids)), LISTS):
            rows = np.arange(first, min(first + LISTS, len(train.user_ids)), dtype=np.int32)
            history = train.positives[rows]
            test = Test(train.user_ids[rows], rows, history, history, history)
            began = time.perf_counter()
            rank(scorer, test, train.item_ids, K, 0)
            taken.append((time.perf_counter() - began) * LISTS / len(rows))
        p50, p95 = np.percentile(taken, [50, 95])
        yield Point(factor, cost().seconds, (float(p50), float(p95)), cost().peak_mb)


def _line(name: str, dimension: str, points: list[Point]) -> str:
    fits = " · ".join(f"{point.fit:.2f}" for point in points) or "none"
    last = points[-1] if points else None
    stopped = "" if last and last.factor == FACTORS[-1] else f"stops after {last.factor if last else 0}×"
    p50, p95 = last.lists if last else (math.nan, math.nan)
    peak = f"{last.peak_mb:,.0f}" if last else ""
    return (
        f"| {name} | {dimension} | {fits} | {_slope(points)} | {p50:.2f} · {p95:.2f} | {peak} | {stopped} |"
    )


def _slope(points: list[Point]) -> str:
    """The slope of seconds over size, both as logarithms."""
    if len(points) < 2:
        return ""
    x = np.log([point.factor for point in points])
    return f"{np.polyfit(x, np.log([max(point.fit, 1e-3) for point in points]), 1)[0]:.2f}"


def _page(lines: list[str]) -> str:
    today = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"
    sizes = f"{BASE['people']:,} people, {BASE['items']:,} items and {BASE['interactions']:,} interactions"
    return HEAD.format(today=today, machine=platform.machine(), sizes=sizes) + "\n".join([*lines, ""])


HEAD = """\
# How the recommenders scale

Made by `python -m benchmarks.scaling` on {today}, {machine}. Synthetic logs with long tails, from
{sizes} (the size of MovieLens 1M), one dimension at a
time 1, 3 and 10 times as large. The slope is that of seconds over size, both as logarithms: 1 is
linear, 2 quadratic. A recommender stops where its forecast passes the limits of this machine.

| recommender | what grows | fit, s, at 1 · 3 · 10× | slope | 1,000 lists, s, p50 · p95 | peak, MB | |
|---|---|---|---:|---|---:|---|
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
