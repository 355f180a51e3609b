"""The provider side: how lists treat groups of items, what they show of each and how well they find it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.sparse import csr_array

from core.data.dataset import Dataset
from core.evaluation.by_segment import told
from core.evaluation.comparison import Comparison
from core.evaluation.judged import judge_pairs
from core.evaluation.metric import metrics
from core.evaluation.protocol import folds_of
from core.evaluation.segments import Segment
from core.evaluation.uncertainty import Estimate
from core.recommenders.base import Ranked
from core.recommenders.categories import categories_of
from core.types import FloatArray, IntArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step

HEAD = 0.2  # at most, of the items that somebody took
MOST = 6  # categories; the smaller ones are taken together
FALLS_BACK = "recall"  # where a metric says nothing of hits


@artifact
@dataclass(frozen=True)
class Grouped:
    """By what items are grouped, how long lists are, and by which metric hits are counted."""

    by: Literal["popularity", "category"]
    k: int
    metric: str


@artifact
@dataclass(frozen=True)
class ItemGroups:
    """R recommenders × G groups of items. Where it is of fewer than 5 people, an estimate has n = 0."""

    groups: tuple[Segment, ...]  # (G,)
    items: IntArray  # (G,) how many items are in it, also in part
    catalogue: FloatArray  # (G,) share of the catalogue
    shown: tuple[tuple[Estimate, ...], ...]  # (R, G) share of the exposure
    held: tuple[Estimate, ...]  # (G,) share of what people took later
    taken: tuple[Estimate, ...]  # (G,) share of what they had taken
    metric: str  # what `found` is: the metric that was asked, or recall
    found: tuple[tuple[Estimate, ...], ...]  # (R, G) the metric of the group's held-out items alone


@step(version=1, called="Comparing groups of items")
def item_groups(dataset: Dataset, comparison: Comparison, *, settings: Grouped, report: Report) -> ItemGroups:
    """What the first k places show of each group, beside what people took, and how well it is found.

    Exposure of a place is 1/log2(rank + 1) (Singh & Joachims 2018, Fairness of exposure in rankings, §3.1);
    a person's list is worth 1, whatever its length; an item in several groups is in each in equal parts.
    All are means over people, from the same draws of them.
    """
    report(0.1, "Splitting")
    groups, member = _groups(dataset, comparison, settings.by)
    shares = [
        _shares(_exposure(one, settings.k, len(comparison.item_ids)), member) for one in comparison.ranked
    ]
    held, taken = _shares(comparison.truth, member), _shares(comparison.history, member)
    report(0.4, "Judging")
    metric, found = settings.metric, _found(comparison, member, settings.metric, settings.k)
    if not np.isfinite(found).any():
        metric, found = FALLS_BACK, _found(comparison, member, FALLS_BACK, settings.k)
    report(0.6, "Drawing people")
    rows, many = len(comparison.ranked), len(groups)
    made = told(np.concatenate([*shares, held, taken, *found], axis=1), comparison.experiment.seed)
    parts = [made[at : at + many] for at in range(0, len(made), many)]
    return ItemGroups(
        groups,
        (member > 0).sum(axis=0).astype(np.int32),
        np.asarray(member.mean(axis=0), dtype=np.float64),
        tuple(parts[:rows]),
        parts[rows],
        parts[rows + 1],
        metric,
        tuple(parts[rows + 2 :]),
    )


def _groups(dataset: Dataset, comparison: Comparison, by: str) -> tuple[tuple[Segment, ...], FloatArray]:
    """The groups, and (I, G) how much of each item is in each; rows sum to 1."""
    if by == "popularity":
        return _by_popularity(_taken(dataset, comparison))
    return _by_category(dataset, comparison)


def _taken(dataset: Dataset, comparison: Comparison) -> IntArray:
    """(I,) how often each item was positive in training, over all folds."""
    folds = folds_of(dataset, comparison.experiment)
    counts = [np.bincount(one.train.positives.indices, minlength=len(comparison.item_ids)) for one in folds]
    return np.sum(counts, axis=0).astype(np.int32)


def _by_popularity(taken: IntArray) -> tuple[tuple[Segment, ...], FloatArray]:
    """Head: what most people took, at most a fifth of the taken items; tail: the other taken ones, also those
    equal to them at the edge; new: what nobody in training took."""
    counts = np.sort(taken[taken > 0])[::-1]
    edge = int(np.ceil(HEAD * len(counts)))
    least = counts[edge] if edge < len(counts) else 0  # of the first that has no place in the head
    masks = {"head": taken > least, "tail": (taken > 0) & (taken <= least), "new": taken == 0}
    there = [(name, mask) for name, mask in masks.items() if mask.any()]
    member = np.stack([mask for _name, mask in there], axis=1).astype(np.float64)
    return tuple(Segment(name, "") for name, _mask in there), member


def _by_category(dataset: Dataset, comparison: Comparison) -> tuple[tuple[Segment, ...], FloatArray]:
    """The largest categories, all others, and items without one."""
    found = categories_of(dataset.items.reindex(comparison.item_ids))
    shares = found.shares.toarray().astype(np.float64)
    order = np.argsort(-shares.sum(axis=0), kind="stable")
    first = order if len(order) <= MOST else order[: MOST - 1]
    parts = [(Segment("value", found.names[at]), shares[:, at]) for at in first]
    parts.append((Segment("others", ""), shares[:, order[len(first) :]].sum(axis=1)))
    parts.append((Segment("none", ""), 1 - shares.sum(axis=1)))
    there = [(group, column) for group, column in parts if (column > 1e-6).any()]
    return tuple(group for group, _column in there), np.stack([column for _group, column in there], axis=1)


def _exposure(ranked: Ranked, k: int, items: int) -> csr_array:
    """(T, I) the exposure that each list gives each item; empty rows for those who were not asked about."""
    lists = ranked.items[:, :k]
    rows, places = np.nonzero(lists >= 0)
    weights = 1 / np.log2(places + 2.0)
    if ranked.asked is not None:
        weights = np.where(ranked.asked[rows], weights, 0.0)
    return csr_array((weights, (rows, lists[rows, places])), shape=(len(lists), items))


def _shares(weights: csr_array, member: FloatArray) -> FloatArray:
    """(T, G) how each person's weights (T, I) spread over groups; NaN for those without any."""
    spread = np.asarray(weights @ member, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        return spread / np.asarray(weights.sum(axis=1)).reshape(-1, 1)


def _found(comparison: Comparison, member: FloatArray, name: str, k: int) -> FloatArray:
    """(R, T, G) a metric as if only a group's items had been held out; NaN for those without any of them."""
    declared = metrics()[name, "standard"]
    out = np.full((len(comparison.ranked), len(comparison.user_ids), member.shape[1]), np.nan)
    if declared.needs != "hits" or not declared.serves:  # places and ratings are of all held-out items
        return out
    for group in range(member.shape[1]):
        truth = csr_array(comparison.truth.multiply(member[None, :, group] > 0)).astype(np.float32)
        truth.eliminate_zeros()
        truth.sort_indices()
        some = np.diff(truth.indptr) > 0
        for row, ranked in enumerate(comparison.ranked):
            with np.errstate(invalid="ignore", divide="ignore"):
                out[row, :, group] = np.where(some, declared.values(judge_pairs(ranked, truth), k), np.nan)
    return out
