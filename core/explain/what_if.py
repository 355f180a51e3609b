"""What if: the same recommender, another history. What comes into a list, what moves, what goes."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.sparse import csr_array

from core.data.bonds import barred
from core.data.dataset import Dataset
from core.data.folds import Fold, Seen, Test
from core.evaluation.experiment import Experiment
from core.evaluation.protocol import folds_of
from core.explain.asked import Given, fitted_scorer, given
from core.recommenders.apart import ask
from core.recommenders.base import Scorer, rank, recommender_of
from core.recommenders.leaving_out import Follows, follows, one_history
from core.types import TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report, within
from core.work.steps import step

PLUS_MOST = 50  # items that are put in
WITHOUT_MOST = 200  # items that are taken out


@artifact
@dataclass(frozen=True)
class Edit:
    """What is changed in whose history, and whose lists are asked for."""

    experiment: Experiment
    specs: tuple[str, ...]
    user: str  # "" = nobody: the history is built by hand, from nothing
    without: tuple[str, ...]  # items taken out
    plus: tuple[str, ...]  # items put in, the last of them the latest
    k: int


@artifact
@dataclass(frozen=True)
class Spot:
    """A place in a list, and where the item stood before."""

    rank: int  # from 1
    item: str
    was: int  # rank before; 0 = it was not in the list
    score: float


@artifact
@dataclass(frozen=True)
class Changed:
    """One recommender's list before and after."""

    spec: str
    before: tuple[Spot, ...]
    after: tuple[Spot, ...]
    gone: tuple[Spot, ...]  # of `before`: what is not in the list any more
    follows: Follows | Literal["unchanged"]  # how the model takes an edited history
    failure: str = ""  # why it gives no list


@artifact
@dataclass(frozen=True)
class WhatIf:
    """The lists of every recommender before and after an edit."""

    lists: tuple[Changed, ...]
    history: int  # items before
    edited: int  # items after
    again: tuple[str, ...]  # put in though the history has them: they only become the latest
    unknown: tuple[str, ...]  # ids that are not in the catalogue, or not in the history: nothing was done


@step(version=1, called="Trying another history")
def what_if(dataset: Dataset, *, settings: Edit, report: Report) -> WhatIf:
    """The lists of k for an edited history, beside those for the history as it is.

    Fits are those of the comparison. What is put in is the latest of the history. What is in the
    history is not recommended where `exclude_seen` says so; what is taken out may be. Candidates
    stay the only items that are ranked, and nobody is shown themselves or a friend.
    Raises BadInput for a person of whom nothing is held out.
    """
    experiment = settings.experiment.on(dataset)
    report(0.0, "Splitting")
    person = (
        given(dataset, experiment, settings.user)
        if settings.user
        else _nobody(folds_of(dataset, experiment)[0])
    )
    item_ids, test = person.fold.train.item_ids, person.fold.test
    out, missing = _places(item_ids, settings.without[:WITHOUT_MOST])
    plus, strange = _places(item_ids, settings.plus[:PLUS_MOST])
    own = test.history[[person.row]].indices
    absent = [str(item_ids[at]) for at in out if at not in own]
    out = [at for at in out if at in own]
    bonds = barred(dataset, test.user_ids[[person.row]], item_ids)
    before = test.part(np.array([person.row]))
    after = _edited(before, out, plus, experiment.exclude_seen, bonds)
    made = []
    for at, spec in enumerate(settings.specs):
        part = within(
            report, 0.1 + 0.9 * at / len(settings.specs), 0.1 + 0.9 * (at + 1) / len(settings.specs)
        )
        try:
            scorer = fitted_scorer(person.fold, spec, within(part, 0.0, 0.9))
            asked = Listed(spec, settings.k, experiment.seed)
            made.append(ask(recommender_of(spec), changed, scorer, before, after, item_ids, settings=asked))
        except BadInput as error:
            made.append(Changed(spec, (), (), (), "no", str(error)))
    again = tuple(str(item_ids[at]) for at in plus if at in own)
    unknown = (*missing, *strange, *absent)
    return WhatIf(tuple(made), before.history.nnz, after.history.nnz, again, unknown)


@artifact
@dataclass(frozen=True)
class Listed:
    """Whose lists, and how long."""

    spec: str
    k: int
    seed: int


@step(version=1, called="Trying another history")
def changed(
    scorer: Scorer,
    before: Test,
    after: Test,
    item_ids: TextArray,
    *,
    settings: Listed,
    report: Report,
) -> Changed:
    """One recommender's list for one person (a Test of one) with one history and with the other."""
    report(0.0, "Trying another history")
    how: Follows | Literal["unchanged"] = "unchanged"
    first_history, second_history = before.given(scorer.ordered), after.given(scorer.ordered)
    if not _same(first_history, second_history):
        how = follows(scorer, first_history, second_history, before.users)
    if how == "as new":
        stranger = np.full(1, -1, dtype=np.int32)
        before, after = replace(before, users=stranger), replace(after, users=stranger)
    k, seed = settings.k, settings.seed
    first = _spots(scorer, before, item_ids, k, seed, {})
    was = {spot.item: spot.rank for spot in first}
    second = _spots(scorer, after, item_ids, k, seed, was)
    here = {spot.item for spot in second}
    return Changed(settings.spec, first, second, tuple(spot for spot in first if spot.item not in here), how)


def _spots(
    scorer: Scorer, test: Test, item_ids: TextArray, k: int, seed: int, was: dict[str, int]
) -> tuple[Spot, ...]:
    ranked = rank(scorer, test, item_ids, k, seed)
    return tuple(
        Spot(at, str(item_ids[item]), was.get(str(item_ids[item]), 0), float(score))
        for at, (item, score) in enumerate(zip(ranked.items[0], ranked.scores[0], strict=True), 1)
        if item >= 0
    )


def _same(one: csr_array, other: csr_array) -> bool:
    return np.array_equal(one.indices, other.indices) and np.array_equal(one.data, other.data)


def _edited(test: Test, out: list[int], plus: list[int], seen: Seen, bonds: csr_array) -> Test:
    """The test part of one person with another history; what is put in follows what was there."""
    shape = test.history.shape
    kept = test.history.indices[~np.isin(test.history.indices, [*out, *plus])]
    items = np.array([*kept, *plus], dtype=np.int64)
    history = one_history(items, np.ones(len(items)), shape)
    sequence = None
    if test.sequence is not None:
        place = dict(zip(test.sequence.indices.tolist(), test.sequence.data.tolist(), strict=True))
        latest = max(place.values(), default=0.0)
        values = [*(place[at] for at in kept.tolist()), *(latest + 1 + at for at in range(len(plus)))]
        sequence = one_history(items, np.array(values), shape)
    masked = set(test.masked.indices.tolist())
    if seen != "none":
        masked = (masked - set(out)) | set(plus)
    masked |= set(bonds.indices.tolist())
    barred_ = np.array(sorted(masked), dtype=np.int64)
    mask = one_history(barred_, np.ones(len(barred_)), shape)
    return replace(test, history=history, masked=mask, sequence=sequence)


def _nobody(fold: Fold) -> Given:
    """Somebody of whom nothing is known: no row in training, no history, no mask."""
    width = len(fold.train.item_ids)
    nothing = csr_array(np.zeros((1, width), dtype=np.float32))
    test = Test(
        np.array([""], dtype=object),
        np.full(1, -1, dtype=np.int32),
        nothing,
        nothing,
        nothing,
        sequence=nothing if fold.test.sequence is not None else None,
        time=fold.test.time,
    )
    return Given(Fold(fold.train, test, ()), 0)


def _places(item_ids: TextArray, items: tuple[str, ...]) -> tuple[list[int], list[str]]:
    """Where items stand in the catalogue, each once, in their order; and ids that are not there."""
    found: dict[int, None] = {}
    missing = []
    for item in items:
        at = int(np.searchsorted(item_ids, item))
        if at < len(item_ids) and item_ids[at] == item:
            found[at] = None
        else:
            missing.append(item)
    return list(found), missing
