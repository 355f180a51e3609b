"""The command on clicks and sales of lists that were never shown."""

from typing import Annotated

import typer

from core.cli.app import app
from core.cli.options import Out, Positive, Seed, SplitSpec, named, reading
from core.cli.output import check_out, command_desk, progress, read_dataset, to_csv, to_json, write
from core.data.load import Source
from core.evaluation.experiment import DEFAULT_RECOMMENDERS, experiment_of, settled
from core.evaluation.offpolicy.asked import SHOWN, Clicks, asked_of
from core.evaluation.offpolicy.clicks import clicks
from core.evaluation.offpolicy.estimator import estimator_of, estimators
from core.evaluation.offpolicy.record import asked_json, clicks_frame, clicks_json, clicks_rows
from core.evaluation.offpolicy.words import why_not
from core.evaluation.record import SCHEMA, facts_json
from core.work.errors import BadInput
from core.work.specs import split_list


@app.command("clicks")
@reading
def clicks_command(
    source: Source,
    recommenders: Annotated[
        str, typer.Option(help='Specs of whose lists, as "ease(l2=458),popularity"')
    ] = ",".join(DEFAULT_RECOMMENDERS),
    estimators_named: Annotated[
        str, typer.Option("--estimators", help="Names, separated by commas; all for every one")
    ] = ",".join(SHOWN),
    k: Annotated[int, typer.Option(min=1, max=1_000, help="Length of the lists; pages may be shorter")] = 5,
    split: SplitSpec = None,
    positive: Positive = None,
    window: Annotated[
        float, typer.Option(min=0, max=365, help="Days in which a purchase counts for a click; 0 = as logged")
    ] = 0.0,
    fit_propensities: Annotated[
        bool, typer.Option("--fit-propensities", help="Fit propensities where the log has none")
    ] = False,
    resamples: Annotated[int, typer.Option(min=100, max=10_000, help="Draws of people")] = 2_000,
    seed: Seed = None,
    out: Out = None,
) -> None:
    """Clicks and sales of lists that were never shown, from a log of what was."""
    check_out(out, (".json", ".csv", ".parquet"))
    chosen = tuple(estimators()) if estimators_named.strip() == "all" else tuple(split_list(estimators_named))
    if not chosen:
        raise BadInput("--estimators names none.", "at least one.", "name one, for example pbm.")
    for name in chosen:
        estimator_of(name)
    asked = experiment_of(
        {
            **named(source),
            "recommenders": split_list(recommenders),
            "k": (k,),
            "split": split,
            "positive": positive,
            "seed": seed or 0,
        }
    )
    desk = command_desk()
    dataset = read_dataset(desk, source)
    resolved = settled(asked, dataset)
    with progress() as report:
        question = asked_of(resolved, k, chosen, resamples, fit=fit_propensities, window=window)
        found = desk.run(clicks, dataset, settings=question, report=report)
    whole = {
        "schema": SCHEMA,
        "experiment": resolved.to_json(),
        "asked": asked_json(question),
        "dataset": facts_json(dataset),
        **clicks_json(found),
    }
    write(
        out,
        {
            ".json": lambda file: to_json(file, whole),
            ".csv": lambda file: to_csv(file, clicks_frame(found)),
            ".parquet": lambda file: clicks_frame(found).to_parquet(file, index=False),
        },
        lambda: _show(found),
    )


def _show(found: Clicks) -> None:
    """A line for each estimate, after what is to know of the log."""
    for check in found.health:
        typer.echo(f"{check.verdict:>8}  {check.check}: {check.detail}")
    for failure in found.failures:
        typer.echo(f"{failure.spec} took no part: {failure.message}", err=True)
    if why := why_not(found):
        typer.echo(f"Not measurable: {why}")
        return
    columns = ["recommender", "metric", "estimator", "value", "low", "high", "effective_events", "verdict"]
    table = clicks_frame(found)
    typer.echo(f"\n{table[columns].to_string(index=False, float_format='{:.5f}'.format, na_rep='')}")
    for one in clicks_rows(found):
        if one["reason"]:
            typer.echo(f"{one['recommender']}, {one['metric']}, {one['estimator']}: {one['reason']}")
    typer.echo(
        f"\n{found.slates:,} pages of {len(found.user_ids):,} people; lists of {found.k};"
        " 95 % bootstrap intervals over people"
    )
