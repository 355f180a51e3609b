"""Segments: whom each recommender serves worse, links to a segment, and what is withheld."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from core.data.load import Source
from core.evaluation.by_segment import NOTHING, BySegment
from core.evaluation.segments import Division, Segment
from core.evaluation.uncertainty import Estimate
from core.interests import saved
from pages.parts import segment_heat, segment_words, session
from tests.core.evaluation.people_for_tests import comparison
from tests.making import random_log
from tests.pages.conftest import Open, html, lead, opened, query, settled


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> str:
    """60 people with an open column, a personal one with a rare value, and one that is different for all."""
    folder = tmp_path_factory.mktemp("town")
    log = random_log(people=60, items=30, each=12)
    log["timestamp"] = pd.to_datetime(log["timestamp"], unit="s", utc=True)
    log.to_parquet(folder / "interactions.parquet", index=False)
    people = sorted(log["user"].unique())
    users = pd.DataFrame({"user": people, "club": ["hikers", "<b>bakers</b>"] * 30})
    users["street"] = [f"street {at}" for at in range(60)]
    users["faith"] = ["one"] * 40 + ["two"] * 17 + ["rare"] * 3
    users.to_parquet(folder / "users.parquet", index=False)
    items = pd.DataFrame({"item": [f"i{at:03}" for at in range(30)], "category": ["Tea", "Cups"] * 15})
    items.to_parquet(folder / "items.parquet", index=False)
    about = {"schema": 1, "name": "Town", "personal": ["faith"], "split": "leave_last(n=3)"}
    (folder / "dataset.json").write_text(json.dumps(about))
    return session.shelf().put(Source(data=str(folder)), "town")


def head(text: str) -> list[str]:
    """The names of the heat map's columns."""
    table = text.split('<table class="ts-heat"')[1].partition("</thead>")[0]
    return [re.sub("<.*?>", "", one) for one in re.findall(r"<th scope=\"col\"><b>(.*?)</b>", table)]


def test_the_first_column_that_divides_people_is_compared(app: Open, town: str) -> None:
    at = app("compare/segments", data=town)
    assert re.fullmatch(
        r"By club, .+ serves .+ best and .+ worst: NDCG@10 0\.\d+ against 0\.\d+, (tied|told apart)\. .+",
        lead(at),
    )
    text = html(at)
    assert head(text) == ["everyone", "&lt;b&gt;bakers&lt;/b&gt;", "hikers"]
    assert text.count("n = 30") >= 2
    assert "<b>bakers" not in text
    assert [one.value for one in at.subheader] == ["Best minus worst segment", "Which items are shown"]
    for word in ("Head", "Tail", "taken later", "taken before", "of the catalogue"):
        assert word in text


def test_the_table_behind_has_every_cell_with_its_interval_and_n(app: Open, town: str) -> None:
    at = opened(app("compare/segments", data=town), "heat_figures")
    table = next(one.value for one in at.dataframe if "segment" in one.value)
    assert list(table.columns) == ["recommender", "segment", "mean", "low", "high", "n"]
    assert len(table) == 3 * 3
    assert (table["low"] <= table["mean"]).all() and (table["mean"] <= table["high"]).all()
    at = opened(at, "segment_pairs")
    assert any("p (max T)" in one.value for one in at.dataframe)


def test_the_url_follows_the_choice_and_gives_it_back(app: Open, town: str) -> None:
    at = app("compare/segments", data=town)
    at.selectbox(key="state_among").select("activity")
    settled(at.run())
    assert query(at, "among") == "activity"
    assert (
        app("compare/segments", data=town, among="activity").selectbox(key="state_among").value == "activity"
    )


def test_a_segments_links_show_its_people_on_overview_and_on_people(app: Open, town: str) -> None:
    text = html(app("compare/segments", data=town))
    assert "overview?" in text and "people?" in text and "segment=column%3Aclub%3Dhikers" in text
    at = app(data=town, segment="column:club=hikers")
    assert lead(at).startswith("club: hikers: ")
    assert "n = 30 people" in html(at)
    assert at.selectbox(key="state_segment").value == "column:club=hikers"
    on_people = app("explore/people", data=town, segment="column:club=hikers")
    assert "u000" in html(on_people) + lead(on_people)


def test_segments_compares_everyone_whichever_the_frame_has(app: Open, town: str) -> None:
    at = app("compare/segments", data=town, segment="column:club=hikers")
    assert "n = 60" in html(at)
    assert "Everyone is shown here" in html(at)


def test_a_personal_column_is_an_aggregate_and_leads_to_nobody(app: Open, town: str) -> None:
    """Everyone less two groups would show the few of the third: the smaller group is taken to them."""
    at = app("compare/segments", data=town, among="column:faith")
    text = html(at)
    assert head(text) == ["everyone", "one", "all others"]
    assert "rare" not in text
    assert "column%3Afaith%3D" not in text
    refused = app(data=town, segment="column:faith=one")
    assert "is personal, so nobody is chosen by it" in html(refused)


def test_a_saved_segment_against_all_others(app: Open, town: str) -> None:
    users = [f"u{at:03}" for at in range(20)]
    saved.save("walkers", town, session.shelf().get(town), "drawn", users)
    try:
        at = app("compare/segments", data=town, segment="walkers")
        assert head(html(at)) == ["everyone", "walkers", "all others"]
        assert "segment=walkers" in html(at)
    finally:
        saved.remove(town, "walkers")


def test_what_makes_no_segments_is_said(app: Open, town: str) -> None:
    assert "“street” makes no segments here." in html(
        app("compare/segments", data=town, among="column:street")
    )
    at = app("compare/segments", data=town, metric="coverage")
    assert "Coverage is one value for all lists together." in html(at)
    gone = app("compare/segments", data=town, among="column:gone")
    assert any("can't be compared here" in one.value for one in gone.caption)


def test_a_segment_that_is_not_there_is_said(app: Open, town: str) -> None:
    assert "There is no segment named" in html(app(data=town, segment="column:club=chess"))


def test_by_category_behind_a_click(app: Open, town: str) -> None:
    at = opened(app("compare/segments", data=town), "by_category")
    assert "Cups" in html(at) and "Tea" in html(at)


def test_clusters_of_the_user_map_and_what_is_selected_on_it(app: Open, town: str) -> None:
    by = {"data": town, "method": "kmeans", "groups": "2"}
    clusters = head(html(app("compare/segments", **by, among="cluster")))
    assert len(clusters) in (3, 4)  # everyone, two clusters, and those in none if there are five
    chosen = head(html(app("compare/segments", **by, among="selection", selection="cluster:1.0")))
    assert chosen == ["everyone", clusters[1], "all others"]
    at = app(**by, segment=f"cluster={clusters[1]}")
    assert lead(at).startswith(f"cluster: {clusters[1]}: ")


def test_labels_of_segments_in_a_link() -> None:
    assert segment_words.label("column:home_town=Lyon") == "home town: Lyon"
    assert segment_words.label("activity=3 – 9") == "length of history: 3–9"
    assert segment_words.label("arrival=new") == "new or old: new people"
    assert segment_words.label("my walkers") == "my walkers"
    assert segment_words.label("a=b") == "a=b"
    assert segment_words.named(Segment("value", "7 – 7")) == "7"
    assert segment_words.named(Segment("value", "2026-01-01 – 2026-02-01")) == "2026-01-01 – 2026-02-01"


def test_the_heat_map_shades_by_value_and_leaves_out_who_is_withheld() -> None:
    made = comparison()
    division = Division(
        (Segment("value", "a"), Segment("others", "")), np.array([0, 0, 0, 1], dtype=np.int32)
    )
    low, high = Estimate(0.1, 0.0, 0.2, 9), Estimate(0.5, 0.4, 0.6, 9)
    found = BySegment(((high, NOTHING), (low, NOTHING)), ((), ()))
    text = segment_heat.heat_html(made, 0, division, found, [("", "")] * 2, "alt")
    assert re.findall(r"--ts-ink:([\d.]+)%", text) == ["28.0", "3.0"]
    assert "all others" not in text
    assert "0.500, 95 % interval 0.400–0.600, n = 9" in text
    assert "n = 9" in segment_heat.heat_html(made, 0, division, found, [("", "")] * 2, "alt")
    assert "a 0.500" in segment_heat.heat_alt(made, 0, division, found)
