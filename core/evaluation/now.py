"""Recommending now: lists for one person or everyone, learnt from all there is, with reasons."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from core.data.bonds import barred
from core.data.dataset import Dataset
from core.data.folds import Test, Train, folds, whole
from core.data.splits import split_of
from core.evaluation.discreet import discreet
from core.evaluation.experiment import Experiment
from core.evaluation.lists import Ask, lists_step
from core.recommenders.fitting import fit_step, fitting
from core.recommenders.forecast import allow
from core.recommenders.leaving_out import reasons
from core.recommenders.reason import said
from core.work.desk import Desk
from core.work.errors import BadInput
from core.work.report import Report, within


def recommend_now(
    desk: Desk, dataset: Dataset, experiment: Experiment, user: str | None, k: int, report: Report
) -> pd.DataFrame:
    """user, item, rank, score, reason (text, empty where the model gives none): the top k.

    Learns from the whole data set, or from the training part where the experiment names a split.
    `user` None = everyone. Raises BadInput for a person who is not in the data.
    """
    train = _train(dataset, experiment)
    (recommender,) = experiment.fitted()
    allow(recommender, train, desk)
    with desk.descending(dataset):
        fitted = desk.run(
            fit_step(recommender), train, settings=fitting(recommender), report=within(report, 0.0, 0.7)
        )
        people = np.arange(len(train.user_ids), dtype=np.int32) if user is None else _person(train, user)
        test = _asked(dataset, train, people, fitted.scorer.ordered)
        question, rest = Ask(k, experiment.seed), within(report, 0.7, 1.0)
        ranked = desk.run(
            lists_step(recommender), fitted, test, train.item_ids, settings=question, report=rest
        ).ranked
    rows, places = np.nonzero(ranked.items >= 0)
    items = ranked.items[rows, places]
    return pd.DataFrame(
        {
            "user": test.user_ids[rows],
            "item": train.item_ids[items],
            "rank": places + 1,
            "score": ranked.scores[rows, places],
            "reason": [""] * len(items)
            if user is None
            else [
                said(discreet(reason, recommender, dataset.origin.personal), _title(train))
                for reason in reasons(fitted.scorer, _history(test), test.users, items.tolist())
            ],
        }
    )


def _train(dataset: Dataset, experiment: Experiment) -> Train:
    resolved = experiment.on(dataset)
    if experiment.split:
        return folds(dataset, split_of(experiment.split), resolved.positive or "", seed=experiment.seed)[
            0
        ].train
    return whole(dataset, resolved.positive or "", experiment.seed)


def _person(train: Train, user: str) -> np.ndarray:
    place = int(np.searchsorted(train.user_ids, user))
    if place >= len(train.user_ids) or train.user_ids[place] != user:
        raise BadInput(
            f"There is no person {user[:60]!r} in the data.",
            f"an id such as {train.user_ids[0]}.",
            "check the id.",
        )
    return np.array([place], dtype=np.int32)


def _asked(dataset: Dataset, train: Train, people: np.ndarray, ordered: bool) -> Test:
    history = train.positives[people]
    nothing = (history - history).tocsr()
    masked = (history + barred(dataset, train.user_ids[people], train.item_ids)).tocsr()
    sequence = train.sequence if ordered else None
    order = None if sequence is None else sequence[people]
    return Test(train.user_ids[people], people, history, masked=masked, truth=nothing, sequence=order)


def _history(test: Test) -> csr_array:
    """What the scorer is given: with places in time where it asked for them (see _asked)."""
    return test.history if test.sequence is None else test.sequence


def _title(train: Train) -> Callable[[int], str]:
    """What an item is called: its title, else its id."""
    titles = (
        train.items["title"].astype("str").fillna("").to_numpy()
        if "title" in train.items
        else np.full(len(train.item_ids), "")
    )
    return lambda at: str(titles[at] or train.item_ids[at])
