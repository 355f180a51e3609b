"""The command that downloads known data sets."""

from typing import Annotated

import typer

from core.cli.app import app
from core.cli.output import command_desk, progress
from core.data.downloads import Accepted, fetch_set, is_fetched
from core.data.known import KNOWN


@app.command("fetch")
def fetch_command(
    name: Annotated[str, typer.Argument(help="Name of a data set; without one, all are listed")] = "",
    accept_licence: Annotated[
        bool, typer.Option("--accept-licence", help="You have read its licence and accept it")
    ] = False,
) -> None:
    """Download a well-known data set from its publisher, after its licence."""
    if not name:
        for one in KNOWN.values():
            state = "fetched" if is_fetched(one.name) else f"{one.bytes / 1e6:,.1f} MB"
            typer.echo(f"{one.name:<16} {one.title:<26} {state:>10}  {one.address}")
        return
    with progress() as report:
        folder = command_desk().run(fetch_set, name, settings=Accepted(licence=accept_licence), report=report)
    typer.echo(f"{name} is here: {folder}. Use it by its name, as in --data {name}.")
