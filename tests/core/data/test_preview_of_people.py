"""A look at a file before it is loaded keeps back what may not be seen of people."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.data import forgotten
from core.data.load import Source
from core.data.preview import preview
from core.work.settings import settings


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Source]:
    file = tmp_path / "log.csv"
    file.write_text("user,item\n" + "".join(f"{name},{item}\n" for name in ("ann", "bob") for item in "xyz"))
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield Source(data=str(file))
    monkeypatch.undo()
    settings.cache_clear()


def test_with_a_key_there_are_pseudonyms_and_no_values_of_columns(
    log: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ann" in preview(log).columns[0].examples
    monkeypatch.setenv("TOUCHSTONE_PSEUDONYM_KEY", "a key for this test only")
    settings.cache_clear()
    for source in (log, Source(data=log.data, columns="user=nothing")):
        seen = preview(source)
        assert "ann" not in repr(seen)
        assert not any("ann" in cell for cell in seen.rows.to_numpy().ravel())


def test_who_is_forgotten_is_shown_nowhere(log: Source) -> None:
    forgotten.add(["ann"], log.paths)
    seen = preview(log)
    assert set(seen.rows["user"]) == {"bob"}
    assert "ann" not in repr(seen.columns)
