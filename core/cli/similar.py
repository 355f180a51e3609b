"""The command on what items say: which are like which."""

from typing import Annotated, Any

import numpy as np
import pandas as pd
import typer

from core.cli.app import app
from core.cli.options import Out, Seed, reading
from core.cli.output import check_out, command_desk, progress, read_dataset, to_csv, to_json, write
from core.content.embed import TrainingPart, default_encoder, embed, encoding, neighbours, read_content
from core.content.encoders.base import encoder_of
from core.content.neighbours import Neighbours
from core.data.ids import as_ids
from core.data.load import Source
from core.work.errors import BadInput
from core.work.report import within


@app.command("similar")
@reading
def similar_command(
    source: Source,
    encoder: Annotated[
        str, typer.Option(help='Spec, as "bert" or "word2vec(size=64)"; else one that fits the language')
    ] = "",
    item: Annotated[str | None, typer.Option(help="Id of an item; else all items")] = None,
    k: Annotated[int, typer.Option(min=1, max=1_000, help="How many neighbours")] = 10,
    seed: Seed = None,
    out: Out = None,
) -> None:
    """Items that are alike by what they say or show."""
    check_out(out, (".json", ".csv", ".parquet"))
    chosen = encoder_of(encoder) if encoder else None
    desk = command_desk()
    dataset = read_dataset(desk, source)
    with progress() as report:
        content = desk.run(read_content, dataset, settings=TrainingPart("", "", seed or 0))
        asked = chosen or encoder_of(default_encoder(content))
        embedding = desk.run(embed, content, settings=encoding(asked), report=within(report, 0.0, 0.8))
        found = desk.run(neighbours, embedding, settings=k, report=within(report, 0.8, 1.0))
    rows = _rows(found, item)
    write(
        out,
        {
            ".json": lambda file: to_json(file, _as_json(found, rows)),
            ".csv": lambda file: to_csv(file, rows),
            ".parquet": lambda file: rows.to_parquet(file, index=False),
        },
        lambda: typer.echo(rows.head(1000).to_string(index=False)),
    )


def _rows(found: Neighbours, item: str | None) -> pd.DataFrame:
    """item, neighbour, rank, score; of one item, or of all that have neighbours."""
    of = np.arange(len(found.item_ids))
    if item is not None:
        wanted = next(iter(as_ids(pd.Series([item]))), None)
        of = np.flatnonzero(found.item_ids == wanted)
        if not len(of):
            raise BadInput(
                f"There is no item {item[:60]!r}.", "the id of an item of this data set.", "check the id."
            )
    places = found.items[of]
    row, rank = np.nonzero(places >= 0)
    return pd.DataFrame(
        {
            "item": found.item_ids[of[row]],
            "neighbour": found.item_ids[places[row, rank]],
            "rank": (rank + 1).astype(np.int32),
            "score": found.scores[of[row], rank].astype(np.float64),
        }
    )


def _as_json(found: Neighbours, rows: pd.DataFrame) -> dict[str, Any]:
    return {
        "schema": 1,
        "encoder": found.encoder,
        "recall": found.recall,
        "neighbours": rows.to_dict(orient="records"),
    }
