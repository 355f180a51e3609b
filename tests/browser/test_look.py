"""How pages stand on the screen: no overflow, keyboard, light, dark and Chinese."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit, lead
from tests.servers import PAGES

pytestmark = pytest.mark.browser


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(
        page.evaluate(
            """() => { const main = document.querySelector('[data-testid=stMain]');
                 return Math.max(document.documentElement.scrollWidth - innerWidth,
                                 main.scrollWidth - main.clientWidth); }"""
        )
    )


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_window(visit: Visit, path: str) -> None:
    page = visit(path)
    for width in (1366, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(400)
        assert overflow(page) <= 0, width


def test_the_frame_is_one_row_on_a_telephone(visit: Visit) -> None:
    page = visit("", width=390)
    box = page.locator(".st-key-frame").bounding_box()
    assert box is not None
    assert box["height"] < 70


def test_the_keyboard_reaches_the_main_controls(visit: Visit) -> None:
    page = visit()
    page.locator(".ts-lead").first.click()
    reached: set[str] = set()
    for _press in range(60):
        page.keyboard.press("Tab")
        reached |= set(
            page.evaluate(
                """() => { const found = [];
                     for (let e = document.activeElement; e; e = e.parentElement)
                       for (const c of e.classList) if (c.startsWith('st-key-')) found.push(c.slice(7));
                     return found; }"""
            )
        )
    assert {"state_metric", "state_k", "state_baseline", "state_view", "export"} <= reached
    page.keyboard.press("Home")
    page.locator(".st-key-state_k button").first.focus()
    page.keyboard.press("Enter")
    page.locator(".ts-lead", has_text="@5").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_show_the_answer(visit: Visit, scheme: str) -> None:
    page = visit("", color_scheme=scheme)
    dark = (
        page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        != "rgb(255, 255, 255)"
    )
    assert dark == (scheme == "dark")
    assert page.locator(".ts-dot").count() >= 9


def test_chinese_is_chinese(visit: Visit) -> None:
    page = visit("?language=zh")
    assert any("\u4e00" <= char <= "\u9fff" for char in lead(page))


def test_settings_of_a_recommender_are_a_form(visit: Visit) -> None:
    page = visit("?recommenders=popularity,ease")
    page.locator(".st-key-chip_1 button").first.click()
    field = page.locator(".st-key-set_ease_l2 input")
    field.fill("20")
    page.locator(".st-key-form_use button").click()
    page.wait_for_url(re.compile(r"ease(\(|%28)l2%3D20"))
    page.locator(".st-key-set_ease_l2").wait_for(state="detached")
