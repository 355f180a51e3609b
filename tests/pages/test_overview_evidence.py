"""Overview says whether it can be believed: pairs and places, other tools, other splits, differences."""

import re

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open, html, settled

TWO = "popularity,random"


def opened(at: AppTest, key: str) -> AppTest:
    at.session_state[key] = True
    settled(at)
    return settled(at)


def captions(at: AppTest) -> str:
    return " ".join(one.value for one in at.caption).replace("\\", "")


def table(at: AppTest, at_least: str) -> list[str]:
    """The columns of the table that has a column of this name."""
    for one in at.dataframe:
        if at_least in one.value.columns:
            return list(one.value.columns)
    raise AssertionError(f"no table with {at_least}")


def test_pairs_have_effects_and_places_have_intervals(app: Open) -> None:
    at = opened(app(recommenders="popularity,random,item_knn"), "pairs")
    assert not at.exception
    assert re.search(r"\d of 3 pairwise intervals? of NDCG@10 includes? zero", captions(at))
    assert {"effect (d)", "detectable", "p (Holm)"} <= set(table(at, "p (Holm)"))
    assert {"place", "best place", "worst place", "first in"} <= set(table(at, "place"))


def test_other_tools_are_shown_beside_ours(app: Open) -> None:
    at = opened(app(recommenders=TWO), "definitions")
    assert "RecTools" in table(at, "here")
    assert "The best list is one of k hits" in captions(at)
    at.segmented_control(key="definitions_tool").set_value("RecBole")
    settled(at)
    assert "RecBole" in table(at, "here")
    assert "computes all of these as they are computed here" in captions(at)


def test_other_splits_are_tried_when_it_is_asked_for_and_then_said(app: Open) -> None:
    at = opened(app(recommenders=TWO, metric="recall"), "steady")
    assert "not tried: one split and one seed were" in html(at)
    at.button(key="steadiness_start").click()
    settled(at)
    settled(at)
    assert "leads in" in captions(at)
    assert "not tried: one split and one seed were" not in html(at)
    assert "random(test=0.2)" in list(
        next(one.value for one in at.dataframe if "split" in one.value.columns)["split"]
    )


def test_differences_to_a_baseline_are_per_cent_or_as_they_are(app: Open) -> None:
    at = app(recommenders=TWO, baseline="popularity")
    assert "%" in html(at).split("NDCG@10", 2)[2][:2_000]
    at.segmented_control(key="state_scale").set_value("absolute")
    settled(at)
    assert at.query_params["scale"] == "absolute"
    assert not at.exception


def test_one_recommender_has_no_pair_and_no_order(app: Open) -> None:
    at = opened(app(recommenders="popularity"), "pairs")
    assert "there is no pair" in captions(at)
    assert "there is no order" in captions(opened(app(recommenders="popularity"), "steady"))
