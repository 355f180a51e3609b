"""Laws of a comparison, over the whole registry: what may change its numbers, and what may not."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from core.data.dataset import Dataset
from core.data.folds import Fold, folds
from core.data.ids import hashes, pair_hashes
from core.data.splits import split_of
from core.evaluation.comparison import Comparison
from core.evaluation.integrity import Check, checks
from core.evaluation.judged import Judged, judge
from core.evaluation.metric import metrics
from core.recommenders.base import RECOMMENDERS, Ranked, rank
from core.recommenders.random import ConstantScorer
from tests.making import compared_on, dataset, means, random_log

# Of friends, tests/core/recommenders/test_groups_and_friends.py: here items are not people.
pytestmark = pytest.mark.usefixtures("hash_model")
ALL = tuple(name for name in RECOMMENDERS.all() if name != "friends")
METRICS = tuple(dict.fromkeys(name for name, _ in metrics()))
CHOICES = {
    "recommenders": ALL,
    "metrics": METRICS,
    "k": (1, 2, 5, 10, 15),
    "split": "leave_last(fraction=0.2)",
}
WORDS = ("green", "black", "red", "strong", "sweet", "hot", "iced", "large")


def items_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Titles of three words each and a category, so that content and later stages take part."""
    ids = sorted(set(frame["item"]))
    titles = [
        " ".join(WORDS[(at * step) % 8] for step in (1, 3, 5)) + f" tea{at % 5}" for at in range(len(ids))
    ]
    return pd.DataFrame({"item": ids, "title": titles, "category": [f"c{at % 5}" for at in range(len(ids))]})


def users_of(frame: pd.DataFrame) -> pd.DataFrame:
    """One detail of each person, so that what learns from details takes part."""
    ids = sorted(set(frame["user"]))
    return pd.DataFrame({"user": ids, "occupation": [("nurse", "cook")[at % 2] for at in range(len(ids))]})


@cache
def made() -> tuple[Dataset, Comparison]:
    frame = random_log(people=60, items=40, each=15)
    data = dataset(frame, items=items_of(frame), users=users_of(frame))
    return data, compared_on(data, **CHOICES)


def test_every_recommender_takes_part() -> None:
    _, found = made()
    assert [entry.name for entry in found.entries] == list(ALL)
    assert not found.failures


def test_permuting_the_rows_of_the_file_changes_no_metric() -> None:
    frame = random_log(people=60, items=40, each=15)
    shuffled = dataset(
        frame.sample(frac=1, random_state=3), items=items_of(frame)[::-1], users=users_of(frame)
    )
    assert means(compared_on(shuffled, **CHOICES)) == pytest.approx(means(made()[1]), abs=1e-12, nan_ok=True)


def test_renaming_ids_changes_nothing_where_nothing_is_tied() -> None:
    """EASE on real-valued scores has no ties; the names are put in another order."""
    frame = random_log(people=60, items=40, each=15)
    renamed = frame.assign(
        user="x" + frame["user"].str[::-1],
        item="y" + frame["item"].str[::-1].str.translate(str.maketrans("0123456789", "9876543210")),
    )
    chosen = CHOICES | {"recommenders": ("ease(l2=10)",)}
    before, after = (means(compared_on(dataset(one), **chosen)) for one in (frame, renamed))
    assert after == pytest.approx(before, abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("name", ALL)
def test_renaming_ids_stays_inside_the_interval(name: str) -> None:
    """Where scores are tied another hash decides: means move, but no further than chance explains."""
    frame = random_log(people=60, items=40, each=15)
    renamed = frame.assign(user="x" + frame["user"], item="y" + frame["item"])
    chosen = CHOICES | {"recommenders": (name,), "metrics": ("recall",)}
    found = compared_on(dataset(renamed, items=items_of(renamed), users=users_of(renamed)), **chosen)
    row = list(ALL).index(name)
    _, before = made()
    for column, estimate in zip(found.columns, found.estimates[0], strict=True):
        own = before.estimates[row][before.column(column.name, column.k, column.variant)]
        spread = own.high - own.low
        assert own.low - spread / 2 <= estimate.mean <= own.high + spread / 2


def test_every_metric_stays_between_zero_and_one() -> None:
    """But for those that say by how much, and without bounds; those of hits have a value for everybody."""
    _, found = made()
    for at, column in enumerate(found.columns):
        values = found.values[:, at]
        if column.name in ("novelty", "popularity_bias", "calibration") or column.variant == "embedding":
            continue
        assert np.nanmin(values, initial=0) >= 0
        assert np.nanmax(values, initial=0) <= 1 + 1e-9
        assert np.isfinite(values).all() or column.name in ("diversity", "coverage", "gini")


@pytest.mark.parametrize("name", ["recall", "hit_rate", "mrr"])
def test_some_metrics_never_fall_with_k(name: str) -> None:
    _, found = made()
    at = [found.column(name, k) for k in (1, 2, 5, 10, 15)]
    assert (np.diff(found.values[:, at], axis=1) >= 0).all()


def test_an_interval_holds_its_mean() -> None:
    _, found = made()
    for row in found.estimates:
        known = [one for one in row if one.n]
        for one, column in zip(row, found.columns, strict=True):
            assert not one.n or one.low - 1e-9 <= one.mean <= one.high + 1e-9, (column, one)
        assert all(one.n == 60 for one in known)
        assert len(known) == len(row) - 2  # diversity of a single item, in two variants


def test_a_recommender_alone_has_the_numbers_it_has_in_company() -> None:
    data, found = made()
    alone = compared_on(data, **(CHOICES | {"recommenders": ("ease",)}))
    row = list(ALL).index("ease")
    assert np.array_equal(alone.values[0], found.values[row], equal_nan=True)
    assert np.array_equal(alone.draws[0], found.draws[row], equal_nan=True)


def test_the_ideal_list_scores_one() -> None:
    fold = one_fold()
    truth = fold.test.truth
    width = int(np.diff(truth.indptr).max())
    ideal = np.full((truth.shape[0], width), -1, dtype=np.int32)
    for row in range(truth.shape[0]):
        own = truth.indices[truth.indptr[row] : truth.indptr[row + 1]]
        ideal[row, : len(own)] = own
    judged = judge(Ranked(fold.test.user_ids, ideal, np.zeros(ideal.shape, dtype=np.float32)), fold.test)
    for name, variant in (
        ("ndcg", "standard"),
        ("ndcg", "untruncated"),
        ("map", "standard"),
        ("recall", "standard"),
    ):
        assert scores(judged, name, width, variant) == pytest.approx(np.ones(len(ideal)))
    for k in (1, 2):
        assert scores(judged, "ndcg", k) == pytest.approx(np.ones(len(ideal)))
        assert scores(judged, "map", k) == pytest.approx(np.ones(len(ideal)))


def scores(judged: Judged, name: str, k: int, variant: str = "standard") -> np.ndarray:
    compute = metrics()[name, variant].compute
    assert compute is not None
    return np.asarray(compute(judged, k))


def one_fold(people: int = 60, items: int = 40) -> Fold:
    (fold,) = folds(dataset(random_log(people, items, each=15)), split_of("leave_last(fraction=0.2)"))
    return fold


# Three held-out items among the 28 that a person has not seen: a list by chance has 3/28 at each place.
CHANCE = 3 / 28


@pytest.mark.parametrize("value", [0.0, 5.0, -1.0])
def test_a_constant_scorer_scores_like_chance(value: float) -> None:
    class Constant(ConstantScorer):
        def score(self, history: csr_array, users: object) -> np.ndarray:
            return np.full((history.shape[0], self.items), value, dtype=np.float32)

    fold = one_fold(people=400)
    ranked = rank(Constant(len(fold.train.item_ids)), fold.test, fold.train.item_ids, 10, seed=0)
    found = scores(judge(ranked, fold.test), "precision", 10)
    error = found.std() / np.sqrt(len(found))
    assert abs(found.mean() - CHANCE) < 4 * error


@pytest.mark.parametrize("name", ALL)
def test_shuffled_test_labels_give_chance(name: str) -> None:
    """Held-out items drawn at random from the unseen ones: no recommender can find them."""
    fold = one_fold(people=400)
    rng = np.random.default_rng(0)
    unseen = fold.test.masked.toarray() == 0
    truth = np.zeros(unseen.shape, dtype=np.float32)
    for row in range(len(truth)):
        truth[row, rng.choice(np.flatnonzero(unseen[row]), 3, replace=False)] = 1
    test = replace(fold.test, truth=csr_array(truth))
    frame = items_of(pd.DataFrame({"item": fold.train.item_ids}))
    people = users_of(pd.DataFrame({"user": fold.train.user_ids})).set_index("user")
    train = replace(fold.train, items=frame.set_index("item"), users=people)
    scorer = RECOMMENDERS.get(name)().fit(train, lambda fraction, message: None)
    found = scores(judge(rank(scorer, test, fold.train.item_ids, 10, seed=0), test), "precision", 10)
    error = found.std() / np.sqrt(len(found))
    assert abs(found.mean() - CHANCE) < 4 * error


def check(found: tuple[Check, ...], name: str) -> Check:
    return next(one for one in found if one.check == name)


def test_events_of_the_future_in_training_trip_the_check() -> None:
    (fold,) = folds(dataset(random_log()), split_of("by_time(test=0.2)"))
    assert check(checks([fold], [], [], []), "future in training").verdict == "ok"
    assert fold.test.time is not None
    late = fold.train.rank.copy()
    late[:3] = fold.test.time
    moved = replace(fold, train=replace(fold.train, rank=late))
    found = check(checks([moved], [], [], []), "future in training")
    assert (found.verdict, found.detail.split()[0]) == ("failed", "3")


def test_held_out_pairs_copied_into_training_are_not_judged_or_trip_the_check() -> None:
    frame = random_log().drop(columns="timestamp").assign(part="train")
    frame.loc[frame.groupby("user").tail(2).index, "part"] = "test"
    copied = frame[frame["part"] == "test"].head(4).assign(part="train")
    leaky = dataset(pd.concat([frame, copied]))
    clean = compared_on(dataset(frame), recommenders=("popularity",), exclude_seen="none")
    assert check(clean.integrity, "held-out pairs in training").verdict == "ok"
    masked = compared_on(leaky, recommenders=("popularity",))
    assert check(masked.integrity, "test pairs already seen in training").detail.startswith("4:")
    assert masked.truth.nnz == clean.truth.nnz - 4
    judged = check(
        compared_on(leaky, recommenders=("popularity",), exclude_seen="none").integrity,
        "held-out pairs in training",
    )
    assert (judged.verdict, judged.detail.split()[0]) == ("warning", "4")


def test_nobody_learns_from_what_is_held_out() -> None:
    """Other held-out items change no scorer: everything that is learnt comes from the training part."""
    frame = random_log(people=30, items=40, each=15)
    last = frame.sort_values("timestamp").groupby("user").tail(1).index
    other = frame.copy()
    other.loc[last, "item"] = "i039x"
    for name in ALL:
        lists = []
        for one in (frame, other):
            extra = pd.concat([items_of(frame), pd.DataFrame({"item": ["i039x"], "title": ["odd"]})])
            (fold,) = folds(dataset(one, items=extra, users=users_of(frame)), split_of("leave_last(n=1)"))
            scorer = RECOMMENDERS.get(name)().fit(fold.train, lambda fraction, message: None)
            lists.append(scorer.score(fold.test.history, fold.test.users))
        assert np.array_equal(lists[0], lists[1]), name


def test_the_order_of_ties_is_that_of_hashes() -> None:
    fold = one_fold()
    ranked = rank(ConstantScorer(len(fold.train.item_ids)), fold.test, fold.train.item_ids, 40, seed=7)
    user = hashes(fold.test.user_ids.tolist(), 7)[0]
    keys = pair_hashes(np.full(40, user), hashes(fold.train.item_ids.tolist(), 7))
    own = ranked.items[0][ranked.items[0] >= 0]
    assert (np.diff(keys[own].astype(object)) > 0).all()
