"""What is registered, and the few laws that a thing is excused from, each by name with the reason."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
from annotated_types import Ge, Gt, Le, Lt

from core.data.folds import Fold, Train, folds
from core.data.readers.base import READERS, Reader
from core.data.splits import SPLITS, Split, split_of
from core.evaluation.metric import Metric, metrics
from core.recommenders.base import RECOMMENDERS, Recommender, Scorer
from core.work.report import silent
from tests.making import dataset, random_log

# law → names that are excused from it. Keep it short: an exception is a promise that is not kept.
EXCUSED: dict[str, dict[str, str]] = {
    "learns_from_people": {
        "random": "it scores every item alike, on purpose",
        "tfidf": "it learns from words only",
        "content": "its encoder learns from words only",
        "retrieval": "its encoder learnt elsewhere",
        "friends": "nobody who accepts is an item in this world, so friendships alone decide",
    },
}
WORDS = ("green", "black", "white", "strong", "sweet", "hot", "iced", "large", "small", "fine")


def recommenders() -> list[Any]:
    """Every registered recommender, also with each choice that it offers."""
    found = []
    for cls in RECOMMENDERS.all().values():
        given = [cls(), *(cls.model_validate({setting: value}) for setting, value in choices(cls))]
        found += [pytest.param(recommender, id=recommender.spec) for recommender in given]
    return found


def choices(cls: type[Recommender]) -> Iterator[tuple[str, str]]:
    """The values of settings that are a choice, other than the default."""
    for setting, field in cls.model_fields.items():
        for value in get_args(field.annotation):
            if isinstance(value, str) and value != field.default:
                yield setting, value


def metric_list() -> list[Any]:
    """Every declared metric, in every variant."""
    return [pytest.param(metric, id="-".join(key)) for key, metric in metrics().items()]


def splits() -> list[Any]:
    """Every split with its defaults."""
    return [pytest.param(split_of(name), id=name) for name in SPLITS]


def readers() -> list[Any]:
    """Every registered reader."""
    return [pytest.param(cls(), id=name) for name, cls in READERS.all().items()]


def excused(law: str, name: str) -> None:
    """Skip a law for a thing that is named as excused from it."""
    if name in EXCUSED.get(law, {}):
        pytest.skip(EXCUSED[law][name])


def log() -> pd.DataFrame:
    """40 people with 10 of 30 items each, some of them held out, some signals."""
    frame = random_log(people=40, items=30, each=10, kinds=("buy", "buy", "view"))
    part = np.where(frame.groupby("user")["timestamp"].rank() > 8, "test", "train")
    return frame.assign(part=part)


def items() -> pd.DataFrame:
    """30 items with words, a category and a price."""
    rng = np.random.default_rng(1)
    titles = [" ".join(rng.choice(WORDS, 3, replace=False)) for _ in range(30)]
    category = [f"c{at % 4}" for at in range(30)]
    price = [float(at) for at in range(30)]
    ids = [f"i{at:03}" for at in range(30)]
    return pd.DataFrame({"item": ids, "title": titles, "category": category, "price": price})


def people() -> pd.DataFrame:
    """40 people with an age and an occupation."""
    ids = [f"u{at:03}" for at in range(40)]
    work = [("nurse", "cook", "teacher")[at % 3] for at in range(40)]
    return pd.DataFrame({"user": ids, "age": [20 + at for at in range(40)], "occupation": work})


def relations() -> pd.DataFrame:
    """Everybody with a friend among the items, and items that are friends of the next one."""
    pairs = [(f"u{at:03}", f"i{at % 30:03}") for at in range(40)]
    pairs += [(f"i{at:03}", f"i{(at + 1) % 30:03}") for at in range(30)]
    return pd.DataFrame(pairs, columns=["user", "other"])


def fold(split: str = "leave_last(n=2)") -> Fold:
    """A fold of the log, with every purchase positive; for recommenders of friends, items are people too."""
    found = folds(dataset(log(), items=items(), users=people()), split_of(split), "kind = buy")[0]
    return replace(found, train=replace(found.train, relations=relations()))


def fitted(recommender: Recommender, train: Train) -> Scorer:
    """The scorer of a recommender on a training part."""
    return recommender.fit(train, silent)


def bounds(metadata: list[Any]) -> tuple[float | None, float | None]:
    """The smallest and the largest value of a setting, None where it has no such bound."""
    low = next(
        (rule.ge if isinstance(rule, Ge) else rule.gt for rule in metadata if isinstance(rule, Ge | Gt)), None
    )
    high = next(
        (rule.le if isinstance(rule, Le) else rule.lt for rule in metadata if isinstance(rule, Le | Lt)), None
    )
    return low, high  # type: ignore[return-value]


__all__ = ["Metric", "Reader", "Recommender", "Split"]
