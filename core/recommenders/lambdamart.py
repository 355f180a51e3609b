"""LambdaMART: boosted trees that learn to put what was taken before what was not."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy.sparse import csr_array

from core.data.folds import Test
from core.data.ids import hashes
from core.recommenders.base import best
from core.types import FloatArray, IntArray, TextArray
from core.work.errors import BadInput

if TYPE_CHECKING:
    from lightgbm import Booster

LEARN = 5_000  # people that a ranker learns from, at most
_BATCH = 500


@dataclass(frozen=True)
class Trees:
    """How trees are grown."""

    trees: int
    leaves: int
    learning_rate: float
    seed: int


@dataclass(frozen=True)
class Lessons:
    """What a ranker learns from: N candidates of several people, one person after the other."""

    table: FloatArray  # (N, F)
    taken: IntArray  # (N,) 1 where the person took the candidate
    sizes: IntArray  # candidates of each person


class Learner(Protocol):
    """What chooses candidates and says what is known of them."""

    @property
    def pool(self) -> int: ...

    @property
    def ordered(self) -> bool: ...

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray: ...

    def features(self, items: IntArray, history: csr_array, users: IntArray | None) -> FloatArray: ...


def lessons(learner: Learner, test: Test, item_ids: TextArray) -> Lessons:
    """The candidates of test people, and which of them they took; people who took none teach nothing.

    At most LEARN people, chosen by a hash of their id. Raises BadInput where nobody took a candidate.
    """
    from core import kernels

    keys, item_keys = hashes(test.user_ids.tolist(), 0), hashes(item_ids.tolist(), 0)
    histories = test.given(learner.ordered)
    chosen = np.sort(np.argsort(keys, kind="stable")[:LEARN])
    tables, labels, sizes = [], [], []
    for first in range(0, len(chosen), _BATCH):
        rows = chosen[first : first + _BATCH]
        history, users = histories[rows], test.users[rows]
        scores = np.ascontiguousarray(learner.score(history, users), dtype=np.float32)
        kernels.ranking.mask(scores, *kernels.pattern(test.masked[rows]))
        items, _ = best(scores, keys[rows], item_keys, min(learner.pool, scores.shape[1]))
        taken = np.take_along_axis(test.truth[rows].toarray(), np.maximum(items, 0), axis=1)
        taken = np.where(items >= 0, taken, 0)
        there: np.ndarray = np.asarray(items >= 0)
        teaches: np.ndarray = np.asarray(taken.any(axis=1))
        table = learner.features(items, history, users).reshape(*items.shape, -1)
        kept = there & teaches[:, None]
        tables.append(table[kept])
        labels.append(taken[kept].astype(np.int32))
        sizes.append(there[teaches].sum(axis=1))
    found = Lessons(np.concatenate(tables), np.concatenate(labels), np.concatenate(sizes).astype(np.int32))
    if not len(found.sizes):
        raise BadInput(
            "Nobody took one of the candidates, so there is nothing to learn to rank.",
            "sources that find what people take.",
            "choose other sources, or more candidates.",
        )
    return found


def learn(found: Lessons, columns: tuple[str, ...], trees: Trees) -> str:
    """The ranker as LightGBM's text; the same lessons give the same text."""
    import lightgbm

    names = [str(at) for at in range(len(columns))]
    data = lightgbm.Dataset(found.table, found.taken, group=found.sizes, feature_name=names)
    chosen = {
        "objective": "lambdarank",
        "num_leaves": trees.leaves,
        "learning_rate": trees.learning_rate,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "seed": trees.seed,
        "min_data_in_leaf": min(20, max(1, len(found.table) // 20)),
        "verbosity": -1,
    }
    return str(lightgbm.train(chosen, data, num_boost_round=trees.trees).model_to_string())


def booster_of(text: str) -> "Booster":
    """The ranker that LightGBM's text describes."""
    import lightgbm

    return lightgbm.Booster(model_str=text)
