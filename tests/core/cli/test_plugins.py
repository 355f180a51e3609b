"""What somebody brings may raise, hang or return nonsense: it is named, and the others go on."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.work.settings import settings
from tests.core.cli.conftest import Run

ROOT = Path(__file__).parents[3]
HEAD = """
import time
from dataclasses import dataclass

import numpy as np

from core.recommenders.base import Recommender, Scorer
from core.work.artifacts import artifact


@artifact
@dataclass(frozen=True)
class Scores(Scorer):
    value: float
    width: int

    def score(self, history, users):
        {score}


class Mine(Recommender):
    \"\"\"Made for a test.\"\"\"

    name = "mine"
    label = "Mine"

    def fit(self, train, report):
        {fit}
        return Scores(1.0, len(train.item_ids))
"""
GOOD = "return np.full((history.shape[0], self.width), self.value, dtype=np.float32)"
BAD = {
    "it raises": (GOOD, "raise ValueError('no idea')", "no idea"),
    "it raises while it scores": ("return 1 / 0", "pass", "division by zero"),
    "NaN": ("return np.full((history.shape[0], self.width), np.nan, dtype=np.float32)", "pass", "no finite"),
    "the wrong shape": ("return np.zeros((1, 1), dtype=np.float32)", "pass", "returned scores of shape"),
    "no array": ("return None", "pass", "returned scores of shape"),
    "it never ends": (GOOD, "time.sleep(600)", "longer than"),
    "it never ends to score": ("time.sleep(600)", "pass", "longer than"),
    "its process dies": (GOOD, "import os; os._exit(3)", "crashed"),
    "no scorer": (GOOD, "return 7", "a Scorer"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for recommenders that somebody brings."""
    (tmp_path / "recommenders").mkdir()
    monkeypatch.setenv("TOUCHSTONE_PLUGINS", str(tmp_path))
    settings.cache_clear()
    rows = "".join(f"u{at % 9},i{at % 7},{1000 + at}\n" for at in range(60))
    (tmp_path / "log.csv").write_text("user,item,timestamp\n" + rows)
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("touchstone_plugins")]:
        del sys.modules[name]


def compared(run: Run, folder: Path, recommenders: str) -> tuple[list[str], str]:
    """Who took part, and what was said on standard error."""
    out = folder / "out.json"
    data = ["--data", folder / "log.csv", "--split", "leave_last(n=1)"]
    ended = run("compare", *data, "--recommenders", recommenders, "--out", out)
    assert ended.code == 0
    return [row["recommender"] for row in json.loads(out.read_text())["results"]], ended.err


@pytest.mark.parametrize("what", BAD)
def test_a_plugin_that_fails_is_named_and_the_others_go_on(
    what: str, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    score, fit, said = BAD[what]
    if said == "longer than":
        monkeypatch.setenv("TOUCHSTONE_CHILD_SECONDS", "10")
        settings.cache_clear()
    (folder / "recommenders" / "mine.py").write_text(HEAD.format(score=score, fit=fit))
    found, errors = compared(run, folder, "mine,popularity")
    assert found == ["popularity"]
    assert "mine took no part" in errors
    assert said in errors


def test_a_plugin_as_a_part_is_named_too(run: Run, folder: Path) -> None:
    (folder / "recommenders" / "mine.py").write_text(
        HEAD.format(score=GOOD, fit="raise ValueError('no idea')")
    )
    found, errors = compared(run, folder, "hybrid(of=mine+popularity),popularity")
    assert found == ["popularity"]
    assert "hybrid(of=mine+popularity) took no part" in errors


def test_the_template_works_as_the_tutorial_says(run: Run, folder: Path) -> None:
    template = (ROOT / "docs" / "templates" / "together.py").read_text("utf-8")
    (folder / "recommenders" / "together.py").write_text(template, "utf-8")
    found, errors = compared(run, folder, "together(least=2),popularity")
    assert found == ["together", "popularity"]
    assert not errors


def test_reasons_of_a_plugin_are_asked_apart(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that ranks well and hangs when it is asked why is named, in time."""
    monkeypatch.setenv("TOUCHSTONE_CHILD_SECONDS", "10")
    settings.cache_clear()
    hangs = "        time.sleep(600)\n"
    code = HEAD.format(score=GOOD, fit="pass") + "\n"
    code = code.replace(
        "\n\nclass Mine", f"\n    def contributions(self, history, item):\n{hangs}\n\nclass Mine"
    )
    (folder / "recommenders" / "mine.py").write_text(code)
    data = ["--data", folder / "log.csv", "--split", "leave_last(n=1)"]
    ended = run("recommend", *data, "--recommender", "mine", "--user", "u1")
    assert ended.code == 2
    assert "longer than 10 seconds" in ended.err


def test_tuning_a_plugin_that_fails_names_it_and_the_others_go_on(run: Run, folder: Path) -> None:
    code = HEAD.format(score=GOOD, fit="raise ValueError('no idea')")
    code = code.replace(
        'label = "Mine"',
        'label = "Mine"\n    size: Annotated[int, Field(ge=1, le=9, description="Size")] = 3',
    )
    code = code.replace(
        "import numpy as np",
        "from typing import Annotated\n\nimport numpy as np\nfrom pydantic import Field",
        1,
    )
    (folder / "recommenders" / "mine.py").write_text(code)
    out = folder / "tuned.json"
    data = ["--data", folder / "log.csv", "--split", "leave_last(n=1)"]
    ended = run("tune", *data, "--recommenders", "mine,ease", "--trials", "2", "--out", out)
    assert ended.code == 0
    assert "no idea" in ended.err
    assert [one["recommender"] for one in json.loads(out.read_text())["tuned"]] == ["ease"]
