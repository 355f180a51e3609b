"""Commands on data: what is in it."""

from typing import Annotated, Any

import typer

from core.cli.app import app
from core.cli.options import Columns, Events, Items, ItemsQuery, Out, Pictures, Query, Reader, SkipCleaning
from core.cli.output import check_out, command_desk, read_dataset, to_json, write
from core.data.load import Source
from core.evaluation.record import dataset_json


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
    )
    dataset = read_dataset(command_desk(), source)
    found = dataset_json(dataset)
    write(out, {".json": lambda file: to_json(file, found)}, lambda: _show_dataset(found))


def _show_dataset(found: dict[str, Any]) -> None:
    data = found["dataset"]
    typer.echo(
        f"{data['name']} ({data['reader']}): {data['users']:,} users, {data['items']:,} items,"
        f" {data['interactions']:,} interactions; metadata of {data['catalogue_items']:,} items"
    )
    for did in found["cleaning"]:
        typer.echo(f"  {did['step']}: {did['count']:,} ({did['detail']})")
    for event in data["events"]:
        typer.echo(f"  event {event['name']} means {event['meaning'] or 'itself'}: {event['rows']:,} rows")
    for name in data["skipped_cleaning"]:
        typer.echo(f"  left out: the step {name} of cleaning")
    for check in found["checks"]:
        typer.echo(f"{check['verdict']:>8}  {check['check']}: {check['detail']}")
