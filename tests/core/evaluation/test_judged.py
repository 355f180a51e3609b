"""Judging, and every metric by head: two people, two held-out items each, lists of four."""

from collections.abc import Sequence

import numpy as np
import pytest

from core.evaluation.judged import Judged, judge
from core.evaluation.metric import metrics, metrics_named
from core.recommenders.base import Ranked
from core.work.errors import BadInput
from tests.making import test_of

LOG3 = np.log2(3)
OF_HITS = [key for key, one in metrics().items() if one.compute and one.needs == "hits"]
# Person 0 has hits at ranks 0 and 2, person 1 at rank 1 (of two held-out items).
LISTS = [[0, 2, 1, 3], [0, 4, 1, 2]]
TRUTH = [[1, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1]]


def judged_of(lists: Sequence[Sequence[int]], truth: Sequence[Sequence[int]]) -> Judged:
    test = test_of(truth)
    items = np.array(lists, dtype=np.int32)
    return judge(Ranked(test.user_ids, items, np.zeros(items.shape, dtype=np.float32)), test)


def value(name: str, k: int, judged: Judged, variant: str = "standard") -> list[float]:
    compute = metrics()[name, variant].compute
    assert compute is not None
    return [float(one) for one in compute(judged, k)]


BY_HEAD = [
    ("precision", "standard", 1, [1, 0]),
    ("precision", "standard", 2, [1 / 2, 1 / 2]),
    ("precision", "standard", 4, [2 / 4, 1 / 4]),
    ("precision", "standard", 8, [2 / 8, 1 / 8]),  # over k, also where the list is shorter
    ("recall", "standard", 1, [1 / 2, 0]),
    ("recall", "standard", 4, [2 / 2, 1 / 2]),
    ("ndcg", "standard", 1, [1, 0]),
    ("ndcg", "standard", 2, [1 / (1 + 1 / LOG3), (1 / LOG3) / (1 + 1 / LOG3)]),
    ("ndcg", "standard", 4, [(1 + 1 / 2) / (1 + 1 / LOG3), (1 / LOG3) / (1 + 1 / LOG3)]),
    ("ndcg", "untruncated", 1, [1 / (1 + 1 / LOG3), 0]),  # the best list has two items, also at k = 1
    ("ndcg", "untruncated", 4, [(1 + 1 / 2) / (1 + 1 / LOG3), (1 / LOG3) / (1 + 1 / LOG3)]),
    ("hit_rate", "standard", 1, [1, 0]),
    ("hit_rate", "standard", 2, [1, 1]),
    ("mrr", "standard", 1, [1, 0]),
    ("mrr", "standard", 4, [1, 1 / 2]),
    ("f1", "standard", 1, [2 / 3, 0]),  # 2 · 1 · ½ / (1 + ½)
    ("f1", "standard", 4, [2 * 2 / (4 + 2), 2 * 1 / (4 + 2)]),
    ("map", "standard", 1, [1, 0]),  # divided by min(k, |test|) = 1
    ("map", "standard", 2, [1 / 2, (1 / 2) / 2]),
    ("map", "standard", 4, [(1 + 2 / 3) / 2, (1 / 2) / 2]),
]


@pytest.mark.parametrize(("name", "variant", "k", "expected"), BY_HEAD)
def test_metrics_by_head(name: str, variant: str, k: int, expected: list[float]) -> None:
    assert value(name, k, judged_of(LISTS, TRUTH), variant) == pytest.approx(expected)


def test_every_metric_of_hits_is_checked_by_head() -> None:
    """The others are in test_beyond.py and test_catalogue.py."""
    assert set(OF_HITS) == {(name, variant) for name, variant, _, _ in BY_HEAD}


def test_judge_finds_the_hits() -> None:
    judged = judged_of(LISTS, TRUTH)
    assert judged.relevant.tolist() == [2, 2]
    assert list(zip(judged.person.tolist(), judged.rank.tolist(), strict=True)) == [(0, 0), (0, 2), (1, 1)]
    assert judged.order.tolist() == [1, 2, 1]
    assert judged.width == 4


def test_somebody_without_a_list_scores_zero() -> None:
    judged = judged_of([[-1, -1], [4, 5]], TRUTH)
    for name, variant in OF_HITS:
        assert value(name, 2, judged, variant) == pytest.approx([0, 1])


def test_an_item_twice_in_a_list_counts_once() -> None:
    assert value("precision", 4, judged_of([[0, 0, 0, 0], [1, 1, 1, 1]], TRUTH)) == [1 / 4, 0]


def test_permuting_people_permutes_the_result() -> None:
    there, back = judged_of(LISTS, TRUTH), judged_of(LISTS[::-1], TRUTH[::-1])
    for name, variant in OF_HITS:
        assert value(name, 3, there, variant) == value(name, 3, back, variant)[::-1]


def test_metrics_are_found_by_name_with_all_variants() -> None:
    assert [metric.key for metric in metrics_named(("ndcg", "recall", "ndcg"))] == [
        ("ndcg", "standard"),
        ("ndcg", "untruncated"),
        ("ndcg", "graded"),
        ("recall", "standard"),
    ]
    with pytest.raises(BadInput, match=r"no metric named 'ndgc'.*write ndcg"):
        metrics_named(("ndgc",))
