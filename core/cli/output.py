"""What commands share: the desk they ask, progress, and results as files."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import typer

from core.data.dataset import Dataset
from core.data.load import Source, source_fingerprint
from core.evaluation.comparison import Comparison
from core.evaluation.experiment import Experiment, settled
from core.evaluation.protocol import compare, dataset_of
from core.recommenders.base import recommender_of
from core.recommenders.llm_rerank import LLMRerank
from core.work.desk import Desk, default_desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.report import Report, silent
from core.work.sheets import csv_text


def command_desk() -> Desk:
    """A desk that works in this thread."""
    return default_desk(Inline())


def read_dataset(desk: Desk, source: Source) -> Dataset:
    """The data set of a source, read and cleaned unless it is kept."""
    with progress() as report:
        return desk.run(dataset_of, source, source_fingerprint(source), settings=None, report=report)


@contextmanager
def progress() -> Iterator[Report]:
    """Progress by rich on a terminal, silent in a pipe."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=1.0)
        yield lambda fraction, message: bar.update(task, completed=fraction, description=message[:60])


def check_out(out: Path | None, endings: tuple[str, ...]) -> None:
    """Before any work is done: raises BadInput where the result could not be written."""
    if out is None:
        return
    if out.suffix.lower() not in endings:
        raise BadInput(
            f"{out.name} can't be written.",
            f"a name that ends in {', '.join(endings)}.",
            "change the ending.",
        )
    if not out.parent.is_dir():
        raise BadInput(f"The folder {out.parent} doesn't exist.", "a folder.", "make it first.")


def write(out: Path | None, writers: dict[str, Callable[[Path], object]], show: Callable[[], object]) -> None:
    """Write by the file's ending, or show on standard output."""
    if out is None:
        show()
    else:
        writers[out.suffix.lower()](out)


def to_json(file: Path, found: object) -> None:
    """Write JSON as UTF-8."""
    file.write_text(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n", "utf-8")


def to_csv(file: Path, found: pd.DataFrame) -> None:
    """CSV that a spreadsheet opens safely: a cell that would start a formula gets an apostrophe."""
    file.write_text(csv_text(found), "utf-8")


def compared(desk: Desk, experiment: Experiment) -> Comparison:
    """The comparison of an experiment, computed unless it is kept."""
    dataset = read_dataset(desk, experiment.source)
    if sys.stderr.isatty():
        for line in bills(experiment.recommenders, len(dataset.user_ids)):
            typer.echo(line, err=True)
    with progress() as report:
        return desk.run(compare, dataset, settings=settled(experiment, dataset), report=report)


def bills(specs: Sequence[str], people: int) -> Iterator[str]:
    """What language models among the recommenders will ask, before they do."""
    for spec in specs:
        recommender = recommender_of(spec)
        if isinstance(recommender, LLMRerank):
            bill = recommender.bill(people)
            tokens = f"about {bill.asked_tokens:,.0f} tokens to read and {bill.said_tokens:,.0f} to say"
            beyond = f"; beyond {bill.beyond}, then the first order stays" if bill.beyond else ""
            yield f"{spec}: about {bill.questions:,.0f} questions, {tokens}, cost {bill.cost:.4g}{beyond}"
