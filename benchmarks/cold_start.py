"""From starting the server to a usable Overview in a real browser: the sample shop, a warm store."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Row

ROOT = Path(__file__).parents[1]
PORT = 8597
COLD_LIMIT, WARM_LIMIT = 5.0, 2.0
SETTLED = 5_000  # milliseconds
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VERDICT = "text=/serves? these people best|is tied with/"


def run() -> list[Row]:
    """Cold: a new server process; warm: the same page opened again in a new browser session."""
    from playwright.sync_api import sync_playwright

    path = subprocess.run(
        [sys.executable, "tools/browser.py"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        environment = {**os.environ, "TOUCHSTONE_HOME": home}
        subprocess.run([sys.executable, "-m", "core", "warm"], cwd=ROOT, env=environment, check=True)
        browser = playwright.chromium.launch(executable_path=path.stdout.split()[-1], args=FLAGS)
        began = time.perf_counter()
        with _served(environment) as address:
            taken = []
            for _ in range(2):
                page = browser.new_page()
                page.goto(address)
                page.wait_for_selector(VERDICT, timeout=60_000)
                taken.append(time.perf_counter() - began)
                page.wait_for_timeout(SETTLED)  # the page draws its charts below the verdict
                began = time.perf_counter()
        browser.close()
    cold, warm = taken
    return [
        Row(
            "Cold start to a usable Overview, sample shop",
            f"{cold:.1f} s",
            f"{COLD_LIMIT:.0f} s: limit",
            cold / COLD_LIMIT,
            1.0,
            "server process, first page in Chromium, verdict in view",
        ),
        Row("… the page once more", f"{warm:.1f} s", f"{WARM_LIMIT:.0f} s: limit", warm / WARM_LIMIT, 1.0),
    ]


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    """The address of the app while it runs."""
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", f"--server.port={PORT}"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://localhost:{PORT}"
    try:
        _wait_for(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise RuntimeError("the app did not start")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the app does not answer")
