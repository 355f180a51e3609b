"""The command that tunes recommenders: settings chosen on a validation part, the same budget for all."""

import json
from collections.abc import Iterable
from typing import Annotated, Any

import pandas as pd
import typer

from core.cli.app import app
from core.cli.options import Out, Positive, Seed, SplitSpec, named, reading
from core.cli.output import check_out, command_desk, progress, read_dataset, to_csv, to_json, write
from core.data.dataset import Dataset
from core.data.load import Source
from core.evaluation.experiment import DEFAULT_RECOMMENDERS, Experiment, experiment_of, settled
from core.evaluation.record import facts_json, number
from core.evaluation.tuning import MOST_TRIALS, Asked, Tuned, asked, tune_each, tuning_of, validation
from core.evaluation.tuning_space import size, space
from core.evaluation.tuning_trials import Trial
from core.recommenders.base import recommender_of
from core.recommenders.demand import size_of
from core.recommenders.forecast import forecast, here
from core.work.desk import Desk
from core.work.specs import split_list


@app.command("tune")
@reading
def tune_command(
    source: Source,
    recommenders: Annotated[
        str, typer.Option(help='Specs, as "ease,item_knn(similarity=cosine)"; settings that are given stay')
    ] = ",".join(DEFAULT_RECOMMENDERS),
    trials: Annotated[
        int, typer.Option(min=1, max=MOST_TRIALS, help="Settings tried for each recommender")
    ] = 30,
    metric: Annotated[str, typer.Option(help="Name of the metric that decides")] = "ndcg",
    k: Annotated[int, typer.Option(min=1, max=1_000, help="Its cut-off")] = 10,
    sampler: Annotated[str, typer.Option(help="tpe: by what was learnt; random")] = "tpe",
    prune_people: Annotated[
        int, typer.Option(min=0, help="So many people prune settings early; 0 = none are pruned")
    ] = 0,
    split: SplitSpec = None,
    positive: Positive = None,
    exclude_seen: Annotated[str, typer.Option(help="positive, any or none")] = "positive",
    min_user: Annotated[int, typer.Option(min=1, help="People with fewer positives are left out")] = 1,
    min_item: Annotated[int, typer.Option(min=1, help="Items with fewer positives are left out")] = 1,
    seed: Seed = None,
    out: Out = None,
) -> None:
    """Choose settings on a validation part of the training part, with as many trials for each recommender."""
    check_out(out, (".json", ".csv"))
    specs = split_list(recommenders)
    experiment = experiment_of(
        {
            **named(source),
            "recommenders": specs,
            "split": split,
            "positive": positive,
            "exclude_seen": exclude_seen,
            "min_user": min_user,
            "min_item": min_item,
            "seed": seed or 0,
        }
    )
    tunings = [
        tuning_of(
            recommender=one.spec,
            trials=trials,
            metric=metric,
            k=k,
            sampler=sampler,
            seed=seed or 0,
            people=prune_people,
        )
        for one in experiment.fitted()
    ]
    desk = command_desk()
    dataset = read_dataset(desk, source)
    asking = tuple(asked(experiment, dataset, one) for one in tunings)
    typer.echo(_ahead(desk, dataset, asking), err=True)
    with progress() as report:
        found, failures = desk.run(tune_each, dataset, settings=asking, report=report)
    recorded = settled(experiment, dataset)
    write(
        out,
        {
            ".json": lambda file: to_json(file, _as_json(recorded, dataset, found)),
            ".csv": lambda file: to_csv(file, _rows(found)),
        },
        lambda: _show(found),
    )
    for failure in failures:
        typer.echo(f"{failure.spec} was not tuned: {failure.message}", err=True)


def _ahead(desk: Desk, dataset: Dataset, asking: Iterable[Asked]) -> str:
    """How long it will take, and what of it is not known."""
    asking = list(asking)
    part = size_of(validation(dataset, asking[0].division)[0].train)
    seconds, unknown = 0.0, list[str]()
    for one in asking:
        recommender = recommender_of(one.tuning.recommender)
        found = forecast(recommender, part, here(desk))
        tries = min(one.tuning.trials, size(space(recommender)))
        if found is None:
            unknown.append(recommender.name)
        elif found.verdict == "fits":
            seconds += found.seconds * tries
    more = f", and {', '.join(unknown)}, whose time is not known" if unknown else ""
    return f"Forecast with the settings given: about {seconds:,.0f} seconds{more}"


def _as_json(experiment: Experiment, dataset: Dataset, found: Iterable[Tuned]) -> dict[str, Any]:
    return {
        "schema": 1,
        "experiment": experiment.to_json(),
        "dataset": facts_json(dataset),
        "tuned": [_one(tuned) for tuned in found],
    }


def _one(tuned: Tuned) -> dict[str, Any]:
    asked_for = tuned.tuning
    return {
        "recommender": tuned.recommender,
        "spec": tuned.spec,
        "settings": tuned.settings,
        "trials": len(tuned.history),
        "metric": asked_for.metric,
        "k": asked_for.k,
        "sampler": asked_for.sampler,
        "value": number(tuned.value),
        "default_value": number(tuned.default_value),
        "seconds": tuned.seconds,
        "people": tuned.people,
        "validation": tuned.split,
        "history": [_trial(trial) for trial in tuned.history],
    }


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "settings": trial.settings,
        "value": number(trial.value),
        "people": trial.people,
        "pruned": trial.pruned,
        "error": trial.error,
    }


def _rows(found: Iterable[Tuned]) -> pd.DataFrame:
    """One row a trial."""
    rows = [
        {
            "recommender": tuned.recommender,
            "trial": at,
            "settings": json.dumps(trial["settings"]),
            **{name: trial[name] for name in ("value", "people", "pruned", "error")},
            "best": {**tuned.settings, **trial["settings"]} == tuned.settings and not trial["pruned"],
        }
        for tuned in found
        for at, trial in enumerate(map(_trial, tuned.history), 1)
    ]
    return pd.DataFrame(rows)


def _show(found: Iterable[Tuned]) -> None:
    """A line for each, and the specs as `compare` takes them."""
    found = list(found)
    for one in found:
        metric = f"{one.tuning.metric}@{one.tuning.k}"
        if one.combinations <= 1:
            typer.echo(f"{one.spec}: {metric} {one.value:.4f}; it has no settings to tune")
            continue
        few = "" if one.combinations > one.tuning.trials else ", all that there are"
        typer.echo(
            f"{one.spec}: {metric} {one.value:.4f}, default {one.default_value:.4f}"
            f" (n = {one.people:,} people of the validation part {one.split};"
            f" {len(one.history)} trials{few}, {one.failed} failed, {one.pruned} pruned;"
            f" {one.seconds:.1f} s)"
        )
    typer.echo(f'\n--recommenders "{",".join(one.spec for one in found)}"')
