"""The protocol: an Experiment on a Dataset becomes a Comparison."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

from core.data.columns import need, roles
from core.data.dataset import Dataset, Did
from core.data.folds import Fold, folds, with_candidates
from core.data.ids import as_ids
from core.data.load import Source, load
from core.data.splits import split_of
from core.data.tables import read_table
from core.evaluation.experiment import Experiment
from core.evaluation.integrity import Check, checks
from core.evaluation.judged import judge
from core.evaluation.lists import Ask, Cost, Lists, fit, fitting, lists, ready_made
from core.evaluation.metric import Metric, metrics_named
from core.evaluation.uncertainty import Difference, Estimate, differences, estimates, resampled
from core.recommenders.base import Ranked, Recommender
from core.types import FloatArray, TextArray
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

LIST_LENGTH = 20  # lists are at least this long, so that pages can show more than the cut-offs


@artifact
@dataclass(frozen=True)
class Facts:
    """What the data set holds, as the protocol counts it."""

    name: str
    fingerprint: str
    users: int
    items: int
    interactions: int
    catalogue_items: int


@artifact
@dataclass(frozen=True)
class Entry:
    """A row of the comparison: a recommender with its settings, or ready-made lists."""

    name: str  # the registry's name, the full spec where a name occurs twice, or the lists' name
    label: str
    spec: str
    settings: dict[str, Any]
    fit: Cost
    recommend: Cost


@artifact
@dataclass(frozen=True)
class Column:
    """A column of the comparison: a metric in one definition at one cut-off."""

    name: str
    variant: str
    k: int


@artifact
@dataclass(frozen=True)
class Failure:
    """A recommender that could not take part, and why."""

    spec: str
    message: str


@artifact
@dataclass(frozen=True)
class Comparison:
    """R recommenders × M metrics × T people, with everything that their numbers are made from."""

    experiment: Experiment
    facts: Facts
    entries: tuple[Entry, ...]  # R
    columns: tuple[Column, ...]  # M
    user_ids: TextArray  # (T,) people with at least one held-out item
    item_ids: TextArray  # (I,) the catalogue
    values: FloatArray  # (R, M, T) float64: one value per person
    draws: FloatArray  # (R, M, B) float64: the mean in each of B resamples of people
    ranked: tuple[Ranked, ...]  # R, people in the order of user_ids
    truth: csr_array  # (T, I) held-out items
    history: csr_array  # (T, I) positives that lists were made from
    integrity: tuple[Check, ...]
    failures: tuple[Failure, ...]
    time: int | None  # the split's moment, microseconds since 1970

    @cached_property
    def estimates(self) -> list[list[Estimate]]:
        """R × M: mean, interval and n."""
        return [estimates(self.values[row].T, self.draws[row]) for row in range(len(self.entries))]

    def column(self, name: str, k: int, variant: str = "standard") -> int:
        """Where a metric stands; raises BadInput where it was not computed."""
        wanted = Column(name, variant, k)
        if wanted not in self.columns:
            raise BadInput(
                f"{name}@{k} was not computed.",
                "a metric and cut-off of the comparison.",
                "add it to the comparison.",
            )
        return self.columns.index(wanted)

    def differences(self, column: int) -> list[Difference]:
        """Every paired difference of one column, Holm-corrected."""
        return differences(self.values[:, column].T, self.draws[:, column])


@artifact
@dataclass(frozen=True)
class Verdict:
    """What a column says: who leads, who is tied with the leader, and how many pairs are tied."""

    leader: int
    tied: tuple[int, ...]  # not told apart from the leader, best first
    tied_pairs: int
    pairs: int


def verdict(comparison: Comparison, column: int) -> Verdict:
    """The leader of a column by mean, and ties by the corrected paired differences."""
    means = np.array([row[column].mean for row in comparison.estimates])
    order = [int(row) for row in np.argsort(-means, kind="stable")]
    found = comparison.differences(column)
    close = {frozenset((one.first, one.second)) for one in found if not one.settled}
    tied = tuple(row for row in order[1:] if frozenset((order[0], row)) in close)
    return Verdict(order[0], tied, len(close), len(found))


@step(version=1)
def dataset_of(source: Source, content: str, *, settings: None, report: Report) -> Dataset:  # noqa: ARG001
    """Read and clean the data."""
    return load(source, report)


@step(version=1, isolated=True, secrets=("TOUCHSTONE_PSEUDONYM_KEY",))
def dataset_in_child(
    source: Source,
    content: str,  # noqa: ARG001
    *,
    settings: None,  # noqa: ARG001
    report: Report,
) -> Dataset:
    """Read and clean data that a stranger may have made, in a child with limits."""
    return load(source, report)


@step(version=1)
def compare(dataset: Dataset, *, settings: Experiment, report: Report) -> Comparison:
    """Compare the recommenders of an experiment on a data set, and keep the run.

    Raises BadInput where the data can't be split, or where no recommender could take part.
    """
    from core.evaluation.keeping import keep_run

    comparison = compared(dataset, settings.on(dataset), report)
    keep_run(comparison, type(current().engine).__name__.lower())
    return comparison


def compared(dataset: Dataset, experiment: Experiment, report: Report) -> Comparison:
    """The comparison of a resolved experiment; fits and lists come from the desk where they are kept."""
    report(0.0, "Splitting")
    parts = _folds(dataset, experiment)
    length = max(LIST_LENGTH, *experiment.k)
    chosen = metrics_named(experiment.metrics)
    rows: list[tuple[Entry, list[Lists]]] = []
    failures: list[Failure] = []
    said: list[Did] = []
    recommenders = experiment.fitted()
    for at, recommender in enumerate(recommenders):
        part = within(report, 0.05 + 0.8 * at / len(recommenders), 0.05 + 0.8 * (at + 1) / len(recommenders))
        try:
            made = [_lists(fold, recommender, Ask(length, experiment.seed), part) for fold in parts]
        except BadInput as error:
            failures.append(Failure(recommender.spec, str(error)))
            continue
        rows.append((_entry(recommender, recommenders, made), made))
    for name, file in experiment.recommendations.items():
        found = [
            ready_made(Path(file), fold.test, fold.train.item_ids, length, experiment.seed) for fold in parts
        ]
        said += [did for _, more in found for did in more]
        made = [one for one, _ in found]
        rows.append(
            (Entry(name, name, name, {"file": Path(file).name}, made[0].fit, made[0].recommend), made)
        )
    if not rows:
        raise BadInput(failures[0].message, "at least one recommender that can take part.", "choose another.")
    report(0.9, "Judging")
    return _comparison(experiment, dataset, parts, rows, chosen, failures, said)


def _folds(dataset: Dataset, experiment: Experiment) -> list[Fold]:
    made = folds(
        dataset,
        split_of(experiment.split or ""),
        experiment.positive or "",
        experiment.exclude_seen,
        experiment.seed,
        experiment.min_user,
        experiment.min_item,
    )
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


def _lists(fold: Fold, recommender: Recommender, question: Ask, report: Report) -> Lists:
    run = current().run
    label = recommender.label
    fitted = run(
        fit, fold.train, settings=fitting(recommender), report=_named(label, within(report, 0.0, 0.7))
    )
    return run(
        lists,
        fitted,
        fold.test,
        fold.train.item_ids,
        settings=question,
        report=_named(label, within(report, 0.7, 1.0)),
    )


def _named(label: str, report: Report) -> Report:
    def named(fraction: float, message: str) -> None:
        report(fraction, f"{label}: {message}" if message else label)

    return named


def _entry(recommender: Recommender, among: Sequence[Recommender], made: Sequence[Lists]) -> Entry:
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


def _comparison(
    experiment: Experiment,
    dataset: Dataset,
    parts: list[Fold],
    rows: list[tuple[Entry, list[Lists]]],
    chosen: list[Metric],
    failures: list[Failure],
    said: list[Did],
) -> Comparison:
    user_ids = np.concatenate([fold.test.user_ids for fold in parts])
    order = np.argsort(user_ids, kind="stable")
    columns = tuple(Column(metric.name, metric.variant, k) for metric in chosen for k in experiment.k)
    values = np.stack(
        [
            np.concatenate(
                [_values(one, fold, chosen, experiment.k) for one, fold in zip(made, parts, strict=True)],
                axis=1,
            )[:, order]
            for _, made in rows
        ]
    )
    flat = values.reshape(-1, len(order)).T
    draws = resampled(flat, experiment.seed).reshape(len(rows), len(columns), -1)
    ranked = tuple(_stacked([one.ranked for one in made], order) for _, made in rows)
    history, truth = (
        _rows([getattr(fold.test, what) for fold in parts], order) for what in ("history", "truth")
    )
    counts = dataset.counts
    return Comparison(
        experiment=experiment,
        facts=Facts(
            dataset.name,
            dataset.fingerprint,
            counts["users"],
            counts["items"],
            counts["interactions"],
            len(dataset.items),
        ),
        entries=tuple(entry for entry, _ in rows),
        columns=columns,
        user_ids=user_ids[order],
        item_ids=parts[0].train.item_ids,
        values=values,
        draws=draws,
        ranked=ranked,
        truth=truth,
        history=history,
        integrity=checks(
            parts,
            [(entry.label, made) for entry, made in rows],
            said,
            failures=[(f.spec, f.message) for f in failures],
        ),
        failures=tuple(failures),
        time=parts[0].test.time,
    )


def _values(made: Lists, fold: Fold, chosen: list[Metric], cutoffs: tuple[int, ...]) -> FloatArray:
    """(M, T) one value per metric, cut-off and person of a fold."""
    judged = judge(made.ranked, fold.test)
    per_user: list[Callable[..., FloatArray]] = [metric.compute for metric in chosen if metric.compute]
    return np.stack([compute(judged, k) for compute in per_user for k in cutoffs]).astype(np.float64)


def _stacked(parts: list[Ranked], order: np.ndarray) -> Ranked:
    width = max(part.items.shape[1] for part in parts)

    def wide(array: np.ndarray, fill: float) -> np.ndarray:
        return np.pad(array, ((0, 0), (0, width - array.shape[1])), constant_values=fill)

    return Ranked(
        np.concatenate([part.user_ids for part in parts])[order],
        np.concatenate([wide(part.items, -1) for part in parts])[order],
        np.concatenate([wide(part.scores, -np.inf) for part in parts])[order],
    )


def _rows(parts: list[csr_array], order: np.ndarray) -> csr_array:
    return csr_array(vstack(parts, format="csr")[order])
