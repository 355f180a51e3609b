"""What a run will ask is said before it starts, and its bounds with it."""

import pytest

from core.language.asked import asking
from core.language.bill import billed, pace
from core.language.model import Question
from core.recommenders.llm_rerank import LLMRerank
from core.work import here
from core.work.desk import Desk
from core.work.settings import settings
from tests.models import HashModel


def test_the_cost_goes_by_the_installations_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million tokens asked at 2, half a million said at 4."""
    monkeypatch.setenv("TOUCHSTONE_LLM_PRICE_IN", "2")
    monkeypatch.setenv("TOUCHSTONE_LLM_PRICE_OUT", "4")
    settings.cache_clear()
    try:
        assert billed(10, 1e6, 5e5).cost == pytest.approx(4)
    finally:
        monkeypatch.undo()
        settings.cache_clear()


@pytest.mark.parametrize(
    ("name", "value", "beyond"),
    [
        ("TOUCHSTONE_LLM_TOKENS", "100", "TOUCHSTONE_LLM_TOKENS"),
        ("TOUCHSTONE_LLM_COST", "0.5", "TOUCHSTONE_LLM_COST"),
        ("TOUCHSTONE_LLM_COST", "5", ""),
    ],
)
def test_a_bound_that_would_be_reached_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, beyond: str
) -> None:
    monkeypatch.setenv("TOUCHSTONE_LLM_PRICE_IN", "1000")
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    try:
        assert billed(1, 900, 100).beyond == beyond
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_a_ranker_asks_as_often_as_its_settings_say() -> None:
    assert LLMRerank(shuffles=3, people=150).bill(1_000).questions == 450
    assert LLMRerank(shuffles=3, people=0).bill(1_000).questions == 3_000
    assert LLMRerank(method="pointwise", candidates=7, people=150).bill(10).questions == 70


def test_the_pace_is_that_of_the_answers_that_are_kept(desk: Desk) -> None:
    model = HashModel()
    assert desk.run(pace, settings=model.identity).n == 0
    with here.at(desk), asking(model) as run:
        run.ask([Question("s", "one"), Question("s", "two")])
    found = desk.run(pace, settings=model.identity)
    assert (found.n, found.seconds) == (2, 0.0)
