"""Runs of questions: kept, counted, bounded, given up."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.language.asked import Asking, asking, together
from core.language.model import Answer, Question, Unanswered
from core.work.desk import Desk
from core.work.engines import Threads
from core.work.report import Report, silent
from core.work.settings import settings
from core.work.steps import step
from core.work.store import Store
from tests.models import HashModel

QUESTIONS = [Question("s", f"question {at}") for at in range(5)]


class Broken(HashModel):
    """Fails from the third question on."""

    def ask(self, question: Question) -> Answer:
        if len(self.asked) >= 2:
            self.asked.append(question)
            raise Unanswered("it is broken")
        return super().ask(question)


@pytest.fixture
def _limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUCHSTONE_LLM_TOKENS", "30")
    settings.cache_clear()


@pytest.fixture(autouse=True)
def _afterwards() -> object:
    yield
    settings.cache_clear()


def test_what_was_asked_in_a_run_is_not_asked_again() -> None:
    model = HashModel()
    run = Asking(model, {})
    first, second = run.ask(QUESTIONS), run.ask(QUESTIONS)
    assert first == second
    assert len(model.asked) == 5
    spent = run.spent()
    assert (spent.asked, spent.kept, spent.failed) == (10, 5, 0)
    assert (spent.asked_tokens, spent.said_tokens) == (50, 5)


@pytest.mark.usefixtures("_limits")
def test_a_run_stops_at_its_bound() -> None:
    """11 tokens an answer: after three the bound of 30 is reached."""
    run = Asking(HashModel(), {})
    assert [one is not None for one in run.ask(QUESTIONS)] == [True, True, True, False, False]
    assert "TOUCHSTONE_LLM_TOKENS" in run.spent().reasons[0]


def test_a_model_that_fails_again_and_again_is_asked_no_more() -> None:
    model = Broken()
    run = Asking(model, {})
    run.ask([*QUESTIONS, *[Question("s", f"more {at}") for at in range(20)]])
    assert len(model.asked) == 2 + 3
    assert run.spent().failed == 23
    assert run.spent().reasons[0] == "it is broken"


@step(version=1, called="Asking")
def ask_all(model: str, *, settings: int, report: Report) -> tuple[int, int]:
    """How many questions were new, and how many kept."""
    with asking(HashModel()) as run:
        run.ask(QUESTIONS[:settings])
        return len(run.fresh), run.spent().kept


def test_answers_are_kept_between_runs_and_processes(tmp_path: Path) -> None:
    def desk() -> Desk:
        return Desk(Store(tmp_path, 10**9), Threads(1))

    assert desk().run(ask_all, "x", settings=3, report=silent) == (3, 0)
    assert desk().run(ask_all, "x", settings=5, report=silent) == (2, 3)


def test_runs_are_summed() -> None:
    one, other = Asking(HashModel(), {}), Asking(Broken(), {})
    one.ask(QUESTIONS)
    other.ask(QUESTIONS)
    found = together([one.spent(), None, other.spent()])
    assert found is not None
    assert (found.asked, found.failed, found.reasons) == (10, 3, ("it is broken",))
    assert together([None]) is None


def test_what_kept_answers_once_took_is_known() -> None:
    """Five answers of two seconds each are kept; asking them twice more counts them once."""
    slow = Asking(HashModel(), {})
    slow.ask(QUESTIONS)
    kept = {key: replace(answer, seconds=2.0) for key, answer in slow.fresh.items()}
    later = Asking(HashModel(), kept)
    later.ask(QUESTIONS)
    later.ask(QUESTIONS)
    assert (later.spent().seconds, later.spent().before) == (0.0, 10.0)
    assert slow.spent().before == 0.0
