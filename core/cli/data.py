"""Commands on data: what is in it."""

from typing import Annotated, Any

import typer

from core.cli.app import app
from core.cli.options import (
    Columns,
    Events,
    Items,
    ItemsQuery,
    Out,
    People,
    Pictures,
    Query,
    Reader,
    SkipCleaning,
)
from core.cli.output import check_out, command_desk, progress, read_dataset, to_json, write
from core.data.large.core import Minimum, core_in_memory
from core.data.large.describe import described
from core.data.load import Source, in_pieces, source_fingerprint
from core.evaluation.record import core_json, dataset_json, described_json
from core.work.desk import Desk


@app.command("describe")
def describe_command(
    path: Annotated[str, typer.Argument(help="Path of the data set, or the name of a sample")],
    items: Items = "",
    reader: Reader = "",
    columns: Columns = "",
    events: Events = "",
    skip_cleaning: SkipCleaning = "",
    pictures: Pictures = "",
    query: Query = "",
    items_query: ItemsQuery = "",
    people: People = 0,
    min_user: Annotated[int, typer.Option(min=1, help="Also count without people of fewer rows")] = 1,
    min_item: Annotated[int, typer.Option(min=1, help="Also count without items of fewer rows")] = 1,
    out: Out = None,
) -> None:
    """What is in a data set, what cleaning did, and what to know before believing it."""
    check_out(out, (".json",))
    source = Source(
        data=path,
        items=items,
        reader=reader,
        columns=columns,
        events=events,
        off=skip_cleaning,
        pictures=pictures,
        query=query,
        items_query=items_query,
        people=str(people or ""),
    )
    found = _described(command_desk(), source, Minimum(min_user, min_item))
    write(out, {".json": lambda file: to_json(file, found)}, lambda: _show_dataset(found))


def _described(desk: Desk, source: Source, minimum: Minimum) -> dict[str, Any]:
    """Counts of a data set; of one that is larger than memory without loading it."""
    cut = max(minimum.user, minimum.item) > 1
    if in_pieces(source) and not source.people:
        with progress() as report:
            large = desk.run(described, source, source_fingerprint(source), settings=minimum, report=report)
        return described_json(large) | ({"core": core_json(minimum, large.core)} if large.core else {})
    dataset = read_dataset(desk, source)
    core = {"core": core_json(minimum, core_in_memory(dataset, minimum))} if cut else {}
    return dataset_json(dataset) | core


def _show_dataset(found: dict[str, Any]) -> None:
    data = found["dataset"]
    typer.echo(
        f"{data['name']} ({data['reader']}): {data['users']:,} users, {data['items']:,} items,"
        f" {data['interactions']:,} interactions; metadata of {data['catalogue_items']:,} items"
    )
    for did in found["cleaning"]:
        typer.echo(f"  {did['step']}: {did['count']:,} ({did['detail']})")
    if core := found.get("core"):
        typer.echo(
            f"  at least {core['min_user']} rows a person and {core['min_item']} an item:"
            f" {core['users']:,} users, {core['items']:,} items, {core['interactions']:,} interactions"
        )
    for event in data["events"]:
        typer.echo(f"  event {event['name']} means {event['meaning'] or 'itself'}: {event['rows']:,} rows")
    for name in data["skipped_cleaning"]:
        typer.echo(f"  left out: the step {name} of cleaning")
    for check in found["checks"]:
        typer.echo(f"{check['verdict']:>8}  {check['check']}: {check['detail']}")
