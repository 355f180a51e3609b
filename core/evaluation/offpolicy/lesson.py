"""Why a bare rate is never given: clicks where items happened to be shown, beside the truth of a sample."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.data.dataset import Dataset
from core.evaluation.offpolicy.asked import Clicks, ClicksOf
from core.evaluation.offpolicy.candidates import candidates
from core.evaluation.offpolicy.clicks import clicks
from core.evaluation.offpolicy.log import log_of
from core.evaluation.offpolicy.target import ListTarget
from core.evaluation.uncertainty import Estimate
from core.types import FloatArray, PlaceArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

ESTIMATOR = "pbm"


@artifact
@dataclass(frozen=True)
class Taught:
    """One recommender on a sample whose truth is known."""

    label: str
    spec: str
    truth: float  # clicks per impression of its lists
    bare: float  # clicks over impressions of its items, whoever saw them where
    estimate: Estimate  # off-policy


@step(version=2, called="Comparing with the truth")
def lesson(dataset: Dataset, *, settings: ClicksOf, report: Report) -> tuple[Taught, ...]:
    """Of each recommender the truth, the bare rate and the estimate, best by truth first.

    Raises BadInput where no truth is known: only samples have one.
    """
    log = log_of(dataset)
    chance = truth_of(dataset, log.width)
    found = candidates(dataset, log, settings, within(report, 0.0, 0.5))
    told: Clicks = current().run(clicks, dataset, settings=settings, report=within(report, 0.5, 1.0))
    made: list[Taught] = []
    for one in found.candidates:
        figure = told.figure(one.spec, "ctr", ESTIMATOR)
        if figure is None or not isinstance(one.target, ListTarget):
            continue
        people = np.searchsorted(dataset.user_ids.to_numpy(dtype=object), one.log.user_ids)
        places = one.target.places(one.log)
        bare = float(one.log.clicked[places >= 0].mean()) if (places >= 0).any() else float("nan")
        right = _rate(chance, people, one.target.lists, one.log.user[one.log.position == 0])
        made.append(Taught(one.label, one.spec, right, bare, figure.estimate))
    return tuple(sorted(made, key=lambda one: -one.truth))


def truth_of(dataset: Dataset, width: int) -> FloatArray:
    """(U, I, K) chance of a click, as a simulated data set knows it; raises BadInput where it does not."""
    folder = Path(dataset.origin.truth)
    if not dataset.origin.truth or not (folder / "relevance.npy").is_file():
        raise BadInput("What is true is not known here.", "a sample.", "open one of the samples.")
    relevance = np.load(folder / "relevance.npy", mmap_mode="r", allow_pickle=False)
    looked = json.loads((folder / "examination.json").read_text("utf-8"))
    curve = np.array([looked[str(position + 1)] for position in range(width)])
    if relevance.shape != (len(dataset.user_ids), len(dataset.catalogue)):
        raise BadInput("The truth is of other people or items.", "that of this sample.", "make it anew.")
    found: FloatArray = relevance[:, :, None] * curve
    return found


def _rate(chance: FloatArray, people: PlaceArray, lists: PlaceArray, pages: PlaceArray) -> float:
    """Clicks per impression of lists (U, k) on pages (S,) of these people."""
    shown = np.maximum(lists, 0)
    places = np.arange(lists.shape[1])
    each = np.where(lists >= 0, chance[people[:, None], shown, places], 0.0).mean(axis=1)
    return float(each[pages].mean())
