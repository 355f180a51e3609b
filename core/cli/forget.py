"""The command that erases a person or a data set."""

from typing import Annotated

import typer

from core.cli.app import app
from core.cli.options import Columns, Query
from core.cli.output import command_desk, progress
from core.data.load import Source
from core.evaluation.erasing import Erased, forget_data, forget_everywhere, forget_person
from core.work.errors import BadInput


@app.command("forget")
def forget_command(
    user: Annotated[str | None, typer.Option(help="Id of a person, as the file or a page has it")] = None,
    data: Annotated[
        str | None,
        typer.Option(help="Path, name or address of the data set; alone, all of it is forgotten"),
    ] = None,
    query: Query = "",
    columns: Columns = "",
) -> None:
    """Forget a person or a data set: everything that was made from it is deleted."""
    if not user and not data:
        raise BadInput("Nothing to forget is named.", "--user ID, --data PATH, or both.", "give one of them.")
    desk = command_desk()
    with progress() as report:
        if not user:
            found = forget_data(desk, data or "")
        elif data:
            found = forget_person(desk, user, Source(data=data, query=query, columns=columns), report)
        else:
            found = forget_everywhere(desk, user, report)
    _show(found, user or "")


def _show(found: Erased, user: str) -> None:
    typer.echo(
        f"Deleted: {found.artifacts:,} artifacts ({found.bytes / 1e6:,.1f} MB), {found.runs:,} runs"
        + (f", {found.opened:,} remembered paths" if found.opened else "")
        + (f", files: {', '.join(found.files)}" if found.files else "")
        + "."
    )
    if user:
        typer.echo(f"Left out from now on in: {', '.join(found.sources)}. The source itself stays as it is.")
    for name in found.unread:
        typer.echo(f"{name} can't be read: nobody could look whether the person is in it.", err=True)
