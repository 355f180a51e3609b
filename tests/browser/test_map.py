"""The user map in a real browser: what a lasso selects, and that it stays."""

import csv
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

POLYGON, CLEAR = 134, 29  # of the tools: pixels from the chart's right edge to their middle
DOWN = 26  # pixels from its upper edge


def tool(page: Page, from_right: int) -> dict[str, float]:
    """Clicks a tool of the chart; where the chart stands."""
    box = cast(dict[str, float] | None, page.locator("canvas").first.bounding_box())
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - from_right, box["y"] + DOWN)
    return box


def lasso(page: Page) -> None:
    """Draws a quarter of the map."""
    box = tool(page, POLYGON)
    left, top = box["x"] + 0.5 * box["width"], box["y"] + 0.12 * box["height"]
    right, bottom = left + 0.47 * box["width"], top + 0.45 * box["height"]
    page.mouse.move(left, top)
    page.mouse.down()
    for x, y in ((right, top), (right, bottom), (left, bottom), (left, top)):
        page.mouse.move(x, y, steps=12)
    page.mouse.up()


def selected(page: Page) -> int:
    """How many are selected, as the panel says."""
    said = page.locator(".st-key-map_panel h3").first.inner_text()
    return int(said.split(" of ")[0].replace(",", ""))


def test_a_lasso_counts_the_same_everywhere_and_survives_other_colours(visit: Visit, tmp_path: Path) -> None:
    page = visit("user_map")
    page.locator("canvas").first.wait_for()
    page.wait_for_timeout(1_500)  # it is drawn
    lasso(page)
    page.locator(".st-key-map_panel h3").first.wait_for()
    many = selected(page)
    assert 20 < many < 1_400
    page.locator(".st-key-map_panel .ts-column").first.wait_for()
    assert f"of {many:,} selected" in page.locator(".st-key-map_panel").inner_text()
    rows = page.locator('[class*="st-key-pick_cluster_1_"] button').all_inner_texts()
    inside = sum(int(row.split(" / ")[0].split()[-1].replace(",", "")) for row in rows)
    assert inside <= many
    with page.expect_download() as download:
        page.locator(".st-key-map_csv button").click()
    download.value.save_as(tmp_path / "selection.csv")
    with (tmp_path / "selection.csv").open(encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert len(found) == many
    page.locator(".st-key-state_colour input").click()
    page.get_by_role("option", name="main topic").click()
    page.locator('[class*="st-key-pick_group_"] button').first.wait_for()
    assert selected(page) == many
    again = visit(page.url.split("/", 3)[3])
    again.locator(".st-key-map_panel h3").first.wait_for()
    assert selected(again) == many
    page.locator(".st-key-map_clear button").click()
    page.locator(".st-key-map_panel").wait_for(state="detached")


def test_a_cluster_is_chosen_by_keyboard(visit: Visit) -> None:
    page = visit("user_map")
    row = page.locator('[class*="st-key-pick_cluster_1_"] button').first
    row.focus()
    page.keyboard.press("Enter")
    page.locator(".st-key-map_panel h3").first.wait_for()
    assert "selection=cluster" in page.url
