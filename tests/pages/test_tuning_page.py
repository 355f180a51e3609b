"""Tuning and forecasts on the pages: asked for, shown, put in place, said."""

import pytest
from streamlit.testing.v1 import AppTest

from core.evaluation.tunings import tunings_file
from core.language.address import AddressModel
from core.recommenders.demand import Demand
from core.recommenders.ease import EASE
from core.work.settings import settings
from tests.pages.conftest import Open, html, query, settled
from tests.pages.test_app import chips


@pytest.fixture(autouse=True)
def nothing_tuned() -> None:
    """What other tests tuned is no business of this one."""
    tunings_file().unlink(missing_ok=True)


def captions(at: AppTest) -> str:
    return "\n".join(one.value.replace("\\", "") for one in at.caption)


def opened(at: AppTest) -> AppTest:
    """Overview with its panel open."""
    at.session_state["tuned"] = True
    return settled(at)


def test_overview_says_that_nobody_is_tuned(app: Open) -> None:
    said = captions(app(recommenders="random,ease,item_knn"))
    assert "Not tuned: EASE · ItemKNN" in said or "Not tuned: ItemKNN · EASE" in said
    assert "nothing to tune: Random" in said
    assert "methods?" in said
    assert "term=tuned" in said


def test_all_are_tuned_with_one_budget_and_put_in_place(app: Open) -> None:
    at = opened(app(recommenders="random,ease,item_knn"))
    at.number_input(key="tuning_trials_all").set_value(3)
    at.selectbox(key="tuning_sampler_all").set_value("random")
    at.button(key="tuning_start_all").click()
    settled(at)
    table = next(frame.value for frame in at.dataframe if "its settings" in frame.value)
    assert table["recommender"].tolist() == ["Random", "EASE", "ItemKNN"]
    assert table["trials"].tolist() == [0, 3, 3]
    assert (table["best"] >= table["default"]).all()
    assert (table["n"] > 0).all()
    assert "Random has no settings to tune." in captions(at)
    assert "the test part was not looked at" in captions(at)
    assert (
        table["best"] > table["default"]
    ).any()  # else there is nothing to put in place, and the test says nothing
    at.button(key="tuning_use_all").click()
    settled(at)
    chosen = str(query(at, "recommenders"))
    assert chosen.startswith("random,ease")
    assert "(" in chosen
    assert captions(at).count("(3 trials, NDCG@10)") == 2
    assert not [one for one in at.button if one.key == "tuning_use_all"]  # they are in place


def opened_settings(at: AppTest) -> None:
    """The settings of the second recommender, with the part on tuning open."""
    at.session_state["tune_one"] = True
    at.button(key="chip_1").click()
    at.run()
    assert not at.exception


def test_one_is_tuned_in_its_settings(app: Open) -> None:
    at = app(recommenders="popularity,ease(l2=99999)")
    opened_settings(at)
    at.number_input(key="tuning_trials_one").set_value(4)
    at.button(key="tuning_start_one").click()
    at.run()
    opened_settings(at)  # in a browser the dialog stays open, and starts it
    settled(at)
    opened_settings(at)
    table = next(frame.value for frame in at.dataframe if "its settings" in frame.value)
    assert table["trials"].tolist() == [4]
    at.button(key="tuning_use_one").click()
    settled(at)
    spec = str(query(at, "recommenders"))
    assert spec.startswith("popularity,ease")
    assert "99999" not in spec
    assert "EASE (4 trials, NDCG@10)" in captions(at)


def test_a_forecast_stands_in_the_settings_and_in_the_menu(app: Open) -> None:
    at = app(recommenders="popularity,ease")
    at.button(key="chip_1").click()
    at.run()
    assert "Forecast on this machine: under 1 s, under 0.1 GB" in captions(at)
    (menu,) = [one for one in at.get("menu_button") if one.key == "add_recommender"]
    options = [one.replace("\\", "") for one in menu.options]  # type: ignore[union-attr]
    assert "UserKNN · under 1 s, under 0.1 GB" in options


def test_what_a_language_model_will_be_asked_is_said_before_it_starts(
    app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five people, two orders each."""
    address = AddressModel("http://127.0.0.1:9/v1", "", "large")
    monkeypatch.setattr("core.recommenders.llm_rerank.chosen", lambda: address)
    monkeypatch.setattr("pages.parts.model_bill.chosen", lambda: address)
    at = app(recommenders="popularity,llm_rerank(people=5)")
    at.button(key="chip_1").click()
    at.run()
    assert "It asks large ≈ 10 questions: ≈ 4,000 tokens to read and ≈ 10 to say; cost ≈ 0." in captions(at)
    assert (
        "How fast it answers is not known before it has answered; the forecast is without that."
        in captions(at)
    )


def test_what_is_too_much_is_refused_by_name_and_the_others_go_on(
    app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        EASE,
        "demand",
        lambda _self, size: Demand({}, {}, size.users * settings().memory_gb * 2e7),
    )
    at = app(recommenders="popularity,ease(l2=3)")
    shown = html(at)
    assert "EASE could not take part." in shown
    assert "the forecast for" in shown
    at.button(key="chip_1").click()
    at.run()
    assert "at most 4 GB." in html(at)
    assert chips(at)[0] == "Popularity"
