"""The app in process (AppTest), on a small data set, with its jobs waited for."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.data.load import Source
from pages.parts import job_panel, session
from tests.making import random_log

ROOT = Path(__file__).parents[2]
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The key of a small data set that was opened on this machine."""
    file = tmp_path_factory.mktemp("data") / "films.csv"
    random_log(people=60, items=30, each=12).to_csv(file, index=False)
    return session.shelf().put(Source(data=str(file)), "films")


@pytest.fixture(scope="session", autouse=True)
def desk() -> Iterator[None]:
    yield
    job_panel.desk().close()


@pytest.fixture
def app(films: str) -> Open:
    """Opens a page with URL parameters, and waits until there is nothing to wait for."""

    def open_page(page: str = "compare/overview", **query: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        for name, value in {"data": films, **query}.items():
            at.query_params[name] = value
        at.run()
        if page != "compare/overview":
            at.switch_page(f"pages/{page}.py")
        return settled(at)

    return open_page


def settled(at: AppTest, seconds: float = 60) -> AppTest:
    """The page once its jobs have ended; it never shows an exception box."""
    until = time.monotonic() + seconds
    at.run()
    while any(status.state in ("queued", "running") for status in job_panel.desk().jobs()) or waits(at):
        assert time.monotonic() < until, "the page still waits"
        time.sleep(0.1)
        at.run()
    assert not at.exception
    return at


def waits(at: AppTest) -> bool:
    """Whether the page shows a skeleton."""
    return 'class="ts-skeleton"' in html(at)


def html(at: AppTest) -> str:
    """All that the page shows through HTML of our own."""
    return "\n".join(element.value for element in at.html if not element.value.startswith("<style"))


def lead(at: AppTest) -> str:
    """The page's first sentence."""
    found = [element.value for element in at.html if "ts-lead" in element.value]
    return found[0].split(">", 1)[1].rsplit("<", 1)[0] if found else ""
