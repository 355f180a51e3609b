"""Commands on recommenders: comparing them, and what one would show."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from core.cli.app import app
from core.cli.options import (
    Columns,
    Data,
    Events,
    Items,
    ItemsQuery,
    Out,
    People,
    Pictures,
    Positive,
    Query,
    Reader,
    Seed,
    SkipCleaning,
    SplitSpec,
)
from core.cli.output import check_out, command_desk, compared, progress, read_dataset, to_csv, to_json, write
from core.evaluation import steadiness
from core.evaluation.comparison import Comparison
from core.evaluation.evidence.report import report, sentence
from core.evaluation.experiment import experiment_of, read_experiment
from core.evaluation.now import recommend_now
from core.evaluation.offpolicy.asked import Clicks, asked_of
from core.evaluation.offpolicy.clicks import clicks
from core.evaluation.offpolicy.record import with_clicks
from core.evaluation.record import comparison_json, person_rows, summary_rows
from core.evaluation.tunings import tuned_of
from core.work.desk import Desk
from core.work.errors import BadInput
from core.work.specs import split_list


@app.command("compare")
def compare_command(
    data: Data = "",
    train: Annotated[str, typer.Option(help="File of training interactions")] = "",
    test: Annotated[str, typer.Option(help="File of held-out interactions")] = "",
    experiment: Annotated[
        Path | None, typer.Option(help="Experiment as JSON, or a result or report that holds one")
    ] = None,
    items: Items = "",
    reader: Reader = "",
    columns: Columns = "",
    events: Events = "",
    skip_cleaning: SkipCleaning = "",
    pictures: Pictures = "",
    query: Query = "",
    items_query: ItemsQuery = "",
    people: People = 0,
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
    negatives: Annotated[
        int | None, typer.Option(help="Rank held-out items among so many drawn others only")
    ] = None,
    recommendations: Annotated[
        list[str] | None, typer.Option(help="NAME=FILE of ready-made lists; repeatable")
    ] = None,
    repeats: Annotated[
        bool,
        typer.Option("--repeats", help="Also under other splits and seeds: takes six times as long"),
    ] = False,
    seed: Seed = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to write the result: .json, .csv, .parquet or .html")
    ] = None,
) -> None:
    """Compare recommenders: metrics with their intervals, side by side."""
    check_out(out, (".json", ".csv", ".parquet", ".html"))
    lists = _named_files(recommendations or [])
    how = {
        "reader": reader,
        "columns": columns,
        "events": events,
        "skip_cleaning": skip_cleaning,
        "pictures": pictures,
        "query": query,
        "items_query": items_query,
        "people": people,
    }
    given: dict[str, Any] = {
        **{key: value or None for key, value in how.items()},
        "data": data or None,
        "train": train or None,
        "test": test or None,
        "items": items or None,
        "candidates": candidates or None,
        "negatives": negatives,
        "recommendations": lists or None,
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
    chosen = {key: value for key, value in given.items() if value is not None}
    before = read_experiment(experiment).to_json() if experiment else {}
    if data or train:
        before |= {"data": "", "train": "", "test": ""}
    asked = experiment_of({**before, **chosen})
    if repeats and (asked.train or asked.candidates or asked.split == "given"):
        raise BadInput(
            "--repeats needs a log that can be split in other ways.",
            "--data without --candidates.",
            "leave one of them out.",
        )
    desk = command_desk()
    found = compared(desk, asked)
    if repeats:
        found = _repeated(desk, found)
    write(
        out,
        {
            ".json": lambda file: to_json(file, with_clicks(comparison_json(found), _clicks(desk, found))),
            ".csv": lambda file: to_csv(file, summary_rows(found)),
            ".parquet": lambda file: person_rows(found).to_parquet(file, index=False),
            ".html": lambda file: file.write_text(report(found, clicks=_clicks(desk, found)), "utf-8"),
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
    reader: Reader = "",
    columns: Columns = "",
    events: Events = "",
    skip_cleaning: SkipCleaning = "",
    pictures: Pictures = "",
    query: Query = "",
    items_query: ItemsQuery = "",
    people: People = 0,
    positive: Positive = None,
    split: Annotated[str | None, typer.Option(help="Learn from the training part of this split only")] = None,
    k: Annotated[int, typer.Option(min=1, max=1000, help="Length of the lists")] = 10,
    seed: Seed = None,
    out: Out = None,
) -> None:
    """What a recommender would show, to one person or to everyone."""
    check_out(out, (".json", ".csv", ".parquet"))
    if everyone == (user is not None):
        raise BadInput(
            "Who it is for is not said." if user is None else "Both --user and --all are given.",
            "--user ID or --all.",
            "give one of them.",
        )
    desk = command_desk()
    how = {
        "data": data,
        "items": items,
        "reader": reader,
        "columns": columns,
        "events": events,
        "skip_cleaning": skip_cleaning,
        "pictures": pictures,
        "query": query,
        "items_query": items_query,
        "people": people,
    }
    experiment = experiment_of(
        {**how, "recommenders": [recommender], "positive": positive, "seed": seed or 0, "split": split}
    )
    dataset = read_dataset(desk, experiment.source)
    with progress() as report:
        found = recommend_now(desk, dataset, experiment, user, k, report)
    shown = (
        found[["item", "rank", "score", "reason"]]
        if user is not None
        else found[["user", "item", "rank", "score"]]
    )
    write(
        out,
        {
            ".json": lambda file: to_json(file, {"items": json.loads(shown.to_json(orient="records"))}),
            ".csv": lambda file: to_csv(file, shown),
            ".parquet": lambda file: shown.to_parquet(file, index=False),
        },
        lambda: typer.echo(shown.head(1000).to_string(index=False)),
    )


def _named_files(entries: list[str]) -> dict[str, str]:
    named = [_named_file(entry) for entry in entries]
    twice = [name for name, _ in named if sum(name == other for other, _ in named) > 1]
    if twice:
        raise BadInput(
            f"--recommendations has the name {twice[0][:60]!r} twice.", "a name for each file.", "rename one."
        )
    return dict(named)


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


def _show_comparison(found: Comparison) -> None:
    """A table for each cut-off, recommenders as rows, and what to know before believing it."""
    name, first = found.experiment.metrics[-1], found.experiment.k[0]
    typer.echo(sentence(found, found.column(name, first)))
    rows = summary_rows(found)
    rows = rows[rows["variant"] == "standard"]
    for k in sorted(set(rows["k"])):
        part = rows[rows["k"] == k]
        most = part["n"].max()
        cells = pd.DataFrame(
            {
                entry.name: {
                    row.metric: f"{row.mean:.4f} ({row.low:.4f}–{row.high:.4f})"
                    + (f" n={row.n:,}" if row.n < most else "")
                    for row in part[part["recommender"] == entry.name].itertuples()
                }
                for entry in found.entries
            }
        ).T
        typer.echo(f"\n{f'at {k}' if k else 'of the whole ranking'}\n{cells.to_string()}")
    typer.echo(
        f"\nn = {len(found.user_ids):,} people; split {found.experiment.split}; 95 % bootstrap intervals"
    )
    typer.echo(_who_was_tuned(found))
    for check in found.integrity:
        typer.echo(f"{check.verdict:>8}  {check.check}: {check.detail}")


def _repeated(desk: Desk, found: Comparison) -> Comparison:
    """With what other splits and seeds say in its integrity, by the last metric at the first cut-off."""
    name, k = found.experiment.metrics[-1], found.experiment.k[0]
    asked = steadiness.Steady(found.experiment, name, k)
    dataset = read_dataset(desk, found.experiment.source)
    with progress() as report:
        got = desk.run(steadiness.steadiness, dataset, settings=asked, report=report)
    line = steadiness.check(got)
    integrity = tuple(line if one.check == line.check else one for one in found.integrity)
    return replace(found, integrity=integrity)


def _clicks(desk: Desk, found: Comparison) -> Clicks:
    """Clicks and sales of the same lists; why there are none, where the data has no log of what was shown."""
    dataset = read_dataset(desk, found.experiment.source)
    with progress() as bar:
        question = asked_of(found.experiment, found.experiment.k[0])
        return desk.run(clicks, dataset, settings=question, report=bar)


def _who_was_tuned(found: Comparison) -> str:
    """Whose settings were found by `tune` on the same data and parts, and with how many trials."""
    tuned = tuned_of(found)
    said = [
        f"{entry.name} {tuned[entry.spec].trials} trials by {tuned[entry.spec].metric}@{tuned[entry.spec].k}"
        for entry in found.entries
        if entry.spec in tuned
    ]
    return f"tuned on the validation part: {', '.join(said) or 'none'}"
