"""Metrics of the same lists: ours, ranx's, and a plain definition written out."""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.evaluation.judged import Judged, judge
from core.evaluation.metric import metrics
from core.recommenders.base import Ranked
from tests.making import test_of

GOLDENS = Path(__file__).parents[2] / "goldens"
ITEMS = [f"i{item:02}" for item in range(40)]


@cache
def golden() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((GOLDENS / "ranx.json").read_text("utf-8"))
    return found


def judged() -> Judged:
    """The golden lists, judged by us."""
    held = [[int(item in own) for item in ITEMS] for own in golden()["truth"].values()]
    lists = [
        [ITEMS.index(item) for item in own] + [-1] * (10 - len(own)) for own in golden()["lists"].values()
    ]
    test = test_of(held)
    items = np.array(lists, dtype=np.int32)
    return judge(Ranked(test.user_ids, items, np.zeros(items.shape, dtype=np.float32)), test)


def ours(name: str, k: int, variant: str = "standard") -> list[float]:
    compute = metrics()[name, variant].compute
    assert compute is not None
    return [float(one) for one in compute(judged(), k)]


@pytest.mark.parametrize("asked", sorted(golden()["values"]))
def test_equal_to_ranx(asked: str) -> None:
    assert golden()["made_by"] == "ranx 0.3.21"
    name, k = asked.split("@")
    assert ours(name, int(k)) == pytest.approx(golden()["values"][asked], abs=1e-12)


def plain(name: str, variant: str, own: list[str], held: list[str], k: int) -> float:
    """The definition, one person at a time, without any of our code."""
    hits = [rank for rank, item in enumerate(own[:k], 1) if item in held]
    best = len(held) if variant == "untruncated" else min(k, len(held))
    match name:
        case "precision":
            return len(hits) / k
        case "recall":
            return len(hits) / len(held)
        case "hit_rate":
            return float(bool(hits))
        case "f1":
            return 2 * len(hits) / (k + len(held))
        case "mrr":
            return 1 / hits[0] if hits else 0.0
        case "map":
            return sum(at / rank for at, rank in enumerate(hits, 1)) / min(k, len(held))
        case "ndcg":
            ideal = sum(1 / math.log2(rank + 1) for rank in range(1, best + 1))
            return sum(1 / math.log2(rank + 1) for rank in hits) / ideal
    raise AssertionError(f"{name} has no plain definition here: write it")


@pytest.mark.parametrize("k", [1, 2, 3, 5, 10, 20])
@pytest.mark.parametrize(
    ("name", "variant"), sorted(key for key, one in metrics().items() if one.compute and one.needs == "hits")
)
def test_equal_to_the_plain_definition(name: str, variant: str, k: int) -> None:
    people = zip(golden()["lists"].values(), golden()["truth"].values(), strict=True)
    expected = [plain(name, variant, own, held, k) for own, held in people]
    assert ours(name, k, variant) == pytest.approx(expected, abs=1e-12)
