"""Metrics beyond ranking as RecTools, LensKit and ranx say them of the golden lists."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

from core.evaluation.around import Around
from core.evaluation.judged import Judged
from core.evaluation.metric import metrics
from tests.core.evaluation.test_goldens import GOLDENS, ITEMS, golden, judged
from tests.making import history_of, train_of


def beyond() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((GOLDENS / "beyond.json").read_text("utf-8"))
    return found


def known(taken: dict[str, list[str]]) -> Judged:
    """The golden lists among people of whom training knows what they took."""
    people = golden()["truth"]
    train = train_of([[int(item in own) for item in ITEMS] for own in taken.values()])
    around = Around(train, history_of(*[[0] * len(ITEMS)] * len(people)))
    return replace(judged(), around=around, places=places(), among=np.full(len(people), 40, dtype=np.int32))


def places() -> csr_array:
    """Where held-out items stand: in the list, or behind it in the order of their ids."""
    rows = []
    for user, held in golden()["truth"].items():
        own = golden()["lists"][user]
        order = [*own, *(item for item in ITEMS if item not in own)]
        rows.append([order.index(item) + 1 if item in held else 0 for item in ITEMS])
    return csr_array(np.array(rows, dtype=np.float32))


ASKED = [(tool, name) for tool, own in beyond().items() for name in own["values"]]


@pytest.mark.parametrize(("tool", "asked"), ASKED)
def test_as_the_tool_says_itself(tool: str, asked: str) -> None:
    """One value a person, or one of all lists."""
    name, _, k = asked.partition("@")
    theirs = beyond()[tool]["values"][asked]
    one = known(beyond()[tool]["taken"])
    metric = metrics()[name, "standard"]
    if metric.over_lists is not None:
        items = one.items[:, : int(k)]
        shown = np.bincount(items[items >= 0], minlength=len(ITEMS)).astype(np.float32)
        assert metric.over_lists(shown[None, :], int(k)) == pytest.approx(theirs, abs=1e-6)
        return
    assert metric.values(one, int(k or 0)) == pytest.approx(theirs, abs=1e-9)


def test_every_tool_says_something_of_its_own() -> None:
    assert {name.partition("@")[0] for _, name in ASKED} == {
        "novelty",
        "coverage",
        "gini",
        "f1",
        "r_precision",
    }
