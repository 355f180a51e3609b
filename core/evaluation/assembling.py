"""From lists in folds to the Comparison: values of people, draws of them, and what to know beforehand."""

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, vstack

from core.data.dataset import Dataset, Did
from core.data.folds import Fold
from core.evaluation import ceiling, steadiness
from core.evaluation.around import Around
from core.evaluation.comparison import Column, Comparison, Entry, Facts, Failure
from core.evaluation.experiment import Experiment
from core.evaluation.integrity import Check, checks
from core.evaluation.judged import judge
from core.evaluation.lists import Lists
from core.evaluation.metric import Metric, metrics
from core.evaluation.uncertainty import means, resampled, resampled_lists
from core.language.asked import together
from core.recommenders.base import Ranked
from core.types import FloatArray, IntArray


def assembled(
    experiment: Experiment,
    dataset: Dataset,
    parts: list[Fold],
    rows: list[tuple[Entry, list[Lists]]],
    chosen: list[Metric],
    failures: list[Failure],
    said: list[Did],
) -> Comparison:
    """The comparison of lists, an entry with its lists in every fold, by the chosen metrics; its checks."""
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
