"""Topics: what each control changes, names that outlive a refit, and data that says little."""

import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data.load import Source
from core.interests import saved
from pages.parts import session
from tests.pages.conftest import Open, html, lead, query, settled
from tests.pages.departments import captions, department, renamed, rows, shown

pytestmark = pytest.mark.usefixtures("unnamed")


def test_four_departments_are_four_topics(topics: Open) -> None:
    at = topics()
    assert lead(at).startswith("4 topics of what items say; the largest, “")
    assert {department(one) for one in rows(at)} == {0, 1, 2, 3}
    assert rows(at)[0].startswith(f"**{shown(at)}**")
    text = html(at)
    parts = [one.value for one in at.subheader]
    assert parts == ["Words", "Typical items", "Typical people", "Who is interested, by", "Over time"]
    assert any("Learnt from 24 words of 48 items" in one for one in captions(at))
    assert any(one.startswith("Share of 448 events of the training part.") for one in captions(at))
    assert "content?data=" in text and "item=i" in text
    assert "people?data=" in text and "person=u" in text


def test_twelve_is_the_default_and_more_than_there_are_words_are_not_learnt(app: Open, store: str) -> None:
    at = app("explore/topics", data=store)
    assert lead(at).startswith("12 topics")
    assert len(rows(at)) == 12
    at = app("explore/topics", data=store, topics="100")
    assert lead(at).startswith("24 topics")
    assert at.number_input(key="state_topics").value == 24
    assert len(rows(at)) == 24  # 20 of them, and the smaller ones behind a click


def test_a_row_shows_its_topic_and_the_url_follows(topics: Open) -> None:
    at = topics()
    second = next(one for one in at.button if "topic_row" in str(one.key) and "**" not in one.label)
    second.click()
    settled(at.run())
    assert shown(at) == second.label.split(" :gray")[0].replace("\\", "")
    assert query(at, "topic") == str(second.key).rpartition("_")[2]
    again = topics(topic=str(query(at, "topic")))
    assert shown(again) == shown(at)


def test_a_topic_that_is_not_there_is_said(topics: Open) -> None:
    at = topics(topic="77")
    assert any("There is no topic 77" in one.value for one in at.caption)
    assert shown(at)


def test_another_number_of_topics(topics: Open) -> None:
    at = topics()
    at.number_input(key="state_topics").set_value(2)
    settled(at.run())
    assert query(at, "topics") == "2"
    assert lead(at).startswith("2 topics")
    assert len(rows(at)) == 2


def test_topics_of_what_is_taken_together(topics: Open) -> None:
    at = topics(topic="1")
    at.segmented_control(key="state_learnt").set_value("items")
    settled(at.run())
    assert (query(at, "learnt"), query(at, "topic")) == ("items", None)
    assert lead(at).startswith("4 topics of items that are taken together")
    assert any(
        "Learnt from what people took together in the training part" in one.value for one in at.caption
    )
    assert "Taken most by its people" in [one.value for one in at.subheader]
    at.segmented_control(key="state_learnt").set_value("text")
    settled(at.run())
    assert lead(at).startswith("4 topics of what items say")


def test_the_order_of_words_is_a_setting(topics: Open) -> None:
    at = topics()
    assert "λ = 0.6" in html(at)
    at.slider(key="state_relevance").set_value(0.1)
    settled(at.run())
    assert query(at, "relevance") == "0.1"
    assert "λ = 0.1" in html(at)


def groups(at: AppTest) -> dict[str, str]:
    """Who is interested: name of a group → its figure and n."""
    figure = next(one.value for one in at.html if "ts-columns" in one.value)
    parts = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th>.*?<td class="ts-number">(.*?)</td>', figure)
    return {re.sub("<[^>]*>", "", name): re.sub("<[^>]*>", " ", value) for name, value in parts}


def test_groups_by_a_column(topics: Open, store: str) -> None:
    at = topics(among="column:club")
    found = groups(at)
    assert next(iter(found)) == "everyone"
    assert set(found) == {"everyone", "tea", "tents", "books", "gardens"}
    assert "n = 64" in found["everyone"]
    own = ("tea", "tents", "books", "gardens")[department(shown(at))]
    assert list(found)[1] == own  # the most interested come first
    at.selectbox(key="state_among").set_value("column:town")
    settled(at.run())
    assert query(at, "among") == "column:town"
    assert "fewer than 5 people" in groups(at)["Morrow"]
    at.selectbox(key="state_among").set_value("column:motto")
    settled(at.run())
    assert any("tells people apart one by one" in one.value for one in at.caption)
    at.selectbox(key="state_among").set_value("activity")
    settled(at.run())
    assert list(groups(at)) == ["everyone"]  # everybody has 8 events


def test_a_personal_column_makes_no_groups(topics: Open) -> None:
    at = topics(among="column:age")
    assert any("“age” can't be compared here" in one for one in captions(at))
    assert "age" not in at.selectbox(key="state_among").options


def test_groups_by_saved_segments_and_people_of_the_segment_that_is_shown(topics: Open, store: str) -> None:
    source = session.shelf().get(store)
    saved.save("Tea drinkers", store, source, "", [f"u{at:03}" for at in range(0, 64, 4)])
    saved.save("Three", store, source, "", ["u000", "u001", "u002"])
    try:
        found = groups(topics(among="segments"))
        assert "n = 16" in found["Tea drinkers"]
        assert "fewer than 5 people" in found["Three"]
        at = topics(segment="Tea drinkers")
        people = {int(one) for one in re.findall(r"person=u(\d+)", html(at))}
        assert people and all(one % 4 == 0 for one in people)
        assert "Tea drinkers" in groups(at)
    finally:
        for name in ("Tea drinkers", "Three"):
            saved.remove(store, name)


def test_a_name_outlives_other_numbers_of_topics(topics: Open) -> None:
    at = topics()
    own = department(shown(at))
    renamed(at, "My *favourites*")
    assert shown(at) == "My *favourites*"
    assert any("“My *favourites*” is kept" in one for one in captions(at))
    assert "“My *favourites*”" in lead(at)
    again = topics(topics="5")
    assert sum("favourites" in one for one in rows(again)) == 1
    found = next(one for one in again.button if "favourites" in one.label)
    found.click()
    settled(again.run())
    words = re.findall(r"<dt>(.*?)</dt>", html(again))
    assert department(words[0]) == own
    again.button(key="topic_reset").click()
    settled(again.run())
    assert not [one for one in rows(again) if "favourites" in one]


def test_a_topic_needs_a_name(topics: Open) -> None:
    at = topics()
    before = shown(at)
    renamed(at, "   ")
    assert shown(at) == before
    assert any("A topic needs a name." in one for one in captions(at))


def test_a_name_is_text_and_never_markup(topics: Open) -> None:
    at = renamed(topics(), "<b>$x$</b> :material/home:")
    assert "<b>$x$" not in html(at)
    assert ":material/home:" not in rows(at)[0]


def test_coherence_is_worked_out_when_it_is_asked_for(topics: Open) -> None:
    at = topics()
    charts = len(at.get("plotly_chart"))
    at.session_state["topic_curve"] = True
    settled(at.run())
    assert len(at.get("plotly_chart")) == charts + 1
    assert "NPMI: how much more often than by chance" in html(at)


def test_data_without_words_shows_what_is_taken_together(app: Open) -> None:
    at = app("explore/topics", learnt="text")
    assert lead(at).startswith("12 topics of items that are taken together")
    assert any("These items say nothing in words." in one for one in captions(at))
    assert not [one for one in at.segmented_control if one.key == "state_learnt"]
    assert "ts-columns" in html(at)


@pytest.fixture(scope="module")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Twelve people and items whose titles have no word in common."""
    folder: Path = tmp_path_factory.mktemp("sparse")
    log = pd.DataFrame(
        [(f"p{one:02}", f"i{(one + step) % 5}", step) for one in range(12) for step in range(3)],
        columns=["user", "item", "timestamp"],
    )
    log.to_csv(folder / "log.csv", index=False)
    titles = ["Teapot", "Lantern", "Novel", "Seedling", "Kettle"]
    pd.DataFrame({"item": [f"i{at}" for at in range(5)], "title": titles}).to_csv(
        folder / "items.csv", index=False
    )
    source = Source(data=str(folder / "log.csv"), items=str(folder / "items.csv"))
    return session.shelf().put(source, "sparse")


def test_words_that_nothing_shares_are_too_few_and_what_is_taken_remains(app: Open, sparse: str) -> None:
    at = app("explore/topics", data=sparse, learnt="text")
    assert "Topics need words to tell apart, and there are 0 words that three items share." in html(at)
    at.segmented_control(key="state_learnt").set_value("items")
    settled(at.run())
    assert lead(at).startswith("5 topics of items that are taken together")


def test_data_of_which_nothing_can_be_held_out_says_so(app: Open, tmp_path: Path) -> None:
    log = pd.DataFrame(
        [(f"p{one}", f"i{one % 3}", one) for one in range(9)], columns=["user", "item", "timestamp"]
    )
    log.to_csv(tmp_path / "once.csv", index=False)
    key = session.shelf().put(Source(data=str(tmp_path / "once.csv")), "once")
    at = settled(app("explore/topics", data=key, split="leave_last(n=1)"))
    assert "holds out nothing that can be judged" in html(at)


def test_the_page_exists_in_chinese(topics: Open) -> None:
    at = topics(language="zh")
    assert lead(at)
    assert len(rows(at)) == 4
