"""A dear recommender's list for one person is the one that a comparison of everybody would hold."""

from pathlib import Path

import pytest

from core.data.load import load
from core.evaluation.experiment import Experiment, experiment_of
from core.evaluation.people import places, row_of
from core.evaluation.protocol import compare
from core.explain.one_list import one_list
from core.explain.why import Question
from core.work.desk import Desk
from tests.models import HashModel

LOG = "user,item,timestamp\n" + "".join(
    f"{user},{item},{at}\n"
    for user, items in {"a": "1234", "b": "1235", "c": "1243", "d": "2314", "e": "5321"}.items()
    for at, item in enumerate(items, 1_700_000_000)
)
ITEMS = "item,title\n" + "".join(f"{item},Thing {item}\n" for item in "12345")


def experiment(folder: Path, people: int) -> Experiment:
    (folder / "log.csv").write_text(LOG)
    (folder / "items.csv").write_text(ITEMS)
    return experiment_of(
        {
            "data": str(folder / "log.csv"),
            "items": str(folder / "items.csv"),
            "split": "leave_last(n=1)",
            "recommenders": [f"llm_rerank(weight=1,people={people})"],
            "k": [3],
        }
    )


@pytest.mark.usefixtures("hash_model")
def test_it_is_the_list_that_everybody_would_have(desk: Desk, tmp_path: Path) -> None:
    whole = experiment(tmp_path, 0)
    data = load(whole.source)
    expected = desk.run(compare, data, settings=whole)
    some = experiment(tmp_path, 1)
    sampled = desk.run(compare, data, settings=some)
    asked = sampled.ranked[0].asked
    assert asked is not None and asked.sum() == 1
    for user in map(str, sampled.user_ids[~asked]):
        row = row_of(expected, user)
        assert row is not None
        found = desk.run(one_list, data, settings=Question(some, some.recommenders[0], user))
        assert found.places == places(expected, 0, row, 3)
        assert not found.provisional


def test_a_model_that_leaves_something_unanswered_makes_a_list_that_is_not_kept(
    desk: Desk, tmp_path: Path, hash_model: HashModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.language.model import Answer
    from core.language.model import Question as Asked

    ask = hash_model.ask

    def half(question: Asked) -> Answer:
        answer = ask(question)
        return Answer("", 1, 1, 0.0) if len(hash_model.asked) % 2 else answer

    monkeypatch.setattr(hash_model, "ask", half)
    some = experiment(tmp_path, 1)
    data = load(some.source)
    found = desk.run(one_list, data, settings=Question(some, some.recommenders[0], "a"))
    assert found.provisional and found.items
