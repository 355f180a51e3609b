"""The command about the language model."""

from collections.abc import Callable
from typing import Annotated, TypeVar

import typer

from core.cli.app import app
from core.cli.output import progress
from core.language import weights
from core.language.chosen import chosen
from core.language.model import Question, Unanswered
from core.work.errors import BadInput

R = TypeVar("R")


@app.command("language")
def language_command(
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Fetch the embedded model's file, unless it is there and whole")
    ] = False,
    ask: Annotated[bool, typer.Option("--ask", help="Ask one question, to see whether it answers")] = False,
) -> None:
    """Which language model answers here, and whether it does."""
    if fetch:
        with progress() as report:
            _or_bad(lambda: weights.fetch(report))
    model = chosen()
    typer.echo(f"{model.identity.model}, {model.identity.backend}: {model.identity.version}")
    try:
        model.ready()
    except Unanswered as error:
        typer.echo(f"off: {error}")
    else:
        typer.echo("ready")
    if ask:
        answer = _or_bad(lambda: model.ask(Question("Answer in one word.", "What is the capital of France?")))
        tokens = answer.asked_tokens + answer.said_tokens
        typer.echo(f"{answer.text.strip()!r} in {answer.seconds:.2f} s, {tokens} tokens")


def _or_bad(work: Callable[[], R]) -> R:
    """The work's result; raises BadInput where the model does not answer."""
    try:
        return work()
    except Unanswered as error:
        raise BadInput(
            f"The language model does not answer: {error}.",
            "the embedded model's file, or an address that answers.",
            "see docs/language-model.md; everything else works without.",
        ) from None
