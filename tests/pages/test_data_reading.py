"""How a source is read, corrected on the Data page: columns, events, cleaning, what is joined, downloads."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.data import downloads
from core.work.settings import settings
from pages.parts import session
from tests.core.data.loopback import Served, archive, serving
from tests.pages.conftest import Open, html, lead, query, settled
from tests.pages.test_data_page import opened, uploaded

# Names say nothing, so that the content decides: ref is taken for the person, who for the item.
KINDS = ("pv", "wink", "buy")
ODD = "ref,who is it,wann,was\n" + "".join(
    f"G-{(7 * person + 3 * step) % 20:02},kd{person:03},2024-01-{1 + step:02},{KINDS[step % 3]}\n"
    for person in range(30)
    for step in range(6)
)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    file = tmp_path / "odd.csv"
    file.write_text(ODD)
    return file


def view(at: AppTest, name: str) -> AppTest:
    """The page with another view on how the data is read."""
    at.segmented_control(key="reading").set_value(name)
    return settled(at)


def chosen(at: AppTest, key: str, value: str) -> AppTest:
    at.selectbox(key=key).set_value(value)
    return settled(at)


def pressed(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    at.run()
    return settled(at)


def captions(at: AppTest) -> str:
    return " ".join(caption.value.replace("\\", "") for caption in at.caption)


def test_columns_change_places_and_the_data_is_read_anew(app: Open, odd: Path) -> None:
    at = opened(app("manage/data"), odd)
    assert lead(at).startswith("odd: 20 people, 30 items")
    assert [at.selectbox(key=f"now_role_{column}").value for column in (0, 1)] == ["user", "item"]
    at = chosen(at, "now_role_0", "item")
    assert [at.selectbox(key=f"now_role_{column}").value for column in (0, 1)] == ["item", "user"]
    assert "Not applied yet: columns: user=who is it,item=ref" in captions(at)
    assert [at.selectbox(key=f"now_role_{column}").value for column in (2, 3)] == ["timestamp", "kind"]
    assert lead(at).startswith("odd: 20 people")  # not yet
    before = query(at, "data")
    at = pressed(at, "now_apply")
    assert lead(at).startswith("odd: 30 people, 20 items")
    assert query(at, "data") != before
    said = session.shelf().get(str(query(at, "data"))).columns
    assert said == "user=who is it,item=ref,timestamp=wann,kind=was"
    assert "2024-01-01 to 2024-01-06" in lead(at)


def test_a_correction_is_taken_back(app: Open, odd: Path) -> None:
    at = chosen(opened(app("manage/data"), odd), "now_role_0", "item")
    at = pressed(at, "now_undo")
    assert at.selectbox(key="now_role_0").value == "user"
    assert "Not applied yet" not in captions(at)


def test_a_file_that_is_refused_is_mended_by_saying_what_its_columns_hold(app: Open, tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text("a b,c\n" + "".join(f"{at % 3} x,{at % 4} y\n" for at in range(24)))
    at = opened(app("manage/data"), file)
    assert "ts-error" in html(at) and lead(at).startswith("films: ")
    at = chosen(at, "refused_role_0", "user")
    at = chosen(at, "refused_role_1", "item")
    at = pressed(at, "refused_apply")
    assert "ts-error" not in html(at)
    assert lead(at).startswith("notes: 3 people, 4 items")


def test_a_file_without_a_header_is_corrected(app: Open, tmp_path: Path) -> None:
    file = tmp_path / "bare.csv"
    file.write_text("".join(f"{100 + at % 7},{5000 + at % 9},{1 + at % 5}\n" for at in range(63)))
    at = opened(app("manage/data"), file)
    assert "column 1" in html(at)
    before = lead(at)
    at = pressed(chosen(at, "now_role_1", "user"), "now_apply")
    assert lead(at) != before and lead(at).startswith("bare: 9 people, 7 items")


def test_what_events_mean_is_said_and_a_person_shows_it(app: Open, odd: Path) -> None:
    at = view(opened(app("manage/data"), odd), "events")
    shown = html(at)
    assert "Not known: “wink” (60 rows)." in shown
    assert "How rows of one person are read" in shown
    key = next(box.key for box in at.selectbox if str(box.key).startswith("now_event_") and box.value == "")
    at = chosen(at, str(key), "negative")
    assert "Not known" not in html(at)
    assert "not wanted" in html(at)  # the example follows the draft
    at = pressed(at, "now_apply")
    assert session.shelf().get(str(query(at, "data"))).events == "wink=negative"
    assert query(at, "positive") is None


def test_the_same_file_read_in_two_ways_has_two_titles(app: Open, odd: Path) -> None:
    at = opened(app("manage/data"), odd)
    for name in ("item", "user"):
        at = pressed(chosen(at, "now_role_0", name), "now_apply")
    options = at.selectbox(key="state_data").options
    assert len(options) == len(set(options))
    assert lead(at).startswith("odd: 20 people")


def test_a_log_without_events_says_so(app: Open) -> None:
    assert "The file names no events" in captions(view(app("manage/data"), "events"))


def test_a_step_of_cleaning_is_switched_off_and_the_comparison_knows(app: Open, odd: Path) -> None:
    odd.write_text(ODD + ODD.splitlines()[1] + "\n")
    at = view(opened(app("manage/data"), odd), "cleaning")
    assert ", 180 events" in lead(at)
    assert at.toggle(key="now_step_duplicates").value
    at.toggle(key="now_step_duplicates").set_value(False)
    at = settled(at)
    assert "left out: duplicates" in captions(at)
    at = pressed(at, "now_apply")
    assert ", 181 events" in lead(at)
    assert not at.toggle(key="now_step_duplicates").value
    assert "1 rows repeat another" in html(at)  # a check warns
    at.switch_page("pages/compare/overview.py")
    assert "NDCG@10" in lead(settled(at))


def test_details_of_items_are_joined_from_a_second_file_and_taken_away(
    app: Open, odd: Path, tmp_path: Path
) -> None:
    table = tmp_path / "names.csv"
    table.write_text("item_id,name\n" + "".join(f"kd{at:03},Thing {at}\n" for at in range(30)))
    at = view(opened(app("manage/data"), odd), "joining")
    at.text_input(key="items_path").set_value(str(table))
    at = pressed(at, "join")
    assert "details of items from names.csv" in captions(at)
    assert "There are words of 30 items." in html(at)
    at = pressed(at, "unjoin")
    assert "Nothing is joined" in captions(at)


def test_a_second_file_that_is_none_is_said(app: Open, odd: Path, tmp_path: Path) -> None:
    at = view(opened(app("manage/data"), odd), "joining")
    assert "No second file was given." in html(pressed(at, "join"))
    at.text_input(key="items_path").set_value(str(tmp_path / "nothing.csv"))
    assert "doesn" in html(pressed(at, "join")) and "ts-error" in html(at)
    assert lead(at).startswith("odd: ")


def test_an_uploaded_table_is_joined(app: Open, odd: Path) -> None:
    at = view(uploaded(app("manage/data"), ("odd.csv", ODD.encode(), "text/csv")), "joining")
    table = b"item,title\n" + b"".join(b"kd%03d,Thing %d\n" % (item, item) for item in range(30))
    at.file_uploader(key="items_file").set_value([("names.csv", table, "text/csv")])
    at = pressed(at, "join")
    assert "details of items from names.csv" in captions(at)
    assert str(query(at, "data")).startswith("upload-odd-")


SMALL = archive(
    {
        "ml-latest-small/ratings.csv": "userId,movieId,rating,timestamp\n"
        + "".join(f"{1 + at % 4},{1 + at % 5},{1 + at % 5}.0,{964982703 + at}\n" for at in range(20)),
        "ml-latest-small/movies.csv": "movieId,title,genres\n"
        + "".join(f"{at},Film {at} (1999),Drama\n" for at in range(1, 6)),
        "ml-latest-small/tags.csv": "userId,movieId,tag,timestamp\n1,1,fun,964982703\n",
        "ml-latest-small/links.csv": "movieId,imdbId,tmdbId\n1,1,1\n",
    }
)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with serving(SMALL) as served:
        monkeypatch.setenv("TOUCHSTONE_DOWNLOADS", json.dumps({"ml-latest-small": served.address}))
        settings.cache_clear()
        yield served
    downloads.remove("ml-latest-small")
    monkeypatch.undo()
    settings.cache_clear()


def ways_to_fetch(at: AppTest) -> AppTest:
    at.segmented_control(key="way").set_value("fetch")
    at.run()
    return chosen(at, "known_set", "ml-latest-small")


def test_a_known_set_is_fetched_after_its_licence_and_used(app: Open, publisher: Served) -> None:
    at = ways_to_fetch(app("manage/data"))
    assert "GroupLens usage licence" in html(at)
    assert at.button(key="download").disabled and not publisher.asked
    at.checkbox(key="accept_ml-latest-small").check()
    at.run()
    at = pressed(at, "download")
    assert publisher.asked
    assert "It is on this machine already." in captions(at)
    at = pressed(at, "use_fetched")
    assert query(at, "data") == "ml-latest-small"
    assert "4 people, 5 films, 20 events" in lead(at)


def test_a_download_that_fails_is_said_and_can_be_tried_again(app: Open, publisher: Served) -> None:
    publisher.status = 404
    at = ways_to_fetch(app("manage/data"))
    at.checkbox(key="accept_ml-latest-small").check()
    at.run()
    at = pressed(at, "download")
    assert "ts-error" in html(at) and "404" in html(at)
    publisher.status = 200
    at.checkbox(key="accept_ml-latest-small").check()
    at.run()
    assert "It is on this machine already." in captions(pressed(at, "download"))
