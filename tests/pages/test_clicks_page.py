"""Clicks and sales: what lists would get, what is refused, what is simulated where nothing was logged."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.evaluation.offpolicy.record import with_clicks
from core.evaluation.record import comparison_json
from tests.core.evaluation.offpolicy.made import asked, pages, world
from tests.core.evaluation.people_for_tests import comparison
from tests.pages import shown
from tests.pages.conftest import Open, html, lead, opened, query, settled

CHOSEN = {"recommenders": "popularity,random", "exclude_seen": "none", "k": "2"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> str:
    return shown.made(tmp_path_factory.mktemp("plenty"), shown.plenty(), "plenty")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    return shown.made(tmp_path_factory.mktemp("few"), shown.few(), "few")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> str:
    frame = shown.plenty().drop(columns="propensity")
    return shown.made(tmp_path_factory.mktemp("bare"), frame, "bare")


@pytest.fixture(scope="module")
def unlogged(tmp_path_factory: pytest.TempPathFactory) -> str:
    return shown.made(tmp_path_factory.mktemp("unlogged"), shown.plenty().head(0), "unlogged")


@pytest.fixture
def page(app: Open, shop: str) -> Open:
    def open_page(**given: str) -> AppTest:
        return app("compare/clicks_and_sales", **{"data": shop, **CHOSEN, **given})

    return open_page


def test_the_first_sentence_says_who_would_get_more_and_how_sure_that_is(page: Open) -> None:
    at = page()
    assert re.fullmatch(
        r"Popularity would get more clicks than Random: CTR [\d.]+ % \([\d.–]+ %\), "
        r"[\d.]+ points \([\d.]+ to [\d.]+\) more, told apart\.",
        lead(at),
    )
    text = html(at)
    for part in ("off-policy", "E = ", "log complete", "n = 40 people", "Revenue", "Conversion (CVR)"):
        assert part in text


def test_health_stands_before_any_rate_and_its_details_behind_a_click(page: Open) -> None:
    at = page()
    text = html(at)
    assert text.index("ts-strip") < text.index("ts-columns")
    assert "each on its own" not in text
    at = opened(at, "clicks_health")
    assert "have a gap" in html(at)


def test_another_estimator_and_rate_stand_in_the_address(page: Open) -> None:
    at = page()
    at.segmented_control(key="state_estimator").select("snips")
    settled(at.run())
    assert query(at, "estimator") == "snips"
    at.segmented_control(key="state_rate").select("ctcvr")
    settled(at.run())
    assert query(at, "rate") == "ctcvr"
    assert "purchases" in lead(at)
    again = page(estimator="snips", rate="ctcvr")
    assert lead(again) == lead(at)


def test_an_estimator_of_the_rest_is_taken_up(page: Open) -> None:
    at = page()
    at.selectbox(key="clicks_more").select("ips")
    settled(at.run())
    assert query(at, "estimator") == "ips"
    assert "ips" in at.segmented_control(key="state_estimator").options[-1].lower()


def test_an_estimator_that_the_log_cannot_serve_says_what_it_lacks(page: Open) -> None:
    at = page(estimator="sips")
    assert "can&#x27;t tell" in lead(at) or "can't tell" in lead(at)
    assert "slate_propensity" in html(at)


def test_longer_lists_than_pages_are_cut_and_that_is_said(page: Open) -> None:
    at = page(k="10")
    assert "Lists of 2: the log&#x27;s pages have no more places." in html(at)
    assert lead(at) == lead(page(k="2"))


@pytest.mark.parametrize("part", ["clicks_position", "clicks_day"])
def test_positions_and_days_are_computed_when_opened(page: Open, part: str) -> None:
    at = page()
    many = len(at.get("plotly_chart"))
    at = opened(at, part)
    assert len(at.get("plotly_chart")) == many + 1
    charts: list[Any] = list(at.get("plotly_chart"))
    assert all(chart.proto.alt for chart in charts)


def test_segments_stand_on_one_axis(page: Open) -> None:
    at = opened(page(among="column:club"), "clicks_segment")
    text = html(at)
    assert "bakers" in text and "hikers" in text
    assert {int(n) for n in re.findall(r"n = (\d+) people", text)} <= set(range(10, 21)) | {40}


def test_estimators_stand_beside_each_other_and_lead_to_methods(page: Open) -> None:
    at = opened(page(), "clicks_estimators")
    text = html(at)
    for name in ("pbm", "snips", "dr", "dm"):
        assert f"term=estimator-{name}" in text
    at.toggle(key="clicks_all").set_value(True)
    settled(at.run())
    assert "term=estimator-mle" in html(at)


def test_what_estimates_rest_on(page: Open) -> None:
    at = opened(page(), "clicks_diagnostics")
    text = html(at)
    assert "mean weight" in text and "never shown to the person" in text
    charts: list[Any] = list(at.get("plotly_chart"))
    assert len(charts) == 4 and all(chart.proto.alt for chart in charts)


def test_agreement_and_funnel(page: Open) -> None:
    at = page()
    text = html(at)
    assert "Of 1 pair told apart by clicks, NDCG@2 orders" in text
    assert "ts-funnel" in text and "logged" in text


def test_too_few_events_are_refused_with_the_reason(app: Open, small: str) -> None:
    at = app("compare/clicks_and_sales", data=small, **CHOSEN)
    assert "who would get more clicks" in lead(at)
    text = html(at)
    assert re.search(r"refused: [\d.]+ of 15 events", text)
    assert "times as many pages would do" in text


def test_without_propensities_only_what_was_live_is_shown(app: Open, bare: str) -> None:
    at = app("compare/clicks_and_sales", data=bare, **CHOSEN)
    assert lead(at).startswith("Only what was live is known: even got Clicks (CTR)")
    text = html(at)
    assert "no propensities" in text and "logged" in text and "off-policy" not in text
    assert "n = 40" in text and "per impression" in text
    at.button(key="clicks_fit").click()
    settled(at.run())
    assert query(at, "propensities") == "fitted"
    text = html(at)
    assert "chosen by person" in text and "Propensities are fitted, not logged." in text
    at.button(key="clicks_unfit").click()
    settled(at.run())
    assert query(at, "propensities") is None


def test_which_purchases_count_stands_in_the_address(page: Open) -> None:
    at = page()
    assert "Purchases as they are logged." in html(at)
    at.selectbox(key="state_window").select(7)
    settled(at.run())
    assert query(at, "window") == "7"
    assert "Every page is younger than the window" in html(at)
    at.button(key="clicks_no_window").click()
    settled(at.run())
    assert query(at, "window") is None and "E = " in html(at)


def test_without_impressions_a_simulation_says_that_it_is_one(app: Open, unlogged: str) -> None:
    at = app("compare/clicks_and_sales", data=unlogged, **CHOSEN)
    assert lead(at).startswith("Nothing was logged, so clicks are not known. Simulated, ")
    text = html(at)
    assert "no impressions" in text and text.count('"ts-badge">simulated') == 3
    assert "ts-band" in text
    before = lead(at)
    at.number_input(key="assume_click_wanted").set_value(0.6)
    settled(at.run())
    assert lead(at) != before
    assert any("of 10 variations" in one.value for one in at.caption)


def test_overview_shows_both_columns_with_what_they_rest_on(app: Open, shop: str) -> None:
    at = app(data=shop, **{**CHOSEN, "k": "5"})
    text = html(at)
    assert text.count('"ts-badge">off-policy') == 2
    assert text.count("E = ") >= 4 and "lists of 2" in text
    at = app(data=shop, view="table", **CHOSEN)
    table = at.dataframe[0].value
    assert {"held-out", "off-policy", "logged"} == set(table["source"])


def test_overview_refuses_in_place_of_the_figure(app: Open, small: str) -> None:
    text = html(app(data=small, **CHOSEN))
    assert "of 15 events" in text
    assert "nothing in the log was purchased" in text


def test_overview_of_a_segment_has_the_clicks_of_its_people(app: Open, shop: str) -> None:
    text = html(app(data=shop, segment="column:club=hikers", **CHOSEN))
    assert max(int(n) for n in re.findall(r"n = (\d+) people", text)) <= 20


def test_what_is_exported_holds_the_estimates() -> None:
    found = asked(world(pages(people=20, each=10)))
    whole = with_clicks(comparison_json(comparison()), found)
    assert {row["recommender"] for row in whole["clicks"]} == {"popularity", "random"}
    assert whole["integrity"][-1]["check"] == "clicks and sales"
    assert with_clicks(comparison_json(comparison()), None)["clicks"] == []
