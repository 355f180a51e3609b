"""Reasons add up to the score, and a model without reasons says so."""

from pathlib import Path

import pytest

from core.data.load import load
from core.evaluation.experiment import Experiment, experiment_of
from core.evaluation.protocol import compare
from core.explain.why import Question, why
from core.recommenders.linear import LinearScorer
from core.work.desk import Desk
from core.work.errors import BadInput

LOG = "user,item,timestamp\n" + "".join(
    f"{user},{item},{at}\n"
    for user, items in {"a": "1234", "b": "1235", "c": "1243", "d": "2314", "e": "5321"}.items()
    for at, item in enumerate(items, 1_700_000_000)
)


@pytest.fixture
def experiment(tmp_path: Path) -> Experiment:
    (tmp_path / "log.csv").write_text(LOG)
    return experiment_of(
        {
            "data": str(tmp_path / "log.csv"),
            "split": "leave_last(n=1)",
            "recommenders": ["item_knn", "user_knn", "ease(l2=1)"],
        }
    )


def test_what_a_reason_names_adds_up_to_the_score_of_the_list(desk: Desk, experiment: Experiment) -> None:
    data = load(experiment.source)
    made = desk.run(compare, data, settings=experiment)
    for entry, spec in enumerate(("item_knn", "user_knn", "ease(l2=1)")):
        top = str(made.item_ids[made.ranked[entry].items[0, 0]])
        answer = desk.run(why, data, (top,), settings=Question(experiment, spec, "a"))
        (found,) = answer.reasons
        assert answer.history == 3
        assert found.reason.exact
        assert found.reason.score == pytest.approx(float(made.ranked[entry].scores[0, 0]), abs=1e-6)
        for way in found.ways:
            total = sum(part.weight for part in way.parts) + way.rest + way.against
            assert total == pytest.approx(found.reason.score, abs=1e-6)
            assert sum(part.share for part in way.parts) <= 1 + 1e-9
        names = {part.name for part in found.ways[-1].parts}
        assert names <= {"1", "2", "3"}


def test_people_are_named_by_their_ids(desk: Desk, experiment: Experiment) -> None:
    answer = desk.run(why, load(experiment.source), ("4",), settings=Question(experiment, "user_knn", "a"))
    people = answer.reasons[0].ways[0]
    assert {part.name for part in people.parts} <= {"b", "c", "d", "e"}
    assert people.parts


def test_what_gives_no_reason_is_estimated(
    desk: Desk, experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LinearScorer, "contributions", lambda *_given: None)
    answer = desk.run(why, load(experiment.source), ("4",), settings=Question(experiment, "item_knn", "a"))
    (found,) = answer.reasons
    assert not found.reason.exact
    own = sum(part.weight for part in found.reason.parts)
    assert own == pytest.approx(found.reason.score, rel=1e-4)  # of a sum the parts are what leaving out shows


@pytest.mark.parametrize(
    ("user", "item", "message"),
    [("zoe", "4", "Nothing of 'zoe' is held out"), ("a", "<b>", "There is no item")],
)
def test_strangers_are_refused(
    desk: Desk, experiment: Experiment, user: str, item: str, message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        desk.run(why, load(experiment.source), (item,), settings=Question(experiment, "item_knn", user))
