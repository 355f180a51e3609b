"""The same lists by other tools' definitions: by head, and as these tools say it themselves."""

import json
import math
from typing import Any

import numpy as np
import pytest

from core.evaluation.definitions import DEFINITIONS, METRICS, OURS, TOOLS, restated, values
from core.evaluation.judged import Judged, judge_pairs
from core.evaluation.metric import metrics
from core.recommenders.base import Ranked
from core.work.report import silent
from tests.core.evaluation.test_goldens import GOLDENS, judged
from tests.making import compared_on, dataset, random_log, test_of


def golden() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((GOLDENS / "definitions.json").read_text("utf-8"))
    return found


def of(items: list[int], truth: list[int]) -> Judged:
    test = test_of([truth])
    lists = np.array([items], dtype=np.int32)
    return judge_pairs(Ranked(test.user_ids, lists, np.zeros(lists.shape, np.float32)), test.truth)


def value(tool: str, metric: str, judged_: Judged, k: int) -> float:
    return float(values(tool, metric, judged_, k)[0])


ASKED = [(tool, name) for tool, own in golden().items() for name in own["values"]]


@pytest.mark.parametrize(("tool", "asked"), ASKED)
def test_as_the_tool_says_itself(tool: str, asked: str) -> None:
    """Person by person; null where the tool has no value."""
    name, k = asked.split("@")
    label = next(one for one in TOOLS if one.lower() == tool)
    assert golden()[tool]["made_by"] == f"{tool} {TOOLS[label]}"
    theirs = [math.nan if one is None else one for one in golden()[tool]["values"][asked]]
    assert values(label, name, judged(), int(k)) == pytest.approx(theirs, abs=1e-9, nan_ok=True)


def test_rectools_divides_ndcg_by_k_hits() -> None:
    """One held-out item, found first of two: 1 over (1 + 1/log₂3), where here it is 1."""
    found = of([0, 1], [1, 0, 0])
    assert value(OURS, "ndcg", found, 2) == 1
    assert value("RecTools", "ndcg", found, 2) == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_lenskit_weighs_the_first_two_places_alike() -> None:
    assert value("LensKit", "ndcg", of([1, 0], [1, 0, 0]), 2) == 1


def test_lenskit_divides_precision_by_the_list_and_recall_by_what_fits() -> None:
    """A list of one item, a hit, at k = 2; of three held-out items two fit."""
    found = of([0, -1], [1, 1, 1])
    assert value("LensKit", "precision", found, 2) == 1
    assert value(OURS, "precision", found, 2) == 0.5
    assert value("LensKit", "recall", found, 2) == 0.5
    assert value(OURS, "recall", found, 2) == pytest.approx(1 / 3)


def test_somebody_without_a_list_is_left_out_by_lenskit() -> None:
    empty = of([-1, -1], [1, 0, 0])
    assert math.isnan(value("LensKit", "precision", empty, 2))
    assert value(OURS, "precision", empty, 2) == 0


def test_every_difference_is_one() -> None:
    """No definition gives the same as ours on the golden lists and on a short list with a hit."""
    lists = [judged(), of([0, -1], [1, 1, 1])]
    for one in DEFINITIONS:
        ours = [metrics()[one.metric, "standard"].values(own, k) for own in lists for k in (1, 3, 10)]
        theirs = [one.compute(own, k) for own in lists for k in (1, 3, 10)]
        assert not all(np.allclose(a, b) for a, b in zip(ours, theirs, strict=True)), one


def test_a_comparison_restated() -> None:
    found = compared_on(dataset(random_log(people=40)), recommenders=("popularity", "random"), k=(5,))
    got = restated(found, settings=5, report=silent)
    ours = got.estimates[got.tools.index(OURS)]
    for at, name in enumerate(METRICS):
        assert len(ours[at]) == 2
        if name in ("precision", "recall", "ndcg"):
            assert ours[at][0].mean == pytest.approx(found.estimates[0][found.column(name, 5)].mean)
    assert got.estimates[got.tools.index("RecBole")] == ours
