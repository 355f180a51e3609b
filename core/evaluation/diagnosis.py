"""What a language model's lists go by beside the people, measured on a sample before one believes them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.data.dataset import Dataset
from core.data.folds import Fold
from core.data.ids import hashes
from core.evaluation.experiment import Experiment
from core.evaluation.lists import sampled
from core.evaluation.protocol import folds_of
from core.evaluation.uncertainty import Estimate, estimates, means, resampled
from core.language.asked import Asking, Spent
from core.language.diagnosis import agreement, injection_shift, mean_of, place_bias
from core.language.model import why
from core.language.ranking import Case
from core.recommenders.apart import fitted
from core.recommenders.base import best, recommender_of
from core.recommenders.llm_rerank import AtWork, LLMRerank, LLMScorer
from core.types import FloatArray
from core.work.artifacts import artifact
from core.work.errors import BadInput, Passing
from core.work.report import Report, within
from core.work.steps import step

PEOPLE = 30


@artifact
@dataclass(frozen=True)
class Diagnosing:
    """Which recommender of an experiment is looked at, on how many people."""

    experiment: Experiment
    spec: str
    people: int = PEOPLE


@artifact
@dataclass(frozen=True)
class Diagnosis:
    """Means over people; `before`: one order, titles as they are; `after`: as they are used."""

    spec: str
    bias_before: Estimate | None  # Spearman's correlation of the place shown and the place given
    bias_after: Estimate | None
    shift_before: Estimate | None  # places that a hostile title gains
    shift_after: Estimate | None
    agreement: Estimate | None  # Spearman's correlation with the first recommender's order
    candidates: int
    people: int
    spent: Spent

    @property
    def provisional(self) -> bool:
        """Whether something was left unanswered that may be answered yet."""
        return self.spent.failed > 0


@step(version=1, called="Looking at the language model")
def diagnosis(dataset: Dataset, *, settings: Diagnosing, report: Report) -> Diagnosis:
    """Ask about candidates in other orders, and with one title that gives orders.

    Raises BadInput for a recommender that is no language model, and where it answers nothing.
    """
    recommender = recommender_of(settings.spec)
    if not isinstance(recommender, LLMRerank):
        raise BadInput(
            f"{settings.spec[:60]} is no language model.", "llm_rerank with its settings.", "choose one."
        )
    experiment = settings.experiment.on(dataset)
    fold = folds_of(dataset, experiment)[0]
    scorer = fitted(recommender, fold.train, within(report, 0.0, 0.1)).scorer
    assert isinstance(scorer, LLMScorer)
    many, method = scorer.how.shuffles, scorer.how.method
    with scorer.opened() as live:
        cases = _cases(live, fold, settings.people, experiment.seed)
        run = live.run
        works: tuple[tuple[str, Callable[[Asking, Case], float | None]], ...] = (
            ("bias_before", lambda run, case: place_bias(run, case, method, 1)),
            ("bias_after", lambda run, case: place_bias(run, case, method, many)),
            ("shift_before", lambda run, case: injection_shift(run, case, method, 1, cleaned=False)),
            ("shift_after", lambda run, case: injection_shift(run, case, method, many, cleaned=True)),
            ("agreement", lambda run, case: agreement(run, case, method, many)),
        )
        found: dict[str, list[float | None]] = {name: [] for name, _ in works}
        for at, case in enumerate(cases):
            report(0.1 + 0.9 * at / len(cases), "Asking in other orders")
            for name, work in works:
                found[name].append(work(run, case))
        spent = live.spent
    if spent.asked and spent.failed == spent.asked:
        raise Passing(
            f"The language model answered nothing: {why(spent.reasons[0])}.", "answers.", "put that right."
        )
    measured = {name: _estimated(mean_of(values), experiment.seed) for name, values in found.items()}
    return Diagnosis(
        spec=settings.spec,
        candidates=max((len(case.titles) for case in cases), default=0),
        people=len(cases),
        spent=spent,
        **measured,
    )


def _cases(live: AtWork, fold: Fold, people: int, seed: int) -> list[Case]:
    """The candidates of a sample of test people, as the ranker gets them."""
    from core import kernels

    test = fold.test.part(sampled(fold.test, people, seed))
    history = test.given(live.ordered)
    scores = np.require(live.score(history, test.users), np.float32, ("C", "W", "O"))
    kernels.ranking.mask(scores, *kernels.pattern(test.masked))
    keys, items = hashes(test.user_ids.tolist(), seed), hashes(fold.train.item_ids.tolist(), seed)
    found = best(scores, keys, items, min(live.most, scores.shape[1]))[0]
    return [
        live.case(history[[row]], own[own >= 0]) for row, own in enumerate(found) if (own >= 0).sum() >= 2
    ]


def _estimated(values: FloatArray, seed: int) -> Estimate | None:
    if not len(values):
        return None
    whole, n = means(values[:, None])
    (one,) = estimates(whole, resampled(values[:, None], seed), n)
    return one
