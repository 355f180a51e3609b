"""The parts of pages that commands write: each between marks that name its command."""

import datetime
from collections.abc import Sequence
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "language-model.md"


def written(name: str, command: str, lines: Sequence[str], page: Path = PAGE) -> None:
    """Writes a part with today's date in place of the one that stands there, at the end where none does."""
    begin, end = f"<!-- {name}: what follows is written by `{command}` -->", f"<!-- {name}: end -->"
    text = page.read_text("utf-8")
    if begin not in text:
        text = f"{text.rstrip()}\n\n{begin}\n{end}\n"
    above, _begin, rest = text.partition(begin)
    below = rest.partition(end)[2]
    today = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"
    page.write_text("\n".join([above + begin, "", f"Measured on {today}.", *lines, "", end]) + below, "utf-8")
    print(f"written: docs/{page.name}, {name}")
