"""A newcomer's sentence, read and not read, on the sample's known truth: `python -m benchmarks.wishes`.

Writes its section of docs/language-model.md. Takes about a quarter of an hour on one thread.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from benchmarks.measured_page import written
from core.cli.output import command_desk
from core.content.embed import default_encoder
from core.content.encoders.base import TextEncoder, encoder_of
from core.content.texts import Content, content_of
from core.content.vocabulary import Vocabulary, named, terms, vocabulary
from core.content.wishes import Wishes, by_model, by_rules
from core.data.folds import Test
from core.data.load import Source, load
from core.evaluation.by_sentence import Fitting, Understood, near
from core.evaluation.judged import judge
from core.evaluation.metric import metrics
from core.evaluation.uncertainty import Estimate, estimates, means, resampled
from core.language.asked import asking
from core.language.embedded import EmbeddedModel
from core.recommenders.base import Scorer, rank
from core.types import BoolArray, FloatArray
from core.work import here
from core.work.report import silent

ROOT = Path(__file__).parents[1]
TRUTH = ROOT / "sample_data" / "shop" / "truth" / "items.parquet"
EACH, K, SEED = 18, 10, 0
PLAIN, RULES, MODEL, RIGHT = "the sentence as it is", "read by rules", "read by the model", "read rightly"

ONE, TWO, KNOWN, OTHER = "one wish", "two wishes", "a dislike, in the rules' words", "a dislike, otherwise"
# {kind}, {other}: kinds looked for; {colour}: the colour looked for; {no}: the colour refused.
WORDINGS: dict[str, tuple[str, ...]] = {
    ONE: ("I'm looking for a {kind}", "hello, do you have a good {kind} for my sister?"),
    TWO: (
        "a {kind} in {colour}",
        "{colour} would be nice, it is for a {kind}",
        "either a {kind} or a {other}",
    ),
    KNOWN: (
        "a {kind}, not in {no}",
        "I want a {kind} but I don't like {no}",
        "{kind} in any colour except {no}, please",
        "without {no} in it: a {kind} or a {other}",
    ),
    OTHER: (
        "a {kind}. {no} is not for me",
        "please skip the {no} ones, I need a {kind}",
        "I have had enough of {no}, show me a {kind}",
        "a {kind} in whatever colour you have, {no} aside",
        "not a {no} {kind}, one in another colour",
    ),
}


@dataclass(frozen=True)
class Sentence:
    """What somebody says, and what is true of it."""

    group: str
    text: str
    wishes: tuple[str, ...]
    dislikes: tuple[str, ...]
    relevant: BoolArray  # (I,)


def made(items: pd.DataFrame) -> list[Sentence]:
    """EACH sentences of every wording, drawn so that something is relevant, and something is refused."""
    rng = np.random.default_rng(SEED)
    kinds, colours = sorted(items["kind"].unique()), sorted(items["colour"].unique())
    found = []
    for group, wordings in WORDINGS.items():
        for wording in wordings:
            mine: list[Sentence] = []
            while len(mine) < EACH:
                kind, other = rng.choice(kinds, 2, replace=False)
                colour, no = rng.choice(colours, 2, replace=False)
                one = _sentence(items, group, wording, kind=kind, other=other, colour=colour, no=no)
                if one is not None:
                    mine.append(one)
            found += mine
    return found


def _sentence(items: pd.DataFrame, group: str, wording: str, **parts: str) -> Sentence | None:
    looked = [parts[name] for name in ("kind", "other") if f"{{{name}}}" in wording]
    relevant = items["kind"].isin(looked).to_numpy()
    wishes, dislikes = list(looked), []
    if "{colour}" in wording:
        relevant = relevant & (items["colour"] == parts["colour"]).to_numpy()
        wishes.append(parts["colour"])
    if "{no}" in wording:
        refused = (items["colour"] == parts["no"]).to_numpy()
        if not (relevant & refused).any():
            return None
        relevant = relevant & ~refused
        dislikes.append(parts["no"])
    if not relevant.any():
        return None
    return Sentence(group, wording.format(**parts), tuple(wishes), tuple(dislikes), relevant)


def main() -> int:
    """Measure, and write the section between the marks; what stands around it stays."""
    desk = command_desk()
    with here.at(desk):
        dataset = load(Source(data="shop"))
        content = content_of(dataset)
        words = desk.run(vocabulary, content, settings=None)
        truth = pd.read_parquet(TRUTH).set_index("item").reindex(content.item_ids)
        sentences = made(truth)
        readings = _readings(words, sentences)
        lists = _judged(content, words, sentences, readings)
    lines = [*_quality(sentences, lists), *_sides(words, sentences, readings), *_groups(sentences, lists)]
    print("\n".join(lines))
    written("wishes", "python -m benchmarks.wishes", lines)
    return 0


def _readings(words: Vocabulary, sentences: Sequence[Sentence]) -> dict[str, list[Wishes]]:
    found = [named(words, one.text) for one in sentences]
    with asking(EmbeddedModel()) as run:
        model = []
        for at, (one, said) in enumerate(zip(sentences, found, strict=True)):
            model.append(by_model(run, said, one.text))
            if at % 20 == 0:
                print(f"{at} of {len(sentences)} read", flush=True)
    right = []
    for one, rules in zip(sentences, map(by_rules, found), strict=True):
        wished, refused = _terms(words, one.wishes), _terms(words, one.dislikes)
        right.append(Wishes(wished, refused, "", rules.others, rules.absent))
    return {RULES: [by_rules(one) for one in found], MODEL: model, RIGHT: right}


def _terms(words: Vocabulary, phrases: Sequence[str]) -> tuple[str, ...]:
    return tuple(term for phrase in phrases for term in terms(words, phrase))


def _judged(
    content: Content,
    words: Vocabulary,
    sentences: Sequence[Sentence],
    readings: dict[str, list[Wishes]],
) -> dict[str, FloatArray]:
    """Way → (T, 2) NDCG and precision at K of every sentence."""
    encoder = encoder_of(default_encoder(content))
    assert isinstance(encoder, TextEncoder)
    scorers: dict[str, Scorer] = {PLAIN: near(content, [one.text for one in sentences], encoder, silent)}
    for way, found in readings.items():
        texts = [read.sought(one.text) for read, one in zip(found, sentences, strict=True)]
        plain = near(content, texts, encoder, silent)
        scorers[way] = Fitting(plain.said, plain.items, Understood(words, tuple(found)))
    shape = (len(sentences), len(content.item_ids))
    rows, columns = np.nonzero(np.stack([one.relevant for one in sentences]))
    truth = csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    nothing = csr_array((np.ones(0, dtype=np.float32), (rows[:0], columns[:0])), shape=shape)
    ids = np.array([str(at) for at in range(len(sentences))], dtype=object)
    test = Test(ids, np.arange(len(sentences), dtype=np.int32), nothing, masked=nothing, truth=truth)
    computed = [metrics()[name, "standard"] for name in ("ndcg", "precision")]
    values = {}
    for way, scorer in scorers.items():
        judged = judge(rank(scorer, test, content.item_ids, K, SEED), test)
        values[way] = np.stack([one.values(judged, K) for one in computed], axis=1)
    return values


def _quality(sentences: Sequence[Sentence], lists: dict[str, FloatArray]) -> list[str]:
    lines = [
        "",
        f"| {len(sentences)} sentences | NDCG@{K} | less {PLAIN}, paired | precision@{K} | paired |",
        "|---|---|---|---|---|",
    ]
    for way, values in lists.items():
        mine, gaps = _estimated(values), _estimated(values - lists[PLAIN])
        cells = (mine[0], None if way == PLAIN else gaps[0], mine[1], None if way == PLAIN else gaps[1])
        lines.append(f"| {way} | {' | '.join(map(_said, cells))} |")
    return lines


def _sides(words: Vocabulary, sentences: Sequence[Sentence], readings: dict[str, list[Wishes]]) -> list[str]:
    """The share of wished and of refused terms on the right side, by sentence."""
    lines = [
        "",
        "| terms on the right side | wished | refused | sentences with all of them right |",
        "|---|---|---|---|",
    ]
    for way in (RULES, MODEL):
        shares = np.full((len(sentences), 3), np.nan)
        for at, (one, found) in enumerate(zip(sentences, readings[way], strict=True)):
            for side, (phrases, there) in enumerate(
                ((one.wishes, found.wishes), (one.dislikes, found.dislikes))
            ):
                wanted = _terms(words, phrases)
                if wanted:
                    shares[at, side] = np.mean([term in there for term in wanted])
            shares[at, 2] = np.nanmin(shares[at, :2]) == 1
        lines.append(f"| {way} | {' | '.join(map(_said, _estimated(shares)))} |")
    gave_none = sum(bool(one.why) for one in readings[MODEL])
    return [*lines, "", f"The model gave no usable answer to {gave_none} of them, which the rules read."]


def _groups(sentences: Sequence[Sentence], lists: dict[str, FloatArray]) -> list[str]:
    lines = ["", f"| NDCG@{K} | {' | '.join(lists)} | n |", f"|---|{'---|' * len(lists)}---:|"]
    for group in WORDINGS:
        mine = np.array([one.group == group for one in sentences])
        cells = [_said(_estimated(values[mine])[0]) for values in lists.values()]
        lines.append(f"| {group} | {' | '.join(cells)} | {int(mine.sum())} |")
    return lines


def _estimated(values: FloatArray) -> list[Estimate]:
    whole, n = means(values)
    return estimates(whole, resampled(values, SEED), n)


def _said(one: Estimate | None) -> str:
    return "" if one is None else f"{one.mean:.3f} ({one.low:.3f} to {one.high:.3f})"


if __name__ == "__main__":
    sys.exit(main())
