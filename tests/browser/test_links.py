"""Deep links, copied links, tours, refreshes and sessions, in a real browser."""

from pathlib import Path

import pytest

from tests.browser.conftest import Visit, lead, ready, served
from tests.servers import PAGES

pytestmark = pytest.mark.browser

STATE = "?k=5&metric=recall&recommenders=popularity,ease(l2%3D300)&language=en"

# What the browser says of a part of Streamlit that it was loading when the page was left.
CUT_OFF = "TypeError: Failed to fetch dynamically imported module"


@pytest.mark.parametrize("path", [path or "overview" for path in PAGES])
def test_a_deep_link_on_a_fresh_server_shows_the_page_in_the_frame(
    visit: Visit, home: Path, path: str
) -> None:
    with served(home) as address:
        page = visit(path, address=address)
        assert page.locator(".st-key-frame").is_visible()
        assert page.locator(".st-key-state_data").is_visible()
        assert page.url.startswith(f"{address}/{path}")
        assert page.get_by_role("dialog").count() == 0
        page.close()  # before the server ends, which would cut off what it still loads


def test_a_copied_address_reproduces_the_state(visit: Visit) -> None:
    page = visit(STATE)
    page.locator(".st-key-state_k").get_by_text("20", exact=True).click()
    page.locator(".ts-lead", has_text="Recall@20").wait_for()
    page.wait_for_url("**k=20**")
    ready(page)
    copy = visit(page.url.split("/", 3)[3])
    assert lead(copy) == lead(page)
    chips = "[class*=st-key-chip_] button"
    assert copy.locator(chips).all_inner_texts() == page.locator(chips).all_inner_texts()


def test_filters_survive_a_tour_of_all_pages(visit: Visit) -> None:
    page = visit(STATE)
    before = lead(page)
    for section, title in (
        ("Explore", "People"),
        ("Manage", "Data"),
        ("Manage", "Methods"),
        ("Compare", "Overview"),
    ):
        page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
        page.get_by_test_id("stTopNavDropdownLink").filter(has_text=title).click()
        page.wait_for_url(lambda url: "k=5" in url)
        page.wait_for_timeout(500)
        ready(page)
        assert "metric=recall" in page.url
        assert "ease" in page.url
    assert lead(page) == before


def test_back_returns_to_what_was_there(visit: Visit) -> None:
    page = visit("?k=5")
    page.locator(".st-key-state_k").get_by_text("20", exact=True).click()
    page.locator(".ts-lead", has_text="@20").wait_for()
    page.go_back()
    page.locator(".ts-lead", has_text="@5").wait_for()


def test_a_refresh_in_the_middle_of_a_job_goes_on_with_it(visit: Visit, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        page = visit(address=address, wait=False, expected=(CUT_OFF,))
        page.locator(".st-key-progress, .ts-lead").first.wait_for()
        page.reload()
        ready(page)
        assert "serves these people best" in lead(page) or "Nobody is clearly best" in lead(page)
        page.close()


def test_two_sessions_do_not_mix(visit: Visit) -> None:
    one, other = visit("?k=5"), visit("?k=20")
    one.locator(".st-key-state_metric input, .st-key-state_metric [role=combobox]").first.click()
    one.get_by_role("option", name="Recall").click()
    one.locator(".ts-lead", has_text="Recall@5").wait_for()
    assert "NDCG@20" in lead(other)
    other.reload()
    ready(other)
    assert "NDCG@20" in lead(other)


def test_a_hostile_address_is_answered_in_words(visit: Visit) -> None:
    page = visit("?recommenders=__class__,ease,popularity&k=-1&person=%3Cscript%3Ealert(1)%3C/script%3E")
    assert page.locator(".ts-notice").count() >= 2
    assert "@1 " in lead(page)
