"""Whether sentences that a language model writes hold: facts in slots, and in its own words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.data.dataset import Dataset
from core.data.ids import rows_with
from core.data.load import Source, load
from core.evaluation.experiment import Experiment
from core.evaluation.people import places
from core.evaluation.protocol import compare
from core.explain.sentences import explanation
from core.explain.why import Question, why
from core.language.asked import Asking
from core.language.checked import unsupported
from core.language.embedded import EmbeddedModel
from core.language.words import quoted
from core.language.writing import Draft, in_own_words, write
from core.work import here

SENTENCES, OWN = 100, 20  # of each data set: in slots, and of these in own words
_ABOUT = (
    "Sentences that say why an item is in a list, {many} of each data set, by {recommenders} in turn. One"
    " holds that names a fact of the reason, no name and no number beside the facts (the check of"
    " `core/language/checked.py`), and no item that the person had not taken. Own words are what the same"
    " model writes when it is free to."
)
RECOMMENDERS = ("popularity", "ease", "item_knn", "user_knn")


@dataclass(frozen=True)
class _Case:
    draft: Draft
    history: frozenset[str]  # titles of what the person took in training


def fidelity(sources: dict[str, str], many: int = SENTENCES) -> list[str]:
    """The table: of how many sentences all facts hold. `sources`: name → where the data are."""
    lines = [
        "",
        "## Whether sentences hold",
        "",
        _ABOUT.format(many=many, recommenders=", ".join(f"`{one}`" for one in RECOMMENDERS)),
        "",
        "| data | facts in slots, hold | own words, hold | what own words got wrong first |",
        "|---|---:|---:|---|",
    ]
    run = Asking(EmbeddedModel(), {})
    for name, source in sources.items():
        cases = list(_cases(load(Source(data=source)), source, many))
        slots = [write(run, case.draft) for case in cases]
        free = [in_own_words(run, case.draft) for case in cases[:OWN]]
        hold = [
            bool(text.by) and not _fault(text.said(), case) for text, case in zip(slots, cases, strict=True)
        ]
        faults = Counter(
            " ".join(text.refused.split()[:2])
            for text, case in zip(free, cases, strict=False)
            if not text.by or _fault(text.said(), case)
        )
        said = ", ".join(f"{what or 'no finished text'} ({n})" for what, n in faults.most_common(3))
        own = len(free) - faults.total()
        lines.append(f"| {name} | {sum(hold)} of {len(cases)} | {own} of {len(free)} | {said} |")
    return lines


def _fault(text: str, case: _Case) -> str:
    named = {
        value
        for sentence in case.draft.sentences
        for name, some in sentence.facts
        for value in some
        if name == "items"
    }
    strange = [one for one in named if one in text and one not in case.history]
    return f"{strange[0]} is not in the history" if strange else unsupported(text, case.draft.facts)


def _cases(dataset: Dataset, source: str, many: int) -> Iterator[_Case]:
    """Sentences about the first item of a list, person by person, recommender by recommender."""
    experiment = Experiment(
        data=source, split="leave_last(fraction=0.2)", recommenders=RECOMMENDERS, metrics=("ndcg",), k=(10,)
    ).on(dataset)
    comparison = here.current().run(compare, dataset, settings=experiment)
    titles = {str(item): quoted(str(title)) for item, title in dataset.items["title"].dropna().items()}
    rows = np.random.default_rng(0).permutation(len(comparison.user_ids))
    found = 0
    for turn, row in enumerate(rows.tolist()):
        entry = turn % len(comparison.entries)
        first = places(comparison, entry, row, 1)
        user = str(comparison.user_ids[row])
        question = Question(experiment, comparison.entries[entry].spec, user)
        answer = here.current().run(why, dataset, tuple(one.item for one in first), settings=question)
        draft = explanation(answer.reasons[0], titles) if first else None
        if draft is None:
            continue
        taken = dataset.interactions["item"][rows_with(dataset.interactions["user"], user)].astype("str")
        yield _Case(draft, frozenset(titles.get(one, one) for one in taken))
        found += 1
        if found == many:
            return
