"""`python -m benchmarks [NAME …]`: runs the measurements and writes docs/benchmarks.md.

Measurements that are named replace their own rows, or follow at the end; each row has its day.
"""

import datetime
import importlib
import pkgutil
import platform
import sys
from pathlib import Path

import benchmarks
from benchmarks.measure import Row

HELPERS = {
    "__main__",
    "encoders",
    "formats",
    "fuzz",
    "interests",
    "measure",
    "movielens",
    "parity",
    "peers",
    "scaling",
}
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
    lines = {row.what: _line(row) for row in rows}
    if names and TABLE.exists():
        kept = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
        before = {line.split(" | ")[0].removeprefix("| "): line for line in kept}
        lines = before | lines
    TABLE.write_text(_page([*lines.values()]), "utf-8")
    print(f"written: docs/{TABLE.name}")
    return 0 if all(row.kept for row in rows) else 1


def _page(rows: list[str]) -> str:
    lines = [
        "# Benchmarks",
        "",
        "Made by `make bench`. Each figure is measured in the same run as its peer, and the ratio is what",
        "counts, since machines differ. Medians of several runs, taken in turns.",
        "",
        f"{platform.machine()}, Python {platform.python_version()}, {_cores()} cores.",
        "",
        "| what | ours | against | ratio | bound | note | day |",
        "|---|---:|---|---:|---:|---|---|",
        *rows,
        "",
    ]
    return "\n".join(lines)


def _line(row: Row) -> str:
    today = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"
    cells = (row.what, row.ours, row.peer, _ratio(row), _bound(row), row.note, today)
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
