"""What every metric promises. A new one is found by its decorator and tested without writing a test."""

import inspect
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from core.evaluation.around import Around
from core.evaluation.judged import Judged, judge
from core.evaluation.metric import Metric, metrics_named
from core.recommenders.base import Ranked, recommender_of
from tests.contract.things import fitted, fold, metric_list
from tests.making import test_of

CUTOFFS = (1, 2, 5, 10, 30, 1000)


def those(wanted: Callable[[Metric], bool]) -> pytest.MarkDecorator:
    """Every declared metric of a sort."""
    return pytest.mark.parametrize("metric", [one for one in metric_list() if wanted(one.values[0])])


every = those(lambda metric: True)
per_user = those(lambda metric: metric.compute is not None)
of_hits = those(lambda metric: metric.compute is not None and metric.needs == "hits")
of_more = those(lambda metric: metric.compute is not None and metric.needs != "hits")
of_relevance = those(lambda metric: metric.compute is not None and metric.serves)
of_all_lists = those(lambda metric: metric.over_lists is not None)


def judged_by(spec: str = "popularity") -> Judged:
    """Lists of a recommender with all that any metric may need."""
    from core.recommenders.base import rank

    own = fold()
    test = replace(own.test, ratings=own.test.truth * np.float32(3))
    ranked = rank(fitted(recommender_of(spec), own.train), test, own.train.item_ids, 30, seed=0, whole=True)
    return judge(ranked, test, Around.of(own))


def judged_of(lists: list[list[int]], truth: list[list[int]]) -> Judged:
    test = test_of(truth)
    items = np.array(lists, dtype=np.int32)
    return judge(Ranked(test.user_ids, items, np.zeros(items.shape, dtype=np.float32)), test)


def values(metric: Metric, judged: Judged, k: int) -> np.ndarray:
    assert metric.compute is not None
    return np.asarray(metric.compute(judged, k))


@of_hits
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


@of_hits
def test_nothing_found_is_the_worst(metric: Metric) -> None:
    """Lists without a hit, and no list at all, score 0."""
    for lists in ([[2, 3]], [[-1, -1]]):
        assert values(metric, judged_of(lists, [[1, 1, 0, 0]]), 2).tolist() == [0]


@of_hits
def test_the_ideal_list_is_the_best(metric: Metric) -> None:
    """All that is held out, first: no other list of these items scores higher."""
    ideal = values(metric, judged_of([[0, 1, 2, 3]], [[1, 1, 0, 0]]), 4)[0]
    for other in ([2, 0, 1, 3], [0, 2, 1, 3], [3, 2, 1, 0], [2, 3, -1, -1]):
        assert values(metric, judged_of([other], [[1, 1, 0, 0]]), 4)[0] <= ideal


@of_hits
def test_a_hit_moved_up_never_hurts(metric: Metric) -> None:
    """A hit one place higher gives at least as much, at every cut-off."""
    for k in (1, 2, 3, 4):
        scores = [
            values(metric, judged_of([order], [[1, 0, 0, 0]]), k)[0]
            for order in ([1, 2, 3, 0], [1, 2, 0, 3], [1, 0, 2, 3], [0, 1, 2, 3])
        ]
        assert scores == sorted(scores)


@of_hits
def test_permuting_people_permutes_the_result(metric: Metric) -> None:
    """A person's value depends on nobody else."""
    lists, truth = [[0, 1], [2, 0], [1, 3]], [[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]]
    there = values(metric, judged_of(lists, truth), 2)
    back = values(metric, judged_of(lists[::-1], truth[::-1]), 2)
    assert there.tolist() == back[::-1].tolist()


@of_hits
def test_places_below_the_cut_do_not_matter(metric: Metric) -> None:
    """What stands after the first k changes nothing."""
    truth = [[1, 1, 0, 0]]
    assert values(metric, judged_of([[0, 2, 1, 3]], truth), 2) == values(
        metric, judged_of([[0, 2, 3, -1]], truth), 2
    )


@per_user
def test_it_changes_nothing_that_it_is_given(metric: Metric) -> None:
    """The hits are the same afterwards."""
    judged = judged_by()
    before = [array.copy() for array in (judged.relevant, judged.person, judged.rank)]
    values(metric, judged, 10)
    assert all(map(np.array_equal, before, (judged.relevant, judged.person, judged.rank)))


@every
def test_it_says_what_it_is(metric: Metric) -> None:
    """Formula, source and meaning stand on the Methods page; the example in its docstring runs."""
    function = metric.compute or metric.over_lists
    assert function is not None
    assert metric.label.strip()
    assert metric.formula.count("{") == metric.formula.count("}")
    assert metric.formula.strip()
    assert re.search(r"\d{4}", metric.source)
    assert metric.meaning.endswith(".")
    assert ">>>" in (inspect.getdoc(function) or "")


@every
def test_it_is_found_by_name(metric: Metric) -> None:
    """A name brings all its variants; a standard one is among them."""
    found = metrics_named((metric.name,))
    assert metric in found
    assert "standard" in {one.variant for one in found}


@of_more
@pytest.mark.parametrize("k", CUTOFFS)
def test_one_number_per_person_or_none(metric: Metric, k: int) -> None:
    """(U,) floats, finite or not defined; for most people of an ordinary world they are defined."""
    found = metric.values(judged_by(), k)
    assert found.shape == judged_by().relevant.shape
    assert np.issubdtype(found.dtype, np.floating)
    assert not np.isinf(found).any()
    if k >= 2:  # one item has no pairs
        assert np.isfinite(found).mean() > 0.5


@of_more
def test_not_defined_without_what_it_needs(metric: Metric) -> None:
    """Ready-made lists, or data without ratings: no number at all."""
    judged = judged_by()
    object.__setattr__(judged, metric.needs, None)
    assert np.isnan(metric.values(judged, 10)).all()


@of_relevance
@pytest.mark.parametrize("k", CUTOFFS)
def test_what_counts_hits_lies_between_zero_and_one(metric: Metric, k: int) -> None:
    """Whatever else it needs."""
    found = metric.values(judged_by(), k)
    assert np.nanmin(found) >= 0
    assert np.nanmax(found) <= 1


@of_more
def test_a_person_s_value_depends_on_nobody_else(metric: Metric) -> None:
    """The same number for each person of half of the people, whose lists and truth are the same."""
    own, judged = fold(), judged_by()
    rows = np.arange(0, len(own.test.user_ids), 2)
    test = replace(own.test, ratings=own.test.truth * np.float32(3)).part(rows)
    from core.recommenders.base import rank

    scorer = fitted(recommender_of("popularity"), own.train)
    ranked = rank(scorer, test, own.train.item_ids, 30, seed=0, whole=True)
    half = judge(ranked, test, Around(own.train, test.history))
    assert metric.values(half, 10) == pytest.approx(metric.values(judged, 10)[rows], nan_ok=True)


@of_more
def test_what_stands_below_the_cut_changes_nothing(metric: Metric) -> None:
    """Metrics of the whole ranking do not look at the list at all."""
    judged = judged_by()
    kept = judged.rank < 5
    cut = replace(
        judged, items=judged.items[:, :5], person=judged.person[kept], rank=judged.rank[kept], width=5
    )
    assert metric.values(cut, 5) == pytest.approx(metric.values(judged, 5), nan_ok=True)


@of_all_lists
@pytest.mark.parametrize("k", CUTOFFS)
def test_one_share_for_each_draw_of_all_lists(metric: Metric, k: int) -> None:
    """(B,) in [0, 1]; the order of items and the number of people do not matter."""
    assert metric.over_lists is not None
    shown = np.random.default_rng(0).poisson(1.0, (7, 40)).astype(np.float32)
    found = metric.over_lists(shown, k)
    assert found.shape == (7,)
    assert found.min() >= 0
    assert found.max() <= 1
    assert metric.over_lists(shown[:, ::-1], k) == pytest.approx(found)
    assert metric.over_lists(3 * shown, k) == pytest.approx(found)
