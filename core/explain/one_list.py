"""The list of one person whom a comparison did not ask about, since its lists are dear."""

from dataclasses import dataclass

import numpy as np

from core.data.dataset import Dataset
from core.evaluation.lists import Ask, lists
from core.evaluation.people import Place
from core.explain.asked import given
from core.explain.why import Question
from core.recommenders.apart import ask, fitted
from core.recommenders.base import recommender_of
from core.work.artifacts import artifact
from core.work.report import Report, within
from core.work.steps import step


@artifact
@dataclass(frozen=True)
class OneList:
    """Places of a list, best first, and whether something failed that may be answered yet."""

    items: tuple[str, ...]
    scores: tuple[float, ...]
    hits: tuple[bool, ...]  # held out: the person really took it later
    provisional: bool

    @property
    def places(self) -> list[Place]:
        """As a comparison's lists are shown."""
        rows = zip(self.items, self.scores, self.hits, strict=True)
        return [Place(rank, item, score, hit) for rank, (item, score, hit) in enumerate(rows, 1)]


@step(version=1, called="Asking for one person")
def one_list(dataset: Dataset, *, settings: Question, report: Report) -> OneList:
    """The list that a recommender of the experiment makes for this person, as long as the longest cut-off.

    Raises BadInput for a person of whom nothing is held out, and where no model answers.
    """
    experiment = settings.experiment.on(dataset)
    report(0.0, "Splitting")
    person = given(dataset, experiment, settings.user)
    recommender, train = recommender_of(settings.spec), person.fold.train
    learnt = fitted(recommender, train, within(report, 0.2, 0.7))
    report(0.7, "Asking the model")
    test = person.fold.test.part(np.array([person.row]))
    made = ask(
        recommender, lists, learnt, test, train.item_ids, settings=Ask(max(experiment.k), experiment.seed)
    )
    items = made.ranked.items[0]
    items = items[items >= 0]
    return OneList(
        tuple(str(train.item_ids[item]) for item in items),
        tuple(float(score) for score in made.ranked.scores[0, : len(items)]),
        tuple(bool(test.truth[[0], [item]][0]) for item in items),
        made.provisional,
    )
