"""From the end of a lasso on the user map to the panel that says what is selected, in a real browser.

The places of the map are made up and put where UMAP's would be kept: what is measured is the page.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.cold_start import FLAGS, ROOT, SENTENCE, served
from benchmarks.measure import Row
from core.content.embed import TrainingPart
from core.data.load import Source, load
from core.data.shelf import Shelf
from core.interests.points import INTERACTIONS, PointsOf, points
from core.interests.projection import MapSettings, Projection, project
from core.interests.segments import SegmentsOf, segmentation
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.fingerprint import fingerprint
from core.work.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page

LIMITS = {20_000: 1.5, 100_000: 3.0}
GROUPS, OF_GROUP, EACH = 12, 50, 8  # groups of people, items of each, events of a person
PATIENCE = 900_000  # milliseconds until everything that a page asks for is there
RECTANGLE, DOWN = 99, 26  # where the tool stands: pixels from the chart's right and upper edge


def run() -> list[Row]:
    """A rectangle over a quarter of the map, for each number of people."""
    return [_measured(people, limit) for people, limit in LIMITS.items()]


def _measured(people: int, limit: float) -> Row:
    from playwright.sync_api import sync_playwright

    path = subprocess.run(
        [sys.executable, "tools/browser.py"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        key = _prepared(home, people)
        browser = playwright.chromium.launch(executable_path=path.stdout.split()[-1], args=FLAGS)
        with served({**os.environ, "TOUCHSTONE_HOME": folder}) as address:
            page = browser.new_page(viewport={"width": 1366, "height": 1000})
            page.goto(f"{address}/user_map?data={key}")
            page.wait_for_selector(SENTENCE, timeout=PATIENCE)
            page.wait_for_selector("canvas", timeout=PATIENCE)
            _calm(page)
            panel = _lasso(page)
        browser.close()
    return Row(
        f"Lasso on a map of {people:,} people to the panel",
        f"{panel:.2f} s",
        f"{limit:g} s: limit",
        panel / limit,
        1.0,
        "Chromium; how many are selected is in view, their metrics follow as a job",
    )


def _prepared(home: Path, people: int) -> str:
    """A log of groups of people, and its map in the store; the data set's key."""
    rng = np.random.default_rng(0)
    user = np.repeat(np.arange(people), EACH)
    group = user % GROUPS
    item = group * OF_GROUP + rng.integers(0, OF_GROUP, len(user))
    log = pd.DataFrame(
        {
            "user": [f"u{at:06}" for at in user],
            "item": [f"i{at:04}" for at in item],
            "timestamp": 1_600_000_000 + rng.integers(0, 10**7, len(user)),
        }
    )
    file = home / "log.parquet"
    log.drop_duplicates(["user", "item"]).to_parquet(file, index=False)
    source = Source(data=str(file))
    dataset = load(source)
    desk = Desk(Store(home / "store", 10**10), Inline())
    asked = PointsOf("people", INTERACTIONS, TrainingPart("", dataset.origin.positive, 0))
    found = desk.run(points, dataset, settings=asked)
    angle = 2 * np.pi * (np.arange(len(found.ids)) % GROUPS) / GROUPS
    middle = 10 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    places = (middle + rng.normal(size=middle.shape)).astype(np.float32)
    made = Projection("people", INTERACTIONS, found.ids, places, 1.0, 0, "made up")
    wanted = project.key([fingerprint(found)], MapSettings())
    desk.store.put(wanted, made, name=project.name, version=project.version)
    desk.run(segmentation, dataset, settings=SegmentsOf(asked))
    return Shelf(home / "shelf.json").put(source, "people")


def _calm(page: "Page") -> None:
    """Nothing is worked out any more, and the chart is drawn."""
    page.wait_for_function(
        "!document.querySelector('[data-testid=stProgress], [data-test-script-state=running]')",
        timeout=PATIENCE,
    )
    page.wait_for_timeout(5_000)


def _lasso(page: "Page") -> float:
    """Seconds from letting the mouse go to the panel's heading."""
    box = page.locator("canvas").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - RECTANGLE, box["y"] + DOWN)
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.1 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.97 * box["width"], box["y"] + 0.5 * box["height"], steps=10)
    page.mouse.up()
    began = time.perf_counter()
    page.wait_for_selector(".st-key-map_panel h3", timeout=60_000)
    return time.perf_counter() - began
