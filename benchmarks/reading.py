"""Reading a CSV as large as MovieLens 1M with ids of text: detection and parse, against pandas.read_csv."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measure import Row, milliseconds, paired, seconds
from core.data.load import Source, load, source_fingerprint
from core.data.readers.base import choose
from core.evaluation.protocol import dataset_in_child, dataset_of
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.report import silent
from core.work.store import Store

ROWS, PEOPLE, ITEMS = 1_000_209, 6_040, 3_706
BOUND = 1.5


def run() -> list[Row]:
    """Detection and parse; cleaning on top; and what the isolated child adds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.csv"
        frame = _log()
        frame.to_csv(path, index=False)
        types = {"user": "str", "item": "str"}
        ours, peer = paired(lambda: choose(path).read(path, silent), lambda: pd.read_csv(path, dtype=types))
        whole = seconds(lambda: load(Source(data=str(path))), times=3)
        named = f"{milliseconds(peer)}: pandas {pd.__version__} read_csv, ids as text"
        size = f"{ROWS:,} rows, {path.stat().st_size / 1e6:.0f} MB"
        return [
            Row(f"reading a CSV with detection, {size}", milliseconds(ours), named, ours / peer, BOUND),
            Row(f"reading and cleaning it, {size}", milliseconds(whole), named, whole / peer, None),
            _child(Path(folder)),
        ]


def _log() -> pd.DataFrame:
    """As many rows, people and items as MovieLens 1M, ids that are text, ratings and times."""
    rng = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "user": np.char.add("u", rng.integers(1, PEOPLE + 1, ROWS).astype(str)),
            "item": np.char.add("i", rng.integers(1, ITEMS + 1, ROWS).astype(str)),
            "rating": rng.integers(1, 6, ROWS),
            "timestamp": rng.integers(956_703_932, 1_046_454_590, ROWS),
        }
    )


def _child(folder: Path) -> Row:
    """A log of two rows in the child that uploads are read in: its start is nearly all of it."""
    path = folder / "small.csv"
    path.write_text("user,item\na,1\nb,2\n")
    source, content = Source(data=str(path)), source_fingerprint(Source(data=str(path)))
    at = iter(range(1_000))

    def once(step: object) -> object:
        desk = Desk(Store(folder / f"store{next(at)}", 10**9), Inline())
        return desk.run(step, source, content, settings=None, report=silent)  # type: ignore[arg-type]

    inside = seconds(lambda: once(dataset_in_child), times=3)
    here = seconds(lambda: once(dataset_of), times=3)
    return Row(
        "start of the isolated child, stated apart",
        milliseconds(inside - here),
        "reading in this process",
        None,
        None,
    )
