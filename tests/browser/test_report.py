"""The report in a real browser: it draws offline, asks nobody, and its figures are saved as SVG and PNG."""

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from core.evaluation.evidence.report import report
from tests.making import compared_on, dataset, random_log

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def test_a_report_is_whole_and_its_figures_are_saved(browser: "Browser", tmp_path: Path) -> None:
    """No request but the file itself, nothing refused by its own policy, and both kinds of figure."""
    found = compared_on(dataset(random_log(people=40)), recommenders=("popularity", "random"), k=(5,))
    file = tmp_path / "comparison.html"
    file.write_text(report(found), "utf-8")
    context = browser.new_context(accept_downloads=True, offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        page.goto(file.as_uri())
        assert page.locator("figure svg").count() == 3
        assert "leads by" in page.locator("h1").inner_text()
        saved = {}
        for kind in ("svg", "png"):
            with page.expect_download() as download:
                page.locator(f"figure >> nth=0 >> [data-as={kind}]").click()
            saved[kind] = tmp_path / download.value.suggested_filename
            download.value.save_as(saved[kind])
        assert saved["svg"].name == "Precision-at-5.svg"
        assert saved["svg"].read_text("utf-8").startswith("<svg")
        assert saved["png"].read_bytes().startswith(SIGNATURE)
        with Image.open(saved["png"]) as drawn:
            assert drawn.width == 2 * 680
            assert len(drawn.convert("L").getcolors(256) or ()) > 10  # not a blank sheet
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
        assert said == []
    finally:
        context.close()
