"""Off-policy estimates: every estimator on a million impressions, and what the sample shop shows first."""

import resource
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.measure import Row, seconds
from core.data.dataset import Dataset
from core.data.load import Source, load
from core.evaluation.experiment import Experiment, experiment_of, settled
from core.evaluation.offpolicy.asked import SHOWN, asked_of
from core.evaluation.offpolicy.candidates import Candidate
from core.evaluation.offpolicy.clicks import clicks
from core.evaluation.offpolicy.estimating import Estimated, Known, estimated
from core.evaluation.offpolicy.estimator import estimators
from core.evaluation.offpolicy.log import Log
from core.evaluation.offpolicy.marginals import Marginals
from core.evaluation.offpolicy.target import ListTarget
from core.work import here
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.report import silent
from core.work.store import Store

PEOPLE, PAGES, WIDTH, ITEMS = 20_000, 200_000, 5, 1_000
RESAMPLES = 500


def run() -> list[Row]:
    """A simulated log with every chance known; then the shop, lists being kept."""
    log = _log()
    before = _peak()
    taken = seconds(lambda: _all(log), times=1)
    grown = _peak() - before
    missing = [one.estimator for one in _all(log).figures if one.lacks]
    dataset = load(Source(data="shop"))
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store(Path(folder), 10**9), Inline())
        first = seconds(lambda: _first(desk, dataset), times=3)
    impressions = f"{PAGES * WIDTH:,} impressions of {PEOPLE:,} people"
    return [
        Row(
            f"all {len(estimators())} estimators, {RESAMPLES} resamples, {impressions}",
            f"{taken:.1f} s",
            "60 s: limit",
            taken / 60,
            1,
            f"no estimate: {', '.join(missing)}" if missing else "",
        ),
        Row("memory beyond the log itself", f"{grown:,.0f} MB", "2,000 MB: limit", grown / 2_000, 1),
        Row(
            f"what the sample shop shows first: {', '.join(SHOWN)} of three recommenders, 2,000 resamples",
            f"{first:.2f} s",
            "2 s: limit",
            first / 2,
            1,
            "1,000,000 impressions; lists are kept",
        ),
    ]


def _log() -> Log:
    """Pages of different items drawn evenly: the chances of pages and prefixes are known too."""
    rng = np.random.default_rng(16)
    shown = rng.integers(0, ITEMS, (PAGES, WIDTH))
    user = np.repeat(np.sort(rng.integers(0, PEOPLE, PAGES)), WIDTH).astype(np.int32)
    position = np.tile(np.arange(WIDTH), PAGES)
    clicked = rng.random(PAGES * WIDTH) < 0.3 * (position + 1.0) ** -0.7
    prefix = float(ITEMS) ** -(position + 1.0)
    return Log(
        user_ids=np.array([f"u{at:06}" for at in range(PEOPLE)], dtype=object),
        items=ITEMS,
        user=user,
        slate=np.repeat(np.arange(PAGES), WIDTH),
        position=position,
        item=shown.ravel().astype(np.int32),
        time=np.zeros(PAGES * WIDTH, dtype=np.int64),
        propensity=np.full(PAGES * WIDTH, 1 / ITEMS),
        policy=np.zeros(PAGES * WIDTH, dtype=np.int32),
        policies=("even",),
        clicked=clicked,
        purchased=np.zeros(PAGES * WIDTH, dtype=bool),
        price=np.full(PAGES * WIDTH, np.nan),
        slate_propensity=np.full(PAGES * WIDTH, float(ITEMS) ** -WIDTH),
        prefix_propensity=prefix,
    )


def _all(log: Log) -> Estimated:
    lists = np.random.default_rng(0).integers(0, ITEMS, (PEOPLE, WIDTH))
    candidate = Candidate("some", "some", "some", "lists", log, ListTarget(lists))
    known = Known(Marginals.of(log), np.zeros(ITEMS, dtype=np.int64))
    asked = asked_of(Experiment.model_validate({"data": "made"}), WIDTH, tuple(estimators()), RESAMPLES)
    return estimated((candidate,), known, asked, silent)


def _first(desk: Desk, dataset: Dataset) -> None:
    asked = asked_of(settled(experiment_of({"data": "shop"}), dataset, lambda _source: ""), 5)
    with here.at(desk):
        clicks(dataset, settings=asked, report=silent)


def _peak() -> float:
    """MB that this process has held at most."""
    scale = 1_048_576 if sys.platform == "darwin" else 1_024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale
