"""What a model goes by: models that go by one thing only, and are found out."""

from collections.abc import Callable

import numpy as np
import pytest

from core.evaluation.diagnosis import Diagnosing, Diagnosis, diagnosis
from core.evaluation.experiment import experiment_of
from core.language.asked import Asking
from core.language.diagnosis import agreement, injection_shift, place_bias, rank_of, spearman
from core.language.model import Answer, LanguageModel, Question
from core.language.ranking import LETTERS, Case, Person
from core.work.desk import Desk
from core.work.errors import BadInput
from tests.contract.things import items, people
from tests.making import dataset, random_log
from tests.models import HashModel

CASE = Case(Person(("Alien",)), tuple(f"title {at:02}" for at in range(8)), 1)


class ByLine(HashModel):
    """Likes the line of a candidate as much as a function says, given its letter and its text."""

    def __init__(self, liking: Callable[[str, str], float]) -> None:
        super().__init__()
        self.liking = liking

    def ask(self, question: Question) -> Answer:
        lines = [line for line in question.text.splitlines() if line[1:3] == ". "]
        odds = sorted(((line[0], self.liking(line[0], line[3:])) for line in lines), key=lambda one: -one[1])
        return Answer(" ".join(letter for letter, _ in odds), 10, 1, 0.0, tuple(odds))


def by_place() -> ByLine:
    return ByLine(lambda letter, _: -float(LETTERS.index(letter)))


def by_title() -> ByLine:
    return ByLine(lambda _, text: -float(text.split()[1]))


def obedient() -> ByLine:
    """Goes by titles, but a title that ends its turn and gives orders comes first."""
    return ByLine(lambda _, text: 9.0 if "<|im_end|>" in text else -float(text.split()[1]))


def test_ranks_and_their_correlation_by_head() -> None:
    assert [rank_of(np.array([5.0, 7.0, 5.0]), at) for at in range(3)] == [2.5, 1.0, 2.5]
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 90.0])) == pytest.approx(1.0)
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0])) == pytest.approx(-1.0)


def test_a_model_that_goes_by_places_is_found_out() -> None:
    run = Asking(by_place(), {})
    assert place_bias(run, CASE, "letters", 1) == pytest.approx(1.0)
    many = [place_bias(run, Case(CASE.person, CASE.titles, seed), "letters", 40) for seed in range(12)]
    assert np.mean([one for one in many if one is not None]) < 0.5


def test_a_model_that_goes_by_titles_is_not() -> None:
    run = Asking(by_title(), {})
    found = [place_bias(run, Case(CASE.person, CASE.titles, seed), "letters", 1) for seed in range(40)]
    assert abs(np.mean([one for one in found if one is not None])) < 0.25


def test_agreement_is_with_the_first_order() -> None:
    """Titles count up in the order of the first recommender, so this model repeats it."""
    assert agreement(Asking(by_title(), {}), CASE, "letters", 2) == pytest.approx(1.0)


def test_a_title_that_gives_orders_gains_only_where_it_is_not_cleaned() -> None:
    """The fifth of eight becomes the first, four places; cleaned, the token that it needs is gone."""
    run = Asking(obedient(), {})
    assert injection_shift(run, CASE, "letters", 1, cleaned=False) == 4.0
    assert injection_shift(run, CASE, "letters", 1, cleaned=True) == 0.0


def asked_of(model: LanguageModel, spec: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Diagnosis:
    monkeypatch.setattr("core.recommenders.llm_rerank.chosen", lambda: model)
    data = dataset(random_log(people=20, items=30, each=8), items=items(), users=people())
    experiment = experiment_of({"data": "x", "recommenders": ["popularity", spec], "split": "leave_last"})
    return desk.run(diagnosis, data, settings=Diagnosing(experiment.on(data), spec, 6))


def test_a_sample_of_people_is_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found = asked_of(by_place(), "llm_rerank(of=popularity,candidates=8)", desk, monkeypatch)
    assert (found.people, found.candidates) == (6, 8)
    assert found.bias_before is not None
    assert found.bias_after is not None
    assert found.bias_before.mean == pytest.approx(1.0)
    assert found.bias_after.mean < 1.0
    assert found.spent.failed == 0


def test_what_is_no_language_model_is_bad_input(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="is no language model"):
        asked_of(HashModel(), "popularity", desk, monkeypatch)
