"""Fingerprints: the same content, the same key, wherever it comes from."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from pydantic import BaseModel, ConfigDict

from core.work.fingerprint import fingerprint
from tests.core.work.steps_for_tests import Choice, Colour, Finer, Pair
from tests.core.work.test_artifacts import back, frames, trees


class Owner(BaseModel):
    """Holds a model whose class says more than the field."""

    model_config = ConfigDict(frozen=True)
    choice: Choice


@given(trees)
def test_what_was_loaded_has_the_fingerprint_of_what_was_saved(tree: Any) -> None:
    assert fingerprint(back(tree)) == fingerprint(tree)


def holds_objects(frame: pd.DataFrame) -> bool:
    return "object" in map(str, [frame.index.dtype, *frame.dtypes])


@given(frames().filter(lambda frame: not holds_objects(frame)))
def test_so_has_a_frame(frame: pd.DataFrame) -> None:
    assert fingerprint(back(frame)) == fingerprint(frame)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Owner(choice=Finer(more="a")), Owner(choice=Finer(more="b"))),
        (Choice(weight=float("inf")), Choice(weight=float("nan"))),
        (1, 1.0),
        (1, True),
        ("1", 1),
        (["a", "b"], ["ab"]),
        (b"a", "a"),
        (Colour.RED, "RED"),
        (Pair(1, 2), Pair(2, 1)),
        (np.zeros(4), np.zeros((2, 2))),
        (np.zeros(2, np.float32), np.zeros(1, np.float64)),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]}, index=[1])),
        (pd.Index(["a"]), pd.Index(["b"])),
    ],
    ids=repr,
)
def test_what_differs_has_another(one: Any, other: Any) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_nothing_is_keyed_by_its_address() -> None:
    with pytest.raises(TypeError):
        fingerprint(object())
