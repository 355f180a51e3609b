"""The protocol: an Experiment on a Dataset becomes a Comparison."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from core.data.bonds import without_bonds
from core.data.candidates import with_candidates, with_negatives
from core.data.columns import need, roles
from core.data.dataset import Dataset, Did
from core.data.folds import Fold, folds
from core.data.ids import as_ids
from core.data.load import Source, load
from core.data.splits import split_of
from core.data.tables import read_table
from core.data.upload import is_upload
from core.evaluation.assembling import assembled
from core.evaluation.comparison import Comparison, Entry, Failure
from core.evaluation.experiment import Experiment
from core.evaluation.lists import Ask, Lists, lists
from core.evaluation.metric import Metric, metrics_named
from core.evaluation.ready import lists_in
from core.recommenders.apart import fitted, kept
from core.recommenders.base import Recommender
from core.recommenders.fitting import Cost
from core.recommenders.forecast import allow
from core.work.errors import BadInput, Passing
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

LIST_LENGTH = 20  # lists are at least this long, so that pages can show more than the cut-offs


@step(version=5, called="Reading the data")
def dataset_of(source: Source, content: str, *, settings: None, report: Report) -> Dataset:  # noqa: ARG001
    """Read and clean the data."""
    return load(source, report)


@step(
    version=5,
    isolated=True,
    secrets=("TOUCHSTONE_PSEUDONYM_KEY", "PGPASSWORD"),
    called="Reading the data",
)
def dataset_in_child(
    source: Source,
    content: str,  # noqa: ARG001
    *,
    settings: None,  # noqa: ARG001
    report: Report,
) -> Dataset:
    """Read and clean data that a stranger may have made, in a child with limits."""
    return load(source, report)


@step(version=2)
def compare(dataset: Dataset, *, settings: Experiment, report: Report) -> Comparison:
    """Compare the recommenders of an experiment on a data set, and keep the run.

    Raises BadInput where the data can't be split, or where no recommender could take part.
    """
    from core.evaluation.keeping import keep_run

    comparison = compared(dataset, settings.on(dataset), report, settings.fingerprint)
    keep_run(comparison, type(current().engine).__name__.lower())
    return comparison


def compared(dataset: Dataset, experiment: Experiment, report: Report, recorded: str = "") -> Comparison:
    """The comparison of a resolved experiment; fits and lists come from the desk where they are kept.

    `recorded` is the fingerprint that the experiment was recorded with: other data are said.
    """
    report(0.0, "Splitting")
    parts = folds_of(dataset, experiment)
    length = max(LIST_LENGTH, *experiment.k)
    chosen = _measurable(metrics_named(experiment.metrics), parts)
    whole = any(metric.needs == "places" for metric in chosen)
    rows: list[tuple[Entry, list[Lists]]] = []
    failures: list[Failure] = []
    said = _changed(recorded, dataset)
    recommenders = experiment.fitted()
    for at, recommender in enumerate(recommenders):
        part = within(report, 0.05 + 0.8 * at / len(recommenders), 0.05 + 0.8 * (at + 1) / len(recommenders))
        try:
            made = [
                lists_of(fold, recommender, Ask(length, experiment.seed, sampled=True, whole=whole), part)
                for fold in parts
            ]
        except BadInput as error:
            failures.append(Failure(recommender.spec, str(error), isinstance(error, Passing)))
            continue
        rows.append((entry_of(recommender, recommenders, made), made))
    for name, file in experiment.recommendations.items():
        question = Ask(length, experiment.seed)
        try:
            found = [lists_in(file, fold.test, fold.train.item_ids, question, report) for fold in parts]
        except BadInput as error:
            if not is_upload(file):
                raise
            failures.append(Failure(name, str(error)))
            continue
        said += [did for _, more in found for did in more]
        made = [one for one, _ in found]
        about = {"file": "" if is_upload(file) else Path(file).name}
        rows.append((Entry(name, name, name, about, made[0].fit, made[0].recommend), made))
    if not rows:
        raise BadInput(failures[0].message, "at least one recommender that can take part.", "choose another.")
    report(0.9, "Judging")
    return assembled(experiment, dataset, parts, rows, chosen, failures, said)


def _measurable(chosen: list[Metric], parts: list[Fold]) -> list[Metric]:
    """Without those of ratings where no held-out item has one."""
    rated = any(fold.test.ratings is not None for fold in parts)
    return [metric for metric in chosen if rated or metric.needs != "ratings"]


def _changed(recorded: str, dataset: Dataset) -> list[Did]:
    """That the data are not those which the experiment was recorded on."""
    if recorded in ("", dataset.fingerprint):
        return []
    return [Did("data changed", 1, "the data are not those that the experiment was recorded on")]


def folds_of(dataset: Dataset, experiment: Experiment) -> list[Fold]:
    """The folds of a resolved experiment, with its candidates and nobody shown themselves or a friend."""
    made = folds(
        dataset,
        split_of(experiment.split or ""),
        experiment.positive or "",
        "none" if experiment.candidates else experiment.exclude_seen,  # candidates override the mask
        experiment.seed,
        experiment.min_user,
        experiment.min_item,
    )
    made = [without_bonds(fold, dataset) for fold in made]
    if experiment.negatives:
        return [with_negatives(fold, experiment.negatives, experiment.seed) for fold in made]
    if not experiment.candidates:
        return made
    table = read_table(Path(experiment.candidates))
    found = roles(table.frame.columns, ("user", "item"))
    pairs = pd.DataFrame(
        {
            role: as_ids(table.frame[need(found, role, table.frame.columns, table.file.name)])
            for role in ("user", "item")
        }
    )
    return [with_candidates(fold, pairs) for fold in made]


def lists_of(fold: Fold, recommender: Recommender, question: Ask, report: Report) -> Lists:
    """The lists of the fold's test people; what is learnt and the lists come from the desk where kept."""
    allow(recommender, fold.train)
    label = recommender.label
    learnt = fitted(recommender, fold.train, _named(label, within(report, 0.0, 0.7)))
    rest = _named(label, within(report, 0.7, 1.0))
    return kept(recommender, lists, learnt, fold.test, fold.train.item_ids, settings=question, report=rest)


def _named(label: str, report: Report) -> Report:
    def named(fraction: float, message: str) -> None:
        report(fraction, f"{label}: {message}" if message else label)

    return named


def entry_of(recommender: Recommender, among: Sequence[Recommender], made: Sequence[Lists]) -> Entry:
    """The row of a recommender: its name, or its spec where another has the same name."""
    twice = sum(other.name == recommender.name for other in among) > 1
    label = recommender.label + recommender.spec[len(recommender.name) :] if twice else recommender.label
    return Entry(
        name=recommender.spec if twice else recommender.name,
        label=label,
        spec=recommender.spec,
        settings=recommender.model_dump(mode="json"),
        fit=_total([one.fit for one in made]),
        recommend=_total([one.recommend for one in made]),
    )


def _total(costs: Sequence[Cost]) -> Cost:
    return Cost(sum(cost.seconds for cost in costs), max(cost.peak_mb for cost in costs))
