"""Fidelity: whether a reason names what the model goes by. Without the named items the rank should fall."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

from core.data.dataset import Dataset
from core.data.folds import Fold, Test
from core.data.ids import hashes
from core.evaluation.experiment import Experiment
from core.evaluation.protocol import folds_of
from core.evaluation.uncertainty import Estimate, estimates, means, resampled
from core.explain.asked import fitted_scorer
from core.recommenders.apart import ask
from core.recommenders.base import Scorer, recommender_of
from core.recommenders.leaving_out import reasons, without
from core.recommenders.reason import Reason
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report, within
from core.work.steps import step

PEOPLE = 100  # in the sample
PLACES = 3  # of each person's list
REMOVED = 3  # items of the history that are taken out, at most half of it
DRAWS = 5  # of other items that are taken out instead


@artifact
@dataclass(frozen=True)
class Sample:
    """Whose reasons are tested: those of a recommender in an experiment, for so many people."""

    experiment: Experiment
    spec: str
    people: int = PEOPLE


@artifact
@dataclass(frozen=True)
class Fidelity:
    """How many places the first items of a list fall when items of the history are taken out."""

    spec: str
    named: Estimate | None  # mean places lost without the items that the reasons name; None: none names any
    others: Estimate | None  # the same without as many other items, drawn at random
    further: Estimate | None  # named minus others, paired by person
    exact: bool  # reasons are the model's own; else estimated by leaving items out
    asked: int  # people in the sample; those without a reason that names items are not in n


@step(version=1, called="Testing reasons")
def fidelity(dataset: Dataset, *, settings: Sample, report: Report) -> Fidelity:
    """Take the items that reasons name out of histories, and see how far the recommended items fall.

    Ranks are among the items that the person may be shown; what is taken out does not come back into
    the list. Of equal scores an item has the middle rank. The deletion test of DeYoung et al. 2020
    (comprehensiveness), on ranks. People with fewer than two items are not asked.
    """
    experiment = settings.experiment.on(dataset)
    report(0.0, "Splitting")
    parts = folds_of(dataset, experiment)
    people = _sample(parts, settings.people, experiment.seed)
    recommender = recommender_of(settings.spec)
    found: list[tuple[float, float]] = []
    exact = True
    for at, fold in enumerate(parts):
        part = within(report, 0.1 + 0.9 * at / len(parts), 0.1 + 0.9 * (at + 1) / len(parts))
        scorer = fitted_scorer(fold, settings.spec, within(part, 0.0, 0.5))
        own = [row for where, row in people if where == at]
        asked = Rows(tuple(own), experiment.seed)
        falls = ask(recommender, fallen, scorer, fold.test, settings=asked, report=within(part, 0.5, 1.0))
        found += [(one[0], one[1]) for one in falls]
        exact = exact and all(one[2] for one in falls)
    if not found:
        return Fidelity(settings.spec, None, None, None, exact, len(people))
    pairs = np.array(found)
    values = np.column_stack([pairs, pairs[:, 0] - pairs[:, 1]])
    whole, n = means(values)
    named, others, further = estimates(whole, resampled(values, experiment.seed), n)
    return Fidelity(settings.spec, named, others, further, exact, len(people))


@artifact
@dataclass(frozen=True)
class Rows:
    """Whose histories are edited."""

    rows: tuple[int, ...]  # of a test part
    seed: int


@step(version=1, called="Leaving items out")
def fallen(
    scorer: Scorer, test: Test, *, settings: Rows, report: Report
) -> tuple[tuple[float, float, bool], ...]:
    """Mean places lost without named items and without others, and whether reasons are exact, by person.

    People whose reasons name no items are left out.
    """
    found = []
    for done, row in enumerate(settings.rows):
        report(done / len(settings.rows), "Leaving items out")
        falls = _falls(scorer, test, row, settings.seed)
        found += [] if falls is None else [falls]
    return tuple(found)


def _sample(parts: list[Fold], many: int, seed: int) -> list[tuple[int, int]]:
    """Fold and row of people with two items or more, chosen by a hash of (seed, id)."""
    keyed = [
        (int(key), at, int(row))
        for at, fold in enumerate(parts)
        for row, key in enumerate(hashes(fold.test.user_ids.tolist(), seed))
        if fold.test.history.indptr[row + 1] - fold.test.history.indptr[row] > 1
    ]
    return [(at, row) for _key, at, row in sorted(keyed)[:many]]


def _falls(scorer: Scorer, test: Test, row: int, seed: int) -> tuple[float, float, bool] | None:
    """Mean places lost without the named items and without others, over the first items of one list."""
    history, users = test.given(scorer.ordered)[[row]], test.users[[row]]
    rng = np.random.default_rng([seed, row])
    barred = _barred(test, row)
    scores = scorer.score(history, users)[0]
    top = _first(scores, barred)
    found = []
    made = [one.of_kind("items") for one in reasons(scorer, history, users, top)]
    for item, reason in zip(top, made, strict=True):
        named = _named(reason, history)
        if reason is None or not named:
            continue
        row_of = np.full(1, -1, dtype=np.int32) if reason.stranger else users
        edits = [named, *_others(history, named, rng)]
        before = _rank(_asked(scorer, [history], row_of), item, barred)
        after = _rank(_asked(scorer, [without(history, items) for items in edits], row_of), item, barred)
        found.append((after[0] - before[0], float(np.mean(after[1:]) - before[0]), reason.exact))
    if not found:
        return None
    return (
        float(np.mean([one[0] for one in found])),
        float(np.mean([one[1] for one in found])),
        all(one[2] for one in found),
    )


def _named(reason: Reason | None, history: csr_array) -> list[int]:
    """The items that a reason names first: at most REMOVED, and at most half of the history."""
    most = min(REMOVED, history.nnz // 2)
    return [part.at for part in reason.adds[:most]] if reason else []


def _others(history: csr_array, named: list[int], rng: np.random.Generator) -> Iterator[list[int]]:
    """As many other items of the history, several times."""
    left = np.setdiff1d(history.indices, named)
    for _draw in range(DRAWS):
        yield rng.choice(left, len(named), replace=False).tolist()


def _barred(test: Test, row: int) -> np.ndarray:
    """(I,) what this person is never shown: ranks are among the rest."""
    if test.candidates is not None:
        barred = np.ones(test.truth.shape[1], dtype=bool)
        barred[test.candidates[[row]].indices] = False
        return barred
    barred = np.zeros(test.truth.shape[1], dtype=bool)
    barred[test.masked[[row]].indices] = True
    return barred


def _first(scores: FloatArray, barred: np.ndarray) -> list[int]:
    """The first items of the list; of equal ones those with the lowest index."""
    open_to = np.where(barred, -np.inf, scores)
    order = np.argsort(-open_to, kind="stable")[:PLACES]
    return [int(item) for item in order if np.isfinite(open_to[item])]


def _asked(scorer: Scorer, histories: list[csr_array], users: IntArray) -> FloatArray:
    stacked = csr_array(vstack(histories, format="csr"))
    return scorer.score(stacked, np.repeat(users, len(histories)))


def _rank(scores: FloatArray, item: int, barred: np.ndarray) -> np.ndarray:
    """(B,) the rank of an item in each row of scores, the middle one among equals."""
    rest = scores[:, ~barred]
    own = scores[:, [item]]
    above, equal = (rest > own).sum(axis=1), (rest == own).sum(axis=1)
    return np.asarray(1 + above + (np.maximum(equal, 1) - 1) / 2, dtype=np.float64)
