"""State transitions of every stateful widget on Data, and what becomes of files that are no data."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open, html, lead, query, settled

GOOD = "customer,item_id,stars,date\n" + "".join(
    f"c{person},g{(person + step) % 6},{1 + step},2024-01-{1 + step:02d}\n"
    for person in range(8)
    for step in range(5)
)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "goods.csv"
    file.write_text(GOOD)
    return file


def opened(at: AppTest, path: object) -> AppTest:
    """The page after a path was opened."""
    at.segmented_control(key="way").set_value("path")
    at.run()
    at.text_input(key="path").set_value(str(path))
    at.button(key="open_path").click()
    at.run()
    return settled(at)


def test_the_page_says_what_is_in_the_data(app: Open) -> None:
    at = app("manage/data")
    assert lead(at).startswith("films: 60 people, 30 items, ")
    shown = html(at)
    for text in ("Ranking", "Clicks and sales", "chance of being shown there", "rating or amount"):
        assert text in shown
    assert len(at.get("plotly_chart")) >= 3


def test_a_path_is_opened_understood_and_stands_in_the_url(app: Open, log: Path) -> None:
    at = opened(app("manage/data"), log)
    assert lead(at).startswith("goods: 8 people, 6 items, 40 events")
    assert str(query(at, "data")).startswith("goods")
    captions = " ".join(caption.value.replace("\\", "") for caption in at.caption)
    assert "Understood as: Table with user, item, rating, timestamp" in captions
    assert "goods.csv" in captions
    assert "customer" in html(at) and "stars" in html(at)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "broken.csv is empty."),
        ("user,rating\na,1\n", "broken.csv has no item column"),
        ("user,item,item\na,1,2\n", "column &#x27;item&#x27; twice"),
        ("user,item\na,1\na,2\n", "only 1 person is there"),
        ("hello", "has only one column"),
    ],
)
def test_a_file_that_is_no_data_is_said_and_nothing_is_lost(
    app: Open, tmp_path: Path, content: str, message: str
) -> None:
    (tmp_path / "broken.csv").write_text(content)
    at = opened(app("manage/data"), tmp_path / "broken.csv")
    assert message in html(at)
    assert "What to do:" in html(at)
    assert lead(at).startswith("films: ")
    assert str(query(at, "data")).startswith("films")


@pytest.mark.parametrize("path", ["", "   ", "/no/such/file.csv", "upload:" + "0" * 32, "\0", "x" * 900, "~"])
def test_a_path_that_leads_nowhere_is_said(app: Open, path: str) -> None:
    at = opened(app("manage/data"), path)
    assert "ts-error" in html(at)
    assert lead(at).startswith("films: ")


def test_the_message_goes_when_something_is_opened(app: Open, log: Path) -> None:
    at = opened(app("manage/data"), "/no/such/file.csv")
    assert "ts-error" in html(at)
    assert "ts-error" not in html(opened(at, log))


def test_a_sample_or_an_earlier_data_set_is_taken_by_its_button(app: Open, films: str) -> None:
    at = app("manage/data")
    at.segmented_control(key="way").set_value("sample")
    at.run()
    next(button for button in at.button if button.label == "Sample shop").click()
    settled(at)
    assert query(at, "data") is None  # the sample shop is the default
    assert lead(at).startswith("Sample shop: ")


def test_what_counts_is_chosen_and_told(app: Open) -> None:
    at = app("manage/data")
    at.selectbox(key="state_positive").set_value("rating>=4")
    settled(at)
    assert query(at, "positive") == "rating>=4"
    assert any("rating>=4" in caption.value.replace("\\", "") for caption in at.caption)


def test_the_split_is_chosen(app: Open) -> None:
    at = app("manage/data")
    at.selectbox(key="state_split").set_value("leave_last(n=1)")
    settled(at)
    assert query(at, "split") == "leave_last(n=1)"


def test_what_is_never_recommended_again_is_chosen(app: Open) -> None:
    at = app("manage/data")
    for value in ("any", "none", "positive"):
        at.segmented_control(key="state_exclude_seen").set_value(value)
        settled(at)
        assert query(at, "exclude_seen") == (None if value == "positive" else value)


def test_minimum_activity_is_chosen(app: Open) -> None:
    at = app("manage/data")
    at.number_input(key="state_min_user").set_value(5)
    settled(at)
    at.number_input(key="state_min_item").set_value(3)
    settled(at)
    assert (query(at, "min_user"), query(at, "min_item")) == ("5", "3")
    assert any("people with 5 events and items with 3 or more" in caption.value for caption in at.caption)


def test_settings_reach_the_comparison(app: Open) -> None:
    at = app("manage/data", split="leave_last(n=1)", min_user="2")
    at.button(key="use_data").click()
    settled(at)
    assert query(at, "split") == "leave_last(n=1)"
    assert "NDCG@10" in lead(at)


def test_another_data_set_lets_go_of_the_settings_of_the_old_one(app: Open, log: Path) -> None:
    at = opened(app("manage/data", split="leave_last(n=1)", min_user="2", positive="rating>=4"), log)
    assert [query(at, name) for name in ("split", "min_user", "positive")] == [None, None, None]


def test_the_reader_can_be_overridden_and_a_wrong_one_is_said(app: Open, log: Path) -> None:
    at = opened(app("manage/data"), log)
    at.selectbox(key="reader").set_value("movielens_100k")
    at.run()
    at.button(key="read_again").click()
    at.run()
    settled(at)
    assert "ts-error" in html(at)
    assert lead(at).startswith("goods: ")
    at.selectbox(key="reader").set_value("generic")
    at.run()
    at.button(key="read_again").click()
    at.run()
    settled(at)
    assert "ts-error" not in html(at)


def test_tables_of_columns_are_switched(app: Open) -> None:
    at = app("manage/data", data="shop")
    at.segmented_control(key="columns_of").set_value("users")
    settled(at)
    assert "personal" in html(at)
    assert any("five people or more" in caption.value for caption in at.caption)
    at.segmented_control(key="columns_of").set_value("impressions")
    settled(at)
    assert "chance of being shown there" in html(at)


def test_an_upload_of_another_server_is_said(app: Open) -> None:
    at = app(data="upload-mine-0123456789abcdef01234567")
    assert "This upload isn" in html(at)
    assert "upload the file again on the Data page" in html(at)


def test_the_page_exists_in_chinese(app: Open) -> None:
    at = app("manage/data")
    at.button(key="language_switch").click()
    at.run()
    assert lead(at) and "people" not in lead(at)


def uploaded(at: AppTest, *files: tuple[str, bytes, str]) -> AppTest:
    """The page after files were uploaded."""
    at.segmented_control(key="way").set_value("upload")
    at.run()
    at.file_uploader(key="files").set_value(list(files))
    at.button(key="open_upload").click()
    at.run()
    return settled(at)


def test_a_log_and_its_items_are_uploaded(app: Open) -> None:
    items = b"item_id,name\n" + b"".join(b"g%d,Thing %d\n" % (item, item) for item in range(6))
    at = uploaded(
        app("manage/data"), ("log.csv", GOOD.encode(), "text/csv"), ("things.csv", items, "text/csv")
    )
    assert lead(at).startswith("log: 8 people, 6 items, 40 events")
    assert str(query(at, "data")).startswith("upload-log-")
    assert any("log.csv, things.csv" in caption.value.replace("\\", "") for caption in at.caption)
    at.segmented_control(key="columns_of").set_value("items")
    settled(at)
    assert "Thing 0" in html(at)


def test_a_broken_upload_is_said_under_its_name_and_nothing_is_lost(app: Open) -> None:
    at = uploaded(app("manage/data"), ("mine.csv", b"user,stars\na,1\n", "text/csv"))
    assert "mine.csv has no item column" in html(at)
    assert lead(at).startswith("films: ")


def test_no_file_is_said(app: Open) -> None:
    at = app("manage/data")
    at.segmented_control(key="way").set_value("upload")
    at.run()
    at.button(key="open_upload").click()
    at.run()
    assert "No file was given." in html(at)


def test_a_database_is_opened_by_its_address_and_queries(app: Open, log: Path, tmp_path: Path) -> None:
    file = tmp_path / "shop.db"
    with closing(sqlite3.connect(file)) as connection:
        pd.read_csv(log).to_sql("events", connection, index=False)
    at = app("manage/data")
    at.segmented_control(key="way").set_value("database")
    at.run()
    at.text_input(key="address").set_value("shop.db")
    at.button(key="open_database").click()
    at.run()
    assert "This is no address of a database." in html(at)
    at.text_input(key="address").set_value(f"sqlite:///{file}")
    at.text_area(key="query").set_value("DROP TABLE events")
    at.button(key="open_database").click()
    settled(at.run())
    assert "SELECT" in html(at)
    at.text_input(key="address").set_value(f"sqlite:///{file}")
    at.text_area(key="query").set_value(
        'SELECT customer AS "user", item_id AS item, date AS timestamp FROM events'
    )
    at.button(key="open_database").click()
    settled(at.run())
    assert lead(at).startswith("shop: 8 people, 6 items, 40 events")
    assert str(query(at, "data")).startswith("shop-")
