"""Real data: every count that its source states is what the command line gives."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.formats import JOINED, STATED, Stated, of
from core.cli import main

COUNTS = [
    pytest.param(name, one, id=f"{name}-{one.what}") for name, stated in STATED.items() for one in stated
]


@cache
def described(path: Path, *options: str) -> dict[str, Any]:
    """What `describe` writes of a data set."""
    out = Path.cwd() / "found.json"
    before, sys.argv = sys.argv, ["core", "describe", str(path), *options, "--out", str(out)]
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv = before
    assert not ended.value.code
    return json.loads(out.read_text("utf-8"))


@pytest.mark.parametrize(("name", "one"), COUNTS)
def test_counts_are_those_that_the_source_states(
    name: str, one: Stated, shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert one.counted(described(shared_data / name)) == one.number


@pytest.mark.parametrize("details", JOINED)
def test_details_come_in_through_items(
    details: str, shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, number = JOINED[details]
    monkeypatch.chdir(tmp_path)
    assert (
        of("catalogue_items")(described(shared_data / data, "--items", str(shared_data / details))) == number
    )


def test_ids_without_metadata_are_reported(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of MIND's sample hardly any shown article has a text."""
    monkeypatch.chdir(tmp_path)
    found = described(shared_data / "mind-small-sample")
    (check,) = [one for one in found["checks"] if one["check"] == "items without details"]
    assert check["verdict"] == "warning"
    assert len(check["examples"]) == 3


def test_folders_without_a_log_are_refused_in_words(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["core", "describe", str(shared_data / "fashion-images")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "fashion-images isn't understood" in capsys.readouterr().err
