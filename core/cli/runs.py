"""The command on runs: what was compared here, and whether it comes out the same again."""

from dataclasses import asdict
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.cli.app import app
from core.cli.options import Out
from core.cli.output import check_out, command_desk, progress, to_json, write
from core.work.errors import BadInput

if TYPE_CHECKING:
    from core.evaluation.reproducing import Reproduced
    from core.work.runs import Run

SCHEMA = 1
SHOWN = 20  # numbers that differ, on standard output


@app.command("runs")
def runs_command(
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="So many at most, the newest")] = 100,
    reproduce: Annotated[
        int | None,
        typer.Option(help="Number of a run whose experiment is run again and set beside its record"),
    ] = None,
    out: Out = None,
) -> None:
    """The comparisons that were run here; or one of them again, number by number."""
    check_out(out, (".json",))
    from core.work.runs import run_book

    if reproduce is None:
        with run_book() as book:
            found = book.list(limit)
        write(out, {".json": lambda file: _listed(file, found)}, lambda: _show(found))
        return
    again = _again(reproduce)
    write(out, {".json": lambda file: to_json(file, _reproduced(again))}, lambda: _say(again))


def _again(number: int) -> "Reproduced":
    from core.evaluation import reproducing
    from core.evaluation.recorded import recorded
    from core.work.runs import run_book

    with run_book() as book:
        run = book.get(number)
    if run is None:
        raise BadInput(
            f"There is no run {number}.",
            "the number of a run that is kept here.",
            "see them: python -m core runs",
        )
    with progress() as report:
        return command_desk().run(reproducing.reproduce, recorded(run), settings=None, report=report)


def _listed(file: Path, found: "list[Run]") -> None:
    from core.evaluation.recorded import run_json

    to_json(file, {"schema": SCHEMA, "runs": [run_json(run) for run in found]})


def _show(found: "list[Run]") -> None:
    from core.evaluation.recorded import leading

    if not found:
        typer.echo("No run is kept yet: python -m core compare --data PATH makes one.")
    for run in found:
        best = leading(run)
        said = (
            f"best {best.metric}{f'@{best.k}' if best.k else ''}: {best.recommender} {best.estimate.mean:.3f}"
            f" ({best.estimate.low:.3f}–{best.estimate.high:.3f})"
            if best
            else "no results that this version reads"
        )
        asked = run.experiment
        specs = ", ".join(map(str, [*asked.get("recommenders", ()), *asked.get("recommendations", ())]))
        mark = "*" if run.pinned else " "
        typer.echo(
            f"{run.id:>6} {mark} {run.created:%Y-%m-%d %H:%M}  {run.name}  {asked.get('split')}  {specs}"
            f"  {said}" + (f"  {run.title}" if run.title else "")
        )


def _say(found: "Reproduced") -> None:
    if found.same:
        typer.echo(f"Run {found.run}: all {found.numbers:,} numbers are the same to the last digit.")
    else:
        typer.echo(
            f"Run {found.run}: {len(found.off):,} of {found.numbers:,} numbers differ,"
            f" by at most {found.largest:.3g}."
        )
    for one in found.off[:SHOWN]:
        typer.echo(
            f"  {one.recommender} {one.metric} ({one.variant})@{one.k} {one.what}:"
            f" {one.before!r} → {one.now!r}"
        )
    for text in found.failed:
        typer.echo(f"took no part: {text}")
    for changed in found.changed:
        if changed.what == "libraries":
            typer.echo("the record does not say with which versions it ran")
        else:
            typer.echo(f"not as it was: {changed.what} {changed.before or '?'} → {changed.now or '?'}")


def _reproduced(found: "Reproduced") -> dict[str, Any]:
    off = [
        {
            name: None if isinstance(value, float) and isnan(value) else value
            for name, value in asdict(one).items()
        }
        for one in found.off
    ]
    return {"schema": SCHEMA, "same": found.same, "largest": found.largest, **asdict(found), "off": off}
