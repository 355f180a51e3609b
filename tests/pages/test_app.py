"""State transitions of every stateful widget of the frame, Overview and Methods."""

import pytest
from streamlit.testing.v1 import AppTest

from core.recommenders.base import RECOMMENDERS
from core.recommenders.options import options_of
from tests.pages.conftest import Open, html, lead, query, settled


def chips(at: AppTest) -> list[str]:
    return [button.label for button in at.button if str(button.key).startswith("chip_")]


def test_overview_says_who_is_best_with_figure_and_interval(app: Open) -> None:
    at = app()
    assert "NDCG@10 0." in lead(at)
    assert html(at).count('role="img"') >= 9  # three recommenders × three metrics
    assert "n = 52 people" in html(at)
    assert "no impressions" in html(at)


def test_k_changes_figures_sentence_and_url(app: Open) -> None:
    at = app()
    at.segmented_control(key="state_k").set_value(5)
    settled(at)
    assert query(at, "k") == "5"
    assert "NDCG@5" in lead(at)
    at.segmented_control(key="state_k").set_value(20)
    settled(at)
    assert "NDCG@20" in lead(at)


def test_a_run_that_was_asked_for_before_a_press_does_not_take_it_back(app: Open) -> None:
    at = app(k="10")
    at.segmented_control(key="state_k").set_value(20)
    at.run()
    at.query_params["k"] = "10"  # as a timer's run has it that left the browser before the press came back
    settled(at)
    assert query(at, "k") == "20"
    assert "@20" in lead(at)


def test_every_second_change_counts_too(app: Open) -> None:
    at = app()
    for k in (5, 20, 10, 5):
        at.segmented_control(key="state_k").set_value(k)
        settled(at)
        assert f"@{k} " in lead(at)


def test_the_metric_of_the_verdict_changes(app: Open) -> None:
    at = app()
    at.selectbox(key="state_metric").set_value("mrr")
    settled(at)
    assert "MRR@10" in lead(at)
    assert "MRR@10" in html(at)
    assert query(at, "metric") == "mrr"


def test_values_relative_to_a_baseline(app: Open) -> None:
    at = app()
    at.selectbox(key="state_baseline").set_value("popularity")
    settled(at)
    assert "baseline" in html(at)
    assert query(at, "baseline") == "popularity"
    at.selectbox(key="state_baseline").set_value("")
    settled(at)
    assert query(at, "baseline") is None


def test_the_table_has_every_metric_with_interval_and_n(app: Open) -> None:
    at = app()
    at.segmented_control(key="state_view").set_value("table")
    settled(at)
    table = next(frame.value for frame in at.dataframe if "metric" in frame.value)
    assert {"mean", "low", "high", "n", "k", "variant"} <= set(table)
    assert {"NDCG", "Precision", "Recall", "Hit rate", "MRR", "MAP"} <= set(table["metric"])
    assert ((table["low"] <= table["mean"]) & (table["mean"] <= table["high"])).all()


def test_a_recommender_is_added_changed_and_removed(app: Open) -> None:
    at = app(recommenders="popularity,ease")
    at.menu_button(key="add_recommender").click("user_knn")
    settled(at)
    assert query(at, "recommenders") == "popularity,ease,user_knn"
    assert chips(at) == ["Popularity", "EASE", "UserKNN"]

    at.button(key="chip_1").click()
    at.run()
    at.number_input(key="set_ease_l2").set_value(10.0)
    at.button(key="form_use").click()
    settled(at)
    assert query(at, "recommenders") == "popularity,ease(l2=10),user_knn"

    at.button(key="chip_1").click()
    at.run()
    at.number_input(key="set_ease_l2").set_value(20.0)
    at.button(key="form_beside").click()
    settled(at)
    assert query(at, "recommenders") == "popularity,ease(l2=10),user_knn,ease(l2=20)"
    assert chips(at)[3] == r"EASE\(l2\=20\)"

    at.button(key="chip_2").click()
    at.run()
    at.button(key="form_remove").click()
    settled(at)
    assert query(at, "recommenders") == "popularity,ease(l2=10),ease(l2=20)"


def test_the_last_recommender_stays(app: Open) -> None:
    at = app(recommenders="ease")
    at.button(key="chip_0").click()
    at.run()
    at.button(key="form_remove").click()
    settled(at)
    assert chips(at) == ["EASE"]


@pytest.mark.parametrize("name", list(RECOMMENDERS.all()))
def test_the_form_of_every_recommender_takes_its_own_defaults(app: Open, name: str) -> None:
    at = app(recommenders=name)
    at.button(key="chip_0").click()
    at.run()
    assert not at.exception
    if options_of(RECOMMENDERS.get(name)):
        at.button(key="form_use").click()
        settled(at)
    assert query(at, "recommenders") == name


def test_the_language_changes_and_stays(app: Open) -> None:
    at = app()
    at.button(key="language_switch").click()
    settled(at)
    assert query(at, "language") == "zh"
    assert at.segmented_control(key="state_k").label != "k, length of the list"
    at.segmented_control(key="state_k").set_value(5)
    settled(at)
    assert query(at, "language") == "zh"


def test_another_data_set_keeps_the_recommenders(app: Open, films: str) -> None:
    at = app(recommenders="popularity,ease", person="u001")
    at.selectbox(key="state_data").set_value("shop")
    settled(at)
    assert query(at, "data") is None
    assert query(at, "person") is None
    assert query(at, "recommenders") == "popularity,ease"


def test_hostile_parameters_leave_a_usable_page_with_a_message(app: Open) -> None:
    at = app(recommenders="__class__,ease,popularity", k="-1", metric="<script>")
    assert html(at).count("ts-notice") >= 3
    assert "NDCG@1 " in lead(at)
    assert "<script>" not in html(at)


def test_a_data_set_that_is_gone_is_said_and_the_default_is_shown(app: Open) -> None:
    at = app(data="../../etc/passwd")
    assert "ts-notice" in html(at)
    assert lead(at)


def test_a_split_that_does_not_fit_is_an_error_in_words(app: Open) -> None:
    at = app(split="given")
    assert "ts-error" in html(at)
    assert "no given split" in html(at)
    assert chips(at)


def test_methods_has_every_metric_and_finds_words(app: Open) -> None:
    at = app("manage/methods")
    shown = html(at)
    for label in ("Precision", "Recall", "NDCG", "Hit rate", "MRR", "MAP"):
        assert f">{label}<" in shown
    at.text_input(key="methods_search").set_value("holm")
    at.run()
    assert ">Tied<" in html(at)
    at.text_input(key="methods_search").set_value("no such thing at all")
    at.run()
    assert "ts-empty" in html(at)


def test_a_link_to_a_term_opens_its_group(app: Open) -> None:
    at = app("manage/methods", term="ctr")
    assert "ts-wanted" in html(at)
    assert at.segmented_control(key="methods_group").value == "Reading the figures"
    at.segmented_control(key="methods_group").set_value("Recommenders")
    at.run()
    assert ">EASE<" in html(at)


def test_filters_survive_a_tour_of_all_pages(app: Open, films: str) -> None:
    at = app(k="5", metric="recall", recommenders="popularity,ease")
    for page in ("explore/people", "manage/data", "manage/methods", "compare/overview"):
        at.switch_page(f"pages/{page}.py")
        settled(at)
    assert [query(at, name) for name in ("data", "k", "metric", "recommenders")] == [
        films,
        "5",
        "recall",
        "popularity,ease",
    ]
    assert "Recall@5" in lead(at)


def test_a_later_stage_stands_beside_its_recommender(app: Open) -> None:
    at = app(recommenders="popularity,ease(l2=10)")
    at.button(key="chip_1").click()
    at.run()
    at.menu_button(key="add_stage").click("mmr")
    settled(at)
    assert query(at, "recommenders") == "popularity,ease(l2=10),mmr(of=ease(l2=10))"
    at.button(key="chip_2").click()
    at.run()
    assert at.selectbox(key="set_mmr_of").value == "ease(l2=10)"
    at.selectbox(key="set_mmr_of").set_value("popularity")
    at.button(key="form_use").click()
    settled(at)
    assert query(at, "recommenders") == "popularity,ease(l2=10),mmr(of=popularity)"


def test_a_hybrid_is_made_of_what_is_chosen(app: Open) -> None:
    at = app(recommenders="hybrid")
    at.button(key="chip_0").click()
    at.run()
    at.multiselect(key="set_hybrid_of").set_value(["popularity", "random"])
    at.text_input(key="set_hybrid_weights").set_value("2+1")
    at.button(key="form_use").click()
    settled(at)
    assert query(at, "recommenders") == "hybrid(of=popularity+random,weights=2+1)"


def with_lists(at: AppTest, content: bytes, name: str) -> None:
    """Uploads a file of lists under a name."""
    at.menu_button(key="add_recommender").click("lists from a file")
    at.run()
    at.file_uploader(key="lists_file").set_value([("mine.csv", content, "text/csv")])
    at.text_input(key="lists_name").set_value(name)
    next(one for one in at.button if one.label == "Compare them").click()
    settled(at)


def test_lists_of_another_system_are_compared_and_removed(app: Open) -> None:
    at = app(recommenders="popularity", view="table")
    with_lists(at, b"user,item,rank\nu000,i029,1\nu000,i028,2\nu001,i029,1\n", "mine")
    table = next(frame.value for frame in at.dataframe if "metric" in frame.value)
    assert set(table["recommender"]) == {"Popularity", "mine"}
    assert query(at, "recommenders") == "popularity"  # lists are of this session, not of a link
    at.button(key="lists_chip_0").click()
    at.run()
    at.button(key="lists_remove").click()
    settled(at)
    table = next(frame.value for frame in at.dataframe if "metric" in frame.value)
    assert set(table["recommender"]) == {"Popularity"}


def test_a_file_that_holds_no_lists_is_named_and_the_others_go_on(app: Open) -> None:
    at = app(recommenders="popularity", view="table")
    with_lists(at, b"colour,size\nred,1\n", "mine")
    assert not at.exception
    assert "mine could not take part" in html(at)
    assert "user" in html(at)
    assert any("metric" in frame.value for frame in at.dataframe)
