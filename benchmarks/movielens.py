"""MovieLens 1M, `leave_last(fraction=0.2)` by its order: the data most benchmarks share."""

import os
from functools import cache
from pathlib import Path

from core.data.folds import Fold, folds
from core.data.load import Source, load
from core.data.splits import split_of
from core.work.errors import BadInput

SPLIT = "leave_last(fraction=0.2)"


def folder(name: str) -> Path:
    """Where shared data lies: TOUCHSTONE_SHARED_DATA, else beside the repository; raises BadInput."""
    root = Path(os.environ.get("TOUCHSTONE_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not (root / name).is_dir():
        raise BadInput(f"{name} is not there.", f"the folder {root / name}.", "set TOUCHSTONE_SHARED_DATA.")
    return root / name


@cache
def fold() -> Fold:
    """6,040 people, 3,883 items of which 3,706 are rated."""
    return folds(load(Source(data=str(folder("ml-1m")))), split_of(SPLIT))[0]
