"""State transitions of every stateful widget on People."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data.load import Source
from core.interests import saved
from core.recommenders.linear import LinearScorer
from pages.parts import session
from tests.pages.conftest import Open, html, lead, opened, query, settled


def shown(at: AppTest) -> str:
    """The person that the page is about."""
    return next(one.value for one in at.markdown if one.value.startswith("**")).strip("*").replace("\\", "")


def why_buttons(at: AppTest) -> list[str]:
    return [str(button.key) for button in at.button if str(button.key).startswith("why_")]


def test_the_page_opens_on_somebody_with_a_sentence_and_a_list_of_each_recommender(people: Open) -> None:
    at = people()
    assert shown(at) == "p00"
    assert "p00 took later" in lead(at)
    assert {key.split("_")[1] for key in why_buttons(at)} == {"0", "1", "2"}
    assert html(at).count("of 1 found · NDCG@10") == 3


def test_next_and_previous_go_through_people_and_the_url_follows(people: Open) -> None:
    at = people(person="p05")
    at.button(key="next").click()
    settled(at)
    after = shown(at)
    assert after > "p05" and query(at, "person") == after
    at.button(key="previous").click()
    settled(at)
    assert shown(at) < after and query(at, "person") == shown(at)


def test_an_order_starts_at_its_first_person_and_says_what_it_means(people: Open) -> None:
    at = people(person="p05")
    at.segmented_control(key="state_order").set_value("worst")
    settled(at)
    assert query(at, "order") == "worst"
    assert query(at, "person") is None
    assert any("lowest mean NDCG@10" in caption.value.replace("\\", "") for caption in at.caption)
    at.segmented_control(key="state_order").set_value("disagreement")
    settled(at)
    assert any("differ most" in caption.value for caption in at.caption)
    at.segmented_control(key="state_order").set_value("surprise")
    settled(at)
    first = shown(at)
    at.button(key="next").click()
    settled(at)
    assert shown(at) != first
    at.segmented_control(key="state_order").set_value("id")
    settled(at)
    assert shown(at) == "p00"


def test_a_search_finds_by_id_attribute_and_item_and_a_result_is_shown(people: Open) -> None:
    at = people()
    for text, label in (("p07", "p07"), ("bakers", "p00 · club: bakers"), ("rain", "p00 · Rain jacket")):
        at.text_input(key="person_search").set_value(text)
        settled(at)
        labels = [
            button.label.replace("\\", "") for button in at.button if str(button.key).startswith("found_")
        ]
        assert label in labels
    at.text_input(key="person_search").set_value("p07")
    settled(at)
    at.button(key="found_0").click()
    settled(at)
    assert (shown(at), query(at, "person")) == ("p07", "p07")
    assert not [button for button in at.button if str(button.key).startswith("found_")]


def test_a_search_by_a_personal_column_finds_nobody_and_says_so(people: Open) -> None:
    at = people()
    at.text_input(key="person_search").set_value("34")
    settled(at)
    assert any("personal columns are not" in caption.value for caption in at.caption)


def test_open_attributes_are_shown_and_personal_ones_are_not(people: Open) -> None:
    at = people(person="p01")
    assert "hikers" in html(at)
    assert ">34<" not in html(at)
    assert any("Personal columns are not shown for one person" in caption.value for caption in at.caption)


def test_lists_and_cards_switch_and_the_url_follows(people: Open) -> None:
    at = people()
    assert "ts-card" not in html(at).split("</style>")[-1]
    at.segmented_control(key="state_layout").set_value("cards")
    settled(at)
    assert query(at, "layout") == "cards"
    assert "9.50 · Outdoor" in html(at)
    assert at.button(key="why_0_1").label == "Why?"
    at.segmented_control(key="state_layout").set_value("list")
    settled(at)
    assert at.button(key="why_0_1").label.startswith("1\\. ")


def test_a_reason_opens_with_the_weights_of_the_model(people: Open) -> None:
    at = people(recommenders="item_knn,popularity")
    at.button(key="why_0_1").click()
    at.run()
    text = " ".join(caption.value.replace("\\", "") for caption in at.caption)
    assert "ItemKNN puts it at place 1 for p00, with score" in text
    assert "add up to the score" in text


def test_popularity_says_how_many_liked_it_and_random_that_it_is_chance(people: Open) -> None:
    at = people(recommenders="popularity,random")
    at.button(key="why_0_1").click()
    at.run()
    assert any("Liked by" in one.value and "of 12 people" in one.value for one in at.markdown)
    assert "the model's own reason" in html(at).replace("&#x27;", "'")
    at.button(key="why_1_1").click()
    at.run()
    assert "It is there by chance." in html(at)


def test_user_knn_names_people_and_what_they_share_as_links(people: Open) -> None:
    at = people(recommenders="user_knn")
    at.button(key="why_0_1").click()
    at.run()
    heads = [one.value for one in at.subheader]
    assert any("people most alike liked it" in head for head in heads)
    assert "What makes them alike: items of the history" in heads
    assert "people?data=camp" in html(at)
    assert "content?data=camp" in html(at)


def test_an_estimate_is_called_one(people: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LinearScorer, "contributions", lambda *_given: None)
    at = people(recommenders="item_knn(k=3)")
    at.button(key="why_0_1").click()
    at.run()
    assert "estimated by leaving items out" in html(at)
    text = " ".join(caption.value for caption in at.caption)
    assert "This model can" in text
    assert "Do these reasons hold?" in text


def test_fidelity_is_measured_when_it_is_asked_for(people: Open) -> None:
    at = people(recommenders="item_knn,popularity")
    assert "without the named items" not in html(at)
    opened(at, "fidelity")
    text = html(at)
    assert "without the named items" in text
    assert "its reasons name no items of the history" in text
    assert "n = 12 people" in text


def test_hits_are_marked_with_a_word(people: Open) -> None:
    at = people(recommenders="popularity", k="20")
    assert any("✓ held out" in button.label for button in at.button if str(button.key).startswith("why_"))


def test_an_unknown_person_is_said_and_the_page_stays_usable(people: Open) -> None:
    at = people(person="<script>alert(1)</script>")
    assert "There is no person" in html(at)
    assert "<script>" not in html(at)
    at.button(key="next").click()
    settled(at)
    assert lead(at)


def test_a_person_of_whom_nothing_is_held_out_is_shown_without_lists(people: Open) -> None:
    at = people(person="once", split="by_time(test=0.2)")
    assert "There are no lists for this person." in html(at)
    assert not why_buttons(at)
    assert "nothing of theirs is held out" in lead(at)


def test_titles_are_text_and_never_markup(people: Open) -> None:
    at = people(person="p01", k="20", layout="list")
    labels = " ".join(button.label for button in at.button)
    assert "<b>Torch</b>" not in html(at)
    assert "\\*Tent\\*" in labels or "*Tent*" not in labels
    assert ":material/home:" not in labels
    assert "\\$x\\^2\\$" in labels or "$x^2$" not in labels


def test_words_of_a_person_are_shown(people: Open) -> None:
    assert "a warm *coat*" in html(people(person="p01"))


def told(at: AppTest) -> list[str]:
    """What the page says of somebody's interests, once it is worked out: one job follows another."""
    for _turn in range(4):
        settled(at)
    return [one.value for one in at.subheader]


def test_interests_are_topics_of_what_they_took(people: Open) -> None:
    at = people(person="p01")
    parts = told(at)
    assert parts.count("Interests") == 1
    assert parts.index("Interests") < parts.index("Interests over time") < parts.index("People like this one")
    assert any(one.value.startswith("Topics of 5 events in training") for one in at.caption)
    assert "Share of" not in " ".join(one.value for one in at.caption)  # by category
    shown_then = html(at)
    assert "<dt>Outdoor</dt>" not in shown_then
    assert "from 2023-11-14 · " in shown_then
    assert " event" in shown_then
    at.button(key="next").click()
    told(at.run())
    assert html(at) != shown_then


def test_the_number_of_topics_is_that_of_the_address(people: Open) -> None:
    at = people(person="p01", topics="2")
    told(at)
    bars = html(at).split("ts-bars")[1].split("</dl>")[0]
    assert 1 <= bars.count("<dt>") <= 2


def test_people_like_this_one_are_one_click_away(people: Open) -> None:
    at = people(person="p01")
    told(at)
    near = html(at).split("ts-links")[1]
    assert "people?data=camp" in near
    assert "person=p01" not in near
    assert any("with the cosine; among people with 5 events or more" in one.value for one in at.caption)


def test_segments_that_they_are_in(people: Open, camp: str) -> None:
    saved.save("Campers", camp, session.shelf().get(camp), "", [f"p{at:02}" for at in range(6)])
    try:
        inside, outside = people(person="p01"), people(person="p09")
        assert "Segments" in told(inside)
        assert "user_map?data=camp" in html(inside)
        assert "segment=Campers" in html(inside)
        assert "Segments" not in told(outside)
    finally:
        saved.remove(camp, "Campers")


def test_categories_stand_in_for_interests_where_topics_know_nothing(
    app: Open, camp: str, tmp_path: Path
) -> None:
    """Of somebody who came after the split nothing is in the training part."""
    folder = Path(session.shelf().get(camp).data)
    log = pd.read_parquet(folder / "interactions.parquet")
    late = log.tail(6).assign(user="late", timestamp=pd.Timestamp("2030-01-01", tz="UTC"))
    pd.concat([log, late]).to_parquet(tmp_path / "interactions.parquet", index=False)
    pd.read_parquet(folder / "items.parquet").to_parquet(tmp_path / "items.parquet", index=False)
    key = session.shelf().put(Source(data=str(tmp_path)), "late")
    at = app("explore/people", data=key, person="late", split="by_time(test=0.3)")
    parts = told(at)
    assert parts.count("Interests") == 1
    assert "<dt>Outdoor</dt>" in html(at)
    assert "People like this one" not in parts


def test_a_data_set_without_text_and_pictures_works(app: Open, films: str) -> None:
    at = app("explore/people")
    assert "took later" in lead(at)
    assert why_buttons(at)


def test_the_page_exists_in_chinese(people: Open) -> None:
    at = people()
    at.button(key="language_switch").click()
    settled(at)
    assert lead(at) and "took later" not in lead(at)
