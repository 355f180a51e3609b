"""Correcting how an upload is read, in a real browser."""

from pathlib import Path

import pytest

from tests.browser.conftest import Visit, ready
from tests.browser.test_data_and_people import upload
from tests.pages.test_data_reading import ODD

pytestmark = pytest.mark.browser


def test_columns_of_an_upload_with_odd_names_are_corrected(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text(ODD)
    page = visit("data")
    upload(page, file)
    page.locator(".ts-lead", has_text="odd: 20 people, 30 items").wait_for()
    first = page.locator(".st-key-now_role_0")
    first.wait_for()
    ready(page)
    before = page.url
    first.locator("input").click()
    page.get_by_role("option", name="item", exact=True).click()
    page.get_by_text("Not applied yet: columns: user=who is it,item=ref,").wait_for()
    page.locator(".st-key-now_apply button").click()
    page.locator(".ts-lead", has_text="odd: 30 people, 20 items").wait_for()
    ready(page)
    assert page.locator(".st-key-now_role_0 input").input_value() == "item"
    assert page.url != before and "data=upload-odd-" in page.url
    page.reload()
    page.locator(".ts-lead", has_text="odd: 30 people, 20 items").wait_for()
