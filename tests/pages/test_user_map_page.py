"""User map: what the controls change, what a selection says, and segments that other pages know."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data.load import Source
from core.interests import saved
from core.language.model import Unanswered
from pages.parts import job_panel, session, url_state
from tests.models import HashModel, Naming
from tests.pages.conftest import Open, html, lead, query, settled

CLUBS = ("tea", "tent")
THINGS = {"tea": "kettle", "tent": "rope"}


@pytest.fixture(scope="module")
def clubs(tmp_path_factory: pytest.TempPathFactory) -> str:
    """60 people of two clubs, each taking 8 of its club's 15 items; one column tells the club."""
    folder: Path = tmp_path_factory.mktemp("clubs")
    rng = np.random.default_rng(0)
    rows = [
        (f"u{at:03}", f"{CLUBS[at % 2]}{item:02}", 1_600_000_000 + 86_400 * int(day))
        for at in range(60)
        for day, item in enumerate(rng.permutation(15)[:8])
    ]
    pd.DataFrame(rows, columns=["user", "item", "timestamp"]).to_csv(folder / "log.csv", index=False)
    items = [
        (f"{club}{at:02}", f"{club} number {at} for {THINGS[club]} friends")
        for club in CLUBS
        for at in range(15)
    ]
    pd.DataFrame(items, columns=["item", "title"]).to_csv(folder / "items.csv", index=False)
    users = pd.DataFrame(
        {"user": [f"u{at:03}" for at in range(60)], "club": [CLUBS[at % 2] for at in range(60)]}
    )
    users.to_csv(folder / "users.csv", index=False)
    return session.shelf().put(Source(data=str(folder)), "clubs")


def panel(at: AppTest) -> str:
    """How many are selected, as the panel says."""
    return next((one.value for one in at.subheader if " of " in one.value), "")


def test_two_clubs_are_two_clusters_and_a_row_selects_one(app: Open, clubs: str) -> None:
    at = app("explore/user_map", data=clubs)
    assert lead(at).startswith("60 people in 2 clusters, 0 % of them in none")
    rows = [one for one in at.button if str(one.key).startswith("pick_cluster_1_")]
    assert len(rows) == 2
    rows[0].click()
    settled(at.run())
    assert query(at, "selection") == "cluster:1.0"
    assert panel(at) == "30 of 60 people"
    shown = html(at)
    assert "NDCG@10" in shown
    assert "of 30 selected" in shown
    assert "How they differ from the others" in [one.value for one in at.subheader]
    next(one for one in at.button if one.key == "map_clear").click()
    settled(at.run())
    assert (query(at, "selection"), panel(at)) == (None, "")


def test_an_area_in_a_link_selects_what_lies_in_it(app: Open, clubs: str) -> None:
    at = app("explore/user_map", data=clubs, selection="area:-99,-99;99,-99;99,99;-99,99")
    assert panel(at) == "60 of 60 people"
    at = app("explore/user_map", data=clubs, selection="area:98,98;99,98;99,99")
    assert panel(at) == "0 of 60 people"
    assert "Too few to say anything of." in html(at)


@pytest.mark.parametrize(
    "selection", ["area:1,2", "cluster:9", "area:nan,0;1,0;1,1", "<script>", "group:x", "cluster:1.99999999"]
)
def test_what_is_no_selection_is_refused(selection: str, app: Open, clubs: str) -> None:
    state, refused = url_state.read({"selection": selection}, lambda _name: None)
    assert (state.selection, len(refused)) == ("", 1)
    at = app("explore/user_map", data=clubs, selection=selection)
    assert panel(at) == ""


def test_a_cluster_that_is_not_there_selects_nothing(app: Open, clubs: str) -> None:
    assert panel(app("explore/user_map", data=clubs, selection="cluster:1.77")) == ""


def test_a_group_of_the_colours_selects(app: Open, clubs: str) -> None:
    at = app("explore/user_map", data=clubs, colour="column:club")
    next(one for one in at.button if one.key == "pick_group_0").click()
    settled(at.run())
    assert panel(at) == "30 of 60 people"
    assert any("club\\: te" in one.value for one in at.caption)
    next(one for one in at.selectbox if one.key == "state_colour").set_value("activity")
    settled(at.run())
    assert query(at, "selection") is None


@pytest.mark.parametrize(
    "colour", ["topic", "arrival", "metric:ease", "difference:ease|popularity", "nothing"]
)
def test_every_colour_can_be_shown(colour: str, app: Open, clubs: str) -> None:
    at = app("explore/user_map", data=clubs, colour=colour)
    total = sum(
        int(one.label.rsplit("[", 1)[1].rstrip("]"))
        for one in at.button
        if str(one.key).startswith("pick_group_")
    )
    assert total == (0 if colour == "nothing" else 60)  # clusters take the place of what there is not


def test_the_metric_of_the_map_is_chosen_on_it(app: Open, clubs: str) -> None:
    at = app("explore/user_map", data=clubs, selection="cluster:1.0")
    next(one for one in at.selectbox if one.key == "state_metric").set_value("recall")
    settled(at.run())
    assert query(at, "metric") == "recall"
    assert "Recall@10" in html(at)


def test_the_map_is_of_items_and_from_other_embeddings(app: Open, clubs: str) -> None:
    at = app("explore/user_map", data=clubs, of="items", by="tfidf")
    assert lead(at).startswith("30 items in 2 clusters")
    next(one for one in at.selectbox if one.key == "state_by").set_value("topics")
    settled(at.run())
    assert query(at, "by") == "topics"
    at = app("explore/user_map", data=clubs)
    next(one for one in at.radio if one.key == "state_method").set_value("kmeans")
    settled(at.run())
    next(one for one in at.number_input if one.key == "state_groups").set_value(3)
    settled(at.run())
    assert len([one for one in at.button if str(one.key).startswith("pick_cluster_1_")]) == 3


def test_a_person_is_found(app: Open, clubs: str) -> None:
    at = app("explore/user_map", data=clubs)
    field = next(one for one in at.text_input if one.key == "map_search")
    field.set_value("nobody")
    settled(at.run())
    assert any("“nobody” is not on this map" in one.value for one in at.caption)


def test_a_saved_segment_is_known_to_every_page(app: Open, clubs: str) -> None:
    at = app("explore/user_map", data=clubs, selection="cluster:1.0")
    next(one for one in at.text_input if one.key == "segment_name").set_value("Club one")
    next(one for one in at.button if one.key == "segment_save").click()
    settled(at.run())
    kept = saved.segment(clubs, "Club one")
    assert len(kept.users) == 30
    whole = app("compare/overview", data=clubs)
    part = app("compare/overview", data=clubs, segment="Club one")
    assert lead(part).startswith("Club one: ")
    assert "n = 60 people" in html(whole)
    assert "n = 30 people" in html(part)
    gone = app("compare/overview", data=clubs, segment="Club two")
    assert "There is no segment named" in html(gone)
    at = app("explore/user_map", data=clubs, segment="Club one")
    assert panel(at) == "30 of 60 people"
    next(one for one in at.button if one.key == "segment_delete").click()
    settled(at.run())
    assert query(at, "segment") is None
    assert saved.segments(clubs) == []


def test_the_csv_has_a_row_for_each_selected_and_no_personal_column(app: Open, clubs: str) -> None:
    from pages.parts import map_view

    at = app("explore/user_map", data=clubs, selection="cluster:1.0")
    assert panel(at).startswith("30 of 60")
    jobs = [
        job_panel.desk().job(job.key) for job in job_panel.desk().jobs() if job.name == "Finding segments"
    ]
    maps = [job.result() for job in jobs if job is not None]
    map_ = next(one for one in maps if len(one.projection.ids) == 60)
    rows = np.flatnonzero(map_.chosen.clusters.labels == 0)
    table = map_view.table(map_, rows)
    assert (len(table), list(table.columns)) == (30, ["user", "x", "y", "cluster"])


Use = Callable[[HashModel], None]


def clusters(at: AppTest) -> list[str]:
    """The names of the clusters' rows."""
    found = [one.label for one in at.button if str(one.key).startswith("pick_cluster_1_")]
    return [one.split(" :gray")[0].replace("\\", "") for one in found]


def test_the_model_names_clusters_in_place_of_their_words(app: Open, clubs: str, named_by: Use) -> None:
    named_by(Naming())
    at = app("explore/user_map", data=clubs, selection="cluster:1.0", by="tfidf")
    words = clusters(at)
    at.segmented_control(key="state_naming").set_value("model")
    settled(at.run())
    assert query(at, "naming") == "model"
    said = " ".join(one.value.replace("\\", "") for one in at.caption)
    assert "Names generated by hash (embedded) from the words of each cluster." in said
    made = clusters(at)
    assert len(set(made)) == len(made) == len(words)
    assert made != words
    assert f"the largest is about {made[0]}." in lead(at)
    assert f"Selected: {made[0]}." in said
    assert '<span class="ts-badge">generated</span>' in html(at)
    facts = [re.findall(r"<li>(.*?)</li>", one.value) for one in at.html if "ts-words" in one.value]
    assert any(set(made[0].split(" and ")) <= set(some) for some in facts)


def test_without_a_model_clusters_keep_their_words(app: Open, clubs: str, named_by: Use) -> None:
    class Off(Naming):
        def ready(self) -> None:
            raise Unanswered("it is not there")

    named_by(Off(called="off"))
    words = clusters(app("explore/user_map", data=clubs))
    at = app("explore/user_map", data=clubs, naming="model")
    assert clusters(at) == words
    assert any("No language model answers here" in one.value for one in at.caption)


def test_colours_by_topic_have_generated_names(app: Open, clubs: str, named_by: Use) -> None:
    named_by(Naming())
    at = app("explore/user_map", data=clubs, colour="topic", naming="model")
    assert any("from the words of each topic" in one.value for one in at.caption)
