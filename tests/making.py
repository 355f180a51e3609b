"""Data sets for tests: small enough to be checked by head, or made from a seed."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from core.data.cleaning import clean
from core.data.dataset import Dataset, Origin
from core.data.folds import Test, Train, whole
from core.data.readers.base import Raw
from core.evaluation.comparison import Comparison
from core.evaluation.experiment import Experiment
from core.evaluation.protocol import compared
from core.work import here
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.report import silent
from core.work.store import Store


def log(*rows: str, columns: Sequence[str] = ("user", "item", "timestamp")) -> pd.DataFrame:
    """Interactions from lines such as "ann tea 3": one word a column, "-" where there is none."""
    return pd.DataFrame(
        [[None if word == "-" else word for word in row.split()] for row in rows],
        columns=list(columns),
        dtype="str",
    )


def dataset(interactions: pd.DataFrame, **tables: pd.DataFrame) -> Dataset:
    """The clean data set of these tables."""
    raw = Raw("made", Origin("made", "none"), {"interactions": interactions, **tables})
    return clean(raw)


def random_log(
    people: int = 30, items: int = 20, each: int = 10, seed: int = 0, kinds: Sequence[str] = ()
) -> pd.DataFrame:
    """Each person with `each` distinct items at distinct times; low items are more popular."""
    rng = np.random.default_rng(seed)
    weights = 1 / np.arange(1, items + 1)
    chosen = [rng.choice(items, each, replace=False, p=weights / weights.sum()) for _ in range(people)]
    rows = people * each
    frame = pd.DataFrame(
        {
            "user": [f"u{person:03}" for person in range(people) for _ in range(each)],
            "item": [f"i{item:03}" for own in chosen for item in own],
            "timestamp": 1_000_000 + rng.permutation(rows),
            "value": rng.integers(1, 6, rows),
        }
    )
    return frame.assign(kind=rng.choice(list(kinds), rows)) if kinds else frame


def train_of(matrix: Sequence[Sequence[int]], items: pd.DataFrame | None = None) -> Train:
    """The training part in which person u00, u01, … likes item i00, i01, … where the matrix has a 1."""
    dense = np.array(matrix)
    rows, columns = np.nonzero(dense)
    frame = pd.DataFrame(
        {"user": [f"u{row:02}" for row in rows], "item": [f"i{column:02}" for column in columns]}
    )
    about = (
        items if items is not None else pd.DataFrame({"item": [f"i{at:02}" for at in range(dense.shape[1])]})
    )
    return whole(dataset(frame, items=about))


def history_of(*rows: Sequence[int]) -> csr_array:
    """Histories as a scorer takes them, from rows of 0 and 1."""
    return csr_array(np.array(rows, dtype=np.float32))


def test_of(
    truth: Sequence[Sequence[int]],
    masked: Sequence[Sequence[int]] | None = None,
    candidates: Sequence[Sequence[int]] | None = None,
) -> Test:
    """A test part of people u00, u01, … whose held-out items are the ones of the matrix."""
    held = history_of(*truth)
    seen = history_of(*masked) if masked is not None else csr_array(np.zeros(held.shape, dtype=np.float32))
    return Test(
        user_ids=np.array([f"u{row:02}" for row in range(len(truth))], dtype=object),
        users=np.arange(len(truth), dtype=np.int32),
        history=seen,
        masked=seen,
        truth=held,
        candidates=history_of(*candidates) if candidates is not None else None,
    )


test_of.__test__ = False  # type: ignore[attr-defined]


def compared_on(data: Dataset, **chosen: object) -> Comparison:
    """The comparison of an experiment on a data set, with a desk and a store of its own."""
    recorded = Experiment.model_validate({"data": "made", **chosen})
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store(Path(folder), 1_000_000_000), Inline())
        with here.at(desk):
            return compared(data, recorded.on(data), silent, recorded.fingerprint)


def means(comparison: Comparison) -> dict[str, float]:
    """The mean of every recommender, metric, variant and cut-off."""
    return {
        f"{entry.name} {column.name}/{column.variant}@{column.k}": estimate.mean
        for row, entry in enumerate(comparison.entries)
        for column, estimate in zip(comparison.columns, comparison.estimates[row], strict=True)
    }
