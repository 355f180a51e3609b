"""What all tests share: a home of their own for artifacts and runs, and the way to real data."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from core.work.settings import settings
from tests.models import HashModel
from tests.servers import Visit, served, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
HOME = pytest.StashKey[str]()
FLAGS = [  # of a browser that reaches nothing but the app
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FOR_TESTS = {"TOUCHSTONE_SHARED_DATA", "TOUCHSTONE_BROWSER", "TOUCHSTONE_POSTGRES"}

# The same examples on every machine; how long one takes says nothing about the code.
hypothesis.settings.register_profile("touchstone", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("touchstone")


def pytest_configure(config: pytest.Config) -> None:
    """For child processes too: nobody's own settings bend a test, and no test touches their store."""
    for name in [name for name in os.environ if name.startswith("TOUCHSTONE_")]:
        if name not in FOR_TESTS:
            del os.environ[name]
    config.stash[HOME] = tempfile.mkdtemp(prefix="touchstone-tests-")
    os.environ["TOUCHSTONE_HOME"] = config.stash[HOME]
    settings.cache_clear()  # the pages were looked for already, and with them the plug-ins


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[HOME], ignore_errors=True)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets (MovieLens and others); tests that need it skip where it is absent.

    TOUCHSTONE_SHARED_DATA names it; else it is looked for beside the repository.
    """
    folder = Path(os.environ.get("TOUCHSTONE_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no real data sets here: TOUCHSTONE_SHARED_DATA=FOLDER names where they are")
    return folder


@pytest.fixture(scope="session")
def browser_path() -> str:
    """A browser that works, as `make test` found it (tools/browser.py)."""
    path = os.environ.get("TOUCHSTONE_BROWSER", "none")
    if path == "none":
        pytest.skip("no browser: `make test` finds or installs one, TOUCHSTONE_BROWSER=PATH names one")
    return path


@pytest.fixture(scope="session")
def browser(browser_path: str) -> "Iterator[Browser]":
    """One browser for all tests; each takes a context of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that servers share, one after the other: what one worked out the next ones find."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def app(home: Path) -> Iterator[str]:
    """The address of an app that tests share."""
    with served(home) as address:
        yield address


@pytest.fixture
def visit(browser: "Browser", request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Opens an address of the app in a session of its own; afterwards: nothing was wrong, nothing left."""
    with visiting(browser, lambda: str(request.getfixturevalue("app"))) as open_page:
        yield open_page


@pytest.fixture
def hash_model(monkeypatch: pytest.MonkeyPatch) -> HashModel:
    """A language model that answers at once, in place of the installation's, in this process."""
    model = HashModel()
    for asker in ("core.recommenders.llm_rerank", "core.content.wishes"):
        monkeypatch.setattr(f"{asker}.chosen", lambda: model)
    return model


@pytest.fixture
def named_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[HashModel], None]:
    """Puts a model in place of the installation's where groups are named."""

    def use(model: HashModel) -> None:
        for module in ("naming", "writing"):
            monkeypatch.setattr(f"core.language.{module}.chosen", lambda: model)

    return use
