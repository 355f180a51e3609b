"""Pictures of the pages for docs/images.

TOUCHSTONE_BROWSER=PATH .venv/bin/python -m tests.browser.pictures [FOLDER [NAME …]]
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import ROOT, ready, served
from tests.conftest import FLAGS

PICTURES = {  # name: page, scheme, width
    "overview": ("", "light", 1366),
    "overview-dark": ("", "dark", 1366),
    "overview-telephone": ("", "light", 390),
    "people": ("people", "light", 1366),
    "people-rows": ("people?layout=shelves", "light", 1366),
    "content": ("content", "light", 1366),
    "user-map": ("user_map?selection=cluster:1.2", "light", 1366),
    "topics": ("topics", "light", 1366),
    "newcomer": ("newcomer?sentence=a+warm+jacket+for+the+mountains,+nothing+striped", "light", 1366),
    "head-to-head": ("head_to_head", "light", 1366),
    "segments": ("segments?among=cluster", "light", 1366),
    "clicks": ("clicks_and_sales", "light", 1366),
    "runs": ("runs", "light", 1366),
    "language-model": (
        "language_model?recommenders=popularity,ease,llm_rerank(of%3Dease,people%3D12)",
        "light",
        1366,
    ),
    "data": ("data", "light", 1366),
    "methods": ("methods", "light", 1366),
}
COLOURS = 256  # of a picture, so that it stays small; those of recommenders are rare and must be kept
MOST = 1_600  # pixels of height
MARGIN = 32  # below what a short page shows


def main(folder: Path, names: list[str]) -> None:
    """Takes the named pictures, or all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        warm = os.environ | {"TOUCHSTONE_HOME": home}
        subprocess.run([sys.executable, "-m", "core", "warm"], cwd=ROOT, env=warm, check=True)
        _take_all(Path(home), folder, names or list(PICTURES))


def _take_all(home: Path, folder: Path, names: list[str]) -> None:
    with served(home) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["TOUCHSTONE_BROWSER"], args=FLAGS)
        for name in names:
            path, scheme, width = PICTURES[name]
            take(
                browser,
                f"{address}/{path}{'&' if '?' in path else '?'}language=en",
                scheme,
                width,
                folder / f"{name}.png",
            )
        browser.close()


def take(browser: Browser, url: str, scheme: str, width: int, file: Path) -> None:
    """One picture, as tall as the page."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(url)
    ready(page)
    for _turn in range(
        4
    ):  # the last work of a page begins when its first is shown, and some shows no progress
        page.wait_for_timeout(3_000)
        page.get_by_text("No jobs", exact=True).first.wait_for(state="attached", timeout=600_000)
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(tall), MOST)})
    page.wait_for_timeout(700)
    page.screenshot(path=file)
    context.close()
    with Image.open(file) as seen:
        _without_blank_end(seen.convert("RGB")).quantize(
            COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        ).save(file, optimize=True)


def _without_blank_end(seen: Image.Image) -> Image.Image:
    """A short page does not fill its window."""
    ground = Image.new("RGB", seen.size, seen.getpixel((0, seen.height - 1)))
    found = ImageChops.difference(seen, ground).getbbox()
    return seen.crop((0, 0, seen.width, min(seen.height, (found[3] if found else 0) + MARGIN)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images", sys.argv[2:])
