"""The command line: a contract, documented in docs/reference/cli.md."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from core.data.dataset import Dataset
from core.data.load import Source, samples, source_fingerprint
from core.evaluation.experiment import Experiment, experiment_of, read_experiment, with_content
from core.evaluation.logged import logged_rates
from core.evaluation.now import recommend_now
from core.evaluation.protocol import Comparison, compare, dataset_of, verdict
from core.evaluation.record import comparison_json, dataset_json, person_rows, summary_rows
from core.work.desk import Desk, default_desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.report import Report, silent
from core.work.settings import settings
from core.work.sheets import csv_text
from core.work.specs import split_list

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Which recommender serves which people better, and how sure are we?",
)

Data = Annotated[str, typer.Option(help="Path of the data set, or the name of a sample")]
Items = Annotated[str, typer.Option(help="File of item details, joined by id")]
Out = Annotated[Path | None, typer.Option(help="Where to write the result: .json, .csv or .parquet")]
Positive = Annotated[str | None, typer.Option(help='What is fit and counts as a hit, as "rating>=4"')]
SplitSpec = Annotated[str | None, typer.Option(help='How interactions are held out, as "leave_last(n=1)"')]
Seed = Annotated[int | None, typer.Option(help="Decides ties, random splits and resamples")]


@app.command("describe")
def describe_command(
    path: Annotated[str, typer.Argument(help="Path of the data set, or the name of a sample")],
    items: Items = "",
    out: Out = None,
) -> None:
    """What is in a data set, and what cleaning did."""
    dataset = _dataset(_desk(), Source(data=path, items=items))
    found = dataset_json(dataset)
    _write(out, {".json": lambda file: _json(file, found)}, lambda: _show_dataset(found))


@app.command("compare")
def compare_command(
    data: Data = "",
    train: Annotated[str, typer.Option(help="File of training interactions")] = "",
    test: Annotated[str, typer.Option(help="File of held-out interactions")] = "",
    experiment: Annotated[
        Path | None, typer.Option(help="Experiment as JSON, or a result that holds one")
    ] = None,
    items: Items = "",
    recommenders: Annotated[
        str | None, typer.Option(help='Specs, as "ease(l2=458),item_knn,popularity"')
    ] = None,
    split: SplitSpec = None,
    positive: Positive = None,
    exclude_seen: Annotated[str | None, typer.Option(help="positive, any or none")] = None,
    min_user: Annotated[int | None, typer.Option(help="People with fewer positives are left out")] = None,
    min_item: Annotated[int | None, typer.Option(help="Items with fewer positives are left out")] = None,
    metrics: Annotated[str | None, typer.Option(help="Names, separated by commas")] = None,
    k: Annotated[str | None, typer.Option(help="Cut-offs, separated by commas")] = None,
    candidates: Annotated[str, typer.Option(help="File of user, item: exactly these are ranked")] = "",
    recommendations: Annotated[
        list[str] | None, typer.Option(help="NAME=FILE of ready-made lists; repeatable")
    ] = None,
    seed: Seed = None,
    out: Out = None,
) -> None:
    """Compare recommenders: metrics with their intervals, side by side."""
    lists = dict(_named_file(entry) for entry in recommendations or [])
    given: dict[str, Any] = {
        "data": data,
        "train": train,
        "test": test,
        "items": items,
        "candidates": candidates,
        "recommendations": lists,
        "recommenders": None if recommenders is None else split_list(recommenders),
        "split": split,
        "positive": positive,
        "exclude_seen": exclude_seen,
        "min_user": min_user,
        "min_item": min_item,
        "metrics": None if metrics is None else split_list(metrics),
        "k": None if k is None else [_whole(entry) for entry in split_list(k)],
        "seed": seed,
    }
    if lists and recommenders is None and experiment is None:
        given["recommenders"] = ()
    chosen = {key: value for key, value in given.items() if value not in (None, "", {})}
    before = read_experiment(experiment).to_json() if experiment else {}
    if data or train:
        before |= {"data": "", "train": "", "test": ""}
    found = _compare(_desk(), with_content(experiment_of({**before, **chosen})))
    _write(
        out,
        {
            ".json": lambda file: _json(file, comparison_json(found)),
            ".csv": lambda file: _csv(file, summary_rows(found)),
            ".parquet": lambda file: person_rows(found).to_parquet(file, index=False),
        },
        lambda: _show_comparison(found),
    )
    for failure in found.failures:
        typer.echo(f"{failure.spec} took no part: {failure.message}", err=True)


@app.command("recommend")
def recommend_command(
    data: Data,
    recommender: Annotated[str, typer.Option(help='Spec, as "ease(l2=458)"')],
    user: Annotated[str | None, typer.Option(help="Id of a person")] = None,
    everyone: Annotated[bool, typer.Option("--all", help="Lists for everyone")] = False,
    items: Items = "",
    positive: Positive = None,
    split: Annotated[str | None, typer.Option(help="Learn from the training part of this split only")] = None,
    k: Annotated[int, typer.Option(min=1, max=1000, help="Length of the lists")] = 10,
    seed: Seed = None,
    out: Out = None,
) -> None:
    """What a recommender would show, to one person or to everyone."""
    if everyone == (user is not None):
        raise BadInput(
            "Who it is for is not said." if user is None else "Both --user and --all are given.",
            "--user ID or --all.",
            "give one of them.",
        )
    desk = _desk()
    dataset = _dataset(desk, Source(data=data, items=items))
    experiment = experiment_of(
        {"data": data, "recommenders": [recommender], "positive": positive, "seed": seed or 0, "split": split}
    )
    with _progress() as report:
        found = recommend_now(desk, dataset, experiment, user, k, report)
    shown = (
        found[["item", "rank", "score", "reason"]]
        if user is not None
        else found[["user", "item", "rank", "score"]]
    )
    _write(
        out,
        {
            ".json": lambda file: _json(file, {"items": json.loads(shown.to_json(orient="records"))}),
            ".csv": lambda file: _csv(file, shown),
            ".parquet": lambda file: shown.to_parquet(file, index=False),
        },
        lambda: typer.echo(shown.head(1000).to_string(index=False)),
    )


@app.command("store")
def store_command(
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete the least recently used beyond the limit")
    ] = False,
    keep_gb: Annotated[
        float | None, typer.Option(min=0, help="The limit to prune to, GB; 0 empties the store")
    ] = None,
) -> None:
    """What the artifact store holds."""
    store = _desk().store
    if prune:
        limit = settings().store_gb if keep_gb is None else keep_gb
        gone = store.prune(int(limit * 1e9))
        typer.echo(f"{len(gone)} artifacts deleted, {sum(entry.bytes for entry in gone) / 1e6:,.1f} MB freed")
    entries = store.entries()
    typer.echo(
        f"{store.folder}: {len(entries)} artifacts, {sum(entry.bytes for entry in entries) / 1e6:,.1f} MB"
        f" of {settings().store_gb:g} GB"
    )
    for entry in entries:
        typer.echo(
            f"{entry.key[:12]}  {entry.bytes / 1e6:10,.1f} MB  {entry.used:%Y-%m-%d %H:%M}  {entry.name}"
        )


@app.command("warm")
def warm_command() -> None:
    """Compute what the samples show first, so that the app opens on it."""
    desk = _desk()
    for name in samples():
        experiment = with_content(experiment_of({"data": name}))
        found = _compare(desk, experiment)
        with _progress() as report:
            desk.run(
                logged_rates, _dataset(desk, experiment.source), settings=found.experiment.seed, report=report
            )
        typer.echo(f"{found.facts.name}: ready")


def main() -> None:
    """Run a command: 0 done, 2 bad arguments or bad input, 1 our own fault."""
    try:
        logging.basicConfig(level=settings().log_level, stream=sys.stderr, format="%(levelname)s %(message)s")
        app()
    except BadInput as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        typer.echo(f"{error.filename or 'The disk'}: {error.strerror or error}", err=True)
        sys.exit(1)


def _desk() -> Desk:
    return default_desk(Inline())


def _dataset(desk: Desk, source: Source) -> Dataset:
    with _progress() as report:
        return desk.run(dataset_of, source, source_fingerprint(source), settings=None, report=report)


def _compare(desk: Desk, experiment: Experiment) -> Comparison:
    dataset = _dataset(desk, experiment.source)
    with _progress() as report:
        return desk.run(compare, dataset, settings=experiment, report=report)


@contextmanager
def _progress() -> Iterator[Report]:
    """Progress by rich on a terminal, silent in a pipe."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Starting", total=1.0)
        yield lambda fraction, message: progress.update(task, completed=fraction, description=message[:60])


def _write(
    out: Path | None, writers: dict[str, Callable[[Path], object]], show: Callable[[], object]
) -> None:
    """Write by the file's ending, or show on standard output."""
    if out is None:
        show()
        return
    if out.suffix.lower() not in writers:
        raise BadInput(
            f"{out.name} can't be written.",
            f"a name that ends in {', '.join(writers)}.",
            "change the ending.",
        )
    if not out.parent.is_dir():
        raise BadInput(f"The folder {out.parent} doesn't exist.", "a folder.", "make it first.")
    writers[out.suffix.lower()](out)


def _json(file: Path, found: object) -> None:
    file.write_text(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n", "utf-8")


def _csv(file: Path, found: pd.DataFrame) -> None:
    """CSV that a spreadsheet opens safely: a cell that would start a formula gets an apostrophe."""
    file.write_text(csv_text(found), "utf-8")


def _named_file(entry: str) -> tuple[str, str]:
    name, equals, file = entry.partition("=")
    if not equals or not name.strip() or not file.strip():
        raise BadInput(f"--recommendations {entry!r} can't be read.", "NAME=FILE.", "give the lists a name.")
    if not Path(file.strip()).is_file():
        raise BadInput(
            f"{file.strip()} doesn't exist.", "a file of user, item, rank or score.", "check the path."
        )
    return name.strip(), file.strip()


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise BadInput(f"--k has {text!r}.", "whole numbers, as 10,20.", "mend it.") from error


def _show_dataset(found: dict[str, Any]) -> None:
    data = found["dataset"]
    typer.echo(
        f"{data['name']} ({data['reader']}): {data['users']:,} users, {data['items']:,} items,"
        f" {data['interactions']:,} interactions; metadata of {data['catalogue_items']:,} items"
    )
    for did in found["cleaning"]:
        typer.echo(f"  {did['step']}: {did['count']:,} ({did['detail']})")


def _show_comparison(found: Comparison) -> None:
    """A table for each cut-off, recommenders as rows, and what to know before believing it."""
    typer.echo(_sentence(found))
    rows = summary_rows(found)
    rows = rows[rows["variant"] == "standard"]
    for k, part in rows.groupby("k"):
        cells = pd.DataFrame(
            {
                entry.name: {
                    row.metric: f"{row.mean:.4f} ({row.low:.4f}–{row.high:.4f})"
                    for row in part[part["recommender"] == entry.name].itertuples()
                }
                for entry in found.entries
            }
        ).T
        typer.echo(f"\nat {k}\n{cells.to_string()}")
    typer.echo(
        f"\nn = {len(found.user_ids):,} people; split {found.experiment.split}; 95 % bootstrap intervals"
    )
    for check in found.integrity:
        typer.echo(f"{check.verdict:>8}  {check.check}: {check.detail}")


def _sentence(found: Comparison) -> str:
    """Who leads by the last metric at the first cut-off, and who can't be told apart from it."""
    name, k = found.experiment.metrics[-1], found.experiment.k[0]
    column = found.column(name, k)
    said = verdict(found, column)
    best = found.estimates[said.leader][column]
    leader = found.entries[said.leader].label
    tied = ", ".join(found.entries[row].label for row in said.tied)
    return (
        f"{leader} leads: {name}@{k} {best.mean:.3f} ({best.low:.3f}–{best.high:.3f})."
        f" Tied with it: {tied or 'none'}. {said.tied_pairs} of {said.pairs} pairs are tied."
    )
