"""`python -m benchmarks.offpolicy`: estimates beside the truth of the samples, written to docs/offpolicy.md.

Each sample world shows its start page anew, many times over; recommenders are learnt once, from the shipped
data. What an interval should hold is known: it is worked out from the world's own probabilities.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measured_page import written
from core.cli.output import command_desk, read_dataset
from core.data.dataset import Dataset
from core.data.load import Source
from core.evaluation.experiment import experiment_of, settled
from core.evaluation.offpolicy.asked import asked_of
from core.evaluation.offpolicy.candidates import Candidate, candidates
from core.evaluation.offpolicy.estimating import Estimated, Known, estimated
from core.evaluation.offpolicy.gate import Grade
from core.evaluation.offpolicy.log import Log, log_of
from core.evaluation.offpolicy.marginals import Marginals
from core.evaluation.offpolicy.reward_model import categories
from core.evaluation.offpolicy.target import ListTarget
from core.types import IntArray
from core.work import here
from core.work.report import silent
from sample_data.generate import SEED
from sample_data.simulator import Sample, simulate
from sample_data.slates import simulate_log

RECOMMENDERS = ("popularity", "item_knn", "ease", "pure_svd", "content", "random")
ESTIMATORS = ("pbm", "snips", "dr", "dm")
LOGS = {"shop": 80, "news": 40, "videos": 40, "friends": 40}
RESAMPLES = 500
PAGE = Path(__file__).parents[1] / "docs" / "offpolicy.md"


Key = tuple[str, str, Grade]  # rate, estimator, verdict


@dataclass
class Tally:
    """How often intervals held the truth, and how far values were from it."""

    held: int = 0
    many: int = 0
    off: float = 0.0  # sum of relative errors
    width: float = 0.0  # sum of relative widths


def main() -> int:
    """Measure, and write the page's measured part."""
    began = time.perf_counter()
    tallies: dict[Key, Tally] = defaultdict(Tally)
    orders = defaultdict[tuple[str, str], list[int]](lambda: [0, 0, 0])
    for name, logs in LOGS.items():
        for at, (made, truth) in enumerate(_worlds(name, logs)):
            _count(made, truth, tallies)
            _order(made, truth, orders)
            print(f"{name} {at + 1} of {logs}", flush=True)
    minutes = (time.perf_counter() - began) / 60
    many = f"{sum(LOGS.values())} simulated logs ({', '.join(f'{n} of {name}' for name, n in LOGS.items())})"
    took = f"{len(RECOMMENDERS)} recommenders, {RESAMPLES} resamples of people each; {minutes:.0f} minutes"
    lines = [
        "",
        f"{many}, {took}.",
        *_coverage(tallies),
        *_orders(orders),
    ]
    written("measured", "python -m benchmarks.offpolicy", lines, PAGE)
    return 0


def _worlds(name: str, logs: int) -> Iterator[tuple[Estimated, dict[tuple[str, str], float]]]:
    """Estimates from each simulated log, and the truth of each recommender and rate."""
    desk = command_desk()
    dataset = read_dataset(desk, Source(data=name))
    experiment = settled(experiment_of({"data": name, "recommenders": RECOMMENDERS}), dataset)
    asked = asked_of(experiment, 5, ESTIMATORS, RESAMPLES)
    shipped = log_of(dataset)
    with here.at(desk):
        found = candidates(dataset, shipped, asked, silent).candidates
    people = np.searchsorted(found[0].log.user_ids, shipped.user_ids)  # everybody is in the log's later part
    lists = {one.spec: one.target.lists[people] for one in found if isinstance(one.target, ListTarget)}
    world = import_module(f"sample_data.worlds.{name}").WORLD
    sample = simulate(world, SEED)
    category = categories(dataset)
    for seed in range(logs):
        log = _log(sample, dataset, seed)
        mine = tuple(
            Candidate(one.name, one.label, one.spec, "lists", log, ListTarget(lists[one.spec]))
            for one in found
        )
        known = Known(Marginals.of(log), category)
        yield estimated(mine, known, asked, silent), _truth(sample, log, lists)


def _log(sample: Sample, dataset: Dataset, seed: int) -> Log:
    """The start page of a sample, shown anew."""
    rng = np.random.default_rng([seed, 16])
    shown = simulate_log(
        sample.world, sample.people, sample.catalogue, sample.truth, sample.bonds.barred, sample.ranking, rng
    )
    many, width = shown.items.shape
    users = np.array(sample.people.keys, dtype=object)
    items = dataset.catalogue.get_indexer(pd.Index([item.key for item in sample.catalogue.items]))
    uniform = sample.people.uniform_arm[shown.users]
    return Log(
        user_ids=users,
        items=len(dataset.catalogue),
        user=np.repeat(shown.users, width).astype(np.int32),
        slate=np.repeat(np.arange(many), width),
        position=np.tile(np.arange(width), many),
        item=items[shown.items.ravel()].astype(np.int32),
        time=np.repeat(shown.times, width).astype(np.int64) * 1_000_000,
        propensity=shown.propensities.ravel(),
        policy=np.repeat(uniform.astype(np.int32), width),
        policies=("production", "uniform"),
        clicked=shown.clicked.ravel(),
        purchased=shown.purchased.ravel(),
        price=np.full(many * width, np.nan),
    )


def _truth(sample: Sample, log: Log, lists: dict[str, IntArray]) -> dict[tuple[str, str], float]:
    """Rates of each recommender over the pages of a log, by (spec, metric)."""
    pages = np.bincount(log.user[log.position == 0], minlength=len(log.user_ids))
    truth, found = sample.truth, dict[tuple[str, str], float]()
    order = np.argsort(np.array([item.key for item in sample.catalogue.items], dtype=object))
    for spec, items in lists.items():
        shown = order[items]  # the catalogue is sorted by id, a sample's items are not
        click = np.take_along_axis(truth.relevance, shown, 1) * truth.examination
        buy = click * np.take_along_axis(truth.purchase_given_click, shown, 1)
        ctr, ctcvr = (float((pages * chance.mean(axis=1)).sum() / pages.sum()) for chance in (click, buy))
        found |= {(spec, "ctr"): ctr, (spec, "ctcvr"): ctcvr, (spec, "cvr"): ctcvr / ctr}
    return found


def _count(made: Estimated, truth: dict[tuple[str, str], float], tallies: dict[Key, Tally]) -> None:
    for one in made.figures:
        right = truth[made.who[one.who].spec, one.metric]
        tally = tallies[one.metric, one.estimator, one.verdict.grade]
        tally.held += one.estimate.low <= right <= one.estimate.high
        tally.many += 1
        tally.off += abs(one.estimate.mean / right - 1)
        tally.width += (one.estimate.high - one.estimate.low) / right


def _order(
    made: Estimated, truth: dict[tuple[str, str], float], orders: dict[tuple[str, str], list[int]]
) -> None:
    """Of pairs that are shown: right, wrong, and those whose intervals overlap."""
    shown = [one for one in made.figures if one.verdict.grade != "refused"]
    for one, other in combinations(shown, 2):
        if (one.metric, one.estimator) != (other.metric, other.estimator):
            continue
        a, b = (truth[made.who[figure.who].spec, figure.metric] for figure in (one, other))
        apart = one.estimate.low > other.estimate.high or other.estimate.low > one.estimate.high
        right = (one.estimate.mean > other.estimate.mean) == (a > b)
        orders[one.metric, one.estimator][0 if apart and right else 1 if apart else 2] += 1


def _coverage(tallies: dict[Key, Tally]) -> list[str]:
    lines = [
        "",
        "| rate | estimator | verdict | estimates | hold the truth | mean error | mean width |",
        "|---|---|---|---:|---:|---:|---:|",
    ]
    for (metric, estimator, grade), one in sorted(tallies.items(), key=lambda item: _place(item[0])):
        n = one.many
        cells = f"{n:,} | {one.held / n:.3f} | {one.off / n:.1%} | {one.width / n:.1%}"
        lines.append(f"| {metric} | {estimator} | {grade} | {cells} |")
    return lines


def _place(key: Key) -> tuple[int, int, int]:
    metric, estimator, grade = key
    grades = ("green", "amber", "refused")
    return ("ctr", "ctcvr", "cvr").index(metric), ESTIMATORS.index(estimator), grades.index(grade)


def _orders(orders: dict[tuple[str, str], list[int]]) -> list[str]:
    lines = [
        "",
        "| rate | estimator | pairs apart | of these in the right order | pairs that overlap |",
        "|---|---|---:|---:|---:|",
    ]
    for (metric, estimator), (right, wrong, overlap) in orders.items():
        lines.append(f"| {metric} | {estimator} | {right + wrong:,} | {right:,} | {overlap:,} |")
    return lines


if __name__ == "__main__":
    sys.exit(main())
