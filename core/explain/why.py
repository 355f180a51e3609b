"""Why these items for this person: what each item of the history adds to a score, from the model itself."""

from dataclasses import dataclass

import numpy as np

from core.data.dataset import Dataset
from core.data.folds import Fold, folds
from core.data.splits import split_of
from core.evaluation.experiment import Experiment
from core.recommenders.base import recommender_of
from core.recommenders.fitting import fit, fitting
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

STRONGEST = 6


@artifact
@dataclass(frozen=True)
class Question:
    """Whose list, of which recommender, in which experiment."""

    experiment: Experiment
    spec: str
    user: str


@artifact
@dataclass(frozen=True)
class Part:
    """An item of the history and what it adds to the score."""

    item: str
    weight: float
    share: float  # of all that adds to the score, 0 to 1


@artifact
@dataclass(frozen=True)
class Why:
    """Why one item has its score: the strongest parts, and what the rest of the history adds."""

    item: str
    score: float  # the sum of all contributions, as the model scores it
    parts: tuple[Part, ...]  # the strongest first
    others: int  # how many more items of the history add something
    rest: float  # what those add together
    against: float  # what the items that speak against it take away, 0 or less


@artifact
@dataclass(frozen=True)
class Answer:
    """The reasons for a list; empty where the model can't say which items of the history made a score."""

    reasons: tuple[Why, ...]
    history: int  # how many items the model was given


@step(version=1)
def why(dataset: Dataset, items: tuple[str, ...], *, settings: Question, report: Report) -> Answer:
    """Say why these items are in a person's list.

    The scorer is that of the comparison, so a reason is exact: contributions add up to the score.
    Raises BadInput for a person or an item that is not in the test part.
    """
    experiment = settings.experiment.on(dataset)
    report(0.0, "Splitting")
    fold, row = _fold(dataset, experiment, settings.user)
    recommender = recommender_of(settings.spec)
    fitted = current().run(fit, fold.train, settings=fitting(recommender), report=within(report, 0.2, 0.9))
    history = fold.test.history[[row]]
    found = []
    for item in items:
        place = int(np.searchsorted(fold.train.item_ids, item))
        if place >= len(fold.train.item_ids) or fold.train.item_ids[place] != item:
            raise BadInput(
                f"There is no item {item[:60]!r} in the catalogue.",
                "an item of a list.",
                "choose one of the list.",
            )
        parts = fitted.scorer.contributions(history, place)
        if parts is None:
            return Answer((), int(history.nnz))
        found.append(_why(item, parts, fold.train.item_ids))
    return Answer(tuple(found), int(history.nnz))


def _why(item: str, parts: np.ndarray, item_ids: np.ndarray) -> Why:
    adds = float(parts[parts > 0].sum())
    order = [int(at) for at in np.argsort(-parts, kind="stable") if parts[at] > 0]
    top, others = order[:STRONGEST], order[STRONGEST:]
    return Why(
        item=item,
        score=float(parts.sum()),
        parts=tuple(Part(str(item_ids[at]), float(parts[at]), float(parts[at]) / adds) for at in top),
        others=len(others),
        rest=float(parts[others].sum()),
        against=float(parts[parts < 0].sum()),
    )


def _fold(dataset: Dataset, experiment: Experiment, user: str) -> tuple[Fold, int]:
    """The fold in which a person was judged, and their row in its test part."""
    made = folds(
        dataset,
        split_of(experiment.split or ""),
        experiment.positive or "",
        experiment.exclude_seen,
        experiment.seed,
        experiment.min_user,
        experiment.min_item,
    )
    for fold in made:
        rows = np.flatnonzero(fold.test.user_ids == user)
        if len(rows):
            return fold, int(rows[0])
    raise BadInput(
        f"Nothing of {user[:60]!r} is held out.",
        "a person with lists in the comparison.",
        "choose another person.",
    )
