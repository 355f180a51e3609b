"""Commands on data: what is in it."""

from typing import Annotated, Any

import typer

from core.cli.app import app
from core.cli.options import Items, Out
from core.cli.output import check_out, command_desk, read_dataset, to_json, write
from core.data.load import Source
from core.evaluation.record import dataset_json


@app.command("describe")
def describe_command(
    path: Annotated[str, typer.Argument(help="Path of the data set, or the name of a sample")],
    items: Items = "",
    out: Out = None,
) -> None:
    """What is in a data set, and what cleaning did."""
    check_out(out, (".json",))
    dataset = read_dataset(command_desk(), Source(data=path, items=items))
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
