"""The real app on a free port with a home of its own, and visits to it. Ends only what it started."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pages.parts import page_list

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
# Streamlit looks for its own address below that of a page first, and the browser logs the two 404s.
PROBES = ("/_stcore/host-config", "/_stcore/health")

# Every page by its address; the first has the bare one.
PAGES = tuple("" if one.name == page_list.DEFAULT else one.name for one in page_list.entries())

Visit = Callable[..., "Page"]


@contextmanager
def served(home: Path, *options: str, **environment: str) -> Iterator[str]:
    """The address of the app while it runs, with more of an environment; then it is told to end."""
    with started(home, *options, **environment) as (address, _process):
        yield address


@contextmanager
def started(home: Path, *options: str, **environment: str) -> "Iterator[tuple[str, subprocess.Popen[bytes]]]":
    """The address of the app while it runs, and its process."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.address=localhost"]
    process = subprocess.Popen(
        [*command, f"--server.port={port}", *options],
        cwd=ROOT,
        env=os.environ | {"TOUCHSTONE_HOME": str(home)} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        umask=0o022,  # the usual one: what is private is so by our doing
    )
    address = f"http://localhost:{port}"
    try:
        wait_for(f"{address}/_stcore/health", process)
        yield address, process
    finally:
        process.terminate()
        process.wait(20)


def wait_for(url: str, process: "subprocess.Popen[bytes]", seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, "the app did not start"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the app does not answer")


@contextmanager
def visiting(browser: "Browser", own: Callable[[], str]) -> Iterator[Visit]:
    """What opens an address in a session of its own, that of `own()` unless another is given.

    Afterwards: nothing was wrong, nothing left.
    """
    troubles: list[str] = []
    contexts = []

    def open_page(
        path: str = "",
        width: int = 1366,
        wait: bool = True,
        address: str = "",
        expected: tuple[str, ...] = (),
        **options: Any,
    ) -> "Page":
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(180_000)
        page.on("console", lambda message: complained(message.type, message.text, troubles, expected))
        page.on("pageerror", lambda error: troubles.append(f"error in the page: {error}"))
        page.on("request", lambda request: leaving(request.url, troubles))
        page.on("response", lambda response: missing(response.status, response.url, troubles))
        page.goto(f"{address or own()}/{path}")
        if wait:
            ready(page)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            if page.locator("[data-testid=stException]").count():
                troubles.append(f"exception box at {page.url}")
        context.close()
    assert not troubles, troubles


def leaving(url: str, troubles: list[str]) -> None:
    """No request leaves this machine."""
    if not url.startswith(("http://localhost:", "ws://localhost:", "data:", "blob:")):
        troubles.append(f"left: {url}")


def complained(kind: str, text: str, troubles: list[str], expected: tuple[str, ...]) -> None:
    """The console says nothing but what is expected; what a response's status says is told by `missing`."""
    if kind == "error" and not text.startswith(("Failed to load resource", *expected)):
        troubles.append(f"console: {text[:300]}")


def missing(status: int, url: str, troubles: list[str]) -> None:
    if status >= 400 and not url.endswith(PROBES):
        troubles.append(f"{status}: {url}")


def ready(page: "Page") -> None:
    """The page has said its sentence and nothing runs any more."""
    page.locator(".ts-lead").first.wait_for()
    page.wait_for_function("!document.querySelector('.ts-skeleton, .ts-bone')")
    page.wait_for_function("!document.querySelector('[data-test-script-state=running]')")


def lead(page: "Page") -> str:
    return page.locator(".ts-lead").first.inner_text()
