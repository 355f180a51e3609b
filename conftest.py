"""What the examples in docstrings start from."""

from typing import Any

import numpy as np
import pytest


@pytest.fixture(autouse=True, scope="session")
def _example(doctest_namespace: dict[str, Any]) -> None:
    """`example`: two people with two held-out items each and lists of four.

    Person 0 has hits at the first and third place, person 1 at the second.
    """
    from core.evaluation.judged import Judged

    doctest_namespace["example"] = Judged(
        relevant=np.array([2, 2], dtype=np.int32),
        person=np.array([0, 0, 1], dtype=np.int32),
        rank=np.array([0, 2, 1], dtype=np.int32),
        width=4,
    )
