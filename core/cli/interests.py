"""Commands on what people want: topics of what they take, and segments of people who want alike."""

from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
import typer

from core.cli.app import app
from core.cli.options import Out, Seed, reading
from core.cli.output import check_out, command_desk, progress, read_dataset, to_csv, to_json, write
from core.content.embed import TrainingPart
from core.content.encoders.base import ENCODERS, encoder_of
from core.data.dataset import Dataset
from core.data.load import Source
from core.interests.clusters import METHODS, SMALLEST, ClusterSettings, Method
from core.interests.documents import Asked, Documents, Kind, read_documents
from core.interests.points import INTERACTIONS, TOPICS, PointsOf
from core.interests.profiles import Profiles, profiles
from core.interests.projection import MapSettings
from core.interests.segments import Level, Segmentation, SegmentsOf, segmentation
from core.interests.topics import DEFAULT_K, MOST_K, Topics, TopicSettings, name_of, topics
from core.work.plugins import unknown
from core.work.report import within
from core.work.specs import parse

ENDINGS = (".json", ".csv", ".parquet")
KINDS: tuple[Kind, ...] = ("text", "items")
WORDS = 10  # of a topic


@app.command("topics")
@reading
def topics_command(
    source: Source,
    k: Annotated[
        int | None,
        typer.Option(min=2, max=MOST_K, help=f"How many topics; else {DEFAULT_K}, or what the data allow"),
    ] = None,
    documents: Annotated[
        str,
        typer.Option(help="What topics are learnt from: text of items, or items of people; else what fits"),
    ] = "",
    seed: Seed = None,
    out: Out = None,
) -> None:
    """What items are about: topics with their words, and how coherent they are."""
    check_out(out, ENDINGS)
    kind = _kind(documents)
    desk = command_desk()
    dataset = read_dataset(desk, source)
    asked = Asked(_part(dataset, seed), kind)
    with progress() as report:
        read = desk.run(read_documents, dataset, settings=asked, report=within(report, 0.0, 0.1))
        chosen = TopicSettings(_allowed(read) if k is None else k, seed or 0)
        found = desk.run(topics, read, settings=chosen, report=within(report, 0.1, 1.0))

    def rows() -> pd.DataFrame:
        return _weights(desk.run(profiles, dataset, found, settings=asked.part))

    made = _topics_json(found, _titles(dataset) if found.kind == "items" else {})
    write(
        out,
        {
            ".json": lambda file: to_json(file, made),
            ".csv": lambda file: to_csv(file, rows()),
            ".parquet": lambda file: rows().to_parquet(file, index=False),
        },
        lambda: _show_topics(made),
    )


@app.command("segments")
@reading
def segments_command(
    source: Source,
    encoder: Annotated[
        str, typer.Option(help='What people are told apart by: interactions, topics, or a spec as "bert"')
    ] = INTERACTIONS,
    method: Annotated[str, typer.Option(help="hdbscan or kmeans")] = METHODS[0],
    k: Annotated[int, typer.Option(min=2, help="How many segments kmeans makes")] = ClusterSettings.k,
    size: Annotated[
        int, typer.Option(min=0, help="People of the smallest segment of hdbscan; 0 = a fiftieth of all")
    ] = 0,
    seed: Seed = None,
    out: Out = None,
) -> None:
    """Groups of people who want alike, found on a map of everyone."""
    check_out(out, ENDINGS)
    start = seed or 0
    by, how = _by(encoder), ClusterSettings(_method(method), size, k, start)
    desk = command_desk()
    dataset = read_dataset(desk, source)
    chosen = SegmentsOf(PointsOf("people", by, _part(dataset, seed)), MapSettings(seed=start), how)
    with progress() as report:
        found = desk.run(segmentation, dataset, settings=chosen, report=report)
    made, rows = _segments_json(found, chosen.clusters.method), _places(found)
    write(
        out,
        {
            ".json": lambda file: to_json(file, made),
            ".csv": lambda file: to_csv(file, rows),
            ".parquet": lambda file: rows.to_parquet(file, index=False),
        },
        lambda: _show_segments(made),
    )


def _part(dataset: Dataset, seed: int | None) -> TrainingPart:
    """The training part of the data set's own split, as pages have it."""
    return TrainingPart("", dataset.origin.positive, seed or 0)


def _kind(given: str) -> Kind | Literal[""]:
    for kind in KINDS:
        if kind == given:
            return kind
    if given:
        raise unknown("kind of documents", given, [*KINDS])
    return ""


def _method(given: str) -> Method:
    for method in METHODS:
        if method == given:
            return method
    raise unknown("method", given, [*METHODS])


def _by(given: str) -> str:
    """`interactions`, `topics`, or an encoder's spec."""
    if given in (INTERACTIONS, TOPICS):
        return given
    known = [*ENCODERS.all()]
    if parse(given)[0] not in known:
        raise unknown("encoder", given, [INTERACTIONS, TOPICS, *known])
    return encoder_of(given).spec


def _allowed(documents: Documents) -> int:
    """The default number of topics, or as many as there are words."""
    return max(2, min(DEFAULT_K, documents.different))


def _titles(dataset: Dataset) -> dict[str, str]:
    titles = dataset.items["title"].dropna()
    return {str(item): str(title) for item, title in titles.items()}


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _topics_json(found: Topics, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "schema": 1,
        "kind": found.kind,
        "topics": [
            {
                "id": int(found.ids[row]),
                "name": name_of(found, row, titles),
                "share": float(found.share[row]),
                "words": [{"word": one.word, "relevance": one.relevance} for one in found.top(row, WORDS)],
            }
            for row in range(len(found.ids))
        ],
        "coherence_npmi": _number(found.coherence),
    }


def _weights(found: Profiles) -> pd.DataFrame:
    """user, topic, weight: what each person is interested in."""
    rows, columns = np.nonzero(found.weights > 0)
    return pd.DataFrame(
        {
            "user": found.user_ids[rows],
            "topic": found.topic_ids[columns],
            "weight": found.weights[rows, columns],
        }
    )


def _segments_json(found: Segmentation, method: Method) -> dict[str, Any]:
    level = found.chosen
    return {
        "schema": 1,
        "by": found.projection.by,
        "method": method,
        "segments": [_segment(level, at) for at in range(len(level.names))],
        "silhouette": _number(level.clusters.silhouette),
        "stability": _number(level.clusters.stability),
        "trustworthiness": _number(found.projection.trustworthiness),
    }


def _segment(level: Level, at: int) -> dict[str, Any]:
    """A segment; of fewer than 5 people only how many."""
    size = int(level.clusters.sizes[at])
    enough = size >= SMALLEST
    return {
        "id": at,
        "name": level.names[at] if enough else "",
        "size": size,
        "words": [*level.words[at]] if enough else [],
    }


def _places(found: Segmentation) -> pd.DataFrame:
    """user, segment, x, y of the people on the map."""
    return pd.DataFrame(
        {
            "user": found.projection.ids,
            "segment": found.chosen.clusters.labels,
            "x": found.projection.places[:, 0],
            "y": found.projection.places[:, 1],
        }
    )


def _show_topics(made: dict[str, Any]) -> None:
    typer.echo(f"{len(made['topics'])} topics; coherence (NPMI): {_said(made['coherence_npmi'])}")
    for one in made["topics"]:
        words = ", ".join(word["word"] for word in one["words"])
        typer.echo(f"{one['id']:>4}  {one['share']:>6.1%}  {one['name']}: {words}")


def _show_segments(made: dict[str, Any]) -> None:
    figures = ", ".join(
        f"{name} {_said(made[name])}" for name in ("silhouette", "stability", "trustworthiness")
    )
    typer.echo(f"{len(made['segments'])} segments by {made['by']} ({made['method']}); {figures}")
    for one in made["segments"]:
        typer.echo(f"{one['id']:>4}  {one['size']:>7,}  {', '.join(one['words'])}")


def _said(value: float | None) -> str:
    return "not known" if value is None else f"{value:.2f}"
