"""Recommending now: lists for one person or everyone, learnt from all there is, with reasons."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.data.folds import Test, Train, folds, whole
from core.data.splits import split_of
from core.evaluation.anyone import unjudged
from core.evaluation.discreet import discreet
from core.evaluation.experiment import Experiment
from core.evaluation.lists import Ask, lists
from core.recommenders.apart import ask, fitted, kept
from core.recommenders.base import Recommender, Scorer
from core.recommenders.forecast import allow
from core.recommenders.leaving_out import reasons_of
from core.recommenders.reason import Reason, said
from core.work import here
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
    with desk.descending(dataset), here.at(desk):
        learnt = fitted(recommender, train, within(report, 0.0, 0.7))
        people = np.arange(len(train.user_ids), dtype=np.int32) if user is None else _person(train, user)
        test = unjudged(dataset, train, train.user_ids[people])
        question, rest = Ask(k, experiment.seed), within(report, 0.7, 1.0)
        made = kept(recommender, lists, learnt, test, train.item_ids, settings=question, report=rest)
    ranked = made.ranked
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
                for reason in _reasons(recommender, learnt.scorer, test, items.tolist())
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


def _reasons(recommender: Recommender, scorer: Scorer, test: Test, items: list[int]) -> tuple[Reason, ...]:
    history = test.given(scorer.ordered)
    return ask(recommender, reasons_of, scorer, history, test.users, settings=tuple(items))


def _title(train: Train) -> Callable[[int], str]:
    """What an item is called: its title, else its id."""
    titles = (
        train.items["title"].astype("str").fillna("").to_numpy()
        if "title" in train.items
        else np.full(len(train.item_ids), "")
    )
    return lambda at: str(titles[at] or train.item_ids[at])
