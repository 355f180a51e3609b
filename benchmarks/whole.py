"""The whole job from the command line: MovieLens 1M, three recommenders, a fresh store."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.measure import Row
from benchmarks.movielens import SPLIT, folder

LIMIT_MB = 2_000.0


def run() -> list[Row]:
    """Reading to intervals, wall clock and peak memory of the process."""
    with tempfile.TemporaryDirectory() as home:
        command = [
            sys.executable,
            "-m",
            "core",
            "compare",
            "--data",
            str(folder("ml-1m")),
            "--split",
            SPLIT,
            "--recommenders",
            "popularity,item_knn,ease",
            "--k",
            "10,20,100",
            "--out",
            str(Path(home) / "out.json"),
        ]
        began = time.perf_counter()
        process = subprocess.Popen(command, env={**os.environ, "TOUCHSTONE_HOME": home})
        peak = _peak_mb(process)
        taken = time.perf_counter() - began
        if process.returncode:
            raise RuntimeError(f"compare ended with {process.returncode}")
    return [
        Row(
            "compare 3 recommenders, MovieLens 1M, end to end",
            f"{taken:.1f} s",
            "no limit set",
            None,
            None,
            "start, reading, split, fits, top 100, 12 metric–cut-off pairs, 2,000 resamples",
        ),
        Row("… peak memory", f"{peak:,.0f} MB", f"{LIMIT_MB:,.0f} MB: limit", peak / LIMIT_MB, 1.0),
    ]


def _peak_mb(process: subprocess.Popen[bytes]) -> float:
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        try:
            peak = max(peak, watched.memory_info().rss)
        except psutil.Error:
            break
        time.sleep(0.01)
    process.wait()
    return peak / 1e6
