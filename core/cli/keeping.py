"""Commands on what is kept: the store, and what is computed ahead."""

from typing import Annotated

import typer

from core.cli.app import app
from core.cli.output import command_desk, compared, progress, read_dataset
from core.content.embed import TrainingPart, agreements, encoding, read_content
from core.content.encoders.base import readers_of
from core.data.dataset import Dataset
from core.data.kept import kept
from core.data.load import FIRST, Source, samples
from core.evaluation.experiment import PAGE_K, experiment_of
from core.evaluation.logged import logged_rates
from core.evaluation.metric import metrics
from core.evaluation.offpolicy.asked import asked_of
from core.evaluation.offpolicy.clicks import clicks
from core.interests.documents import Asked, read_documents
from core.interests.points import INTERACTIONS, PointsOf
from core.interests.profiles import profiles
from core.interests.segments import SegmentsOf, segmentation
from core.interests.topics import TopicSettings, topics
from core.language import weights
from core.language.model import Unanswered
from core.work.desk import Desk
from core.work.report import within
from core.work.settings import settings


@app.command("store")
def store_command(
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete the least recently used beyond the limit")
    ] = False,
    keep_gb: Annotated[
        float | None, typer.Option(min=0, help="The limit to prune to, GB; 0 empties the store")
    ] = None,
) -> None:
    """What the artifact store holds, and what else is kept."""
    store = command_desk().store
    if prune:
        limit = settings().store_gb if keep_gb is None else keep_gb
        gone = store.prune(int(limit * 1e9))
        typer.echo(f"{len(gone)} artifacts deleted, {sum(entry.bytes for entry in gone) / 1e6:,.1f} MB freed")
    entries = store.entries()
    typer.echo(
        f"{store.folder}: {len(entries)} artifacts, {sum(entry.bytes for entry in entries) / 1e6:,.1f} MB"
        f" of {settings().store_gb:g} GB"
    )
    for entry in entries:
        typer.echo(
            f"{entry.key[:12]}  {entry.bytes / 1e6:10,.1f} MB  {entry.used:%Y-%m-%d %H:%M}  {entry.name}"
        )
    typer.echo("\nWhat is kept, and how to erase it")
    for one in kept():
        typer.echo(f"{one.name} ({one.bytes / 1e6:,.1f} MB): {one.what}\n  in {one.where}\n  {one.erase}")


@app.command("warm")
def warm_command() -> None:
    """Fetch the embedded language model, and compute what the samples show first."""
    with progress() as report:
        try:
            weights.fetch(report)
        except Unanswered as error:
            typer.echo(f"Without a language model for now: {error}", err=True)
    desk = command_desk()
    every = tuple(dict.fromkeys(metric for metric, _ in metrics()))
    for name in samples():
        experiment = experiment_of({"data": name, "metrics": every, "k": PAGE_K})
        found = compared(desk, experiment)
        dataset = read_dataset(desk, experiment.source)
        with progress() as report:
            desk.run(logged_rates, dataset, settings=found.experiment.seed, report=within(report, 0.0, 0.2))
            longest = int(dataset.impressions["position"].max())  # every sample logs its start page
            shown = asked_of(found.experiment, longest)
            desk.run(clicks, dataset, settings=shown, report=within(report, 0.2, 1.0))
        typer.echo(f"{found.facts.name}: ready")
    dataset = read_dataset(desk, Source(data=FIRST))
    part = TrainingPart("", dataset.origin.positive, 0)
    _warm_interests(desk, dataset, part)
    _warm_content(desk, dataset, part)


def _warm_interests(desk: Desk, dataset: Dataset, part: TrainingPart) -> None:
    """Topics, interests and the map of the sample that the app opens on."""
    with progress() as report:
        documents = desk.run(read_documents, dataset, settings=Asked(part), report=within(report, 0.0, 0.1))
        found = desk.run(topics, documents, settings=TopicSettings(), report=within(report, 0.1, 0.3))
        desk.run(profiles, dataset, found, settings=part, report=within(report, 0.3, 0.4))
        asked = SegmentsOf(PointsOf("people", INTERACTIONS, part))
        desk.run(segmentation, dataset, settings=asked, report=within(report, 0.4, 1.0))
    typer.echo(f"{dataset.name}: what people want is read")


def _warm_content(desk: Desk, dataset: Dataset, part: TrainingPart) -> None:
    """What is like what, by every encoder, in the sample that the app opens on."""
    content = desk.run(read_content, dataset, settings=part)
    chosen = tuple(encoding(encoder) for encoder in readers_of(content))
    with progress() as report:
        desk.run(agreements, content, settings=chosen, report=report)
    typer.echo(f"{dataset.name}: what items say is read")
