"""The command on newcomers: how strategies for people and items without a history fare."""

from typing import Annotated, Any

import pandas as pd
import typer

from core.cli.app import app
from core.cli.options import Out, Positive, Seed, reading
from core.cli.output import check_out, command_desk, progress, read_dataset, to_csv, to_json, write
from core.content.embed import encoding
from core.content.encoders.base import readers_of
from core.content.texts import content_of
from core.content.wishes import reads_by_default
from core.data.load import Source
from core.evaluation.new_items import Asked, NewItems, new_items
from core.evaluation.newcomers import LIKES, READ_NO_LIKES, Newcomers, NewPeople, newcomers
from core.evaluation.uncertainty import Estimate
from core.recommenders.base import recommender_of
from core.recommenders.fitting import fitting
from core.work.errors import BadInput
from core.work.report import within
from core.work.specs import split_list

MOST_LIKES = 100


@app.command("newcomers")
@reading
def newcomers_command(
    source: Source,
    recommenders: Annotated[
        str, typer.Option(help="Specs of those that are told a few likes, separated by commas")
    ] = "item_knn,ease",
    likes: Annotated[str, typer.Option(help="How many likes are told, separated by commas")] = "0,1,3,5",
    k: Annotated[int, typer.Option(min=1, max=1_000, help="Cut-off")] = 10,
    positive: Positive = None,
    seed: Seed = None,
    out: Out = None,
) -> None:
    """How strategies fare for people and items without a history."""
    check_out(out, (".json", ".csv", ".parquet"))
    chosen = [recommender_of(spec) for spec in split_list(recommenders)]
    told = likes_of(likes)
    desk = command_desk()
    dataset = read_dataset(desk, source)
    counts = dataset.origin.positive if positive is None else positive
    fits = tuple(fitting(one) for one in chosen if one.name not in READ_NO_LIKES)
    with progress() as report:
        asked = NewPeople(fits, counts, told, k=(k,), seed=seed or 0, reader=reads_by_default())
        people = desk.run(newcomers, dataset, settings=asked, report=within(report, 0.0, 0.6))
        items, refused = None, ""
        encoders = tuple(encoding(one) for one in readers_of(content_of(dataset)))
        try:
            ranked = Asked(encoders, counts, (k,), seed=seed or 0)
            items = desk.run(new_items, dataset, settings=ranked, report=within(report, 0.6, 1.0))
        except BadInput as error:
            refused = str(error)
    if people.unread:
        typer.echo(f"{people.unread:,} sentences were not read by the language model, but by rules", err=True)
    rows = pd.concat([_people_rows(people), _items_rows(items)], ignore_index=True)
    write(
        out,
        {
            ".json": lambda file: to_json(file, _as_json(people, items, refused, rows)),
            ".csv": lambda file: to_csv(file, rows),
            ".parquet": lambda file: rows.to_parquet(file, index=False),
        },
        lambda: typer.echo(rows.to_string(index=False, float_format="{:.4f}".format)),
    )


def likes_of(text: str) -> tuple[int, ...]:
    """Numbers of likes, sorted, each once; raises BadInput for what is none."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or not all(part.isascii() and part.isdigit() and int(part) <= MOST_LIKES for part in parts):
        raise BadInput(
            f"--likes is {text[:40]!r}.",
            f"whole numbers from 0 to {MOST_LIKES}, separated by commas.",
            f"give some, as {','.join(map(str, LIKES))}.",
        )
    return tuple(sorted({int(part) for part in parts}))


def _row(of: str, way: str, label: str, likes: int, metric: tuple[str, int], one: Estimate) -> dict[str, Any]:
    return {
        "new": of,
        "strategy": way,
        "label": label,
        "likes": likes,
        "metric": metric[0],
        "k": metric[1],
        "mean": one.mean,
        "low": one.low,
        "high": one.high,
        "n": one.n,
    }


def _people_rows(found: Newcomers) -> pd.DataFrame:
    return pd.DataFrame(
        [
            _row("people", fared.spec or fared.way, fared.label, fared.likes, metric, one)
            for fared in found.fared
            for metric, one in zip(found.columns, fared.estimates, strict=True)
        ]
    )


def _items_rows(found: NewItems | None) -> pd.DataFrame:
    if found is None:
        return pd.DataFrame()
    return pd.DataFrame(
        [
            _row("items", placed.encoder or "random", placed.label, 0, metric, one)
            for placed in found.placed
            for metric, one in zip(found.columns, placed.estimates, strict=True)
        ]
    )


def _as_json(people: Newcomers, items: NewItems | None, refused: str, rows: pd.DataFrame) -> dict[str, Any]:
    said = rows.drop(columns="new")
    return {
        "schema": 1,
        "new_people": {
            "people": people.people,
            "too_few_likes": people.few,
            "learnt_from": people.learnt,
            "with_a_search": people.searched,
            "results": said[rows["new"] == "people"].to_dict(orient="records"),
            "not_measured": [{"strategy": one.spec or one.way, "why": one.why} for one in people.unmeasured],
        },
        "new_items": {
            "items": items.items if items else 0,
            "known_items": items.known if items else 0,
            "people": items.people if items else 0,
            "results": said[rows["new"] == "items"].to_dict(orient="records"),
            "not_measured": [{"strategy": one.label, "why": one.why} for one in items.unmeasured]
            if items
            else [{"strategy": "content", "why": refused}],
        },
    }
