"""`python -m benchmarks.formats`: describes every real data set and writes docs/reference/formats.md."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.movielens import folder
from core.work.errors import BadInput

TABLE = Path(__file__).parents[1] / "docs" / "reference" / "formats.md"
Found = dict[str, Any]  # what `describe` writes


@dataclass(frozen=True)
class Stated:
    """A number that the source of a data set states, and how it is counted from what `describe` writes."""

    what: str
    number: int
    counted: Callable[[Found], int]
    note: str = ""


def of(name: str) -> Callable[[Found], int]:
    """A number of the block `dataset`."""
    return lambda found: int(found["dataset"][name])


def step(name: str) -> Callable[[Found], int]:
    """What a step of reading or cleaning counted."""
    return lambda found: sum(one["count"] for one in found["cleaning"] if one["step"] == name)


def event(name: str) -> Callable[[Found], int]:
    """Rows that have an event of that name in the file."""
    return lambda found: sum(one["rows"] for one in found["dataset"]["events"] if one["name"] == name)


def file(name: str) -> Callable[[Found], int]:
    """Rows of a file."""
    return lambda found: sum(one["rows"] for one in found["files"] if one["name"] == name)


def with_repeated(found: Found) -> int:
    """Interactions, and the rows that were dropped since they repeat another in every column."""
    repeated = step("interactions: rows that repeat another in every column")
    return of("interactions")(found) + repeated(found)


def all_of(users: int, items: int, interactions: int, catalogue: int | None = None) -> list[Stated]:
    """The four counts that most sources state."""
    found = [
        Stated("users", users, of("users")),
        Stated("items", items, of("items")),
        Stated("interactions", interactions, of("interactions")),
    ]
    return found if catalogue is None else [*found, Stated("item details", catalogue, of("catalogue_items"))]


def bandit(items: int) -> list[Stated]:
    """What is stated of one campaign under one policy."""
    return [
        Stated("rows", 10_000, of("impressions"), "each an impression of one item; no ids of people"),
        Stated("items", items, of("items")),
        Stated("item details", items, of("catalogue_items")),
    ]


REPEATED = "rows that repeat another in every column are dropped and counted here"
STATED: dict[str, list[Stated]] = {
    "amazon-gift-cards": [
        *all_of(458, 148, 2_972, 1_547),
        Stated("reviews", 2_972, of("reviews")),
        Stated("repeated pairs", 7, step("repeated pairs"), "each review is an event"),
    ],
    "douban-movies-zh": all_of(238, 889, 10_110, 1_000),
    "mind-small-sample": [
        Stated("users", 4_637, of("users")),
        Stated("impressions", 5_000, of("slates")),
        Stated("shown items", 189_359, of("impressions")),
        Stated("clicked", 7_542, of("clicked")),
        Stated(
            "distinct shown news", 7_457, of("shown_items"), "`items` also counts what stands in histories"
        ),
        Stated("news texts", 2_000, of("catalogue_items")),
        Stated("impressions without a history", 107, step("impressions without a history")),
    ],
    "ml-100k": all_of(943, 1_682, 100_000, 1_682),
    "ml-100k-mcrec": [
        *all_of(943, 1_682, 100_000),
        Stated("train rows", 80_000, file("train.parquet")),
        Stated("test rows", 20_000, file("test.parquet")),
    ],
    "ml-1m": all_of(6_040, 3_706, 1_000_209, 3_883),
    "ml-latest-small": [*all_of(610, 9_724, 100_836, 9_742), Stated("tags", 3_683, step("tags"))],
    "open-bandit/random/men": bandit(34),
    "open-bandit/random/women": bandit(46),
    "open-bandit/bts/men": bandit(34),
    "open-bandit/bts/women": bandit(46),
    "open-bandit": [
        Stated("rows", 40_000, of("impressions"), "both policies and campaigns at once"),
        Stated("items", 34 + 46, of("items"), "ids begin with the campaign's name"),
    ],
    "rees46-sample": [
        Stated("users", 1_755, of("users")),
        Stated("items", 2_312, of("items")),
        Stated("sessions", 1_906, of("sessions")),
        Stated("events", 5_019, with_repeated, REPEATED),
        Stated("views", 4_915, event("view"), "before cleaning"),
        Stated("carts", 50, event("cart"), "before cleaning"),
        Stated("purchases", 54, event("purchase"), "before cleaning"),
        Stated("repeated rows", 3, step("interactions: rows that repeat another in every column")),
    ],
    "yoochoose-100k": [
        Stated("sessions", 17_794 + 3_416, of("users")),
        Stated("items", 2_933, of("items")),
        Stated("clicks", 70_278 + 13_568, with_repeated, REPEATED),
    ],
}
# Details that come in through `--items`: what they are joined to, and how many there are.
JOINED: dict[str, tuple[str, int]] = {
    "fashion-images/items.csv": ("ml-100k", 316 + 1_682),
    "movie-text/items_ml-100k.parquet": ("ml-100k", 1_682),
    "movie-text/items_ml-1m.parquet": ("ml-1m", 3_883),
}


def described(path: Path, *options: str) -> Found:
    """What the command line says of a data set; raises BadInput with its message where it can't be read."""
    with tempfile.TemporaryDirectory() as out:
        result = Path(out) / "found.json"
        command = [sys.executable, "-m", "core", "describe", str(path), *options, "--out", str(result)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise BadInput(
                f"{path.name}: {ended.stderr.strip()}", "a data set that loads.", "mend its reader."
            )
        return json.loads(result.read_text("utf-8"))


def main() -> int:
    """Write the table; 1 where a count differs from what is stated."""
    lines, differ = [], 0
    for name, numbers in STATED.items():
        first, _, rest = name.partition("/")
        found = described(folder(first) / rest)
        for one in numbers:
            counted = one.counted(found)
            differ += counted != one.number
            mark = "" if counted == one.number else " (differs)"
            cells = (
                f"`{name}`",
                found["dataset"]["reader"],
                one.what,
                f"{one.number:,}",
                f"{counted:,}{mark}",
                one.note,
            )
            lines.append(f"| {' | '.join(cells)} |")
    for name, (data, number) in JOINED.items():
        first, _, rest = name.partition("/")
        counted = of("catalogue_items")(described(folder(data), "--items", str(folder(first) / rest)))
        differ += counted != number
        cells = (
            f"`{name}`",
            f"--items, joined to `{data}`",
            "item details",
            f"{number:,}",
            f"{counted:,}",
            "",
        )
        lines.append(f"| {' | '.join(cells)} |")
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    print(f"written: docs/reference/{TABLE.name}, {len(lines)} counts, {differ} differ")
    return 1 if differ else 0


HEAD = """# Formats

Made by `python -m benchmarks.formats`, which runs `python -m core describe` on each folder of real data
(where TOUCHSTONE_SHARED_DATA says, or beside the repository), and tested by `tests/core/data/test_real.py`.
*Stated* is what the source of the data says, *counted* what loading gives. Which reader takes what is in
[data.md](data.md).

| folder | reader | what | stated | counted | note |
|---|---|---|---:|---:|---|
"""

if __name__ == "__main__":
    sys.exit(main())
