"""`python -m benchmarks [NAME …]`: runs the measurements and writes docs/benchmarks.md when all ran."""

import datetime
import importlib
import pkgutil
import platform
import sys
from pathlib import Path

import benchmarks
from benchmarks.measure import Row

HELPERS = {"__main__", "encoders", "formats", "fuzz", "interests", "measure", "movielens", "peers"}
TABLE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main(names: list[str]) -> int:
    """Run the named measurements, or all; 1 where a bound is not kept."""
    there = (found.name for found in pkgutil.iter_modules(benchmarks.__path__))
    known = sorted(name for name in there if name not in HELPERS)
    rows: list[Row] = []
    for name in names or known:
        print(f"{name} …", flush=True)
        found = importlib.import_module(f"benchmarks.{name}").run()
        rows += found
        for row in found:
            print(f"  {row.what}: {row.ours} against {row.peer}: {_ratio(row)}", flush=True)
    if not names:
        TABLE.write_text(_page(rows), "utf-8")
        print(f"written: docs/{TABLE.name}")
    return 0 if all(row.kept for row in rows) else 1


def _page(rows: list[Row]) -> str:
    today = datetime.datetime.now(datetime.UTC)
    lines = [
        "# Benchmarks",
        "",
        "Made by `make bench`. Each figure is measured in the same run as its peer, and the ratio is what",
        "counts, since machines differ. Medians of several runs, taken in turns.",
        "",
        f"{today:%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}, {_cores()} cores.",
        "",
        "| what | ours | against | ratio | bound | note |",
        "|---|---:|---|---:|---:|---|",
        *(_line(row) for row in rows),
        "",
    ]
    return "\n".join(lines)


def _line(row: Row) -> str:
    cells = (row.what, row.ours, row.peer, _ratio(row), _bound(row), row.note)
    return f"| {' | '.join(cells)} |"


def _ratio(row: Row) -> str:
    return "" if row.ratio is None else f"{row.ratio:.3g}{'' if row.kept else ' (over)'}"


def _bound(row: Row) -> str:
    return "" if row.bound is None else f"≤ {row.bound:.3g}"


def _cores() -> int:
    import psutil

    return psutil.cpu_count() or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
