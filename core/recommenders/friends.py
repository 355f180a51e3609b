"""Friends of friends: who is recommended where items are people."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.products import dense_product
from core.recommenders.reason import Reason, parts_of
from core.types import FloatArray, IntArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report

Measure = Literal["common", "adamic_adar", "resource_allocation"]


@artifact
@dataclass(frozen=True)
class FriendsScorer(Scorer):
    """Who is a friend of whom, and how much a friend in common counts."""

    friends: csr_array  # (I, I) float32, 0/1, symmetric
    own: csr_array  # (U, I) float32, 0/1: the friends of each person of training, accepted ones included
    weight: FloatArray  # (I,) float32: what each adds as a friend in common

    def score(self, history: csr_array, users: IntArray | None) -> FloatArray:
        return dense_product(self._circle(history, users), self._weighed)

    def reason(self, history: csr_array, users: IntArray | None, item: int) -> Reason:
        """The friends in common, and what each adds."""
        shared = self._circle(history, users).toarray()[0] * self._weighed[:, [item]].toarray()[:, 0]
        return Reason("items", parts_of(shared), float(shared.sum()), n=int((shared > 0).sum()))

    @property
    def _weighed(self) -> csr_array:
        counts = np.diff(self.friends.indptr)
        data = self.friends.data * np.repeat(self.weight, counts)
        return csr_array((data, self.friends.indices, self.friends.indptr), shape=self.friends.shape)

    def _circle(self, history: csr_array, users: IntArray | None) -> csr_array:
        """(B, I) the friends of each person: those of the history, and those known from training."""
        found = history.copy()
        if users is not None:
            known = np.flatnonzero(users >= 0)
            pick = csr_array((np.ones(len(known)), (known, users[known])), (len(users), self.own.shape[0]))
            found = csr_array(found + pick @ self.own)
        found.data = np.ones(len(found.data), dtype=np.float32)
        return found


class Friends(Recommender):
    """People with friends in common (Liben-Nowell & Kleinberg 2007, §3), where items are people.

    `common` counts them; `adamic_adar` gives each 1/ln(their number of friends) (Adamic & Adar 2003),
    `resource_allocation` 1/(that number) (Zhou et al. 2009). Friends are the data's, and who accepted
    whom in training. Nobody is shown themselves or a friend. Raises BadInput where items are not people.
    """

    name = "friends"
    label = "Friends in common"
    source = "Liben-Nowell & Kleinberg 2007, The Link-Prediction Problem for Social Networks, §3"
    measure: Annotated[Measure, Field(description="How much a friend in common counts")] = "adamic_adar"

    def fit(self, train: Train, report: Report) -> Scorer:
        if train.relations is None:
            raise BadInput(
                "Friends in common needs a data set whose items are people.",
                "a social network, such as the sample friends.",
                "choose another recommender.",
            )
        named, other = (train.relations[column].to_numpy(object) for column in ("user", "other"))
        as_item = _places(train.user_ids, train.item_ids)
        own = train.positives + _pairs(named, other, train.user_ids, train.item_ids)
        own = csr_array(own + _pairs(other, named, train.user_ids, train.item_ids))
        own.data = np.ones(len(own.data), dtype=np.float32)
        among = _pairs(named, other, train.item_ids, train.item_ids)
        both = np.flatnonzero(as_item >= 0)
        lift = csr_array(
            (np.ones(len(both), np.float32), (as_item[both], both)), (len(train.item_ids), len(as_item))
        )
        accepted = lift @ own
        friends = csr_array(among + among.T + accepted + accepted.T)
        friends.setdiag(0)
        friends.eliminate_zeros()
        friends.sort_indices()
        friends.data = np.ones(len(friends.data), dtype=np.float32)
        many = np.diff(friends.indptr)
        return FriendsScorer(friends.astype(np.float32), own.astype(np.float32), _weight(many, self.measure))

    def demand(self, size: Size) -> Demand:
        return Demand({"sparse": 4.0 * size.positives}, {"sparse": size.together}, 40.0 * size.positives)


def _weight(many: IntArray, measure: Measure) -> FloatArray:
    """(I,) what a friend in common adds, by their number of friends; somebody with one joins nobody."""
    if measure == "common":
        return np.ones(len(many), dtype=np.float32)
    below = np.log(np.maximum(many, 2)) if measure == "adamic_adar" else np.maximum(many, 1)
    return (1 / below).astype(np.float32)


def _places(ids: TextArray, among: TextArray) -> IntArray:
    """(N,) where each id stands among sorted ids, -1 where it does not."""
    place = {name: at for at, name in enumerate(among.tolist())}
    return np.array([place.get(name, -1) for name in ids.tolist()], dtype=np.int32)


def _pairs(left: TextArray, right: TextArray, rows: TextArray, columns: TextArray) -> csr_array:
    """(R, C) 0/1: who named whom."""
    row, column = _places(left, rows), _places(right, columns)
    known = (row >= 0) & (column >= 0)
    ones = np.ones(int(known.sum()), dtype=np.float32)
    return csr_array((ones, (row[known], column[known])), shape=(len(rows), len(columns)))
