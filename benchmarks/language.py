"""The language model measured like everything else: `python -m benchmarks.language [listwise]`.

Writes parts of docs/language-model.md: quality against chance, popularity and the first recommender, on the
same people; what its lists go by beside the people; whether sentences hold; speed against bare xllamacpp.
Takes up to an hour. `listwise` measures lists that the model writes, which takes as long by itself.
"""

import statistics
import sys
import time
from collections.abc import Sequence

import numpy as np

from benchmarks.language_texts import fidelity
from benchmarks.measured_page import written
from benchmarks.movielens import folder
from core.cli.output import command_desk
from core.data.load import Source, load
from core.evaluation.comparison import Comparison
from core.evaluation.diagnosis import Diagnosing, Diagnosis, diagnosis
from core.evaluation.experiment import Experiment
from core.evaluation.protocol import compared
from core.evaluation.uncertainty import Estimate, estimates, means, resampled
from core.language import weights
from core.language.asked import Spent
from core.language.embedded import CONTEXT, EmbeddedModel
from core.language.model import Question
from core.types import BoolArray, FloatArray, IntArray
from core.work import here
from core.work.report import silent
from core.work.settings import settings

PEOPLE, CANDIDATES, K = 150, 20, 5
FIRST = "ease"
WAYS = (("letters", 1), ("pointwise", 1), ("letters", 0.5))
DIAGNOSED, PEOPLE_DIAGNOSED = 2, 20  # of these ways, and of the people


def spec(way: str, weight: float) -> str:
    """The recommender that asks in a way."""
    return f"llm_rerank(of={FIRST},method={way},weight={weight},people={PEOPLE},shuffles=2)"


def main() -> int:
    """Measure and write; what stands outside the marks stays."""
    listwise = sys.argv[1:] == ["listwise"]
    specs = [spec("listwise", 1)] if listwise else [spec(*way) for way in WAYS]
    data = {"MovieLens 100K": str(folder("ml-100k")), "the sample shop": "shop"}
    desk, lines, began = command_desk(), [], time.monotonic()
    with here.at(desk):
        for name, source in data.items():
            lines += _quality(name, source, specs)
            print("\n".join(lines[-12:]), flush=True)
        for name, source in data.items():
            lines += _diagnosed(name, source, specs[:DIAGNOSED])
            print("\n".join(lines[-8:]), flush=True)
        if not listwise:
            lines += fidelity(data)
            print("\n".join(lines[-3:]), flush=True)
    if listwise:
        written("listwise", "python -m benchmarks.language listwise", lines)
        return 0
    lines += _speed()
    minutes = (time.monotonic() - began) / 60
    lines += [
        "",
        f"All of it took {minutes:.0f} minutes, with {settings().llm_threads} threads for the model.",
    ]
    written("measured", "python -m benchmarks.language", lines)
    return 0


def _experiment(source: str, specs: Sequence[str]) -> Experiment:
    return Experiment(
        data=source,
        split="leave_last(fraction=0.2)",
        recommenders=("popularity", FIRST, *specs),
        metrics=("ndcg",),
        k=(K,),
    )


def _quality(name: str, source: str, specs: Sequence[str]) -> list[str]:
    dataset = load(Source(data=source))
    found = compared(dataset, _experiment(source, specs).on(dataset), silent)
    rows = {entry.spec: row for row, entry in enumerate(found.entries)}
    asked = next(one.asked for one in found.ranked if one.asked is not None)
    at = found.column("ndcg", K)
    values = found.values[:, at][:, asked]
    chance = _shuffled(found, rows[FIRST], asked)
    table = np.vstack([values, chance]).T
    whole, n = means(table)
    measured = estimates(whole, resampled(table, 0), n)
    first = table[:, rows[FIRST]]
    gaps = table - first[:, None]
    gap_whole, gap_n = means(gaps)
    against = estimates(gap_whole, resampled(gaps, 0), gap_n)
    people = int(asked.sum())
    lines = [
        "",
        f"## Quality on {name}",
        "",
        f"NDCG@{K} on the same {people} people; a language model orders {FIRST}'s {CANDIDATES} best.",
        "",
        f"| recommender | NDCG@{K} | less {FIRST}, paired | unusable | tokens a list | seconds a list |",
        "|---|---|---|---:|---:|---:|",
    ]
    for one, row in rows.items():
        spent = found.ranked[row].spent
        lines.append(f"| `{one}` | {_said(measured[row])} | {_said(against[row])} | {_took(spent, people)} |")
    lines.append(f"| the same candidates by chance | {_said(measured[-1])} | {_said(against[-1])} |  |  |  |")
    return lines


def _shuffled(found: Comparison, row: int, asked: BoolArray) -> FloatArray:
    """(n,) NDCG@K of the first recommender's candidates in a random order, the mean of 200 orders."""
    lists: IntArray = found.ranked[row].items[asked][:, :CANDIDATES]
    truth = found.truth[np.flatnonzero(asked)]
    gains = np.array(
        [[truth[[at], item][0] if item >= 0 else 0 for item in own] for at, own in enumerate(lists)]
    )
    discount = 1 / np.log2(np.arange(2, K + 2))
    ideal = np.array([discount[: min(K, int(many))].sum() for many in np.diff(truth.indptr)])
    rng = np.random.default_rng(0)
    orders = [rng.permuted(gains, axis=1)[:, :K] @ discount / ideal for _ in range(200)]
    return np.mean(orders, axis=0)


def _diagnosed(name: str, source: str, specs: Sequence[str]) -> list[str]:
    dataset = load(Source(data=source))
    lines = [
        "",
        f"## What its lists go by, on {name}",
        "",
        f"| way | place bias | averaged | hostile title gains | cleaned, averaged | as {FIRST} |",
        "|---|---|---|---|---|---|",
    ]
    for one in specs:
        asked = Diagnosing(_experiment(source, specs), one, people=PEOPLE_DIAGNOSED)
        found: Diagnosis = diagnosis(dataset, settings=asked, report=silent)
        cells = (found.bias_before, found.bias_after, found.shift_before, found.shift_after, found.agreement)
        lines.append(f"| `{one}` | {' | '.join(map(_with_n, cells))} |")
    return lines


def _speed() -> list[str]:
    """Tokens a second through our interface and by bare xllamacpp, the same questions in turns."""
    from xllamacpp import CommonParams, Server

    params = CommonParams()
    params.model.path, params.n_ctx, params.n_parallel = str(weights.checked()), CONTEXT, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = settings().llm_threads
    params.verbosity = -1
    bare, ours = Server(params), EmbeddedModel()
    rates: tuple[list[float], list[float]] = ([], [])
    for turn in range(12):
        text = f"{turn}: write a few sentences about " + "; ".join(f"film {at * turn}" for at in range(40))
        began = time.perf_counter()
        answer = ours.ask(Question("You write.", text, most=32))
        rates[0].append((answer.asked_tokens + answer.said_tokens) / (time.perf_counter() - began))
        messages = [{"role": "system", "content": "You write."}, {"role": "user", "content": text}]
        began = time.perf_counter()
        made = bare.handle_chat_completions(
            {"messages": messages, "max_tokens": 32, "temperature": 0, "cache_prompt": False}
        )
        rates[1].append(made["usage"]["total_tokens"] / (time.perf_counter() - began))
    threads = settings().llm_threads
    mine, theirs = (statistics.median(one[1:]) for one in rates)
    return [
        "",
        "## Speed",
        "",
        "| what | tokens/s | bare xllamacpp | ratio | bound |",
        "|---|---:|---:|---:|---:|",
        f"| 250 read, 32 written, threads: {threads} {_rates(mine, theirs)}",
    ]


def _rates(mine: float, theirs: float) -> str:
    return f"| {mine:.0f} | {theirs:.0f} | {mine / theirs:.2f} | ≥ 0.9 |"


def _said(one: Estimate | None) -> str:
    return "" if one is None else f"{one.mean:.3f} ({one.low:.3f} to {one.high:.3f})"


def _with_n(one: Estimate | None) -> str:
    """With the people that it is over: whom the model preferred nothing for has no correlation."""
    return "" if one is None else f"{_said(one)}, n = {one.n}"


def _took(spent: Spent | None, people: int) -> str:
    if spent is None:
        return " |  | "
    unanswered = f"{spent.failed:,} of {spent.asked:,}"
    if not spent.asked_tokens:
        return f"{unanswered} | kept | kept"  # the same questions as above
    tokens = (spent.asked_tokens + spent.said_tokens) / people
    return f"{unanswered} | {tokens:,.0f} | {spent.seconds / people:.1f}"


if __name__ == "__main__":
    sys.exit(main())
