"""A tour of the real app: every page with every recommender, read as an agent reads it."""

import json
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from core.data.load import Source
from core.data.shelf import Shelf
from core.recommenders.base import RECOMMENDERS
from tests.making import random_log
from tests.servers import PAGES, served

CHARTS = {"plotly_chart", "echarts_chart", "vega_lite_chart", "altair_chart", "dataframe", "image"}
Snapshot = dict[str, Any]


@pytest.fixture(scope="module")
def small(home: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The key of a small data set with words, that the server knows."""
    folder = tmp_path_factory.mktemp("small")
    random_log(people=60, items=30, each=12).to_csv(folder / "log.csv", index=False)
    items = pd.DataFrame({"item": [f"i{at:03}" for at in range(30)]})
    items["title"] = [f"green tea number {at}" for at in range(30)]
    items["category"] = [f"c{at % 4}" for at in range(30)]
    items.to_csv(folder / "items.csv", index=False)
    source = Source(data=str(folder / "log.csv"), items=str(folder / "items.csv"))
    return Shelf(home / "shelf.json").put(source, "small")


@pytest.fixture(scope="module")
def address(home: Path, small: str) -> Iterator[str]:
    with served(home, "--server.enableAgentApi=true") as found:
        yield found


def ask(address: str, **request: Any) -> Snapshot:
    """One interaction with the app, as JSON."""
    body = json.dumps(request).encode()
    header = {"Content-Type": "application/json"}
    sent = urllib.request.Request(f"{address}/_stcore/agent/interact", body, header)
    with urllib.request.urlopen(sent, timeout=120) as answer:
        found: Snapshot = json.load(answer)
        return found


def elements(node: Snapshot) -> Iterator[Snapshot]:
    yield node
    for child in node.get("children", []):
        yield from elements(child)


def settled(address: str, snapshot: Snapshot, seconds: float = 120) -> Snapshot:
    """The page when it no longer waits for a job."""
    until = time.monotonic() + seconds
    while 'class=\\"ts-skeleton\\"' in json.dumps(snapshot["tree"]):
        assert time.monotonic() < until, "the page still waits"
        time.sleep(0.2)
        snapshot = ask(address, session_id=snapshot["session_id"])
    return snapshot


def visit(address: str, page: str, **query: str) -> Snapshot:
    asked = {name: [value] for name, value in query.items()}
    return settled(address, ask(address, page=page, query_params=asked))


def checked(snapshot: Snapshot) -> list[Snapshot]:
    """What holds for every page: no exception, a sentence first, an alt text on each chart and table."""
    found = list(elements(snapshot["tree"]))
    assert snapshot["status"] == "ready"
    assert not [one for one in found if one["type"] == "exception"]
    assert any('class="ts-lead"' in str(one.get("props", {}).get("body")) for one in found)
    without = [one for one in found if one["type"] in CHARTS and not one.get("props", {}).get("alt")]
    assert not without, [one.get("key") for one in without]
    return found


@pytest.mark.parametrize("name", list(RECOMMENDERS.all()))
def test_every_recommender_on_the_pages_of_lists(address: str, name: str, small: str) -> None:
    for page in ("", "people"):
        query = {"data": small, "recommenders": f"{name},popularity", "view": "table", "language": "en"}
        found = checked(visit(address, page, **query))
        if page == "":
            table = next(one for one in found if one.get("key") == "figures_table")
            columns = {column["name"] for column in table["data"]["columns"]}
            assert {"mean", "low", "high", "n"} <= columns
            assert any(one["type"] == "plotly_chart" for one in found)


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_whole_in_chinese(address: str, page: str) -> None:
    checked(visit(address, page, language="zh"))


@pytest.mark.parametrize("page", PAGES)
def test_the_address_is_what_was_asked(address: str, page: str) -> None:
    query = {"k": "5", "metric": "recall", "recommenders": "popularity,ease(l2=300)"}
    snapshot = visit(address, page, **query)
    kept = {name: values[0] for name, values in snapshot["query_params"].items()}
    assert {name: kept[name] for name in query} == query
