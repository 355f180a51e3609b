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
SENTENCE = ".ts-lead"  # the first sentence of a page: what is to be seen, made from the data


def run() -> list[Row]:
    """Cold: a new server process and a new browser; warm: pages opened again in the same browser."""
    from playwright.sync_api import sync_playwright

    path = subprocess.run(
        [sys.executable, "tools/browser.py"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        environment = {**os.environ, "TOUCHSTONE_HOME": home}
        subprocess.run([sys.executable, "-m", "core", "warm"], cwd=ROOT, env=environment, check=True)
        browser = playwright.chromium.launch(executable_path=path.stdout.split()[-1], args=FLAGS)
        visitor = browser.new_context()  # one person: what the browser has loaded once it keeps
        began = time.perf_counter()
        with served(environment) as address:
            taken = []
            for path_ in ("", "", "people"):
                page = visitor.new_page()
                page.goto(f"{address}/{path_}")
                page.wait_for_selector(SENTENCE, timeout=60_000)
                taken.append(time.perf_counter() - began)
                page.wait_for_timeout(SETTLED)  # the page draws its charts below the sentence
                began = time.perf_counter()
        browser.close()
    cold, warm, other = taken
    return [
        Row(
            "Cold start to a usable Overview, sample shop",
            f"{cold:.1f} s",
            f"{COLD_LIMIT:.0f} s: limit",
            cold / COLD_LIMIT,
            1.0,
            "server process, first page in Chromium, verdict in view",
        ),
        _warm("… the same page in a new tab", warm),
        _warm("… People in a new tab", other),
    ]


def _warm(what: str, seconds: float) -> Row:
    return Row(
        what, f"{seconds:.1f} s", f"{WARM_LIMIT:.0f} s: limit", seconds / WARM_LIMIT, 1.0, "a new session"
    )


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
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
