"""Opening data and looking at a person, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit, lead, ready

pytestmark = pytest.mark.browser

LOG = "customer,item_id,stars,date\n" + "".join(
    f"c{person},g{(person + step) % 6},{1 + step},2024-01-{1 + step:02d}\n"
    for person in range(8)
    for step in range(5)
)


def way(page: Page, name: str) -> None:
    page.locator(".st-key-way").get_by_text(name, exact=True).click()


def upload(page: Page, *files: Path) -> None:
    way(page, "Upload")
    page.locator(".st-key-files input[type=file]").set_input_files([str(file) for file in files])
    page.locator(".st-key-files").get_by_text(files[0].name).wait_for()
    page.locator(".st-key-open_upload button").click()


def test_movielens_is_opened_by_its_path_and_compared(visit: Visit, shared_data: Path) -> None:
    folder = shared_data / "ml-100k"
    if not folder.is_dir():
        pytest.skip("no ml-100k among the real data sets")
    page = visit("data")
    way(page, "Path")
    page.get_by_label("Path of a file or folder").fill(str(folder))
    page.locator(".st-key-open_path button").click()
    said = "MovieLens 100K: 943 people, 1,682 films, 100,000 events"
    page.locator(".ts-lead", has_text=said).wait_for(timeout=150_000)
    ready(page)
    page.get_by_text("Understood as: MovieLens 100K (sure)").wait_for()
    page.locator(".st-key-use_data button").click()
    page.locator(".ts-columns").first.wait_for(timeout=150_000)
    ready(page)
    assert "NDCG@10 0." in lead(page)
    page.wait_for_url("**data=ml-100k-*")


def test_a_csv_is_uploaded_and_a_broken_one_leaves_it_open(visit: Visit, tmp_path: Path) -> None:
    good, broken = tmp_path / "goods.csv", tmp_path / "broken.csv"
    good.write_text(LOG)
    broken.write_text("user,stars\na,1\n")
    page = visit("data")
    upload(page, good)
    page.locator(".ts-lead", has_text="goods: 8 people, 6 items, 40 events").wait_for()
    ready(page)
    page.wait_for_url("**data=upload-goods-*")
    upload(page, broken)
    page.get_by_text("broken.csv has no item column").wait_for()
    assert lead(page).startswith("goods: ")
    page.locator(".st-key-state_exclude_seen").wait_for(state="attached")  # the page lives


def test_two_sessions_with_different_uploads_do_not_mix(visit: Visit, tmp_path: Path) -> None:
    first, second = visit("data"), visit("data")
    for page, name in ((first, "mine"), (second, "yours")):
        (tmp_path / f"{name}.csv").write_text(LOG)
        upload(page, tmp_path / f"{name}.csv")
        page.locator(".ts-lead", has_text=f"{name}: 8 people").wait_for()
    first.reload()
    ready(first)
    assert lead(first).startswith("mine: ") and lead(second).startswith("yours: ")
    way(second, "Sample")
    assert second.get_by_text("mine").count() == 0


def test_a_link_to_a_person_shows_them(visit: Visit) -> None:
    page = visit("people?person=u0417&language=en")
    assert "u0417" in lead(page)
    assert page.locator(".st-key-person_step").inner_text().find("u0417") >= 0
    page.locator(".st-key-next button").click()
    page.wait_for_url("**person=u0418**")
    ready(page)
    page.locator(".ts-lead", has_text="u0418").wait_for()


def test_a_reason_opens_at_the_right_and_closes_with_escape(visit: Visit) -> None:
    page = visit("people?person=u0417&recommenders=item_knn,ease")
    page.locator(".st-key-why_1_1 button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Because of these items of the history").wait_for()
    box = dialog.bounding_box()
    assert box is not None and box["x"] + box["width"] > 1300
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert "u0417" in lead(page)


@pytest.mark.parametrize("path", ["people", "people?layout=cards", "data"])
@pytest.mark.parametrize("width", [390, 768, 1366])
def test_nothing_overflows(visit: Visit, path: str, width: int) -> None:
    page = visit(path, width=width)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollWidth") <= width
