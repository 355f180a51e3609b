"""Targets: what would have been shown. A recommender's lists, or another policy of the log."""

from dataclasses import dataclass

import numpy as np

from core.evaluation.offpolicy.log import Log
from core.evaluation.offpolicy.marginals import Marginals
from core.evaluation.offpolicy.reward_model import RewardModel
from core.evaluation.offpolicy.rows import Rows, ratio
from core.types import FloatArray, PlaceArray
from core.work.errors import BadInput


@dataclass(frozen=True)
class ListTarget:
    """One list for each person, the first k positions of which are shown on every page."""

    lists: PlaceArray  # (U, k) items, -1 = nothing

    def places(self, log: Log) -> PlaceArray:
        """(N,) where the item of each impression stands in its person's list; -1 = nowhere."""
        found = np.full(len(log.item), -1, dtype=np.int64)
        for place in range(self.lists.shape[1] - 1, -1, -1):
            found[self.lists[log.user, place] == log.item] = place
        return np.where(found < log.lengths, found, -1)

    def rows(self, log: Log, marginals: Marginals) -> Rows:
        """The log's impressions weighed by these lists; rewards are zero until they are filled in."""
        k = self.lists.shape[1]
        places = self.places(log)
        chosen = (places == log.position).astype(np.float64)
        hits = np.flatnonzero(places >= 0)
        chance = np.zeros((len(hits), log.width))
        chance[np.arange(len(hits)), places[hits]] = 1.0
        counted = (log.position < k).astype(np.float64)
        return Rows(
            slate=log.slate,
            position=log.position,
            reward=np.zeros(len(log.slate)),
            weight=chosen / log.propensity,
            counted=counted,
            hits=hits,
            chance=chance,
            logged=marginals.at(log, hits),
            chosen=chosen if evenly_drawn(log) else None,
            **_joint(log, chosen, counted),
        )

    def expected(self, log: Log, model: RewardModel) -> FloatArray:
        """(N,) what the model expects of the list at each position."""
        k = self.lists.shape[1]
        shown = np.maximum(self.lists, 0)
        liking = np.take_along_axis(model.liking, model.category[shown][None], axis=2)  # (FOLDS, U, k)
        each = model.worth[:, shown] * liking * model.examination[:k] * (self.lists >= 0)
        table = np.zeros((*each.shape[:2], log.width))
        table[:, :, :k] = each
        place = (model.fold * len(self.lists) + log.user) * log.width + log.position
        return table.ravel()[place]


@dataclass(frozen=True)
class PolicyTarget:
    """A policy of the log that shows everybody the same mix: chances of items at positions."""

    chances: FloatArray  # (I, K)

    def rows(self, log: Log, marginals: Marginals) -> Rows:
        """The impressions of other policies, weighed by this one."""
        chance = self.chances[log.item]
        here = chance[np.arange(len(log.item)), log.position]
        hits = np.flatnonzero(chance.any(axis=1))
        return Rows(
            slate=log.slate,
            position=log.position,
            reward=np.zeros(len(log.slate)),
            weight=here / log.propensity,
            counted=np.ones(len(log.slate)),
            hits=hits,
            chance=chance[hits],
            logged=marginals.at(log, hits),
        )

    def expected(self, log: Log, model: RewardModel) -> FloatArray:
        """(N,) what the model expects of the mix at each position."""
        of_category = np.zeros((self.chances.shape[0], model.liking.shape[2]))
        of_category[np.arange(len(of_category)), model.category] = 1.0
        found = np.zeros(len(log.slate))
        for position in range(self.chances.shape[1]):
            mix = (model.worth * self.chances[:, position]) @ of_category  # (FOLDS, C)
            here = np.flatnonzero(log.position == position)
            fold = model.fold[here]
            liked = (model.liking[fold, log.user[here]] * mix[fold]).sum(axis=1)
            found[here] = liked * model.examination[position]
        return found


Target = ListTarget | PolicyTarget
ONE_MIX = 10.0  # E[p] E[1/p] of a cell of item and position: beyond it, people are told apart


def policy_target(log: Log, policy: int) -> PolicyTarget:
    """The chances by which a policy of the log shows items, from its own impressions.

    Raises BadInput where it chooses by person: what it would show to others is not in the log.
    """
    own = log.policy == policy
    cell = log.item[own].astype(np.int64) * log.width + log.position[own]
    size = log.items * log.width
    many, p = np.bincount(cell, minlength=size), log.propensity[own]
    inverse, direct = np.bincount(cell, 1 / p, size), np.bincount(cell, p, size)
    uneven = ratio(inverse * direct, many.astype(np.float64) ** 2)
    if np.average(uneven, weights=many) > ONE_MIX:
        raise BadInput(
            f"{log.policies[policy] or 'The policy'} chooses by person: what others would get is not known.",
            "a policy that shows everybody the same mix.",
            "read its own rate in the log.",
        )
    chances = ratio(many.astype(np.float64), inverse).reshape(log.items, log.width)
    return PolicyTarget(ratio(chances, chances.sum(axis=0, keepdims=True)))


def evenly_drawn(log: Log) -> bool:
    """Whether each person's pages were drawn evenly, item by item: one chance throughout the log."""
    return len(log.propensity) > 0 and bool(np.ptp(log.propensity) <= 1e-9 * log.propensity.max())


def with_model(rows: Rows, expected: FloatArray, modelled: FloatArray) -> dict[str, FloatArray]:
    """The parts of rows that a reward model fills in: what it expects of the target, and of the log (N,)."""
    found: dict[str, FloatArray] = {
        "expected": expected * rows.counted,
        "modelled": modelled * rows.counted,
    }
    if rows.prefix_weight is None:
        return found
    onward = _onward(rows, expected)
    return found | {"expected_on": onward, "modelled_on": (onward - expected + modelled) * rows.counted}


def _onward(rows: Rows, expected: FloatArray) -> FloatArray:
    """(N,) sums from each row to the end of its slate."""
    total = np.cumsum(expected[::-1])[::-1]
    after = np.append(total, 0.0)[np.append(rows.first, len(total))[1:]]  # (S,) what follows each slate
    found: FloatArray = total - after[rows.slate]
    return found


def _joint(log: Log, chosen: FloatArray, counted: FloatArray) -> dict[str, FloatArray]:
    """Weights of prefixes and whole slates, where the log has their chances."""
    if log.prefix_propensity is None and log.slate_propensity is None:
        return {}
    wrong = (chosen == 0) & (counted > 0)
    starts = np.flatnonzero(np.diff(log.slate, prepend=-1) != 0)
    before = np.cumsum(wrong) - np.repeat(
        np.cumsum(wrong)[starts] - wrong[starts], np.diff(np.append(starts, len(wrong)))
    )
    fits = (before == 0) & (counted > 0)
    found = {}
    if log.prefix_propensity is not None:
        found["prefix_weight"] = np.where(fits, 1 / log.prefix_propensity, 0.0)
    if log.slate_propensity is not None and counted.all():
        last = np.append(starts[1:], len(wrong)) - 1
        found["slate_weight"] = np.where(fits[last], 1 / log.slate_propensity[last], 0.0)[log.slate]
        product = np.add.reduceat(np.log(log.propensity), starts)
        if np.allclose(product, np.log(log.slate_propensity[last]), atol=1e-6):
            found["independent"] = np.ones(len(wrong))
    return found
