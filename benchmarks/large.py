"""A log of 50,000,000 rows, described and cut to its 5-core under 4 GB, against bare DuckDB and pandas."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from benchmarks.measure import Row

ROWS = int(os.environ.get("BENCH_ROWS", "50_000_000"))
CHUNK = 1_000_000
LIMIT_GB = 4.0
BOUND = 2.5  # we also normalise ids and times, look for impossible values and say what was left out
PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class Took:
    """What a child took, and what it found: users, items, rows; the same of the core."""

    seconds: float
    peak_gb: float
    found: tuple[int, ...]


def run() -> list[Row]:
    """Both forms of the file, one after the other, so that the disk holds one at a time."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("parquet", "csv"):
            path = Path(folder) / f"log.{ending}"
            _write(path)
            ours = _child("large_ours.py", path, folder)
            bare = _child("large_duckdb.py", path, folder)
            pandas = _child("large_pandas.py", path, folder)
            path.unlink()
            if not ours.found == bare.found == pandas.found:
                raise RuntimeError(f"they disagree: {ours.found}, {bare.found}, {pandas.found}")
            rows += _rows(ending, ours, bare, pandas)
    return rows


def _rows(ending: str, ours: Took, bare: Took, pandas: Took) -> list[Row]:
    what = f"{ROWS:,} rows of {ending}: described, 5-core"
    left = f"{ours.found[0]:,} people, {ours.found[1]:,} items; core: {ours.found[5]:,} rows"
    return [
        Row(
            what,
            f"{ours.seconds:.1f} s",
            f"{bare.seconds:.1f} s: bare DuckDB",
            ours.seconds / bare.seconds,
            BOUND,
            left,
        ),
        Row(
            f"{what}, pandas",
            f"{ours.seconds:.1f} s",
            f"{pandas.seconds:.1f} s: pandas, peak {pandas.peak_gb:.1f} GB",
            ours.seconds / pandas.seconds,
            None,
        ),
        Row(
            f"{what}, peak memory",
            f"{ours.peak_gb:.2f} GB",
            f"{LIMIT_GB:g} GB: limit",
            ours.peak_gb / LIMIT_GB,
            1.0,
            f"bare DuckDB with the same limit: {bare.peak_gb:.2f} GB",
        ),
    ]


def _child(script: str, path: Path, folder: str) -> Took:
    """Runs a script in a process of its own; its peak is what the system says of that process."""
    environment = {**os.environ, "TOUCHSTONE_HOME": f"{folder}/home", "TOUCHSTONE_MEMORY_GB": f"{LIMIT_GB:g}"}
    root = str(Path(__file__).parents[1])
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, str(PEERS / script), str(path), folder],
        env={**environment, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - began
    if status:
        raise RuntimeError(f"{script} ended with {status}")
    peak = usage.ru_maxrss * (1024 if sys.platform == "linux" else 1) / 1e9
    print(f"  {script} on {path.name}: {took:.1f} s, peak {peak:.2f} GB", flush=True)
    return Took(took, peak, tuple(map(int, said.split())))


def _write(path: Path) -> None:
    """A seeded log of about a million people and a hundred thousand items; 1 row in 200 stands twice."""
    tables = _tables()
    first = next(tables)
    writer = (
        pyarrow.csv.CSVWriter(
            path, first.schema, write_options=pyarrow.csv.WriteOptions(quoting_style="needed")
        )
        if path.suffix == ".csv"
        else pyarrow.parquet.ParquetWriter(path, first.schema)
    )
    with writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table)


def _tables() -> Iterator[pa.Table]:
    rng = np.random.default_rng(0)
    people = np.array([f"u{at:07}" for at in range(1_000_000)])
    for start in range(0, ROWS, CHUNK):
        many = min(CHUNK, ROWS - start)
        rows = np.arange(many)
        rows[1:][rng.random(many - 1) < 1 / 200] -= 1
        columns = {
            "user": people[(len(people) * rng.random(many) ** 2).astype(np.int64)][rows],
            "item": (100_000 * rng.random(many) ** 4).astype(np.int64)[rows],
            "rating": rng.integers(1, 6, many)[rows],
            "timestamp": (1_600_000_000 + rng.integers(0, 365 * 86_400, many))[rows],
        }
        yield pa.table(columns)
