"""Candidates: what is compared, as targets on the part of a log that they have not learnt from."""

from dataclasses import dataclass, replace

import numpy as np

from core.data.dataset import Dataset
from core.data.folds import Fold, Test
from core.data.ids import positions
from core.data.times import NEVER, microseconds
from core.evaluation.anyone import unjudged
from core.evaluation.comparison import Failure
from core.evaluation.experiment import Experiment
from core.evaluation.lists import Ask
from core.evaluation.offpolicy.asked import ClicksOf
from core.evaluation.offpolicy.log import Log
from core.evaluation.offpolicy.target import ListTarget, Target, policy_target
from core.evaluation.protocol import LIST_LENGTH, entry_of, folds_of, lists_of
from core.evaluation.ready import lists_in
from core.recommenders.apart import fitted
from core.types import PlaceArray, TextArray
from core.work.errors import BadInput, Passing
from core.work.report import Report, within

COMMON = 0.5  # of its items: a policy that shows fewer of them serves another page


@dataclass(frozen=True)
class Candidate:
    """A target with the log that it is estimated on."""

    name: str
    label: str
    spec: str
    kind: str  # lists | policy
    log: Log
    target: Target


@dataclass(frozen=True)
class Candidates:
    """All that take part, and why others do not."""

    candidates: tuple[Candidate, ...] = ()
    failures: tuple[Failure, ...] = ()
    k: int = 0
    unmeasured: str = ""


def candidates(dataset: Dataset, log: Log, settings: ClicksOf, report: Report) -> Candidates:
    """The recommenders and ready-made lists of an experiment; the log's policies where nobody can learn."""
    if dataset.interactions.empty:
        return _policies(log)
    experiment = settings.experiment
    parts = folds_of(dataset, experiment)
    if parts[0].test.time is None and not _unseen(experiment):
        return Candidates(unmeasured="split")
    timed = log.where(log.time > NEVER, "pages without a time")
    if not len(timed.slate):
        return Candidates(unmeasured="no times")
    later = _later(dataset, timed, parts)
    if not len(later.slate):
        return Candidates(unmeasured="no slates")
    if not later.clicked.any():
        return Candidates(unmeasured="no clicks")
    k = min(settings.k, later.width)
    folds = [replace(fold, test=_asked(dataset, fold, experiment, later)) for fold in parts]
    found, failures = _lists(experiment, parts, folds, later, k, report)
    if not found:
        return Candidates(failures=tuple(failures), unmeasured="nothing took part")
    return Candidates(tuple(found), tuple(failures), k)


def _unseen(experiment: Experiment) -> bool:
    return (experiment.split or "").startswith("unseen_users")


def _later(dataset: Dataset, log: Log, parts: list[Fold]) -> Log:
    """Pages after the split's moment, or, of people who are held out, after what is revealed of them."""
    if parts[0].test.time is not None:
        return log.where(log.time >= parts[0].test.time, "pages before the split's moment")
    first = np.full(len(log.user_ids), np.iinfo(np.int64).max)
    rows = dataset.interactions
    times = microseconds(rows["timestamp"])
    for fold in parts:
        pairs, items = fold.test.truth.tocoo(), len(fold.train.item_ids)
        held = pairs.row.astype(np.int64) * items + pairs.col
        user, item = positions(rows["user"], fold.test.user_ids), positions(rows["item"], fold.train.item_ids)
        hit = np.flatnonzero((user >= 0) & (item >= 0) & np.isin(user.astype(np.int64) * items + item, held))
        begins = np.full(len(fold.test.user_ids), np.iinfo(np.int64).max)
        np.minimum.at(begins, user[hit], times[hit])
        begins[begins == NEVER] = np.iinfo(np.int64).max  # when is not known: no page serves
        at, known = _among(log, fold.test.user_ids)
        first[at] = begins[known]
    return log.where(log.time >= first[log.user], "pages before what is held out")


def _asked(dataset: Dataset, fold: Fold, experiment: Experiment, log: Log) -> Test:
    """The people of the log whom this fold can be asked about."""
    if experiment.candidates or experiment.negatives or fold.test.time is None:
        rows = np.flatnonzero(np.isin(fold.test.user_ids, log.user_ids))
        return fold.test.part(rows)
    return unjudged(dataset, fold.train, log.user_ids, experiment.exclude_seen)


def _lists(
    experiment: Experiment, parts: list[Fold], folds: list[Fold], log: Log, k: int, report: Report
) -> tuple[list[Candidate], list[Failure]]:
    """The lists of the people of a log, `folds`; dear ones are those of the comparison's sample, `parts`.

    So a language model is asked nothing that a comparison of the same people has not asked it.
    """
    question = Ask(max(LIST_LENGTH, k), experiment.seed, sampled=True)
    found: list[Candidate] = []
    failures: list[Failure] = []
    logs: dict[bytes, Log] = {}
    recommenders = experiment.fitted()
    for at, recommender in enumerate(recommenders):
        part = within(report, at / len(recommenders), (at + 1) / len(recommenders))
        try:
            dear = fitted(recommender, parts[0].train, part).scorer.sample > 0
            own = parts if dear else folds
            made = [lists_of(fold, recommender, question, part) for fold in own]
        except BadInput as error:
            failures.append(Failure(recommender.spec, str(error), isinstance(error, Passing)))
            continue
        entry = entry_of(recommender, recommenders, made)
        lists = _joined(own, [one.ranked.items for one in made], log, k)
        found.append(_candidate(entry.name, entry.label, entry.spec, log, lists, logs))
    for name, file in experiment.recommendations.items():
        try:
            given = [lists_in(file, fold.test, fold.train.item_ids, question)[0] for fold in folds]
        except BadInput as error:
            failures.append(Failure(name, str(error)))
            continue
        lists = _joined(folds, [one.ranked.items for one in given], log, k)
        found.append(_candidate(name, name, name, log, lists, logs))
    with_lists = [one for one in found if len(one.log.slate)]
    gone = [
        Failure(one.spec, "It has no list for anybody in the log.") for one in found if not len(one.log.slate)
    ]
    return with_lists, failures + gone


def _joined(folds: list[Fold], made: list[PlaceArray], log: Log, k: int) -> PlaceArray:
    """(U, k) the lists of the people of a log, -1 where there is nothing."""
    lists = np.full((len(log.user_ids), k), -1, dtype=np.int64)
    for fold, items in zip(folds, made, strict=True):
        at, known = _among(log, fold.test.user_ids)
        lists[at, : items.shape[1]] = items[known, :k]
    return lists


def _among(log: Log, user_ids: TextArray) -> tuple[PlaceArray, PlaceArray]:
    """Where people stand in a log, and which of them do."""
    at = np.minimum(np.searchsorted(log.user_ids, user_ids), len(log.user_ids) - 1)
    known = np.flatnonzero(log.user_ids[at] == user_ids)
    return at[known], known


def _candidate(
    name: str, label: str, spec: str, log: Log, lists: PlaceArray, logs: dict[bytes, Log]
) -> Candidate:
    """On the pages of those who have a list; `logs` are shared by those who have one for the same people."""
    has = (lists != -1).any(axis=1)
    own = logs.setdefault(
        has.tobytes(), log if has.all() else log.where(has[log.user], "pages of people without a list")
    )
    return Candidate(name, label, spec, "lists", own, ListTarget(lists[has] if own is not log else lists))


def _policies(log: Log) -> Candidates:
    """Each policy of a log as a candidate on the pages of others that show the same items."""
    found: list[Candidate] = []
    failures: list[Failure] = []
    cells = np.bincount(log.policy * log.items + log.item, minlength=len(log.policies) * log.items)
    shows = cells.reshape(len(log.policies), log.items) > 0  # (policies, I)
    for at, policy in enumerate(log.policies):
        alike = (shows & shows[at]).sum(axis=1) >= COMMON * shows[at].sum()
        alike[at] = False
        others = log.where(alike[log.policy], "pages of the policy itself, or of one that shows other items")
        if not len(others.slate) or not shows[at].any():
            continue
        try:
            target = policy_target(log, at)
        except BadInput as error:
            failures.append(Failure(policy, str(error)))
            continue
        found.append(Candidate(policy, policy, policy, "policy", others, target))
    if not found:
        return Candidates(failures=tuple(failures), unmeasured="nobody")
    return Candidates(tuple(found), tuple(failures), log.width)
