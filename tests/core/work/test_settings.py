"""The settings of the installation come from the environment and are checked there."""

from pathlib import Path

import pytest

from core.work.errors import BadInput
from core.work.settings import Settings, settings


def test_every_setting_has_a_description() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("TOUCHSTONE_STORE_GB", "0.5")
    settings.cache_clear()
    assert settings().store_gb == 0.5
    assert settings().runs_url == f"sqlite:///{home / 'runs.db'}"


def test_the_cache_folder_of_the_system_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOUCHSTONE_HOME")
    monkeypatch.setenv("XDG_CACHE_HOME", "/cache")
    assert Settings().home == Path("/cache/touchstone")


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUCHSTONE_WORKERS", "none")
    settings.cache_clear()
    with pytest.raises(BadInput, match="TOUCHSTONE_WORKERS is wrong"):
        settings()
