"""Pictures of every page for docs/images.

TOUCHSTONE_BROWSER=PATH .venv/bin/python -m tests.browser.pictures [FOLDER]
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import ROOT, ready, served
from tests.conftest import FLAGS

PAGES = {"overview": "", "people": "people", "data": "data", "methods": "methods"}
LOOKS = {
    "": ("en", "light", 1366),
    "-dark": ("en", "dark", 1366),
    "-zh": ("zh", "light", 1366),
    "-telephone": ("en", "light", 390),
}
MOST = 2_400  # pixels of height


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        served(Path(home)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=os.environ["TOUCHSTONE_BROWSER"], args=FLAGS)
        for name, path in PAGES.items():
            for look, (language, scheme, width) in LOOKS.items():
                take(
                    browser,
                    f"{address}/{path}?language={language}",
                    scheme,
                    width,
                    folder / f"{name}{look}.png",
                )
        browser.close()


def take(browser: Browser, url: str, scheme: str, width: int, file: Path) -> None:
    """One picture, as tall as the page."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(url)
    ready(page)
    page.wait_for_timeout(1_500)
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(tall), MOST)})
    page.wait_for_timeout(700)
    page.screenshot(path=file)
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
