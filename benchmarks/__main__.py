"""`python -m benchmarks [NAME …]`: runs the measurements and writes docs/benchmarks.md.

Measurements that are named replace their own table; each row has its day.
"""

import datetime
import importlib
import pkgutil
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import benchmarks
from benchmarks.measure import Row

HELPERS = {
    "__main__",
    "encoders",
    "formats",
    "fuzz",
    "interests",
    "language",
    "language_texts",
    "measure",
    "measured_page",
    "movielens",
    "offpolicy",
    "parity",
    "peers",
    "scaling",
    "wishes",
}
TABLE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main(names: list[str]) -> int:
    """Run the named measurements, or all; 1 where a bound is not kept."""
    there = (found.name for found in pkgutil.iter_modules(benchmarks.__path__))
    known = sorted(name for name in there if name not in HELPERS)
    tables = _before() if names else {}
    kept = True
    for name in names or known:
        print(f"{name} …", flush=True)
        rows: list[Row] = importlib.import_module(f"benchmarks.{name}").run()
        for row in rows:
            print(f"  {row.what}: {row.ours} against {row.peer}: {_ratio(row)}", flush=True)
        tables[name] = [_line(row) for row in rows]
        kept = kept and all(row.kept for row in rows)
    TABLE.write_text(_page(tables), "utf-8")
    print(f"written: docs/{TABLE.name}")
    return 0 if kept else 1


def _before() -> dict[str, list[str]]:
    """The rows of each measurement as they stand in the page."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in TABLE.read_text("utf-8").splitlines() if TABLE.exists() else ():
        if line.startswith("## "):
            name = line.removeprefix("## ")
            found[name] = []
        elif name and line.startswith("| ") and not line.startswith("| what |"):
            found[name].append(line)
    return found


def _page(tables: Mapping[str, Sequence[str]]) -> str:
    lines = [
        "# Benchmarks",
        "",
        "Made by `make bench`. Each figure is measured in the same run as its peer, and the ratio is what",
        "counts, since machines differ. Medians of several runs, taken in turns. `python -m benchmarks NAME`",
        "makes one table anew.",
        "",
        f"{platform.machine()}, Python {platform.python_version()}, {_cores()} cores.",
    ]
    for name, rows in sorted(tables.items()):
        head = ["| what | ours | against | ratio | bound | note | day |", "|---|---:|---|---:|---:|---|---|"]
        lines += ["", f"## {name}", "", *head, *rows]
    return "\n".join([*lines, ""])


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
