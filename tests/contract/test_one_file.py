"""One file adds one thing: to the registries, the command line and these very tests."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.cli import main
from core.data.readers.base import READERS
from core.evaluation.metric import metrics
from core.recommenders.base import RECOMMENDERS, recommender_of
from core.work.settings import settings
from pages.parts import page_list
from tests.contract.things import metric_list, readers, recommenders
from tests.making import random_log

RECOMMENDER = '''
from typing import Annotated

from dataclasses import dataclass

import numpy as np
from pydantic import Field

from core.recommenders.base import Recommender, Scorer
from core.types import FloatArray
from core.work.artifacts import artifact


@artifact
@dataclass(frozen=True)
class Same(Scorer):
    """Everyone the same."""

    scores: FloatArray

    def score(self, history, users):
        return np.ones((history.shape[0], 1), dtype=np.float32) * self.scores


class Unpopular(Recommender):
    """Items by how few people like them."""

    name = "unpopular"
    label = "Unpopular"
    power: Annotated[float, Field(ge=0.1, le=3, description="How strongly few count")] = 1.0

    def fit(self, train, report):
        counts = np.asarray(train.positives.sum(axis=0), dtype=np.float32)
        return Same((1 / (1 + counts)) ** np.float32(self.power))
'''
METRIC = '''
import numpy as np

from core.evaluation.metric import metric


@metric("Second place", better="higher", formula=r"[l_{2} \\\\in T]", source="Made up 2024")
def second_place(judged, k):
    """1 where the second place holds a held-out item, else 0.

    >>> second_place(example, 4)
    array([0., 1.])
    """
    hit = (judged.rank == 1) & (k > 1)
    return np.bincount(judged.person[hit], minlength=len(judged.relevant)).astype(np.float64)
'''
READER = '''
import pandas as pd

from core.data.dataset import FileRead, Origin
from core.data.readers.base import Raw, Reader


class Pairs(Reader):
    """One "person>item" a line."""

    name = "pairs"
    label = "Pairs"

    def sure(self, path):
        return 0.9 if path.suffix == ".pairs" else 0.0

    def read(self, path, report):
        rows = [line.split(">") for line in path.read_text().split()]
        raw = Raw(path.stem, Origin(path.name, self.name))
        raw.tables["interactions"] = pd.DataFrame(rows, columns=["user", "item"])
        raw.note(FileRead(path.name, len(rows), ("user", "item")))
        return raw
'''
PAGE = """
import streamlit as st

TITLE = "Weather"

st.markdown("It rains.")
"""


@pytest.fixture(autouse=True)
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A plug-in folder with one of each, and a home of this test's own."""
    for folder, content in (("recommenders", RECOMMENDER), ("metrics", METRIC), ("readers", READER)):
        (tmp_path / "plugins" / folder).mkdir(parents=True)
        (tmp_path / "plugins" / folder / "mine.py").write_text(content)
    (tmp_path / "plugins" / "pages" / "explore").mkdir(parents=True)
    (tmp_path / "plugins" / "pages" / "explore" / "weather.py").write_text(PAGE)
    monkeypatch.setenv("TOUCHSTONE_PLUGINS", str(tmp_path / "plugins"))
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield
    settings.cache_clear()
    for name in [name for name in sys.modules if name.startswith("touchstone_plugins")]:
        del sys.modules[name]


def test_the_registries_find_them() -> None:
    assert "unpopular" in RECOMMENDERS.all()
    assert ("second_place", "standard") in metrics()
    assert "pairs" in READERS.all()
    assert recommender_of("unpopular(power=2)").spec == "unpopular(power=2)"


def test_the_contract_tests_find_them() -> None:
    assert "unpopular" in {one.id for one in recommenders()}
    assert "second_place-standard" in {one.id for one in metric_list()}
    assert "pairs" in {one.id for one in readers()}


def test_the_command_line_takes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = random_log().itertuples()
    (tmp_path / "log.pairs").write_text("\n".join(f"{row.user}>{row.item}" for row in rows))
    command = ["core", "compare", "--data", str(tmp_path / "log.pairs"), "--out", str(tmp_path / "out.json")]
    chosen = [
        "--recommenders",
        "unpopular(power=2),popularity",
        "--metrics",
        "second_place,recall",
        "--k",
        "10",
    ]
    monkeypatch.setattr(sys, "argv", [*command, *chosen])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    found = json.loads((tmp_path / "out.json").read_text())
    assert [one["recommender"] for one in found["results"]] == ["unpopular", "popularity"]
    assert found["results"][0]["settings"] == {"power": 2.0}
    assert {one["name"] for one in found["results"][0]["metrics"]} == {"second_place", "recall"}


def test_the_navigation_shows_the_page(tmp_path: Path) -> None:
    found = {entry.name: entry for entry in page_list.entries()}
    assert (found["weather"].section, found["weather"].title) == ("explore", "Weather")
    at = AppTest.from_file(str(page_list.PAGES.parent / "dashboard.py"), default_timeout=60).run()
    at.switch_page(str(found["weather"].file)).run()
    assert [text.value for text in at.main.markdown] == ["It rains."]


def test_a_page_of_a_plugin_does_not_take_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "plugins" / "pages" / "explore" / "people.py").write_text(PAGE)
    assert [entry.title for entry in page_list.entries() if entry.name == "people"] == ["People"]


def test_a_page_that_can_not_be_parsed_is_still_there(tmp_path: Path) -> None:
    (tmp_path / "plugins" / "pages" / "manage").mkdir()
    (tmp_path / "plugins" / "pages" / "manage" / "half_done.py").write_text("if")
    assert [entry.title for entry in page_list.entries() if entry.name == "half_done"] == ["Half done"]


def test_nothing_is_left_of_them_without_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "unpopular" in RECOMMENDERS.all()
    monkeypatch.delenv("TOUCHSTONE_PLUGINS")
    settings.cache_clear()
    assert "unpopular" not in RECOMMENDERS.all()
    assert "weather" not in {entry.name for entry in page_list.entries()}
