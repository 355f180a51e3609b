"""How well encoders place new items: a share of items is held out wholly, and only they are ranked."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from core.content.embed import Encoding, embed
from core.content.texts import content_of
from core.data.bonds import barred
from core.data.dataset import Dataset
from core.data.folds import Test, whole
from core.data.ids import hashes
from core.evaluation.gaps import Gap, gaps_to_first
from core.evaluation.judged import judge
from core.evaluation.metric import metrics
from core.evaluation.newcomers import METRICS, Unmeasured
from core.evaluation.uncertainty import Estimate, estimates, means, resampled
from core.recommenders.base import Scorer, rank
from core.recommenders.random import ConstantScorer
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

RANDOM = "Random"
FEWEST = 5  # new items that are worth ranking


@artifact
@dataclass(frozen=True)
class Asked:
    """By which encoders, and on which items it is measured."""

    encoders: tuple[Encoding, ...]
    positive: str
    k: tuple[int, ...] = (10,)
    share: float = 0.2  # of the items that anybody took
    seed: int = 0


@artifact
@dataclass(frozen=True)
class Placed:
    """How new items were placed by one encoder, or by chance: an estimate a column, and the gap to chance."""

    encoder: str  # its name; "" for chance
    label: str
    estimates: tuple[Estimate, ...]
    over: tuple[Gap, ...]  # () for chance itself


@artifact
@dataclass(frozen=True)
class NewItems:
    """Encoders × columns on items that nobody in training took."""

    columns: tuple[tuple[str, int], ...]  # metric and k
    placed: tuple[Placed, ...]  # chance first
    unmeasured: tuple[Unmeasured, ...]
    items: int  # new ones, that are ranked
    known: int  # the others, from which people are known
    people: int  # who took some of both


@dataclass(frozen=True)
class Alike(Scorer):
    """Cosine between new items and the sum of what a person took, up to a factor for each person."""

    people: FloatArray | csr_array  # (T, D)
    items: FloatArray | csr_array  # (N, D) unit rows

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        assert users is not None
        found = self.people[users] @ self.items.T
        return np.asarray(found.toarray() if isinstance(found, csr_array) else found, dtype=np.float32)


@step(version=1, called="Measuring on held-out items")
def new_items(dataset: Dataset, *, settings: Asked, report: Report) -> NewItems:
    """Take all interactions of some items away, and rank those items for people by what they say.

    A person is the mean of the known items that they took. Encoders read what all items say, as they
    could when an item arrives, and nothing of who took or rated it. Raises BadInput where there are
    too few items, or nobody took both.
    """
    if not settings.encoders:
        raise BadInput(
            "Nothing is known of what items say or show.",
            "titles, texts, tags or pictures of items.",
            "join a table of items by id (--items).",
        )
    report(0.0, "Holding items out")
    train = whole(dataset, settings.positive, settings.seed)
    new = _chosen(train.positives, train.item_ids, settings)
    old = np.setdiff1d(np.arange(len(train.item_ids)), new)
    bar = barred(dataset, train.user_ids, train.item_ids)[:, new]
    truth = csr_array(train.positives[:, new] - train.positives[:, new].multiply(bar))
    truth.eliminate_zeros()
    history = train.positives[:, old]
    here = np.flatnonzero((np.diff(truth.indptr) > 0) & (np.diff(history.indptr) > 0))
    if not len(here):
        raise BadInput(
            "Nobody took both a new item and a known one.", "people with several items.", "load more data."
        )
    test = _test(train.user_ids[here], truth[here], bar[here])
    ids, deep = train.item_ids[new], min(max(settings.k), len(new))
    columns = tuple((name, k) for name in METRICS for k in settings.k)
    scorers: list[tuple[str, str, Scorer]] = [("", RANDOM, ConstantScorer(len(new)))]
    refused = []
    content = content_of(dataset)
    place = {item: at for at, item in enumerate(content.item_ids)}
    rows = np.array([place[item] for item in train.item_ids])
    many = max(len(settings.encoders), 1)
    for at, asked in enumerate(settings.encoders):
        part = within(report, 0.05 + 0.9 * at / many, 0.05 + 0.9 * (at + 1) / many)
        try:
            vectors = current().run(embed, content, settings=asked, report=part).vectors[rows]
        except BadInput as error:
            refused.append(Unmeasured("content", "", asked.encoder.label, str(error)))
            continue
        people = csr_array(history[here]) @ vectors[old]
        scorers.append((asked.encoder.name, asked.encoder.label, Alike(people, vectors[new])))
    report(0.95, "Judging")
    values = []
    for _name, _label, scorer in scorers:
        judged = judge(rank(scorer, test, ids, deep, settings.seed), test)
        found = [
            compute(judged, k) for name, k in columns if (compute := metrics()[name, "standard"].compute)
        ]
        values.append(np.stack(found, axis=1).astype(np.float64))
    over = gaps_to_first(values, settings.seed)
    placed = []
    for (name, label, _scorer), mine, gaps in zip(scorers, values, over, strict=True):
        mean, n = means(mine)
        found_ = estimates(mean, resampled(mine, settings.seed), n)
        placed.append(Placed(name, label, tuple(found_), gaps))
    return NewItems(columns, tuple(placed), tuple(refused), len(new), len(old), len(here))


def _chosen(positives: csr_array, item_ids: np.ndarray, settings: Asked) -> np.ndarray:
    """Indices of the new items: a share of those that anybody took, by a hash of their id."""
    taken = np.unique(positives.indices)
    order = np.argsort(hashes(item_ids[taken].tolist(), settings.seed), kind="stable")
    many = int(len(taken) * settings.share)
    if many < FEWEST:
        raise BadInput(
            f"Only {many} items could be held out as new ones.", f"at least {FEWEST}.", "load more items."
        )
    return np.sort(taken[order[:many]])


def _test(user_ids: np.ndarray, truth: csr_array, bar: csr_array) -> Test:
    """People whose row says who they are, and only new items to rank."""
    nothing = csr_array(truth - truth)
    truth.sort_indices()
    bar.sort_indices()
    return Test(
        user_ids,
        np.arange(len(user_ids), dtype=np.int32),
        nothing,
        masked=bar.astype(np.float32),
        truth=truth.astype(np.float32),
    )
