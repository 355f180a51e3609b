"""BPR on two groups of people who share no item, and people whose history is edited."""

from dataclasses import replace

import numpy as np

from core.recommenders.base import Scorer, recommender_of
from core.recommenders.beyond import Beyond
from core.recommenders.bpr import BPRScorer
from core.work.report import silent
from tests.making import history_of, train_of

# u00 to u02 take of i00 to i02, u03 to u05 of i03 to i05; each lacks one item of the own group.
GROUPS = [
    [1, 1, 0, 0, 0, 0],
    [0, 1, 1, 0, 0, 0],
    [1, 0, 1, 0, 0, 0],
    [0, 0, 0, 1, 1, 0],
    [0, 0, 0, 0, 1, 1],
    [0, 0, 0, 1, 0, 1],
]
TRAIN = train_of(GROUPS)
PEOPLE = np.arange(6, dtype=np.int32)


def fitted(spec: str = "bpr(factors=8,iterations=500)") -> BPRScorer:
    scorer = recommender_of(spec).fit(TRAIN, silent)
    assert isinstance(scorer, BPRScorer)
    return scorer


def own_first(scorer: Scorer, users: np.ndarray | None) -> bool:
    """Whether everyone's three best items are those of their group."""
    best = np.argsort(-scorer.score(TRAIN.positives, users), axis=1)[:, :3]
    return bool((best[:3] < 3).all() and (best[3:] >= 3).all())


def test_the_items_of_the_own_group_come_first() -> None:
    assert own_first(fitted(), PEOPLE)


def test_strangers_with_the_same_histories_too() -> None:
    assert own_first(fitted(), None)


def test_an_edited_history_decides_whose_items_come_first() -> None:
    """u00, who is now said to like what the other group likes."""
    scores = fitted().score(history_of([0, 0, 0, 1, 1, 0]), PEOPLE[:1])[0]
    assert scores[3:].min() > scores[:3].max()


def test_what_was_taken_stands_above_what_was_not() -> None:
    """Two people who took one of two items each: every step is the own item above the other."""
    train = train_of([[1, 0], [0, 1]])
    scorer = recommender_of("bpr(factors=2,iterations=2000)").fit(train, silent)
    scores = scorer.score(train.positives, PEOPLE[:2])
    assert scores[0, 0] > scores[0, 1]
    assert scores[1, 1] > scores[1, 0]


def test_people_of_training_have_the_factors_that_were_learnt() -> None:
    scorer = fitted()
    folded, exact = scorer.score(TRAIN.positives, None), scorer.score(TRAIN.positives, PEOPLE)
    np.testing.assert_allclose(exact - folded, scorer.beyond.factors @ scorer.items.T, atol=1e-5)
    assert np.abs(exact - folded).max() > 1e-3


def test_what_is_beyond_fades_with_the_history_of_training() -> None:
    """Of {0, 1}: the same 1; with 2 added 2/3; 0 alone 1/2; 2 alone nothing; a stranger nothing."""
    beyond = Beyond(np.ones((1, 1), dtype=np.float32), history_of([1, 1, 0]))
    histories = history_of([1, 1, 0], [1, 1, 1], [1, 0, 0], [0, 0, 1], [1, 1, 0])
    found = beyond.of(histories, np.array([0, 0, 0, 0, -1], dtype=np.int32))
    np.testing.assert_allclose(found[:, 0], [1, 2 / 3, 1 / 2, 0, 0])
    assert not beyond.of(histories, None).any()


def test_another_seed_is_another_start() -> None:
    other = replace(TRAIN, seed=1)
    left = recommender_of("bpr(iterations=5)").fit(TRAIN, silent).score(TRAIN.positives, PEOPLE)
    right = recommender_of("bpr(iterations=5)").fit(other, silent).score(TRAIN.positives, PEOPLE)
    assert not np.array_equal(left, right)
