"""Forecasts against what fits and lists then take: how far off they are, either way."""

import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measure import Row
from benchmarks.movielens import folder
from core.data.dataset import Dataset
from core.data.folds import Fold, folds
from core.data.load import Source, load
from core.data.splits import split_of
from core.recommenders.base import RECOMMENDERS, Recommender, rank
from core.recommenders.demand import size_of
from core.recommenders.forecast import forecast
from core.recommenders.speeds import Speeds, calibrated, machine
from core.work.errors import BadInput
from core.work.report import silent

SLOW, OFF, LONGEST = 0.5, 3.0, 120.0  # seconds that count; the factor that is allowed; seconds that we wait
SPLIT = "random(test=0.2)"


def run() -> list[Row]:
    """Each recommender with its defaults on three data sets; the fit, and everyone's lists."""
    from core import kernels  # noqa: F401  (compiled before the clock starts)

    speeds = calibrated(settings=machine(), report=silent)
    rows: list[Row] = []
    for name in ("ml-100k", "ml-1m"):
        rows += _on(name, load(Source(data=str(folder(name)))), speeds)
    return rows + _on("10,000 people, 2,000 items", made(10_000, 2_000, 60), speeds)


def made(people: int, items: int, each: int) -> Dataset:
    """A data set of a popularity that falls as 1/rank, from a seed."""

    rng = np.random.default_rng(0)
    weights = 1 / np.arange(1, items + 1)
    chosen = rng.choice(items, (people, each), p=weights / weights.sum())
    user = np.repeat(np.arange(people), each)
    frame = pd.DataFrame({"user": user, "item": chosen.ravel()}).drop_duplicates()
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "made.csv"
        frame.to_csv(file, index=False)
        return load(Source(data=str(file)))


def _on(name: str, dataset: Dataset, speeds: Speeds) -> list[Row]:
    fold = folds(dataset, split_of(SPLIT))[0]
    rows = (_one(name, cls(), fold, speeds) for cls in RECOMMENDERS.all().values())
    return [row for found in rows for row in found]


def _one(name: str, recommender: Recommender, fold: Fold, speeds: Speeds) -> list[Row]:
    found = forecast(recommender, size_of(fold.train), speeds)
    if found is None or found.seconds > LONGEST:
        return []
    people = len(fold.train.user_ids) / max(len(fold.test.user_ids), 1)
    try:
        began = time.perf_counter()
        scorer = recommender.fit(fold.train, silent)
        fitted = time.perf_counter()
        rank(scorer, fold.test, fold.train.item_ids, 20, 0)
    except BadInput:  # it can't be fit on these data
        return []
    lists = (time.perf_counter() - fitted) * people
    found_and_taken = (("", found.fit_seconds, fitted - began), ("'s lists", found.score_seconds, lists))
    return [
        _row(f"forecast of {recommender.label}{what}, {name}", said, taken)
        for what, said, taken in found_and_taken
        if max(said, taken) > SLOW
    ]


def _row(what: str, said: float, taken: float) -> Row:
    off = max(said, 1e-9) / max(taken, 1e-9)
    return Row(what, f"{said:.3g} s", f"{taken:.3g} s: what it took", max(off, 1 / off), OFF)
