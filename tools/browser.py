"""Prints the path of a browser that the tests can drive; finds one or installs one.

First a Chromium or Chrome that is installed, then Playwright's own download, then Debian's package
where the caller is root. TOUCHSTONE_BROWSER names one outright; "none" leaves the browser tests out.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]  # root and small containers need them

NONE = """touchstone: no browser that works could be found or installed, and the browser tests need one.
Install Chromium or Chrome (Debian: apt-get install chromium) or name one: TOUCHSTONE_BROWSER=/path/to/chrome.
TOUCHSTONE_BROWSER=none runs the other tests without it."""


def main() -> int:
    named = os.environ.get("TOUCHSTONE_BROWSER")
    if named == "none" or (named and works(named)):
        print(named)
        return 0
    if named:
        print(f"touchstone: TOUCHSTONE_BROWSER={named} does not start.", file=sys.stderr)
        return 1
    for path in candidates():
        if works(path):
            print(path)
            return 0
    print(NONE, file=sys.stderr)
    return 1


def candidates() -> Iterator[str]:
    """Paths to try, cheapest first; each install happens only when all before it failed."""
    root = os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get")
    yield from installed()
    yield playwrights_own()
    say("No browser is installed: trying Playwright's own.")
    run([sys.executable, "-m", "playwright", "install", "chromium"], seconds=300)
    yield playwrights_own()
    if root and Path(playwrights_own()).is_file():
        say("Playwright's browser does not start: installing the libraries that it needs.")
        run([sys.executable, "-m", "playwright", "install-deps", "chromium"], seconds=600)
        yield playwrights_own()
    if root:
        say("Playwright's browser could not be had: installing Debian's chromium.")
        run(["apt-get", "update", "-qq"], seconds=300)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], seconds=600)
        yield from installed()


def installed() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    yield from MAC


def playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def works(path: str) -> bool:
    """Whether a page opens in it: a file that is there may still be a stub or lack a library."""
    if not Path(path).is_file():
        return False
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=60_000)
            browser.new_page().goto("about:blank")
            browser.close()
    except Error:
        return False
    return True


def run(command: list[str], seconds: int) -> None:
    """Runs it with its output on standard error; failing is no error, the next candidate is tried."""
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        say(str(error))


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
