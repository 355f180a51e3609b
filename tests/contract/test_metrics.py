"""What every metric promises. A new one is found by its decorator and tested without writing a test."""

import inspect
import re

import numpy as np
import pytest

from core.evaluation.judged import Judged, judge
from core.evaluation.metric import Metric, metrics_named
from core.recommenders.base import Ranked, recommender_of
from tests.contract.things import fitted, fold, metric_list
from tests.making import test_of

pytestmark = pytest.mark.parametrize("metric", metric_list())
CUTOFFS = (1, 2, 5, 10, 30, 1000)


def judged_by(spec: str = "popularity") -> Judged:
    from core.recommenders.base import rank

    own = fold()
    ranked = rank(fitted(recommender_of(spec), own.train), own.test, own.train.item_ids, 30, seed=0)
    return judge(ranked, own.test)


def judged_of(lists: list[list[int]], truth: list[list[int]]) -> Judged:
    test = test_of(truth)
    items = np.array(lists, dtype=np.int32)
    return judge(Ranked(test.user_ids, items, np.zeros(items.shape, dtype=np.float32)), test)


def values(metric: Metric, judged: Judged, k: int) -> np.ndarray:
    assert metric.compute is not None
    return np.asarray(metric.compute(judged, k))


@pytest.mark.parametrize("k", CUTOFFS)
def test_one_number_per_person_between_zero_and_one(metric: Metric, k: int) -> None:
    """(U,) floats in [0, 1], defined for everybody with a held-out item, also beyond the list's length."""
    judged = judged_by()
    found = values(metric, judged, k)
    assert found.shape == judged.relevant.shape
    assert np.issubdtype(found.dtype, np.floating)
    assert np.isfinite(found).all()
    assert found.min() >= 0
    assert found.max() <= 1


def test_nothing_found_is_the_worst(metric: Metric) -> None:
    """Lists without a hit, and no list at all, score 0."""
    for lists in ([[2, 3]], [[-1, -1]]):
        assert values(metric, judged_of(lists, [[1, 1, 0, 0]]), 2).tolist() == [0]


def test_the_ideal_list_is_the_best(metric: Metric) -> None:
    """All that is held out, first: no other list of these items scores higher."""
    ideal = values(metric, judged_of([[0, 1, 2, 3]], [[1, 1, 0, 0]]), 4)[0]
    for other in ([2, 0, 1, 3], [0, 2, 1, 3], [3, 2, 1, 0], [2, 3, -1, -1]):
        assert values(metric, judged_of([other], [[1, 1, 0, 0]]), 4)[0] <= ideal


def test_a_hit_moved_up_never_hurts(metric: Metric) -> None:
    """A hit one place higher gives at least as much, at every cut-off."""
    for k in (1, 2, 3, 4):
        scores = [
            values(metric, judged_of([order], [[1, 0, 0, 0]]), k)[0]
            for order in ([1, 2, 3, 0], [1, 2, 0, 3], [1, 0, 2, 3], [0, 1, 2, 3])
        ]
        assert scores == sorted(scores)


def test_permuting_people_permutes_the_result(metric: Metric) -> None:
    """A person's value depends on nobody else."""
    lists, truth = [[0, 1], [2, 0], [1, 3]], [[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]]
    there = values(metric, judged_of(lists, truth), 2)
    back = values(metric, judged_of(lists[::-1], truth[::-1]), 2)
    assert there.tolist() == back[::-1].tolist()


def test_places_below_the_cut_do_not_matter(metric: Metric) -> None:
    """What stands after the first k changes nothing."""
    truth = [[1, 1, 0, 0]]
    assert values(metric, judged_of([[0, 2, 1, 3]], truth), 2) == values(
        metric, judged_of([[0, 2, 3, -1]], truth), 2
    )


def test_it_changes_nothing_that_it_is_given(metric: Metric) -> None:
    """The hits are the same afterwards."""
    judged = judged_by()
    before = [array.copy() for array in (judged.relevant, judged.person, judged.rank)]
    values(metric, judged, 10)
    assert all(map(np.array_equal, before, (judged.relevant, judged.person, judged.rank)))


def test_it_says_what_it_is(metric: Metric) -> None:
    """Formula, source and meaning stand on the Methods page; the example in its docstring runs."""
    assert metric.compute is not None
    assert metric.label.strip()
    assert metric.formula.count("{") == metric.formula.count("}")
    assert metric.formula.strip()
    assert re.search(r"\d{4}", metric.source)
    assert metric.meaning.endswith(".")
    assert ">>>" in (inspect.getdoc(metric.compute) or "")


def test_it_is_found_by_name(metric: Metric) -> None:
    """A name brings all its variants; a standard one is among them."""
    found = metrics_named((metric.name,))
    assert metric in found
    assert "standard" in {one.variant for one in found}
