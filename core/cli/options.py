"""Options that several commands take."""

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from core.data.load import Source

Data = Annotated[str, typer.Option(help="Path of the data set, or the name of a sample or fetched data set")]
Items = Annotated[str, typer.Option(help="File of item details, joined by id")]
Reader = Annotated[str, typer.Option(help="Reader to use; else the surest one reads")]
Columns = Annotated[str, typer.Option(help='Which column holds what, as "user=uid,item=sku"')]
Events = Annotated[str, typer.Option(help='What events mean, as "transaction=purchase,pv=view"')]
SkipCleaning = Annotated[str, typer.Option(help='Steps of cleaning to leave out, as "duplicates,times"')]
Pictures = Annotated[str, typer.Option(help="Folder of pictures named by item id")]
Query = Annotated[str, typer.Option(help="SELECT for interactions, where the data is a database")]
ItemsQuery = Annotated[str, typer.Option(help="SELECT for item details, where the data is a database")]
People = Annotated[int, typer.Option(min=0, help="So many people, chosen by a hash of their id; 0 = all")]
Out = Annotated[Path | None, typer.Option(help="Where to write the result: .json, .csv or .parquet")]
Positive = Annotated[str | None, typer.Option(help='What is fit and counts as a hit, as "rating>=4"')]
SplitSpec = Annotated[str | None, typer.Option(help='How interactions are held out, as "leave_last(n=1)"')]
Seed = Annotated[int | None, typer.Option(help="Decides ties, random splits and resamples")]


def reading(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command, in place of its `source`, the options that say what is read and how."""
    options = inspect.signature(_source).parameters
    own = inspect.signature(command).parameters
    taken = [*options.values(), *(one for name, one in own.items() if name != "source")]

    @wraps(command)
    def run(**given: Any) -> None:
        command(source=_source(**{name: given.pop(name) for name in options}), **given)

    named = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in taken]
    run.__signature__ = inspect.Signature(named)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in taken}
    return run


def named(source: Source) -> dict[str, Any]:
    """What an experiment calls the parts of a source."""
    given = {key: value for key, value in vars(source).items() if value}
    if "off" in given:
        given["skip_cleaning"] = given.pop("off")
    return given


def _source(
    data: Data,
    items: Items = "",
    reader: Reader = "",
    columns: Columns = "",
    events: Events = "",
    skip_cleaning: SkipCleaning = "",
    pictures: Pictures = "",
    query: Query = "",
    items_query: ItemsQuery = "",
    people: People = 0,
) -> Source:
    return Source(
        data=data,
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
