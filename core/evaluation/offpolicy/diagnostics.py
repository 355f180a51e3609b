"""What weights look like: their spread, how much of the lists the log ever showed, what clipping does."""

from dataclasses import dataclass

import numpy as np

from core.data.dataset import Dataset
from core.evaluation.offpolicy.asked import ClicksOf
from core.evaluation.offpolicy.candidates import Candidate
from core.evaluation.offpolicy.estimating import rewards
from core.evaluation.offpolicy.marginals import Marginals
from core.evaluation.offpolicy.preparing import prepared
from core.evaluation.offpolicy.rows import Rows, ratio
from core.evaluation.offpolicy.target import ListTarget
from core.types import FloatArray, PlaceArray
from core.work.artifacts import artifact
from core.work.report import Report, within
from core.work.steps import step

LIMITS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0)
BINS = np.round(np.logspace(-1, 4, 21), 6)  # four to a power of ten


@artifact
@dataclass(frozen=True)
class Diagnosis:
    """Of one candidate: weights by item and position of what matched, and of the rest."""

    spec: str
    label: str
    matched: int  # impressions that show what the candidate shows at that place
    elsewhere: int  # that show it at another place
    impressions: int
    edges: FloatArray  # (E + 1,) of the histogram of weights above 0
    counts: PlaceArray  # (E,)
    places: int  # places in all lists; 0 for a policy
    unseen: int  # of these, whose item the log never showed to the person at all
    limits: FloatArray  # (L,) clipping at
    clipped: FloatArray  # (L,) IPS of clicks, clipped so
    kept: FloatArray  # (L,) share of the weight that is left


@step(version=2, called="Looking at the weights")
def diagnoses(dataset: Dataset, *, settings: ClicksOf, report: Report) -> tuple[Diagnosis, ...]:
    """One for each candidate; () where nothing can be estimated."""
    found = prepared(dataset, settings, within(report, 0.0, 0.7))
    if found.known is None:
        return ()
    made = []
    for at, one in enumerate(found.candidates.candidates):
        report(0.7 + 0.3 * at / len(found.candidates.candidates), f"Weighing impressions for {one.label}")
        made.append(_diagnosis(one, found.known.marginals))
    return tuple(made)


def _diagnosis(one: Candidate, marginals: Marginals) -> Diagnosis:
    rows = one.target.rows(one.log, marginals)
    weights = rows.weight[rows.weight > 0]
    counts, edges = np.histogram(np.clip(weights, BINS[0], BINS[-1]), BINS)
    clicked = rewards(one.log).get("ctr", np.zeros(len(rows.slate)))
    limits = np.array([*LIMITS, np.inf])
    cut = [np.minimum(rows.weight, limit) for limit in limits]
    places, unseen = _unseen(one, rows)
    return Diagnosis(
        one.spec,
        one.label,
        len(weights),
        len(rows.hits) - len(weights),
        len(rows.slate),
        edges,
        counts,
        places,
        unseen,
        limits,
        np.array([float(weight @ clicked / rows.counted.sum()) for weight in cut]),
        np.array([float(ratio(weight.sum(), rows.weight.sum())) for weight in cut]),
    )


def _unseen(one: Candidate, rows: Rows) -> tuple[int, int]:
    """Places of lists, and how many of them hold what the log never showed to the person."""
    if not isinstance(one.target, ListTarget):
        return 0, 0
    lists, log = one.target.lists, one.log
    seen = np.unique(log.user[rows.hits].astype(np.int64) * log.items + log.item[rows.hits])
    people, at = np.nonzero(lists >= 0)
    wanted = people * log.items + lists[people, at]
    return len(wanted), int((~np.isin(wanted, seen)).sum())
