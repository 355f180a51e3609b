"""Small files that are kept: whole or not at all, and nobody else's to read."""

import stat
from pathlib import Path

import pytest

from core.work import kept_json
from core.work.errors import BadInput


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "home" / "kept.json"
    kept_json.write(file, {"茶": [1, 2]})
    assert kept_json.read(file, dict, {}) == {"茶": [1, 2]}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["kept.json"]


@pytest.mark.parametrize("content", ["", "{", "3", '{"b": 1}', "null"])
def test_what_can_not_be_made_is_nothing(content: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    file.write_text(content)
    assert kept_json.read(file, lambda found: found["a"], "nothing") == "nothing"
    assert kept_json.read(tmp_path / "none.json", dict, {}) == {}


def test_a_disk_that_refuses_leaves_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kept.json"
    kept_json.write(file, 1)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.work.files.RealFiles.create", full)
    with pytest.raises(BadInput, match=r"kept.json can't be written \(No space.*make room"):
        kept_json.write(file, 2, do="make room.")
    assert kept_json.read(file, int, 0) == 1
