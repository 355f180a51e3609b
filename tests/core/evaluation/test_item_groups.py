"""The provider side by head: what lists show of groups of items, and how well they find them."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.item_groups import Grouped, ItemGroups, item_groups
from core.work.report import silent
from tests.making import compared_on, dataset, log

# 6 people took tea in training, 3 jam, 1 bun; nobody pie or fig, which are held out of some.
ROWS = [
    *(f"p{at} tea train" for at in range(6)),
    *(f"p{at} jam train" for at in range(3)),
    "p3 bun train",
    *(f"p{at} pie test" for at in range(3)),
    *(f"p{at} jam test" for at in (3, 4, 5)),
    "p5 fig test",
]
KINDS = {"tea": "drink", "jam": "sweet", "bun": "sweet|bread", "pie": "bread", "fig": None}


def data() -> Dataset:
    items = pd.DataFrame({"item": list(KINDS), "category": list(KINDS.values())})
    return dataset(log(*ROWS, columns=("user", "item", "part")), items=items)


def compared(found: Dataset) -> Comparison:
    return compared_on(found, recommenders=("popularity",), k=(2,), split="given")


def asked(by: str = "popularity", metric: str = "recall", lists: list[str] | None = None) -> ItemGroups:
    """What is said of popularity's lists, or of one list that everybody is shown."""
    found = data()
    made = compared(found)
    if lists is not None:
        place = {item: at for at, item in enumerate(made.item_ids)}
        row = np.array([place[item] for item in lists], dtype=np.int32)
        (ranked,) = made.ranked
        shown = replace(ranked, items=np.tile(row, (6, 1)), scores=np.zeros((6, len(row)), dtype=np.float32))
        made = replace(made, ranked=(shown,))
    return item_groups(found, made, settings=Grouped(by, 2, metric), report=silent)  # type: ignore[arg-type]


def names(found: ItemGroups) -> list[str]:
    return [one.name or one.kind for one in found.groups]


def test_head_tail_and_new() -> None:
    """A fifth of three taken items is one: tea. Jam and bun are the tail, pie and fig are new."""
    found = asked()
    assert names(found) == ["head", "tail", "new"]
    assert found.items.tolist() == [1, 2, 2]
    assert found.catalogue.tolist() == pytest.approx([0.2, 0.4, 0.4])


def test_equals_at_the_edge_are_all_in_the_tail() -> None:
    """Of ten items one was taken by three, nine by one: two would be a fifth, but nine are equal."""
    rows = [*(f"p{at} i0 train" for at in range(3)), *(f"p{at} i{at} train" for at in range(1, 10))]
    found = dataset(log(*rows, *(f"p{at} i9 test" for at in range(6)), columns=("user", "item", "part")))
    said = item_groups(found, compared(found), settings=Grouped("popularity", 2, "recall"), report=silent)
    assert dict(zip(names(said), said.items.tolist(), strict=True)) == {"head": 1, "tail": 9}


def test_exposure_is_discounted_by_place() -> None:
    """First jam, then pie: 1 and 1/log2(3) = .6309; the third place is beyond k = 2."""
    found = asked(lists=["jam", "pie", "tea"])
    first = 1 / (1 + 1 / math.log2(3))
    (row,) = found.shown
    assert [one.mean for one in row] == pytest.approx([0, first, 1 - first])
    assert {one.n for one in row} == {6}
    assert (row[1].low, row[1].high) == pytest.approx((first, first))


def test_what_people_took_and_take() -> None:
    """Of their histories tea is a half for four of them and all for two; later p5 takes jam and fig."""
    found = asked()
    assert found.taken[0].mean == pytest.approx((4 * 0.5 + 2) / 6)
    assert [one.mean for one in found.held] == pytest.approx([0, (1 + 1 + 0.5) / 6, (3 + 0.5) / 6])


def test_the_metric_of_a_groups_own_held_out_items() -> None:
    """Tail: 3 people have held-out jam, fewer than five. New: 4. Nobody's head item is held out."""
    assert {one.n for one in asked().found[0]} == {0}
    more = log(*ROWS, *(f"p{at} fig test" for at in range(5)), columns=("user", "item", "part"))
    found = dataset(more, items=pd.DataFrame({"item": list(KINDS)}))
    made = compared(found)
    said = item_groups(found, made, settings=Grouped("popularity", 5, "recall"), report=silent)
    assert [one.n for one in said.found[0]] == [0, 0, 6]
    assert said.found[0][2].mean == 1  # four items are ranked at most, so all are found


def test_an_item_of_two_categories_is_in_each_by_half() -> None:
    found = asked("category", lists=["bun"])
    assert names(found) == ["bread", "sweet", "drink", "none"]
    row = dict(zip(names(found), (one.mean for one in found.shown[0]), strict=True))
    assert row == {"sweet": 0.5, "bread": 0.5, "drink": 0, "none": 0}
    assert found.catalogue.sum() == pytest.approx(1)


def test_a_metric_that_counts_no_hits_gives_way_to_recall() -> None:
    assert asked(metric="novelty").metric == "recall"
    assert asked(metric="coverage").metric == "recall"
    assert asked(metric="ndcg").metric in ("ndcg", "recall")


@pytest.mark.parametrize("by", ["popularity", "category"])
def test_shares_of_everything_sum_to_one(by: str) -> None:
    found = asked(by)
    for row in (*found.shown, found.held, found.taken):
        assert sum(one.mean for one in row) == pytest.approx(1)
