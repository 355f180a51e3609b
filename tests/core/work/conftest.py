"""What the tests of core/work share: a store and desks of their own, and steps reset."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.work.desk import Desk
from core.work.engines import Threads
from core.work.registry import trust
from core.work.settings import settings
from core.work.store import Store
from tests.core.work.steps_for_tests import MODULE, Calls

trust(MODULE)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of this test's own."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture(autouse=True)
def calls() -> Iterator[type[Calls]]:
    """The counters and gates of the steps, reset."""
    Calls.count = 0
    Calls.gate.clear()
    Calls.entered.clear()
    yield Calls
    Calls.gate.set()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store of 1 MB."""
    return Store(tmp_path / "store", 1_000_000)


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    """A desk with one worker."""
    made = Desk(store, Threads(1))
    yield made
    Calls.gate.set()
    made.close()
