"""Small logs for tests of off-policy evaluation."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.evaluation.experiment import Experiment, experiment_of, settled
from core.evaluation.offpolicy.asked import Clicks, ClicksOf, asked_of
from core.evaluation.offpolicy.clicks import clicks
from core.evaluation.offpolicy.log import Log, log_of
from core.evaluation.offpolicy.rows import Rows
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.store import Store
from tests.making import dataset, random_log


def rows(weight: list[float], reward: list[float], **more: Any) -> Rows:
    """Impressions, each a slate of its own, with these weights and rewards."""
    n = len(weight)
    plain: dict[str, Any] = {
        "slate": np.arange(n),
        "position": np.zeros(n, dtype=np.int64),
        "reward": np.array(reward, dtype=np.float64),
        "weight": np.array(weight, dtype=np.float64),
        "counted": np.ones(n),
        "hits": np.arange(n),
        "chance": np.ones((n, 1)),
        "logged": np.ones((n, 1)),
    }
    return Rows(**plain | more)


def pages(
    people: int = 40,
    each: int = 30,
    items: int = 8,
    width: int = 2,
    seed: int = 0,
    worth: np.ndarray | None = None,
) -> pd.DataFrame:
    """Pages of different items drawn evenly, after everything that `random_log` knows of.

    An item is clicked by its worth (items,), half as often at the second position, and bought every other
    time.
    """
    rng = np.random.default_rng(seed)
    many = people * each
    shown = np.stack([rng.permutation(items)[:width] for _ in range(many)])
    worth = np.linspace(0.9, 0.1, items) if worth is None else worth
    clicked = rng.random(shown.shape) < worth[shown] * 0.5 ** np.arange(width)
    user = np.repeat(np.arange(people), each)
    return pd.DataFrame(
        {
            "slate": np.repeat(np.arange(many), width),
            "user": [f"u{person:03}" for person in np.repeat(user, width)],
            "timestamp": 2_000_000 + np.repeat(rng.permutation(many), width),
            "position": np.tile(np.arange(width) + 1, many),
            "item": [f"i{item:03}" for item in shown.ravel()],
            "price": 10.0,
            "propensity": 1 / items,
            "policy": "even",
            "clicked": clicked.ravel(),
            "purchased": (clicked & (rng.random(shown.shape) < 0.5)).ravel(),
        }
    )


def world(impressions: pd.DataFrame, people: int = 40, items: int = 8) -> Dataset:
    """A data set with these impressions, and a history that splits by time before them."""
    return dataset(history(people, items), impressions=impressions)


def history(people: int, items: int) -> pd.DataFrame:
    """What people did before the pages; the last two events are a test part by time."""
    late = pd.DataFrame({"user": ["u000", "u001"], "item": ["i000", "i001"], "timestamp": 1_999_999})
    return pd.concat([random_log(people, items, 4), late], ignore_index=True)


def log(impressions: pd.DataFrame) -> Log:
    """The log of a data set with these impressions."""
    return log_of(world(impressions))


def experiment(found: Dataset, **values: Any) -> Experiment:
    """A resolved experiment on it."""
    asked = {
        "data": "made",
        "recommenders": ["popularity", "random"],
        "split": "by_time(test=0.01)",
        "exclude_seen": "none",
    }
    return settled(experiment_of(asked | values), found, lambda _source: "")


def asked(
    found: Dataset, estimators: tuple[str, ...] = ("pbm", "snips"), k: int = 2, **values: Any
) -> Clicks:
    """What its log says of popular and of random lists."""
    return answered(found, asked_of(experiment(found, **values), k, estimators, 200))


def answered(found: Dataset, question: ClicksOf) -> Clicks:
    """What its log says, at a desk of its own."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store(Path(folder), 10**9), Inline())
        return desk.run(clicks, found, settings=question)
