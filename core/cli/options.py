"""Options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[str, typer.Option(help="Path of the data set, or the name of a sample or fetched data set")]
Items = Annotated[str, typer.Option(help="File of item details, joined by id")]
Out = Annotated[Path | None, typer.Option(help="Where to write the result: .json, .csv or .parquet")]
Positive = Annotated[str | None, typer.Option(help='What is fit and counts as a hit, as "rating>=4"')]
SplitSpec = Annotated[str | None, typer.Option(help='How interactions are held out, as "leave_last(n=1)"')]
Seed = Annotated[int | None, typer.Option(help="Decides ties, random splits and resamples")]
