"""The app in process (AppTest), on a small data set, with its jobs waited for."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data.load import Source
from core.interests import names
from pages.parts import job_panel, session
from tests.making import random_log

ROOT = Path(__file__).parents[2]
TITLES = [
    "Rain jacket",
    "*Tent*",
    "<b>Torch</b>",
    "$x^2$ map",
    ":material/home: mug",
    "[a](http://x)",
    "Wool",
    "Pot",
]
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The key of a small data set that was opened on this machine."""
    file = tmp_path_factory.mktemp("data") / "films.csv"
    random_log(people=60, items=30, each=12).to_csv(file, index=False)
    return session.shelf().put(Source(data=str(file)), "films")


@pytest.fixture(scope="session")
def camp(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Twelve people, eight items, a personal and an open column, and somebody of whom little is known."""
    folder = tmp_path_factory.mktemp("camp")
    rows = [
        (
            f"p{person:02d}",
            f"i{(person * 3 + step * (1 + 2 * (person % 2))) % 8}",
            1_700_000_000 + 86_400 * step + person,
        )
        for person in range(12)
        for step in range(6)
    ]
    rows.append(("once", "i0", 1_600_000_000))
    kinds = ["view", "purchase"] * 40
    log = pd.DataFrame(rows, columns=["user", "item", "timestamp"]).assign(kind=kinds[: len(rows)])
    log["timestamp"] = pd.to_datetime(log["timestamp"], unit="s", utc=True)
    log.to_parquet(folder / "interactions.parquet", index=False)
    ids = [f"i{item}" for item in range(8)]
    pd.DataFrame(
        {"item": ids, "title": TITLES, "category": ["Outdoor", "Kitchen"] * 4, "price": 9.5}
    ).to_parquet(folder / "items.parquet", index=False)
    people = sorted(log["user"].unique())
    pd.DataFrame({"user": people, "age": 34, "club": ["hikers", "bakers"] * 6 + ["none"]}).to_parquet(
        folder / "users.parquet", index=False
    )
    pd.DataFrame(
        {"user": ["p01"], "query": ["a warm *coat*"], "timestamp": [log["timestamp"].iloc[0]]}
    ).to_parquet(folder / "searches.parquet", index=False)
    about = {"schema": 1, "name": "Camp", "personal": ["age"], "split": "leave_last(n=1)"}
    (folder / "dataset.json").write_text(json.dumps(about))
    return session.shelf().put(Source(data=str(folder)), "camp")


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


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The key of a store with four departments that have their own words."""
    from tests.pages.departments import made  # it reads pages as this file lets it

    return made(tmp_path_factory.mktemp("store"))


@pytest.fixture
def topics(app: Open, store: str) -> Open:
    def open_page(**given: str) -> AppTest:
        return app("explore/topics", **{"data": store, "topics": "4", **given})

    return open_page


@pytest.fixture
def unnamed() -> Iterator[None]:
    """No test sees names that another gave to topics."""
    yield
    names.names_file().unlink(missing_ok=True)


@pytest.fixture
def people(app: Open, camp: str) -> Open:
    def open_page(**given: str) -> AppTest:
        return app("explore/people", data=camp, **given)

    return open_page


def settled(at: AppTest, seconds: float = 120) -> AppTest:
    """The page once a run of it asks for nothing new; it waits for nothing and shows no exception box."""
    until = time.monotonic() + seconds
    before = None
    while (asked := _asked()) != before or waits(at):
        while any(status.state in ("queued", "running") for status in job_panel.desk().jobs()):
            assert time.monotonic() < until, "the page still waits"
            time.sleep(0.02)
        assert time.monotonic() < until, "the page still waits"
        before = asked
        at.run()
    assert not at.exception
    return at


def _asked() -> set[str]:
    return {status.key for status in job_panel.desk().jobs()}


def opened(at: AppTest, key: str) -> AppTest:
    """The page with an expander opened."""
    at.session_state[key] = True
    return settled(at)


def query(at: AppTest, name: str) -> str | None:
    """What a URL parameter says."""
    found = at.query_params.get(name)
    return found[0] if isinstance(found, list) else found


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
