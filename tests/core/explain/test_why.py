"""Reasons add up to the score, and a model without reasons says so."""

from pathlib import Path

import pytest

from core.data.load import load
from core.evaluation.experiment import Experiment, experiment_of
from core.evaluation.protocol import compare
from core.explain.why import Question, why
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


def test_contributions_add_up_to_the_score_of_the_list(desk: Desk, experiment: Experiment) -> None:
    data = load(experiment.source)
    made = desk.run(compare, data, settings=experiment)
    for entry, spec in ((0, "item_knn"), (2, "ease(l2=1)")):
        top = str(made.item_ids[made.ranked[entry].items[0, 0]])
        answer = desk.run(why, data, (top,), settings=Question(experiment, spec, "a"))
        (reason,) = answer.reasons
        assert answer.history == 3
        assert reason.score == pytest.approx(float(made.ranked[entry].scores[0, 0]), abs=1e-6)
        total = sum(part.weight for part in reason.parts) + reason.rest + reason.against
        assert total == pytest.approx(reason.score, abs=1e-6)
        assert {part.item for part in reason.parts} <= {"1", "2", "3"}
        assert sum(part.share for part in reason.parts) <= 1 + 1e-9


def test_a_model_that_gives_no_reason_says_so(desk: Desk, experiment: Experiment) -> None:
    answer = desk.run(why, load(experiment.source), ("4",), settings=Question(experiment, "user_knn", "a"))
    assert answer.reasons == ()


@pytest.mark.parametrize(
    ("user", "item", "message"),
    [("zoe", "4", "Nothing of 'zoe' is held out"), ("a", "<b>", "There is no item")],
)
def test_strangers_are_refused(
    desk: Desk, experiment: Experiment, user: str, item: str, message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        desk.run(why, load(experiment.source), (item,), settings=Question(experiment, "item_knn", user))
