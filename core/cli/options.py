"""Options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

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
