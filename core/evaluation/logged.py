"""Logged rates: what the policies that were live got, per impression. Nothing is said of others."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.evaluation.uncertainty import Estimate, estimates, resampled
from core.types import FloatArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step


@artifact
@dataclass(frozen=True)
class Rate:
    """A rate of one logging policy: events over impressions, its interval by people."""

    policy: str
    metric: str  # ctr = clicks/impressions, ctcvr = purchases/impressions, cvr = purchases/clicks
    events: int
    of: int
    estimate: Estimate  # n = people; the interval resamples people with all their impressions


COUNTED = ("", "clicked", "purchased")  # impressions, and what came of them
RATES = (("ctr", "clicked", ""), ("ctcvr", "purchased", ""), ("cvr", "purchased", "clicked"))


@step(version=2)
def logged_rates(dataset: Dataset, *, settings: int, report: Report) -> tuple[Rate, ...]:
    """CTR, CTCVR and CVR of each logging policy; () where there are no impressions.

    A log without a single click, or a single purchase, can't tell whether these were logged at all:
    it has no such rate, rather than one of 0.

    `settings` is the seed. A rate is a ratio of sums; its bootstrap resamples people, since the
    impressions of one person are not independent (Owen 2007, The pigeonhole bootstrap, §2).
    """
    log = dataset.impressions
    if log.empty:
        return ()
    found: list[Rate] = []
    policies = [str(policy) for policy in log["policy"].cat.categories] or [""]
    for at, policy in enumerate(policies):
        report(at / len(policies), f"Resampling the log of {policy}")
        rows = log[log["policy"].astype("str") == policy] if policy else log
        found += _rates(policy, rows, settings)
    return tuple(rate for rate in found if happens(log, rate.metric))


def happens(log: pd.DataFrame, metric: str) -> bool:
    """Whether the impressions `log` hold any of the events that the metric counts."""
    return any(log[event].any() for name, event, _ in RATES if name == metric)


def _rates(policy: str, rows: pd.DataFrame, seed: int) -> list[Rate]:
    codes = rows["user"].cat.codes.to_numpy()
    _, person = np.unique(codes, return_inverse=True)
    sums = np.stack([np.bincount(person), *(np.bincount(person, rows[flag]) for flag in COUNTED[1:])], axis=1)
    draws = resampled(sums.astype(np.float64), seed)
    made = []
    for metric, *counted in RATES:
        above, below = (COUNTED.index(which) for which in counted)
        total = sums[:, below].sum()
        if total:
            made.append(
                Rate(policy, metric, int(sums[:, above].sum()), int(total), _ratio(sums, draws, above, below))
            )
    return made


def _ratio(sums: FloatArray, draws: FloatArray, above: int, below: int) -> Estimate:
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = draws[above] / draws[below]
    whole = sums[:, [above]].sum(axis=0) / sums[:, below].sum()
    return estimates(whole, ratio[None, :], np.array([len(sums)], dtype=np.int32))[0]
