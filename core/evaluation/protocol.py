"""The protocol: an Experiment on a Dataset becomes a Comparison."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

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
from core.evaluation import ceiling, steadiness
from core.evaluation.around import Around
from core.evaluation.comparison import Column, Comparison, Entry, Facts, Failure
from core.evaluation.experiment import Experiment
from core.evaluation.integrity import Check, checks
from core.evaluation.judged import judge
from core.evaluation.lists import Ask, Lists, lists
from core.evaluation.metric import Metric, metrics, metrics_named
from core.evaluation.ready import lists_in
from core.evaluation.uncertainty import means, resampled, resampled_lists
from core.language.asked import together
from core.recommenders.apart import fitted, kept
from core.recommenders.base import Ranked, Recommender
from core.recommenders.fitting import Cost
from core.recommenders.forecast import allow
from core.types import FloatArray, IntArray
from core.work.errors import BadInput, Passing
from core.work.here import current
from core.work.report import Report, within
from core.work.steps import step

LIST_LENGTH = 20  # lists are at least this long, so that pages can show more than the cut-offs


@step(version=3, called="Reading the data")
def dataset_of(source: Source, content: str, *, settings: None, report: Report) -> Dataset:  # noqa: ARG001
    """Read and clean the data."""
    return load(source, report)


@step(
    version=3,
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
                _lists(fold, recommender, Ask(length, experiment.seed, sampled=True, whole=whole), part)
                for fold in parts
            ]
        except BadInput as error:
            failures.append(Failure(recommender.spec, str(error), isinstance(error, Passing)))
            continue
        rows.append((_entry(recommender, recommenders, made), made))
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
    return _comparison(experiment, dataset, parts, rows, chosen, failures, said)


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


def _lists(fold: Fold, recommender: Recommender, question: Ask, report: Report) -> Lists:
    allow(recommender, fold.train)
    label = recommender.label
    learnt = fitted(recommender, fold.train, _named(label, within(report, 0.0, 0.7)))
    rest = _named(label, within(report, 0.7, 1.0))
    return kept(recommender, lists, learnt, fold.test, fold.train.item_ids, settings=question, report=rest)


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
    columns = tuple(
        Column(metric.name, metric.variant, k) for metric in chosen for k in metric.cuts(experiment.k)
    )
    ranked = tuple(_stacked([one.ranked for one in made], order) for _, made in rows)
    arounds = [Around.of(fold) for fold in parts]
    values = np.stack([_values(made, parts, arounds, chosen, experiment.k)[:, order] for _, made in rows])
    whole, draws = over_people(values, ranked, columns, experiment.seed, parts[0].test.truth.shape[1])
    history, truth = (
        _rows([getattr(fold.test, what) for fold in parts], order) for what in ("history", "truth")
    )
    counts = dataset.counts
    found = Comparison(
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
        whole=whole,
        draws=draws,
        ranked=ranked,
        truth=truth,
        history=history,
        integrity=checks(
            parts,
            [(entry.label, made) for entry, made in rows],
            said,
            failures=[(f.spec, f.message) for f in failures],
            given=experiment.split == "given",
            cleaning=dataset.origin.cleaning,
            kept="duplicates" in dataset.origin.off,
        ),
        failures=tuple(failures),
        time=parts[0].test.time,
    )
    more = _against_popularity(found, parts, [made for _, made in rows], order), steadiness.check(None)
    return replace(found, integrity=(*found.integrity, *more))


def _against_popularity(
    found: Comparison, parts: list[Fold], made: list[list[Lists]], order: np.ndarray
) -> Check:
    """Whether anybody beats popularity alone, by NDCG at the first cut-off, chosen as a metric or not."""
    experiment = found.experiment
    k, ndcg = experiment.k[0], metrics()["ndcg", "standard"]
    judged = [
        np.concatenate(
            [ndcg.values(judge(one.ranked, fold.test), k) for one, fold in zip(lists_of, parts, strict=True)]
        )
        for lists_of in made
    ]
    popular = ceiling.popularity_alone(parts, k, experiment.seed)
    return ceiling.check(found, np.stack(judged)[:, order], popular[order])


def _values(
    made: list[Lists],
    parts: list[Fold],
    arounds: list[Around],
    chosen: list[Metric],
    cutoffs: tuple[int, ...],
) -> FloatArray:
    """(M, T) one value per metric, cut-off and person, folds one after another; NaN for catalogue metrics."""
    found = []
    for one, fold, around in zip(made, parts, arounds, strict=True):
        judged = judge(one.ranked, fold.test, around)
        found.append(np.stack([metric.values(judged, k) for metric in chosen for k in metric.cuts(cutoffs)]))
    return np.concatenate(found, axis=1)


def over_people(
    values: FloatArray, ranked: tuple[Ranked, ...], columns: tuple[Column, ...], seed: int, items: int
) -> tuple[FloatArray, FloatArray]:
    """(R, M) values over everyone and (R, M, B) over each resample of people, the same for all columns."""
    recommenders, many, people = values.shape
    flat = values.reshape(-1, people).T
    whole = means(flat)[0].reshape(recommenders, many)
    draws = resampled(flat, seed).reshape(recommenders, many, -1)
    known = metrics()
    found = [(known[column.name, column.variant].over_lists, column.k) for column in columns]
    at = [place for place, (over_lists, _) in enumerate(found) if over_lists]
    catalogue = [(over_lists, k) for over_lists, k in found if over_lists]
    for row, lists_of in enumerate(ranked):
        if catalogue and lists_of.asked is None:  # fewer lists show fewer items: no value beside the others'
            whole[row, at], draws[row, at] = resampled_lists(catalogue, lists_of.items, items, seed)
    return whole, draws


def _stacked(parts: list[Ranked], order: np.ndarray) -> Ranked:
    width = max(part.items.shape[1] for part in parts)

    def wide(array: np.ndarray, fill: float) -> np.ndarray:
        return np.pad(array, ((0, 0), (0, width - array.shape[1])), constant_values=fill)

    asked = np.concatenate(
        [np.ones(len(part.items), dtype=bool) if part.asked is None else part.asked for part in parts]
    )
    return Ranked(
        np.concatenate([part.user_ids for part in parts])[order],
        np.concatenate([wide(part.items, -1) for part in parts])[order],
        np.concatenate([wide(part.scores, -np.inf) for part in parts])[order],
        None if asked.all() else asked[order],
        together([part.spent for part in parts]),
        *_whole(parts, order),
        _joined([part.paces for part in parts]),
    )


def _joined(parts: list[FloatArray | None]) -> FloatArray | None:
    there = [part for part in parts if part is not None]
    return np.concatenate(there) if there else None


def _whole(parts: list[Ranked], order: np.ndarray) -> tuple[csr_array | None, IntArray | None]:
    """Places in the whole ranking and how many it has, of all people in order; None where a part has none."""
    places = [part.places for part in parts if part.places is not None]
    among = [part.among for part in parts if part.among is not None]
    if len(places) < len(parts):
        return None, None
    return _rows(places, order), np.concatenate(among)[order]


def _rows(parts: list[csr_array], order: np.ndarray) -> csr_array:
    return csr_array(vstack(parts, format="csr")[order])
